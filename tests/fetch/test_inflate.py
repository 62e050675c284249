"""How much a body may take, in bytes and in memory."""

import gzip
import subprocess
import sys
import zlib

import pytest
import web
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st
from web import Reply, watched, zipped

from atlas.fetch.failing import NotFetched
from atlas.fetch.inflate import Inflating
from atlas.model import Failure

LIMITS = {"wire_limit": 1000, "body_limit": 5000}

MEMORY = """
import resource, sys, zlib
from atlas.fetch.failing import NotFetched
from atlas.fetch.inflate import Inflating
packed = open(sys.argv[1], "rb").read()
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
body = Inflating("gzip", wire_limit=10 * 2**20, body_limit=20 * 2**20)
try:
    body.feed(packed)
    print("finished")
except NotFetched as error:
    print(error.failed.reason.value, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024)
"""


def bomb(mebibytes):
    """Zeros, packed two hundredfold."""
    packer = zlib.compressobj(1, wbits=31)
    zeros = bytes(2**20)
    return b"".join(packer.compress(zeros) for _ in range(mebibytes)) + packer.flush()


def test_a_bomb_of_300_mib_takes_little_more_memory_than_the_limit(tmp_path):
    packed = tmp_path / "bomb.gz"
    packed.write_bytes(bomb(300))
    assert packed.stat().st_size < 2 * 2**20
    ran = subprocess.run(
        [sys.executable, "-c", MEMORY, packed], cwd=ROOT, capture_output=True, text=True, check=True
    )
    reason, more = ran.stdout.split()
    assert reason == Failure.TOO_LARGE
    assert float(more) < 60, f"{more} MiB"


def test_a_bomb_from_a_server_is_too_large(net):
    net.host("docs.example.com").says("/terms", Reply(200, bomb(40), {"Content-Encoding": "gzip"}))
    fetched = net.fetch(watched("https://docs.example.com/terms"))
    assert fetched.failed.reason == Failure.TOO_LARGE
    assert "20 MiB" in fetched.failed.detail


@given(st.binary(max_size=5000), st.integers(1, 700), st.sampled_from(["gzip", "deflate", "raw"]))
def test_a_body_in_pieces_of_any_size_is_the_body(body, size, how):
    packer = zlib.compressobj(wbits={"gzip": 31, "deflate": 15, "raw": -15}[how])
    sent = packer.compress(body) + packer.flush()
    taken = Inflating("gzip" if how == "gzip" else "deflate", wire_limit=10_000, body_limit=5000)
    for start in range(0, len(sent), size):
        taken.feed(sent[start : start + size])
    assert taken.finished() == body


@pytest.mark.parametrize(("size", "fits"), [(5000, True), (5001, False)])
def test_the_limit_of_a_body_holds_to_the_byte(size, fits):
    taken = Inflating("gzip", **LIMITS)
    packed = gzip.compress(bytes(size))
    if fits:
        taken.feed(packed)
        assert len(taken.finished()) == size
    else:
        with pytest.raises(NotFetched):
            taken.feed(packed)


@pytest.mark.parametrize(("size", "fits"), [(1000, True), (1001, False)])
def test_the_limit_of_what_is_sent_holds_to_the_byte(size, fits):
    taken = Inflating("", **LIMITS)
    if fits:
        taken.feed(bytes(size))
        assert len(taken.finished()) == size
    else:
        with pytest.raises(NotFetched):
            taken.feed(bytes(size))


def test_a_body_that_may_be_cut_keeps_its_beginning():
    taken = Inflating("gzip", wire_limit=10_000, body_limit=10, cut=True)
    taken.feed(gzip.compress(b"0123456789 and more"))
    assert taken.is_full
    assert taken.finished() == b"0123456789"


def test_gzip_saves_the_wire_and_changes_nothing(net):
    net.host("docs.example.com").says("/terms", zipped("words " * 5000))
    (body,) = net.fetch(watched("https://docs.example.com/terms")).bodies
    assert body.content == b"words " * 5000
    assert web.zipped("x").headers["Content-Encoding"] == "gzip"
