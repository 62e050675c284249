"""Proofs: what is published of each leaf, that it holds, and that it stays as it is."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ledger_values import values
from logs import AT, appended, leaf, published

from atlas import proof
from atlas.ledger.coding import Wrong
from atlas.model import Leaf, Published, Root, State

LOG = published(
    [leaf(n) for n in range(5)],
    [leaf(n, state="intact", since=AT) for n in range(3)],
    [leaf(7)],
    [leaf(0, state="differs", since=AT)],
)


def test_every_leaf_has_a_proof_that_holds():
    """Each leads to the first root that holds its leaf."""
    entries = sorted(
        (e for found in proof.inclusions(LOG).values() for e in found), key=lambda e: e.index
    )
    assert [entry.leaf for entry in entries] == list(LOG.leaves)
    assert [entry.root.size for entry in entries] == [5] * 5 + [8] * 3 + [9, 10]
    assert all(map(proof.holds, entries))


def test_entries_of_a_record_are_oldest_first():
    """A further leaf adds a further entry behind the others."""
    entries = proof.inclusions(LOG)["SA-P-100000"]
    assert [entry.leaf.state for entry in entries] == ["never-observed", "intact", "differs"]


def test_no_root_no_proof():
    """A leaf that was written without its root proves nothing yet."""
    torn = replace(LOG, roots=LOG.roots[:1])
    assert sum(map(len, proof.inclusions(torn).values())) == 5
    assert proof.inclusions(Published()) == {}


@given(st.lists(st.lists(st.integers(0, 9), unique=True), max_size=8))
def test_what_was_published_stays(publishings):
    """However the log grows, the bytes of every entry stay as they were."""
    log, before = Published(), {}
    for number, records in enumerate(publishings):
        log = appended(log, [leaf(r, revision=number + 1) for r in records])
        now = {
            key: [json.dumps(e) for e in json.loads(proof.encode_proof(key, entries))["proofs"]]
            for key, entries in proof.inclusions(log).items()
        }
        assert {key: now[key][: len(old)] for key, old in before.items()} == before
        before = now


def test_a_proof_is_read_as_it_was_written():
    """Every value comes back."""
    for key, entries in proof.inclusions(LOG).items():
        assert proof.decode_proof(proof.encode_proof(key, entries)) == (key, entries)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda b: b[:-1], "torn"),
        (lambda b: b.replace(b'"format":1', b'"format":2'), "`format`, which is 1"),
        (lambda b: b.replace(b'{"format"', b'{ "format"'), "canonical"),
        (lambda b: b.replace(b'"index"', b'"indes"'), "missing"),
        (lambda b: b.replace(b'"root":"', b'"root":"x'), "SHA-256"),
        (lambda b: b.replace(b'"path":["', b'"path":["A'), "SHA-256"),
        (lambda b: b.replace(b'"id":"SA-P-100001"', b'"id":"SA-100001"'), "an id like"),
        (lambda b: b.replace(b"SA-P-100001", b"SA-P-100002", 1), "the id of every leaf"),
        (lambda b: b"[]\n", "no object"),
    ],
)
def test_what_is_no_proof_is_told(change, why):
    """A file that is another than the one that was written is refused with what is wrong with it."""
    content = proof.encode_proof("SA-P-100001", proof.inclusions(LOG)["SA-P-100001"])
    assert content != change(content)
    with pytest.raises(Wrong, match=why):
        proof.decode_proof(change(content))


LEAVES, ROOTS = values(Leaf), values(Root)


@given(LEAVES, ROOTS)
def test_lines_are_read_as_they_were_written(one, root):
    """Any leaf and any root comes back from its line."""
    one = replace(one, id="SA-P-100001", record_sha256="a" * 64, clause_sha256=None)
    root = replace(root, root="b" * 64)
    assert proof.decode_leaf(proof.leaf_line(one)) == one
    assert proof.decode_root(proof.root_line(root)) == root


def test_the_form_of_the_lines():
    """The lines are what others hash: keys in order, no blanks, null where there is nothing."""
    assert proof.leaf_line(leaf(1, since=AT)) == (
        b'{"clause_sha256":"' + b"b" * 64 + b'","document":"SA-D-00001","id":"SA-P-100001",'
        b'"record_sha256":"' + b"a" * 64 + b'","revision":1,"since":"2026-11-22T12:00:00Z",'
        b'"state":"never-observed","statements":{},"status":"active","status_sha256":null,"text_sha256":null}'
    )
    said = {"response-1": "e" * 64, "dispute-2": "d" * 64}
    told = proof.leaf_line(leaf(status=State.DISPUTED, status_sha256="f" * 64, statements=said))
    assert told.endswith(
        b'"statements":{"dispute-2":"' + b"d" * 64 + b'","response-1":"' + b"e" * 64 + b'"},'
        b'"status":"disputed","status_sha256":"' + b"f" * 64 + b'","text_sha256":null}'
    )
    assert proof.root_line(Root(3, "c" * 64, AT, "0" * 64)) == (
        b'{"at":"2026-11-22T12:00:00Z","prev":"'
        + b"0" * 64
        + b'","root":"'
        + b"c" * 64
        + b'","size":3}'
    )
