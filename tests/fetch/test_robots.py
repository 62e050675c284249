"""What robots.txt permits, and what it means when it cannot be read (row 27 of the table of faults)."""

import asyncio
import datetime as dt

import pytest
from web import LOOPBACK, Reply, held, redirect, watched

from atlas.fetch import Fetcher
from atlas.model import DocumentState, Failure

HOST = "docs.example.com"
TERMS = f"https://{HOST}/terms"


@pytest.fixture
def docs(net):
    return net.host(HOST).page("/terms", "words").page("/legal/terms", "words")


def is_permitted(net, url=TERMS, **settings):
    """Look once; whether the page came. If not, it was not asked for, and the reason is named."""
    fetched = net.fetch(watched(url), **settings)
    if fetched.failed is None:
        return True
    assert fetched.failed.reason == Failure.NOT_PERMITTED, fetched.failed
    assert HOST in fetched.failed.detail
    assert not net.paths(HOST)
    return False


@pytest.mark.parametrize(
    ("text", "permitted"),
    [
        ("", True),
        ("User-agent: *\nDisallow: /", False),
        ("User-agent: *\nDisallow:", True),
        ("User-agent: *\nDisallow: /legal", True),
        ("User-agent: *\nDisallow: /\n\nUser-agent: SampleBot\nAllow: /", True),
        ("User-agent: *\nAllow: /\n\nUser-agent: samplebot\nDisallow: /terms", False),
        ("User-agent: SampleBot\nDisallow: /\nAllow: /terms", True),
        ("User-agent: OtherBot\nDisallow: /", True),
        ("User-agent: bot\nDisallow: /", True),
        ("User-agent: https\nDisallow: /", True),
        ("User-agent: *\nDisallow: /*terms$", False),
        ("\ufeffUser-agent: *\nDisallow: /", False),
        ("User-agent: *\r\nDisallow: /terms\r\n", False),
        ("<!doctype html><title>Not found</title>", True),
    ],
)
def test_27_the_group_of_our_name_counts_and_else_the_one_of_everybody(net, docs, text, permitted):
    docs.robots(text)
    assert is_permitted(net) is permitted


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 451])
def test_27_a_robots_txt_that_does_not_exist_permits(net, docs, status):
    docs.robots("User-agent: *\nDisallow: /", status)
    assert is_permitted(net)


@pytest.mark.parametrize("status", [500, 502, 503, 504, 429, 408, 501, 304, 204])
def test_27_a_robots_txt_that_fails_is_a_no(net, docs, status):
    docs.robots("", status)
    assert not is_permitted(net)


def test_27_a_robots_txt_that_fails_once_is_asked_again(net, docs):
    docs.says("/robots.txt", Reply(500), Reply(200, "User-agent: *\nDisallow: /other"))
    assert is_permitted(net)


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(Reply(200, "User-agent: *", {"Content-Length": "999"}), id="cut short"),
        pytest.param(Reply(200, "x", {"Content-Encoding": "br"}), id="unknown encoding"),
        pytest.param(redirect("/robots.txt"), id="loop"),
        pytest.param(redirect("https://127.0.0.1/robots.txt"), id="private address"),
        pytest.param(redirect("http://docs.example.com/robots.txt"), id="to http"),
        pytest.param(Reply(302), id="redirect to nowhere"),
        pytest.param(redirect("https://gone.example.com/robots.txt"), id="to a name without host"),
    ],
)
def test_27_a_robots_txt_that_cannot_be_read_is_a_no(net, docs, answer):
    docs.says("/robots.txt", answer)
    assert not is_permitted(net)


def test_27_the_first_500_kib_count(net, docs):
    head = "User-agent: *\nDisallow: /terms\n"
    docs.robots(head + "#" * (600 * 1024 - len(head)))
    assert not is_permitted(net)


def test_27_what_comes_after_500_kib_does_not_count(net, docs):
    head = "User-agent: *\nAllow: /\n" + "#" * (500 * 1024)
    docs.robots(head + "\nUser-agent: *\nDisallow: /terms\n" + "#" * (90 * 1024))
    assert is_permitted(net)


def test_27_five_redirects_are_followed_to_another_host_as_well(net, docs):
    other = net.host("robots.example.org")
    docs.says("/robots.txt", redirect("https://robots.example.org/1"))
    for step in range(1, 4):
        other.says(f"/{step}", redirect(f"/{step + 1}"))
    other.says("/4", redirect("/5")).page("/5", "User-agent: *\nDisallow: /terms")
    assert not is_permitted(net)
    assert net.paths("robots.example.org")[-1] == "/5"
    assert "does not permit" in net.fetch(watched(TERMS)).failed.detail


def test_27_six_redirects_are_a_no(net, docs):
    docs.says("/robots.txt", redirect("/0"))
    for step in range(6):
        docs.says(f"/{step}", redirect(f"/{step + 1}"))
    fetched = net.fetch(watched(TERMS))
    assert fetched.failed.reason == Failure.NOT_PERMITTED


def looks(net, *gaps, url=TERMS):
    """Look once, and again after each gap (hours), with one fetcher."""

    async def run():
        async with Fetcher(net.settings()) as fetcher:
            for hours in (0, *gaps):
                net.clock.at += hours * 3600
                await fetcher.fetch(watched(url), DocumentState("SA-D-00001"), True, None)  # noqa: FBT003

    asyncio.run(run())
    return [each.path for each in net.asked(HOST)].count("/robots.txt")


def test_robots_txt_is_asked_for_once_in_24_hours(net, docs):
    assert looks(net, 1, 22) == 1


def test_robots_txt_is_asked_for_anew_after_24_hours(net, docs):
    assert looks(net, 25) == 2


def test_a_crawl_delay_is_kept(net, docs):
    docs.robots("User-agent: *\nCrawl-delay: 40")
    assert is_permitted(net)
    assert net.clock.now() - net.clock.start >= dt.timedelta(seconds=5)
    net.clock.slept.clear()
    looks(net, 0)
    assert max(net.clock.slept) >= 40


@pytest.mark.parametrize("delay", ["86400", "1e300"])
def test_a_crawl_delay_of_a_day_is_kept_for_two_minutes(net, docs, delay):
    docs.robots(f"User-agent: *\nCrawl-delay: {delay}")
    looks(net, 0, 0)
    assert 120 <= max(net.clock.slept) <= 130


def test_a_host_that_cannot_be_reached_fails_by_its_own_name_and_not_as_forbidden(net):
    fetched = net.fetch(watched("https://gone.example.com/terms"))
    assert fetched.failed.reason == Failure.UNREACHABLE
    net.leads(HOST, ["10.0.0.1"])
    assert net.fetch(watched(TERMS)).failed.reason == Failure.REFUSED_ADDRESS
    net.leads(HOST, [LOOPBACK])


def test_permission_comes_before_a_conditional_request_too(net, docs):
    docs.robots("User-agent: *\nDisallow: /")
    docs.says("/terms", Reply(304))
    fetched = net.fetch(watched(TERMS), held(TERMS, etag='"v1"'), last_full=net.clock.now())
    assert fetched.failed.reason == Failure.NOT_PERMITTED
    assert not fetched.not_modified
