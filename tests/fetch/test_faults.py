"""What servers do wrong, and what one look makes of it: the fetching side of the table of faults."""

import asyncio
import gzip
import zlib
from email.utils import format_datetime

import pytest
import web
from web import LOOPBACK, START, Raw, Reply, held, redirect, watched, zipped

from atlas.fetch import Fetcher
from atlas.model import DocumentState, Failure

HOST = "docs.example.com"
TERMS = f"https://{HOST}/terms"
PAGE = "<main><p>You agree that we may train on what you send.</p></main>"


def failure(fetched):
    """Return why a look failed, and that nothing came of it."""
    assert fetched.failed is not None
    assert not fetched.bodies
    assert not fetched.not_modified
    assert fetched.failed.detail.endswith(".")
    return fetched.failed.reason


def look_at(net, *answers, **settings):
    net.host(HOST).says("/terms", *answers)
    return net.fetch(watched(TERMS), **settings)


def yesterday():
    return START - web.dt.timedelta(days=1)


# --- 1 to 5: good answers, and not modified ---


def test_01_a_page_comes_as_its_bytes_with_what_was_said_of_them(net):
    net.host(HOST).page("/terms", PAGE, ETag='"v1"', Last_Modified="Sat, 21 Nov 2026 05:17:00 GMT")
    fetched = net.fetch(watched(TERMS))
    (body,) = fetched.bodies
    assert fetched.failed is None
    assert fetched.observed_at == net.clock.now()
    assert body.content == PAGE.encode()
    assert (body.url, body.final_url, body.status) == (TERMS, TERMS, 200)
    assert (body.etag, body.last_modified) == ('"v1"', "Sat, 21 Nov 2026 05:17:00 GMT")
    assert body.content_type == "text/html; charset=utf-8"
    assert (body.redirects, body.moved_for_good, body.browser) == ((), False, None)


def test_01_we_say_who_we_are_in_which_language_we_read_and_nothing_else(net):
    net.host(HOST).page("/terms", PAGE, Set_Cookie="id=1; Path=/")
    net.fetch(watched(TERMS, TERMS, language="de"))
    assert len(net.paths(HOST)) == 2
    for request in net.asked(HOST):
        assert request.headers["user-agent"] == web.USER_AGENT
        assert request.headers["accept-encoding"] == "gzip, deflate"
        assert "cookie" not in request.headers, "a cookie would make one look depend on another"
        if request.path != "/robots.txt":
            assert request.headers["accept-language"] == "de"
    assert {frozenset(r.headers) for r in net.asked(HOST) if r.path != "/robots.txt"} == {
        frozenset("host user-agent accept accept-encoding accept-language connection".split())
    }


def test_02_a_page_with_a_new_nonce_is_a_page(net):
    first, second = (look_at(net, Reply(200, f"<script nonce={n}>")) for n in (1, 2))
    assert first.bodies[0].content != second.bodies[0].content
    assert first.failed is second.failed is None


def test_03_not_modified_for_the_text_that_we_hold_is_a_good_look(net):
    fetched_state = held(TERMS, etag='"v1"', last_modified="Sat, 21 Nov 2026 05:17:00 GMT")
    net.host(HOST).says("/terms", Reply(304))
    fetched = net.fetch(watched(TERMS), fetched_state, last_full=yesterday())
    assert fetched.not_modified
    assert fetched.failed is None
    assert not fetched.bodies
    (asked,) = [each for each in net.asked(HOST) if each.path == "/terms"]
    assert asked.headers["if-none-match"] == '"v1"'
    assert asked.headers["if-modified-since"] == "Sat, 21 Nov 2026 05:17:00 GMT"


def test_04_not_modified_with_no_text_held_is_asked_again_for_the_whole_page(net):
    fetched = look_at(net, Reply(304), Reply(200, PAGE))
    assert fetched.bodies[0].content == PAGE.encode()
    first, again = (each.headers for each in net.asked(HOST) if each.path == "/terms")
    assert "if-none-match" not in first
    assert again["cache-control"] == "no-cache"


