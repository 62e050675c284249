"""Pages that a browser draws: its network is the fetcher's, and only text that shows up counts."""

import asyncio
import builtins
import re
import socket

import chromium
import pytest
import web
from web import Raw, Reply, redirect, watched

from atlas.fetch import Fetcher
from atlas.fetch.browser import LEAN
from atlas.model import DocumentState, Failure

SHELL = (
    """<!doctype html><title>Terms</title><main id=terms></main><script src="/app.js"></script>"""
)
APP = """setTimeout(() => { document.querySelector("#terms").innerHTML = "<p>You agree.</p>"; }, 50);"""
EMPTY = "<!doctype html><main> <p>&nbsp;</p> </main><script>let text = 1;</script>"


def app(net, name, script=APP):
    """Make a host whose page is written by a script."""
    host = net.host(f"{name}.example.com", certificate="*.example.com")
    return host.page("/terms", SHELL).page("/app.js", script, "text/javascript")


def draw(net, *names, select="main", **settings):
    """Look at the pages of these hosts with one fetcher; return the looks by name."""
    made = {
        "browser_program": chromium.program(),
        "browser_arguments": tuple(chromium.FLAGS),
        **settings,
    }

    async def looks():
        found = {}
        async with Fetcher(net.settings(**made)) as fetcher:
            for name in names:
                path = name if "/" in name else f"{name}.example.com/terms"
                document = watched(f"https://{path}", render=True, select=select)
                found[name] = await fetcher.fetch(
                    document,
                    DocumentState(document.document),
                    extractor_is_current=True,
                    last_full=None,
                )
        return found

    return asyncio.run(looks())


def hostile(net, udp):
    """A script that asks for whatever it must not get, and then writes its text."""
    port = net.ports[80]
    return f"""
        const tag = (name, src) => document.body.append(Object.assign(document.createElement(name), {{src}}));
        tag("script", "https://tracker.example.net/t.js"); tag("img", "/picture.png");
        tag("script", "https://example.com/up.js"); tag("script", "https://inner.hostile.example.com/x.js");
        tag("iframe", "http://127.0.0.1:{port}/frame"); tag("script", "http://127.0.0.1:{port}/x.js");
        tag("script", "https://localhost/x.js"); tag("iframe", "file:///etc/passwd");
        for (const url of ["http://127.0.0.1:{port}/fetch", "https://[::1]/", "https://2130706433/"])
            fetch(url, {{mode: "no-cors"}}).catch(() => 0);
        fetch("/form", {{method: "POST", body: "x"}}).catch(() => 0);
        navigator.sendBeacon("/beacon", "x");
        try {{ new WebSocket("ws://127.0.0.1:{port}/socket"); }} catch (e) {{}}
        const peer = new RTCPeerConnection({{iceServers: [{{urls: "stun:127.0.0.1:{udp}"}}]}});
        try {{ new WebTransport("https://127.0.0.1:{udp}/").ready.catch(() => 0); }} catch (e) {{}}
        peer.createDataChannel("x"); peer.createOffer().then((offer) => peer.setLocalDescription(offer));
        {APP}"""


@pytest.fixture(scope="module")
def drawn():
    """Pages that draw well, looked at by one browser, and their web."""
    remember = f"document.cookie = 'seen=1'; localStorage.seen = 1; {APP}"
    recall = """document.querySelector('#terms').innerHTML =
        '<p>[' + document.cookie + ']' + localStorage.seen + '</p>'"""
    with web.started() as net, socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as ear:
        ear.bind((web.LOOPBACK, 0))
        ear.setblocking(False)  # noqa: FBT003
        app(net, "plain", remember).page("/second", SHELL.replace("app.js", "second.js"))
        net.host("plain.example.com").page("/second.js", recall, "text/javascript")
        app(net, "moved").says("/old", redirect("/terms", 301))
        app(net, "hostile", hostile(net, ear.getsockname()[1]))
        net.host("tracker.example.net").page(
            "/t.js", "document.title = 'tracked'", "text/javascript"
        )
        net.host("example.com").page("/up.js", "document.title = 'tracked'", "text/javascript")
        net.leads("inner.hostile.example.com", ["169.254.169.254"])
        second, old = "plain.example.com/second", "moved.example.com/old"
        looks = draw(net, "plain", second, old, "hostile")
        with pytest.raises(BlockingIOError):  # WebRTC and WebTransport reached nothing
            ear.recv(100)
        yield net, looks


@pytest.mark.browser
def test_what_playwright_turns_off_stays_off():
    """Chromium heeds the last list of features alone: ours holds all of the one that Playwright gives it."""
    with chromium.started() as browser:
        page = browser.new_page()
        page.goto("chrome://version")
        command = page.locator("#command_line").inner_text()
    playwrights, *ours = re.findall(r"--disable-features=(\S+)", command)
    assert [LEAN.partition("=")[2]] == ours
    assert set(playwrights.split(",")) < set(ours[0].split(","))


