"""`./run timestamp`: authorities on a web of the test's own, sound ones and others, and what is kept of their answers."""

import asyncio
import hashlib
import os
import signal
from datetime import date, timedelta

import pytest
import web
import worlds
from click import UsageError
from click.testing import CliRunner
from logs import AT
from time_authority import HOST, TimeAuthority

from atlas import timestamp as line
from atlas.cli import cli
from atlas.editing.assign import assign
from atlas.held import Held
from atlas.model import TimestampAuthority
from atlas.proof import root_line, stamp
from atlas.register import register

DAY = date(2026, 11, 22)


@pytest.fixture
def net():
    with web.started() as net:
        yield net


@pytest.fixture
def authority(tmp_path):
    return TimeAuthority(tmp_path / "authority")


@pytest.fixture
def root(tmp_path):
    """An atlas of one record, published once."""
    tree = {**worlds.SHELVES, **worlds.with_platforms(acme=[worlds.provision()])}
    for path, text in tree.items():
        (tmp_path / "atlas" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "atlas" / path).write_text(text, encoding="utf-8")
    publish(tmp_path / "atlas", AT)
    return tmp_path / "atlas"


def publish(root, at):
    assign(root, DAY)
    register(root, at.date(), at)


def named(*urls):
    """Return authorities with these addresses."""
    return [TimestampAuthority(name=f"a{n}", url=url) for n, url in enumerate(urls, 1)]


def ask(root, net, *urls, trust=None, **settings):
    trusted = stamp.certificates(trust.root_pem) if trust else ()
    return list(line.timestamp(root, named(*urls), trusted, net.settings(**settings)))


def files(root):
    folder = root / "data/published"
    return {
        p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()
    }


def test_a_time_stamp_is_kept_with_its_sum(root, net, authority):
    """The answer stands below anchors/ as it came, and everything published is still in order."""
    before = files(root)
    (asked,) = ask(root, net, authority.url(net), trust=authority)
    assert asked.is_kept
    after, holding = files(root), Held(root).read()
    assert set(after) - set(before) == {"anchors/1.a1.tsr"}
    assert {name for name in before if after[name] != before[name]} == {"SHA256SUMS"}
    assert holding.problems == ()
    kept, newest = holding.published.anchors["1.a1.tsr"], holding.published.roots[-1]
    judged = stamp.judged(kept, root_line(newest), stamp.certificates(authority.root_pem))
    assert judged.verdict is stamp.Verdict.HOLDS
    (request,) = net.asked(HOST)
    assert (request.method, request.headers["content-type"]) == (
        "POST",
        "application/timestamp-query",
    )
    assert hashlib.sha256(root_line(newest)).digest() in request.body


def test_nobody_is_asked_twice(root, net, authority):
    """An authority that put a time to the newest root is left in peace until there is another root."""
    url = authority.url(net)
    ask(root, net, url)
    before = files(root)
    (asked,) = ask(root, net, url)
    assert asked.is_kept
    assert (len(net.asked(HOST)), files(root)) == (1, before)
    record = root / "content/platform/acme/terms/p1.md"
    record.write_text(worlds.provision("You may not.", title="Other"), encoding="utf-8")
    publish(root, AT + timedelta(days=1))
    ask(root, net, url)
    assert {"anchors/1.a1.tsr", "anchors/2.a1.tsr"} <= set(files(root))
    first, second = (request.body for request in net.asked(HOST))
    assert first != second


async def _drip(_, writer):
    writer.write(b"HTTP/1.1 200 Whatever\r\n\r\n")
    while True:
        writer.write(b"x")
        await writer.drain()
        await asyncio.sleep(0.05)


async def _silence(_reader, _writer):
    await asyncio.sleep(60)


def _tampered(answer):
    return answer[:-9] + bytes([answer[-9] ^ 1]) + answer[-8:]