def test_04_not_modified_twice_with_no_text_held_is_no_look(net):
    assert failure(look_at(net, Reply(304))) == Failure.UNREACHABLE


@pytest.mark.parametrize(("ours", "theirs"), [('"v1"', 'W/"v1"'), ('W/"v1"', '"v1"')])
def test_05_a_weak_etag_answers_for_a_strong_one_and_the_other_way_round(net, ours, theirs):
    net.host(HOST).says("/terms", Reply(304, b"", {"ETag": theirs}))
    assert net.fetch(watched(TERMS), held(TERMS, etag=ours), last_full=yesterday()).not_modified


# --- 6 to 11: statuses ---


def test_06_a_500_that_passes_is_asked_again(net):
    fetched = look_at(net, Reply(500), Reply(200, PAGE))
    assert fetched.bodies[0].content == PAGE.encode()
    assert net.paths(HOST) == ["/terms"] * 2


@pytest.mark.parametrize("status", [408, 500, 502, 503, 504])
def test_07_a_server_error_that_stays_is_unreachable_after_three_tries(net, status):
    fetched = look_at(net, Reply(status))
    assert failure(fetched) == Failure.UNREACHABLE
    assert str(status) in fetched.failed.detail
    assert net.paths(HOST) == ["/terms"] * 3


def test_08_a_busy_server_is_given_the_time_that_it_asks_for(net):
    fetched = look_at(net, Reply(429, "", {"Retry-After": "17"}), Reply(200, PAGE))
    assert fetched.failed is None
    assert 17 in net.clock.slept


def test_08_a_date_to_come_back_at_is_kept_as_well(net):
    date = format_datetime(START + web.dt.timedelta(seconds=66), usegmt=True)
    fetched = look_at(net, Reply(503, "", {"Retry-After": date}), Reply(200, PAGE))
    assert fetched.failed is None
    assert net.clock.now() >= START + web.dt.timedelta(seconds=66)


@pytest.mark.parametrize(
    "after", ["86400", "121", "Wed, 25 Nov 2026 05:17:00 GMT", "soon", "-5", "", "9" * 5000]
)
def test_09_a_server_that_asks_for_a_day_or_unclearly_is_left_alone_in_this_run(net, after):
    net.host(HOST).says("/terms", Reply(429, "", {"Retry-After": after}))
    net.host(HOST).page("/privacy", PAGE)

    async def two_looks():
        async with Fetcher(net.settings()) as fetcher:
            for path in ("/terms", "/privacy"):
                document = watched(f"https://{HOST}{path}")
                yield await fetcher.fetch(
                    document, DocumentState("SA-D-00001"), extractor_is_current=True, last_full=None
                )

    async def both():
        return [each async for each in two_looks()]

    terms, privacy = asyncio.run(both())
    assert failure(terms) == failure(privacy) == Failure.UNREACHABLE
    assert "left alone" in privacy.failed.detail
    assert net.paths(HOST) == ["/terms"]
    assert max(net.clock.slept) < 120


def test_09_a_moment_that_is_past_means_now(net):
    busy = Reply(503, "", {"Retry-After": "Sat, 21 Nov 2026 05:17:00 GMT"})
    assert look_at(net, busy, Reply(200, PAGE)).failed is None


@pytest.mark.parametrize("status", [401, 403, 451, 404, 410, 400, 418, 501, 204, 206, 300, 999])
def test_10_and_11_a_clear_no_is_unreachable_and_not_asked_again(net, status):
    fetched = look_at(net, Reply(status, b""))
    assert failure(fetched) == Failure.UNREACHABLE
    assert str(status) in fetched.failed.detail
    assert net.paths(HOST) == ["/terms"]


# --- 12 to 15: bodies ---


async def drip(_, writer):
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n")
    while not writer.is_closing():
        writer.write(b"x")
        await writer.drain()
        await asyncio.sleep(0.02)


async def drip_headers(_, writer):
    writer.write(b"HTTP/1.1 200 OK\r\n")
    while not writer.is_closing():
        writer.write(b"X-Slow: yes\r\n")
        await writer.drain()
        await asyncio.sleep(0.02)


