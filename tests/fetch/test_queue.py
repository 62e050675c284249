"""Many documents: whose turn it is, and what happens to a run that is stopped."""

import asyncio
import signal
import subprocess
import sys
import time

import pytest
from conftest import ROOT
from web import Raw, Reply, redirect, watched

from atlas.fetch import Fetcher, visit
from atlas.model import DocumentState, Failure


def run(net, documents, **settings):
    """Fetch documents as a run does; return what was found in the order in which it came."""
    found = []

    async def whole():
        made = net.settings(**settings)
        async with Fetcher(made) as fetcher:

            async def one(document):
                state = DocumentState(document.document)
                return await fetcher.fetch(
                    document, state, extractor_is_current=True, last_full=None
                )

            await visit(
                documents,
                one,
                found.append,
                next_at=fetcher.next_at,
                hosts_at_once=made.hosts_at_once,
            )

    asyncio.run(asyncio.wait_for(whole(), 60))
    return found


def many(hosts, each):
    return [
        watched(f"https://h{host}.example.com/{page}", document=f"SA-D-{page * hosts + host:05}")
        for page in range(each)
        for host in range(hosts)
    ]


def answering(net, hosts, each):
    async def page(_, writer):
        await asyncio.sleep(0.005)
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nwords")
        await writer.drain()

    for host in range(hosts):
        for number in range(each):
            net.host(f"h{host}.example.com", certificate="*.example.com").says(
                f"/{number}", Raw(page)
            )


def test_every_document_is_found_once_and_no_host_is_asked_twice_at_once(net):
    answering(net, 12, 5)
    documents = many(12, 5)
    found = run(net, documents)
    assert sorted(each.document for each in found) == sorted(d.document for d in documents)
    assert not [each for each in found if each.failed]
    assert {net.most_at_once(f"h{host}.example.com") for host in range(12)} == {1}


def test_looks_that_meet_at_one_host_take_turns(net):
    """Redirects and further sources lead to hosts that the order of documents knows nothing of."""
    answering(net, 1, 6)

    async def at_once():
        async with Fetcher(net.settings()) as fetcher:
            state = DocumentState("SA-D-00001")
            looks = [
                fetcher.fetch(document, state, extractor_is_current=True, last_full=None)
                for document in many(1, 6)
            ]
            return await asyncio.gather(*looks)

    assert not [look for look in asyncio.run(at_once()) if look.failed]
    assert net.most_at_once("h0.example.com") == 1
    assert len(net.asked("h0.example.com")) == 7, "and robots.txt is read once"


def test_between_two_requests_to_a_host_there_is_a_pause_with_jitter(net):
    answering(net, 1, 4)
    run(net, many(1, 4), pause=5, jitter=2, chance=iter([0, 0.5, 0.9, 0.1, 0.7]).__next__)
    assert [round(each, 2) for each in net.clock.slept] == [5, 6, 6.8, 5.2]


def test_so_many_hosts_are_asked_at_once_and_no_more(net):
    answering(net, 12, 2)
    under_way, most = set(), []

    async def one(document):
        under_way.add(document.document)
        most.append(len(under_way))
        await asyncio.sleep(0.001)
        under_way.discard(document.document)
        return document

    asyncio.run(visit(many(12, 2), one, lambda _: None, next_at=lambda _: 0.0, hosts_at_once=3))
    assert max(most) == 3
    assert len(most) == 24


def test_the_host_that_has_rested_longest_comes_next(net):
    order, at = [], {"h0.example.com": 9.0, "h1.example.com": 3.0, "h2.example.com": 6.0}

    async def one(document):
        host = document.sources[0].url.split("/")[2]
        order.append(host[:2])
        at[host] += 5
        return document

    asyncio.run(visit(many(3, 2), one, lambda _: None, next_at=at.__getitem__, hosts_at_once=1))
    assert order == "h1 h2 h1 h0 h2 h0".split()


def test_a_host_that_fails_three_times_in_a_row_is_left_alone(net):
    host = net.host("h0.example.com")
    for page in range(6):
        host.says(f"/{page}", Reply(500))
    found = run(net, many(1, 6))
    assert [each.failed.reason for each in found] == [Failure.UNREACHABLE] * 6
    assert len(net.paths("h0.example.com")) == 9, "three documents, three tries each"
    assert "left alone" in found[-1].failed.detail


