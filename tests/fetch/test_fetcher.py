"""What holds of every look, whatever a server does, and requests to programs' interfaces."""

import asyncio
import random

import pytest
from web import Raw, Reply, redirect, watched

from atlas.fetch import Asking, Fetcher, NotFetched
from atlas.model import DocumentState, Failure

HOST = "docs.example.com"
TERMS = f"https://{HOST}/terms"

WHOLE = (
    b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n"
    b"Location: https://docs.example.com/b\r\nETag: x\r\nRetry-After: 3\r\nConnection: close\r\n\r\n"
    b"5\r\nhello\r\n0\r\n\r\n"
)


def broken(rng):
    """An answer with a few bytes changed, doubled, left out or put in."""
    text = bytearray(WHOLE.replace(b"200", rng.choice([b"200", b"302", b"304", b"103", b"500"])))
    for _ in range(rng.randint(1, 6)):
        at = rng.randrange(len(text))
        piece = rng.choice(
            [b"", b"\r\n", b"\0", b"\xff", b": ", rng.randbytes(3), bytes(text[at : at + 40])]
        )
        text[at : at + rng.randint(0, 3)] = piece
    return bytes(text)


def test_whatever_comes_over_the_wire_a_look_returns_and_says_why(net, thorough):
    rng = random.Random(7)
    count = 1000 if thorough else 50

    def next_one(_):
        text = broken(rng)

        async def write(_, writer):
            writer.write(text)
            await writer.drain()

        return Raw(write)

    for page in range(count):
        net.host(f"h{page}.example.com", certificate="*.example.com").says("/terms", next_one)

    async def looks():
        async with Fetcher(net.settings(deadline=0.2)) as fetcher:
            for page in range(count):
                yield await fetcher.fetch(
                    watched(f"https://h{page}.example.com/terms"),
                    DocumentState("SA-D-00001"),
                    extractor_is_current=True,
                    last_full=None,
                )

    async def all_of_them():
        return [look async for look in looks()]

    found = asyncio.run(all_of_them())
    assert len(found) == count
    assert all((look.failed is None) == (len(look.bodies) == 1) for look in found)
    assert all(look.failed.detail.endswith(".") for look in found if look.failed)
    assert len({look.failed.reason for look in found if look.failed}) > 1


def test_what_a_failure_says_is_one_line_that_names_no_path_of_this_machine(net):
    net.host(HOST).says("/terms", redirect("https://\x1b[31mdocs.example.com/`x`"))
    said = net.fetch(watched(TERMS)).failed.detail
    assert said.isprintable()
    assert "`x`" not in said


def test_a_source_that_takes_longer_than_its_patience_is_given_up(net):
    async def slow(_, writer):
        net.clock.at += 200
        writer.write(b"HTTP/1.1 302 Found\r\nLocation: /terms2\r\nContent-Length: 0\r\n\r\n")
        await writer.drain()

    net.host(HOST).says("/terms", Raw(slow)).page("/terms2", "words")
    fetched = net.fetch(watched(TERMS), patience=150)
    assert fetched.failed.reason == Failure.UNREACHABLE
    assert "150 seconds" in fetched.failed.detail
    assert net.paths(HOST) == ["/terms"]


def call(net, url, asking, **settings):
    async def once():
        async with Fetcher(net.settings(**settings)) as fetcher:
            return await fetcher.call(url, asking)

    return asyncio.run(once())


def test_a_call_sends_a_body_and_reads_whatever_comes_back(net):
    net.host(HOST).says("/save", Reply(503, '{"message": "busy"}', {"Retry-After": "5"}))
    asking = Asking("POST", {"Authorization": "LOW a:b"}, b"url=x")
    answer = call(net, f"https://{HOST}/save", asking)
    assert (answer.status, answer.content) == (503, b'{"message": "busy"}')
    assert answer.headers["retry-after"] == "5"
    (asked,) = net.asked(HOST)
    assert (asked.method, asked.headers["authorization"]) == ("POST", "LOW a:b")
    assert asked.headers["content-length"] == "5"


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("https://127.0.0.1/", Failure.REFUSED_ADDRESS),
        (f"https://{HOST}/big", Failure.TOO_LARGE),
        ("https://gone.example.com/", Failure.UNREACHABLE),
    ],
)
def test_a_call_has_the_bounds_of_every_request(net, url, reason):
    net.host(HOST).says("/big", Reply(500, b"x" * 2000))
    with pytest.raises(NotFetched) as stopped:
        call(net, url, Asking(), wire_limit=1000)
    assert stopped.value.failed.reason == reason