async def silence(reader, _):
    await reader.read()


@pytest.mark.parametrize("write", [drip, drip_headers, silence])
def test_12_a_slow_or_silent_server_is_cut_off_at_the_deadline(net, write):
    net.host(HOST).says("/terms", Raw(write))
    began = asyncio.run(_now())
    fetched = net.fetch(watched(TERMS), deadline=0.2)
    assert failure(fetched) == Failure.UNREACHABLE
    assert "0.2 seconds" in fetched.failed.detail
    assert asyncio.run(_now()) - began < 3
    assert net.paths(HOST) == ["/terms"] * 3


async def _now():
    return asyncio.get_running_loop().time()


def test_12_further_tries_end_with_the_patience_for_one_source(net):
    busy = Reply(503, "", {"Retry-After": "100"})
    fetched = look_at(net, busy, patience=150)
    assert failure(fetched) == Failure.UNREACHABLE
    assert net.paths(HOST) == ["/terms"] * 2
    assert sum(net.clock.slept) < 150


def raw(text):
    async def write(_, writer):
        writer.write(text)
        await writer.drain()

    return Raw(write)


CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
LONG = gzip.compress(PAGE.encode() * 50, mtime=0)


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(Reply(200, PAGE, {"Content-Length": "5000"}), id="Content-Length"),
        pytest.param(zipped(PAGE, **{"Content-Length": "5000"}), id="Content-Length of gzip"),
        pytest.param(
            Reply(200, LONG[:-12], {"Content-Encoding": "gzip"}), id="gzip without its end"
        ),
        pytest.param(
            Reply(200, LONG, {"Content-Encoding": "gzip", "Content-Length": str(len(LONG) // 2)}),
            id="too small a Content-Length",
        ),
        pytest.param(
            Reply(200, zlib.compress(PAGE.encode())[:-6], {"Content-Encoding": "deflate"}),
            id="deflate without its end",
        ),
        pytest.param(raw(CHUNKED + b"5\r\nhello\r\nzzz\r\nworld\r\n0\r\n\r\n"), id="bad chunk"),
        pytest.param(raw(CHUNKED + b"5\r\nhello\r\n"), id="no last chunk"),
    ],
)
def test_13_a_page_that_breaks_off_is_truncated(net, answer):
    assert failure(look_at(net, answer)) == Failure.TRUNCATED


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(Reply(200, PAGE, {"Content-Encoding": "gzip, gzip"}), id="nested"),
        pytest.param(Reply(200, PAGE, {"Content-Encoding": "deflate, gzip"}), id="mixed"),
        pytest.param(
            Reply(200, PAGE, {f"X-{n}": "y" for n in range(4000)}), id="4,000 small headers"
        ),
        pytest.param(
            Reply(200, PAGE, {f"X-{n}": "y" * 40 for n in range(4000)}), id="4,000 headers"
        ),
        pytest.param(Reply(200, PAGE, {"X-Long": "y" * 70_000}), id="a header of 70,000 bytes"),
        pytest.param(Reply(200, b"", {"Content-Length": str(10**12)}), id="said to be a terabyte"),
        pytest.param(Reply(200, b"", {"Content-Length": "9" * 19}), id="said to be exabytes"),
    ],
)
def test_14_what_is_too_large_is_told_from_its_headers(net, answer):
    assert failure(look_at(net, answer)) == Failure.TOO_LARGE


async def endless(_, writer):
    writer.write(CHUNKED)
    while not writer.is_closing():
        writer.write(b"10000\r\n" + b"x" * 65536 + b"\r\n")
        await writer.drain()


def test_14_a_body_without_end_is_cut_off_at_its_limit(net):
    fetched = look_at(net, Raw(endless), wire_limit=2**20)
    assert failure(fetched) == Failure.TOO_LARGE
    assert "more than 1 MiB were sent" in fetched.failed.detail
    assert net.paths(HOST) == ["/terms"]