@pytest.mark.browser
def test_the_text_that_a_script_writes_is_in_the_body_and_the_browser_is_named(drawn):
    net, looks = drawn
    (body,) = looks["plain"].bodies
    assert b"<p>You agree.</p>" in body.content
    assert body.browser.startswith("Chromium ")
    assert body.content_type == "text/html; charset=utf-8"
    assert net.paths("plain.example.com")[:2] == ["/terms", "/app.js"], "each once"
    assert {each.headers["user-agent"] for each in net.requests} == {web.USER_AGENT}


@pytest.mark.browser
def test_each_page_starts_without_memory_of_the_one_before(drawn):
    _, looks = drawn
    assert b"<p>[]undefined</p>" in looks["plain.example.com/second"].bodies[0].content


@pytest.mark.browser
def test_a_page_that_moves_is_drawn_where_it_ended(drawn):
    _, looks = drawn
    (body,) = looks["moved.example.com/old"].bodies
    assert (body.final_url, body.moved_for_good) == ("https://moved.example.com/terms", True)
    assert b"You agree." in body.content


@pytest.mark.browser
def test_what_a_page_asks_of_others_or_of_this_machine_is_not_asked(drawn):
    """Scripts, frames, sockets, beacons, forms: nothing leaves but by the fetcher, and only to the page's own site."""
    net, looks = drawn
    (body,) = looks["hostile"].bodies
    assert b"You agree." in body.content
    assert b"tracked" not in body.content
    assert set(net.paths("hostile.example.com")) == {"/terms", "/app.js"}
    own = {f"{name}.example.com" for name in ("plain", "moved", "hostile")}
    assert {each.host for each in net.requests} == own
    assert set(net.resolved) == {*own, "inner.hostile.example.com"}
    assert net.connections == len(net.requests), (
        "no connection was made that the fetcher did not make"
    )


@pytest.fixture(scope="module")
def undrawn():
    """Pages that never show text, looked at by one impatient browser, and their web."""

    async def silence(reader, _):
        await reader.read()

    with web.started() as net:
        app(net, "forbidden").robots("User-agent: *\nDisallow: /app.js")
        app(net, "silent").says("/app.js", Raw(silence))
        net.host("empty.example.com").page("/terms", EMPTY)
        looks = draw(net, "forbidden", "silent", "empty", drawing=1)
        looks["whole"] = draw(net, "empty", select=None, drawing=1)["empty"]
        yield net, looks


@pytest.mark.browser
@pytest.mark.parametrize(
    ("name", "reason"),
    [("empty", Failure.BAD_SELECTOR), ("whole", Failure.NO_TEXT), ("silent", Failure.BAD_SELECTOR)],
)
def test_a_page_that_shows_no_text_in_time_is_no_page(undrawn, name, reason):
    _, looks = undrawn
    assert looks[name].failed.reason == reason
    assert "1 seconds" in looks[name].failed.detail
    assert not looks[name].bodies


@pytest.mark.browser
def test_a_part_of_the_page_that_robots_txt_forbids_is_left_out(undrawn):
    net, looks = undrawn
    assert looks["forbidden"].failed.reason == Failure.BAD_SELECTOR
    assert net.paths("forbidden.example.com") == ["/terms"]


def test_a_page_that_fails_is_not_drawn(net):
    assert (
        draw(net, "app", browser_program="/nonexistent")["app"].failed.reason == Failure.UNREACHABLE
    )
    net.host("app.example.com").says("/terms", Reply(404))
    assert "404" in draw(net, "app", browser_program="/nonexistent")["app"].failed.detail


def test_what_is_no_html_is_handed_on_as_it_came(net):
    net.host("app.example.com").page("/terms", b"%PDF-1.7", "application/pdf")
    (body,) = draw(net, "app", browser_program="/nonexistent")["app"].bodies
    assert (body.content, body.browser) == (b"%PDF-1.7", None)


def test_without_playwright_the_document_is_told_with_the_command_that_installs_it(
    net, monkeypatch
):
    app(net, "app")
    real = builtins.__import__

    def without(name, *rest):
        if name.startswith("playwright"):
            raise ImportError(name)
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without)
    failed = draw(net, "app")["app"].failed
    assert failed.reason == Failure.NO_BROWSER
    assert "python -m pip install playwright" in failed.detail
    assert "python -m playwright install chromium" in failed.detail


def test_a_browser_that_does_not_start_is_none(net, tmp_path):
    app(net, "app")
    looks = draw(net, "app", browser_program=str(tmp_path / "none"))
    assert looks["app"].failed.reason == Failure.NO_BROWSER


def test_a_document_that_needs_no_browser_starts_none(net):
    net.host("app.example.com").page("/terms", "words")
    fetched = net.fetch(watched("https://app.example.com/terms"), browser_program="/nonexistent")
    assert fetched.bodies[0].browser is None