FAULTS = {
    "another nonce": (
        lambda authority, asked: authority.answer(authority.request(b"x")),
        "of other bytes than the line of this root",
    ),
    "an old answer": (
        lambda authority, asked: authority.answer(stamp.request(authority.line, 7)),
        "its nonce is another",
    ),
    "tampered": (
        lambda authority, asked: _tampered(authority.answer(asked)),
        "signature does not hold",
    ),
    "forbidden": (lambda authority, asked: web.Reply(403, b""), "status 403"),
    "garbage": (lambda authority, asked: b"<html>Sign in</html>", "no time stamp in the form"),
    "down": (lambda authority, asked: web.Reply(503, b"busy"), "status 503"),
    "elsewhere": (lambda authority, asked: web.redirect("https://b.example.com/"), "status 302"),
    "huge": (lambda authority, asked: web.Reply(200, b"x" * 200_000), "too large"),
    "huge without length": (
        lambda authority, asked: web.Reply(200, b"x" * 200_000, length=False),
        "too large",
    ),
    "slow": (lambda authority, asked: web.Raw(_drip), "no whole answer within 0.5 seconds"),
    "silent": (lambda authority, asked: web.Raw(_silence), "no whole answer within 0.5 seconds"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_what_does_not_hold_is_not_kept(root, net, authority, fault):
    """A sentence says why, no file is written, and the next authority has its turn."""
    answer, sentence = FAULTS[fault]
    authority.line = root_line(Held(root).read().published.roots[-1])
    bad = authority.url(net, lambda asked: answer(authority, asked))
    good = authority.url(net, host="good.example.com")
    first, second = ask(
        root, net, bad, good, trust=authority, deadline=0.5 if fault in {"slow", "silent"} else 20
    )
    assert not first.is_kept
    assert sentence in first.sentence
    assert second.is_kept
    assert {name for name in files(root) if name.startswith("anchors/")} == {"anchors/1.a2.tsr"}
    assert Held(root).read().problems == ()


def test_trust_decides_where_it_is_given(root, net, authority, tmp_path):
    """A stranger's time stamp is kept only where nobody said whom to trust."""
    stranger = TimeAuthority(tmp_path / "stranger", name="Stranger")
    url = stranger.url(net)
    before = files(root)
    (asked,) = ask(root, net, url, trust=authority)
    assert (asked.is_kept, files(root)) == (False, before)
    assert "ends at none of the certificates that are trusted" in asked.sentence
    (asked,) = ask(root, net, url)
    assert asked.is_kept
    assert "no certificate was given to trust it by" in asked.sentence


def test_no_address_within_reach_of_this_machine(root, net, authority):
    """An authority's name that leads into this network is refused: the way there is for tests alone."""
    (asked,) = ask(root, net, authority.url(net), private_addresses=frozenset())
    assert not asked.is_kept
    assert "not an address of the public internet" in asked.sentence
    assert net.asked(HOST) == []


def test_an_interruption_leaves_nothing_behind(root, net, authority):
    """Ctrl-C while an authority is slow: what came before is kept, and no file is half of anything."""

    def interrupted(_):
        os.kill(os.getpid(), signal.SIGINT)
        return web.Raw(_silence)

    slow = authority.url(net, interrupted, host="slow.example.com")
    with pytest.raises(KeyboardInterrupt):
        ask(root, net, authority.url(net), slow)
    assert {name for name in files(root) if name.startswith("anchors/")} == {"anchors/1.a1.tsr"}
    assert Held(root).read().problems == ()


def test_nothing_to_put_a_time_to(root, net, tmp_path):
    """Before the first publishing there is no root, and a damaged log gets no time stamp."""
    with pytest.raises(line.TimestampFault, match="no root yet"):
        ask(tmp_path / "empty", net, "https://a.example.com/")
    roots = root / "data/published/roots.jsonl"
    roots.write_bytes(roots.read_bytes().replace(b'"size":1', b'"size":2'))
    with pytest.raises(line.TimestampFault, match="damaged"):
        ask(root, net, "https://a.example.com/")


# --- the command ---


@pytest.fixture
def run(root, net, monkeypatch):
    """Run the command in this web; authorities are entered in the settings."""
    monkeypatch.setattr("atlas.fetch.FetchSettings", net.settings)

    def run(*arguments, urls=()):
        site = root / "data/site.yaml"
        listed = "".join(f"  - name: a{n}\n    url: {url}\n" for n, url in enumerate(urls, 1))
        site.write_text(
            worlds.SITE + (f"timestamp_authorities:\n{listed}" if urls else ""), encoding="utf-8"
        )
        given = ["--root", str(root), "timestamp", "--repository", "sample/atlas", *arguments]
        return CliRunner().invoke(cli, given, standalone_mode=False)

    return run


def test_the_command_says_what_came(root, net, authority, run):
    """A line an authority; 0 where each has put a time to the root, 1 where one has not."""
    trust = ["--trust", str(authority.folder / "root.pem")]
    (authority.folder / "root.pem").write_bytes(authority.root_pem)
    done = run(*trust, urls=[authority.url(net)])
    assert done.return_value == 0
    assert done.output.startswith("a1: Sample Stamps says 20")
    done = run(*trust, urls=[authority.url(net), "https://nobody.example.com/"])
    assert done.return_value == 1
    assert done.output.startswith(
        "a1: It has put a time to the root of 1 leaves before.\na2: `nobody."
    )
    assert run("--incomplete", urls=["https://nobody.example.com/"]).return_value == 0
    done = run()
    assert (done.return_value, done.output) == (
        0,
        "data/site.yaml names no authority under timestamp_authorities, so none is asked\n",
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--repository", "some/fork"], "kept in sample/atlas only, and this is some/fork"),
        (["--trust", "nowhere.pem"], "--trust: nowhere.pem: No such file"),
        (["--trust", "data/site.yaml"], "--trust: data/site.yaml holds no certificates in PEM"),
    ],
)
def test_misuse(run, root, monkeypatch, arguments, said):
    """A fork asks nobody, and trust in a file that holds no certificates is refused."""
    monkeypatch.setenv("ATLAS_FROM", str(root))
    done = run(*arguments, urls=["https://a.example.com/"])
    assert isinstance(done.exception, UsageError)
    assert said in done.exception.message