@pytest.mark.parametrize("coding", ["br", "zstd", "compress", "x" * 500, "gzip;q=1"])
def test_15_an_encoding_that_was_not_asked_for_is_refused(net, coding):
    answer = Reply(200, PAGE, {"Content-Encoding": coding})
    assert failure(look_at(net, answer)) == Failure.UNREACHABLE


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(Reply(200, PAGE, {"Content-Encoding": "gzip"}), id="plain said to be gzip"),
        pytest.param(
            Reply(200, PAGE, {"Content-Encoding": "deflate"}), id="plain said to be deflate"
        ),
        pytest.param(
            Reply(200, LONG + LONG, {"Content-Encoding": "gzip"}), id="two pages in one body"
        ),
    ],
)
def test_15_a_lie_about_the_encoding_is_unreachable(net, answer):
    assert failure(look_at(net, answer)) == Failure.UNREACHABLE


@pytest.mark.parametrize(
    ("coding", "body"),
    [
        ("gzip", gzip.compress(PAGE.encode(), mtime=0)),
        ("x-gzip", gzip.compress(PAGE.encode(), mtime=0)),
        ("GZIP", gzip.compress(PAGE.encode(), mtime=0)),
        ("deflate", zlib.compress(PAGE.encode())),
        ("deflate", zlib.compress(PAGE.encode(), wbits=-15)),
        ("identity", PAGE.encode()),
        ("identity, gzip", gzip.compress(PAGE.encode(), mtime=0)),
        ("gzip", b""),
    ],
    ids=["gzip", "x-gzip", "GZIP", "deflate", "raw deflate", "identity", "identity, gzip", "empty"],
)
def test_15_what_was_asked_for_is_read(net, coding, body):
    (came,) = look_at(net, Reply(200, body, {"Content-Encoding": coding})).bodies
    assert came.content == (PAGE.encode() if body else b"")


# --- 16 to 19: redirects ---


def test_16_a_loop_is_unreachable(net):
    net.host(HOST).says("/other", redirect("/terms"))
    fetched = look_at(net, redirect("/other"))
    assert failure(fetched) == Failure.UNREACHABLE
    assert "circle" in fetched.failed.detail
    assert net.paths(HOST) == ["/terms", "/other"]


def test_16_twenty_steps_are_too_many(net):
    for step in range(20):
        net.host(HOST).says(f"/{step}", redirect(f"/{step + 1}"))
    fetched = look_at(net, redirect("/0"))
    assert failure(fetched) == Failure.UNREACHABLE
    assert net.paths(HOST) == ["/terms", "/0", "/1", "/2", "/3", "/4"]


def test_16_five_steps_are_followed(net):
    for step in range(4):
        net.host(HOST).says(f"/{step}", redirect(f"/{step + 1}"))
    net.host(HOST).page("/4", PAGE)
    (body,) = look_at(net, redirect("/0")).bodies
    assert body.final_url == f"https://{HOST}/4"
    assert body.redirects == tuple(f"https://{HOST}/{step}" for step in range(5))


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_16_a_redirect_without_address_is_unreachable(net, status):
    assert failure(look_at(net, Reply(status))) == Failure.UNREACHABLE


PRIVATE = """
https://127.0.0.1/ https://[::1]/ https://10.0.0.1/ https://172.16.0.1/ https://192.168.1.1/
https://169.254.169.254/latest/meta-data/ https://[::ffff:127.0.0.1]/ https://[::ffff:7f00:1]/ https://[64:ff9b::7f00:1]/
https://[2002:7f00:1::]/ https://[fe80::1]/ https://[fd00::1]/ https://2130706433/ https://017700000001/ https://0x7f000001/
https://0x7f.1/ https://127.1/ https://0177.0.0.1/ https://0.0.0.0/ https://0/ https://100.64.0.1/ https://224.0.0.1/
https://255.255.255.255/ https://localhost/ https://localhost./ https://intranet/ https://127.0.0.1./ //127.0.0.1/
file:///etc/passwd ftp://docs.example.com/terms gopher://docs.example.com/ data:text/html,terms javascript:alert(1)
https://docs.example.com:8443/terms https://docs.example.com:22/ https://docs.example.com:80/ https://user@docs.example.com/terms
https://user:word@docs.example.com/ https://docs.example.com@127.0.0.1/ https://docs.example.com\\@127.0.0.1/
https://１２７.0.0.1/ https://①②⑦.0.0.1/ https://%31%32%37.0.0.1/ https://127.0.0.1%00.example.com/
""".split()