def test_a_good_look_between_failures_keeps_a_host_in_the_run(net):
    host = net.host("h0.example.com")
    for page in range(9):
        host.says(f"/{page}", Reply(200, "words") if page % 3 == 2 else Reply(403))
    found = run(net, many(1, 9))
    assert [each.failed is None for each in found] == [False, False, True] * 3


def test_pages_that_do_not_exist_are_no_fault_of_the_host(net):
    net.host("h0.example.com").says("/5", Reply(200, "words"))
    found = run(net, many(1, 6))
    assert [each.failed is None for each in found] == [False] * 5 + [True]


def test_a_host_that_is_left_alone_does_not_stop_the_others(net):
    answering(net, 3, 4)
    net.host("h1.example.com").says("/0", Reply(429, "", {"Retry-After": "86400"}))
    found = run(net, many(3, 4))
    assert len(found) == 12
    assert len([each for each in found if each.failed]) == 4
    assert net.paths("h1.example.com") == ["/0"]


def test_documents_that_need_each_others_hosts_do_not_wait_for_each_other_for_ever(net):
    """Sources on two hosts in opposite orders, and redirects from each host to the other."""
    for own, other in ("ab", "ba"):
        host = net.host(f"{own}.example.com").page("/own", own)
        host.says("/away", redirect(f"https://{other}.example.com/own"))
        host.says("/robots.txt", redirect(f"https://{other}.example.com/robots"))
        host.page("/robots", "User-agent: *\nAllow: /")
    documents = []
    for number in range(10):
        first, second = "ab" if number % 2 else "ba"
        urls = [f"https://{first}.example.com/away", f"https://{second}.example.com/away"]
        documents.append(watched(*urls, document=f"SA-D-{number:05}"))
    found = run(net, documents)
    assert len(found) == 10
    assert not [each for each in found if each.failed]
    assert net.most_at_once("a.example.com") == net.most_at_once("b.example.com") == 1


def test_documents_without_address_or_with_an_odd_one_are_told(net):
    documents = [
        watched(document="SA-D-00001"),
        watched("file:///etc/passwd", document="SA-D-00002"),
    ]
    found = run(net, documents)
    assert {each.failed.reason for each in found} == {Failure.NO_ADDRESS, Failure.REFUSED_ADDRESS}
    assert run(net, []) == []


def test_a_run_that_is_cancelled_keeps_what_was_found_and_leaves_nothing_open(net):
    async def silence(reader, _):
        await reader.read()

    net.host("h0.example.com").page("/0", "words")
    net.host("h1.example.com").says("/0", Raw(silence))
    found, there = [], asyncio.Event()

    async def stopped():
        async with Fetcher(net.settings()) as fetcher:

            async def one(document):
                return await fetcher.fetch(
                    document,
                    DocumentState(document.document),
                    extractor_is_current=True,
                    last_full=None,
                )

            def kept(fetched):
                found.append(fetched)
                there.set()

            going = asyncio.create_task(
                visit(many(2, 1), one, kept, next_at=fetcher.next_at, hosts_at_once=2)
            )
            await there.wait()
            going.cancel()
            with pytest.raises(asyncio.CancelledError):
                await going
        return [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]

    assert asyncio.run(stopped()) == []
    assert [each.document for each in found] == ["SA-D-00000"]


INTERRUPTED = """
import asyncio, sys
sys.path.insert(0, "tests")
import web
from atlas.fetch import Fetcher, visit
from atlas.model import DocumentState

async def silence(reader, _):
    await reader.read()

def told(fetched):
    print(fetched.document, flush=True)

async def main(net):
    async with Fetcher(net.settings()) as fetcher:
        one = lambda d: fetcher.fetch(d, DocumentState(d.document), True, None)
        documents = [web.watched(f"https://h{n}.example.com/", document=f"SA-D-{n}") for n in (0, 1)]
        await visit(documents, one, told, next_at=fetcher.next_at, hosts_at_once=2)

with web.started() as net:
    net.host("h0.example.com").page("/", "words")
    net.host("h1.example.com").says("/", web.Raw(silence))
    asyncio.run(main(net))
"""


def test_ctrl_c_ends_a_run_at_once_with_what_was_found():
    process = subprocess.Popen(
        [sys.executable, "-W", "error", "-c", INTERRUPTED],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout.readline() == "SA-D-0\n"
    began = time.monotonic()
    process.send_signal(signal.SIGINT)
    said, errors = process.communicate(timeout=20)
    assert time.monotonic() - began < 5
    assert (said, errors.strip().splitlines()[-1]) == ("", "KeyboardInterrupt")
    assert "never retrieved" not in errors
    assert "ResourceWarning" not in errors