@pytest.mark.parametrize("to", PRIVATE)
def test_17_a_redirect_to_a_private_or_odd_address_is_refused_and_no_connection_made(net, to):
    location = to.encode().decode("latin-1")  # as raw bytes on the wire, whatever they mean
    net.host(HOST).says("/terms", Reply(302, b"", {"Location": location}))
    fetched = net.fetch(watched(TERMS))
    assert failure(fetched) == Failure.REFUSED_ADDRESS
    assert net.connections == 2, "robots.txt and the page that redirects, nothing else"
    assert set(net.resolved) == {HOST}
    assert net.paths(HOST) == ["/terms"]


@pytest.mark.parametrize("to", ["///127.0.0.1/", "https://", "https:", "//", "/\t/127.0.0.1/"])
def test_17_a_redirect_that_names_no_host_leads_to_no_other(net, to):
    look_at(net, redirect(to))
    assert set(net.resolved) == {HOST} == {each.host for each in net.requests}


@pytest.mark.parametrize("address", [*(at for at in PRIVATE if "://" in at), "https://", "", "x"])
def test_17_a_source_at_such_an_address_is_refused_too(net, address):
    assert failure(net.fetch(watched(address))) == Failure.REFUSED_ADDRESS
    assert net.connections == 0
    assert not net.resolved


PRIVATE_ADDRESSES = """127.0.0.2 ::1 10.1.2.3 172.31.0.1 192.168.0.1 169.254.169.254 ::ffff:127.0.0.1 ::ffff:10.0.0.1 0.0.0.0
    100.64.0.1 64:ff9b::a9fe:a9fe 2002:7f00:0001:: 2001:0:7f00:1::1 fe80::1 fd00::1 224.0.0.1 240.0.0.1 :: ff02::1""".split()


@pytest.mark.parametrize("address", PRIVATE_ADDRESSES)
def test_17_a_name_that_leads_to_a_private_address_is_refused(net, address):
    net.leads(HOST, [address])
    fetched = net.fetch(watched(TERMS))
    assert failure(fetched) == Failure.REFUSED_ADDRESS
    assert net.connections == 0
    assert net.resolved == [HOST]


@pytest.mark.parametrize("answers", [[LOOPBACK, "10.0.0.1"], ["10.0.0.1", LOOPBACK]])
def test_18_one_private_address_among_public_ones_is_enough_to_refuse(net, answers):
    net.host(HOST).page("/terms", PAGE)
    net.leads(HOST, answers)  # the web's own address counts as public here
    assert failure(net.fetch(watched(TERMS))) == Failure.REFUSED_ADDRESS
    assert net.connections == 0


def test_18_a_name_that_turns_private_between_two_requests_is_refused(net):
    net.host(HOST).page("/terms", PAGE)
    net.leads(HOST, [LOOPBACK], ["169.254.169.254"])
    assert failure(net.fetch(watched(TERMS))) == Failure.REFUSED_ADDRESS
    assert [each.path for each in net.asked(HOST)] == ["/robots.txt"]


def test_18_each_connection_asks_for_the_name_once_and_goes_where_the_answer_said(net):
    net.host(HOST).page("/terms", PAGE)
    net.leads(HOST, [LOOPBACK], [LOOPBACK], ["169.254.169.254"])
    assert net.fetch(watched(TERMS)).failed is None
    assert net.resolved == [HOST] * 2 == [HOST] * net.connections


def test_19_from_https_to_http_is_refused(net):
    net.host("plain.example.com").page("/terms", PAGE)
    fetched = look_at(net, redirect("http://plain.example.com/terms", 301))
    assert failure(fetched) == Failure.REFUSED_ADDRESS
    assert not net.asked("plain.example.com")


def test_19_another_domain_is_followed_and_told(net):
    net.host("new.example.org").page("/legal", PAGE)
    (body,) = look_at(net, redirect("https://new.example.org/legal#top", 301)).bodies
    assert (body.url, body.final_url) == (TERMS, "https://new.example.org/legal")
    assert body.redirects == ("https://new.example.org/legal",)
    assert body.moved_for_good


@pytest.mark.parametrize(
    ("statuses", "for_good"), [((301, 308), True), ((301, 302), False), ((302, 301), False)]
)
def test_19_a_page_moved_for_good_only_if_every_redirect_says_so(net, statuses, for_good):
    first, second = statuses
    net.host(HOST).says("/a", redirect("/b", second)).page("/b", PAGE)
    (body,) = look_at(net, redirect("/a", first)).bodies
    assert body.moved_for_good is for_good


def test_19_the_robots_txt_of_each_host_on_the_way_is_kept(net):
    net.host("new.example.org").page("/legal", PAGE)
    net.host("new.example.org").robots("User-agent: *\nDisallow: /legal")
    fetched = look_at(net, redirect("https://new.example.org/legal"))
    assert failure(fetched) == Failure.NOT_PERMITTED
    assert not net.paths("new.example.org")


# --- 20 and 21: certificates, character sets ---


@pytest.mark.parametrize(
    "certificate", [web.EXPIRED, web.SELF_SIGNED, web.STRANGER, "other.example.com"]
)
def test_20_a_certificate_that_does_not_hold_is_not_passed_over(net, certificate):
    net.host(HOST, certificate=certificate).page("/terms", PAGE)
    fetched = net.fetch(watched(TERMS))
    assert failure(fetched) == Failure.BAD_CERTIFICATE
    assert HOST in fetched.failed.detail
    assert not net.asked(HOST), "nothing was said over a connection that was not trusted"
    assert net.connections <= 1


@pytest.mark.parametrize(
    ("label", "body"),
    [
        ("text/html; charset=latin-1", "“You’ll agree”".encode()),
        ("text/html", "“You’ll agree”".encode("utf-16")),
        ("text/html; charset=utf-8", "“You’ll agree”".encode("cp1252")),
    ],
)
def test_21_a_body_and_its_label_are_handed_on_as_they_came(net, label, body):
    net.host(HOST).page("/terms", body, label)
    (came,) = net.fetch(watched(TERMS)).bodies
    assert (came.content, came.content_type) == (body, label)


# --- and some that have no number ---


def test_a_name_that_leads_nowhere_is_unreachable_after_three_tries(net):
    fetched = net.fetch(watched("https://gone.example.com/terms"))
    assert failure(fetched) == Failure.UNREACHABLE
    assert net.resolved == ["gone.example.com"] * 3


def test_a_document_without_address_is_told_and_nobody_asked(net):
    assert failure(net.fetch(watched())) == Failure.NO_ADDRESS


def test_a_document_of_several_sources_has_a_body_for_each_in_order(net):
    net.host(HOST).page("/a", "A").page("/b", "B")
    urls = [f"https://{HOST}/{name}" for name in "bab"]
    assert [b.content for b in net.fetch(watched(*urls)).bodies] == [b"B", b"A", b"B"]


def test_a_document_of_which_one_source_fails_is_no_look_at_all(net):
    net.host(HOST).page("/a", "A")
    assert failure(net.fetch(watched(f"https://{HOST}/a", TERMS))) == Failure.UNREACHABLE


def test_a_server_that_hangs_up_is_asked_again_and_one_that_talks_nonsense_is_not(net):
    assert failure(look_at(net, raw(b""))) == Failure.UNREACHABLE
    assert len(net.paths(HOST)) == 3
    assert failure(look_at(net, raw(b"220 mail.example.com ESMTP\r\n\r\n"))) == Failure.UNREACHABLE
    assert len(net.paths(HOST)) == 4


def test_http_is_spoken_where_a_record_says_so(net):
    net.host(HOST).page("/terms", PAGE)
    assert net.fetch(watched(f"http://{HOST}/terms")).failed is None
    assert {each.scheme for each in net.asked(HOST)} == {"http"}
