"""The preview's server: what it answers, to whom, and how it stops."""

import http.client
import re
import socket
import threading
import time
from contextlib import contextmanager

import pytest

from atlas.server import HOST, LAST_GOOD, PortFault, Server, Showing, dressed, relaxed

PAGE = """<!DOCTYPE html>
<html><head>
<meta http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;; img-src data:">
<title>Home</title></head>
<body class="home"><p>Home of the atlas</p></body></html>
"""
OWN = {"reload.js": b"// reloads", "problems": b"<body>All problems</body>"}


@pytest.fixture
def folder(tmp_path):
    return small_site(tmp_path)


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with serving(Showing(small_site(tmp_path_factory.mktemp("served")), own=OWN)) as running:
        yield running


def small_site(place):
    site = place / "site"
    for path, content in {
        "index.html": PAGE,
        "404.html": "<body>Nothing here</body>",
        "platform/index.html": "<body>Platforms</body>",
        "platform/acme/index.html": "<body>Acme</body>",
        "platform/acme/index.md": "# Acme",
        "platform/acme/record.json": "{}",
        "pagefind/wasm.en.pagefind": "binary",
        "pagefind/p.wasm": "binary",
        "assets/a.css": "a {}",
        "robots.txt": "User-agent: *",
        ".well-known/security.txt": "Contact:",
    }.items():
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_text(content)
    (place / "secret.txt").write_text("secret")
    (site / "out").symlink_to(place)
    (site / "leak.txt").symlink_to(place / "secret.txt")
    return site


@contextmanager
def serving(showing):
    server = Server(0)
    server.show(showing)
    server.start()
    try:
        yield server
    finally:
        server.stop()


def ask(server, path, method="GET", host=None):
    connection = http.client.HTTPConnection(HOST, server.port, timeout=5)
    try:
        connection.putrequest(method, path, skip_host=host is not None)
        if host:
            connection.putheader("Host", host)
        connection.endheaders()
        answer = connection.getresponse()
        return answer.status, dict(answer.getheaders()), answer.read().decode()
    finally:
        connection.close()


def test_pages(server):
    """A folder answers with its page, and a folder without its slash leads there with its query."""
    assert "Home of the atlas" in ask(server, "/")[2]
    assert "Acme" in ask(server, "/platform/acme/")[2]
    status, headers, _ = ask(server, "/platform/acme?q=a%20b")
    assert (status, headers["location"]) == (307, "/platform/acme/?q=a%20b")


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "text/html; charset=utf-8"),
        ("/platform/acme/index.md", "text/markdown; charset=utf-8"),
        ("/platform/acme/record.json", "application/json; charset=utf-8"),
        ("/assets/a.css", "text/css; charset=utf-8"),
        ("/robots.txt", "text/plain; charset=utf-8"),
        ("/.well-known/security.txt", "text/plain; charset=utf-8"),
        ("/pagefind/p.wasm", "application/wasm"),
        ("/pagefind/wasm.en.pagefind", "application/octet-stream"),
        ("/_preview/reload.js", "text/javascript; charset=utf-8"),
    ],
)
def test_media_types(server, path, kind):
    """Every kind of file has its media type, is never cached and never guessed at."""
    status, headers, _ = ask(server, path)
    assert status == 200
    assert headers["content-type"] == kind
    assert headers["cache-control"] == "no-store"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "strict-origin-when-cross-origin"


@pytest.mark.parametrize(
    "path",
    [
        "/nothing/",
        "/out/secret.txt",
        "/leak.txt",
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/platform/..%2f..%2f..%2fsecret.txt",
        "/platform/..%5c..%5c..%5csecret.txt",
        "//platform/",
        "/platform//acme/",
        "/a%00b",
        f"/{'x' * 5000}",
    ],
)
def test_nothing_outside(server, path):
    """What is not in the folder is not found, by whatever name: the site's own page says so."""
    status, _, text = ask(server, path)
    assert status == 404
    assert "Nothing here" in text
    assert "secret" not in text


def test_methods(server):
    """HEAD answers as GET does, without a body; nothing else is answered."""
    status, headers, text = ask(server, "/", "HEAD")
    assert (status, text) == (200, "")
    assert int(headers["content-length"]) > len(PAGE)
    assert ask(server, "/", "POST")[0] == 405


def test_other_hosts(server):
    """A page elsewhere that points its own name at this machine is refused."""
    assert ask(server, "/", host=f"localhost:{server.port}")[0] == 200
    assert ask(server, "/", host="elsewhere.example")[0] == 400


def test_pages_are_dressed(folder):
    """A page is served with what the preview needs, and stays as it was built on disk."""
    with serving(Showing(folder)) as server:
        text = ask(server, "/")[2]
    assert '<script src="/_preview/reload.js"' in text
    policy = re.search(r'Security-Policy" content="([^"]*)"', text)[1].replace("&#x27;", "'")
    assert policy == "default-src 'none'; img-src data:; script-src 'self'; connect-src 'self'"
    assert (folder / "index.html").read_text() == PAGE


def test_policy_is_only_widened_for_our_own():
    """The preview adds itself to a policy and leaves the rest of it alone."""
    policy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; img-src 'self' data:"
    assert relaxed(policy) == (
        "default-src 'none'; script-src 'wasm-unsafe-eval' 'self'; img-src 'self' data:; connect-src 'self'"
    )
    assert relaxed("") == "script-src 'self'; connect-src 'self'"


def test_notice_stands_first():
    """The notice is the first thing in the body, and the script the last."""
    text = dressed(PAGE, "1", "<p>Notice</p>")
    assert '<body class="home"><p>Notice</p>' in text
    assert text.rstrip().endswith("defer></script></body></html>")


def test_base_path(folder):
    """Under a base path everything is below it, and the bare address leads there."""
    with serving(Showing(folder, base="/a%20repo/", own=OWN)) as server:
        assert server.address == f"http://127.0.0.1:{server.port}/a%20repo/"
        assert ask(server, "/")[1]["location"] == "/a%20repo/"
        assert ask(server, "/a%20repo")[1]["location"] == "/a%20repo/"
        assert "Acme" in ask(server, "/a%20repo/platform/acme/")[2]
        assert ask(server, "/a%20repo/platform/acme")[1]["location"] == "/a%20repo/platform/acme/"
        assert ask(server, "/platform/acme/")[0] == 404
        assert ask(server, "/_preview/reload.js")[0] == 200


def test_instead_of_a_page(folder):
    """A page can be stood in for, whether it was built or not; its last good version stays to be had."""
    instead = {"/platform/acme/": "<body>Broken</body>", "/platform/new/": "<body>Not yet</body>"}
    with serving(Showing(folder, instead=instead, notice="<p>Notice</p>", own=OWN)) as server:
        assert "Broken" in ask(server, "/platform/acme/")[2]
        assert "Notice" not in ask(server, "/platform/acme/")[2]
        good = ask(server, f"/platform/acme/?{LAST_GOOD}")[2]
        assert "Acme" in good
        assert "Notice" in good
        assert "Not yet" in ask(server, "/platform/new/")[2]
        assert ask(server, "/platform/new")[1]["location"] == "/platform/new/"
        assert "All problems" in ask(server, "/_preview/problems")[2]


def test_before_there_is_a_site(tmp_path):
    """Where no site was built yet every address shows what stops it, with its style."""
    showing = Showing(
        tmp_path / "none", otherwise="<body>All problems</body>", spare={"/assets/a.css": b"a {}"}
    )
    with serving(showing) as server:
        assert "All problems" in ask(server, "/")[2]
        assert "All problems" in ask(server, "/platform/acme/")[2]
        assert ask(server, "/assets/a.css")[2] == "a {}"


def test_files_that_are_coming(folder):
    """A request for what is still being made waits for it."""
    ready = threading.Event()
    with serving(Showing(folder, coming=("/pagefind/", ready))) as server:
        (folder / "pagefind/p.wasm").unlink()

        def finish():
            (folder / "pagefind/p.wasm").write_text("made")
            ready.set()

        threading.Timer(0.2, finish).start()
        assert ask(server, "/pagefind/p.wasm")[2] == "made"


def test_pages_hear_of_changes(folder):
    """An open page is told at once when something else is shown, and which version it has."""
    with serving(Showing(folder)) as server, listening(server) as stream:
        assert told(stream) == re.search(r'data-version="([^"]*)"', ask(server, "/")[2])[1]
        server.show(Showing(folder, notice="<p>New</p>"))
        began = time.monotonic()
        version = told(stream)
        assert time.monotonic() - began < 0.5
        assert f'data-version="{version}"' in ask(server, "/")[2]


@contextmanager
def listening(server):
    connection = http.client.HTTPConnection(HOST, server.port, timeout=5)
    connection.request("GET", "/_preview/events")
    try:
        with connection.getresponse() as stream:
            assert stream.getheader("content-type").startswith("text/event-stream")
            yield stream
    finally:
        connection.close()


def told(stream):
    """The next version that an event stream tells."""
    while line := stream.readline().decode():
        if line.startswith("data: "):
            return line.removeprefix("data: ").strip()
    return ""


def test_stops_at_once(folder):
    """Stopping waits for nobody: open streams end and the port is free again."""
    with serving(Showing(folder)) as server, listening(server) as stream:
        assert told(stream)
        began = time.monotonic()
        server.stop()
        assert time.monotonic() - began < 1
        assert told(stream) == ""
        with pytest.raises(OSError, match="refused"):
            socket.create_connection((HOST, server.port), timeout=1)


def test_a_taken_port():
    """A port that somebody has is stepped over, in tens; 0 takes any."""
    first = Server(0)
    second = Server(first.port)
    assert first.port < second.port <= first.port + 10
    first.stop()
    second.stop()


def test_no_port_at_all():
    """When none is to be had, a sentence says so and the way out."""
    holder = Server(0)
    while holder.port < 65525:
        blockers = [socket.socket() for _ in range(11)]
        try:
            for number, blocker in enumerate(blockers[1:], holder.port + 1):
                blocker.bind((HOST, number))
                blocker.listen()
            with pytest.raises(PortFault, match="--port 0"):
                Server(holder.port)
            break
        except OSError:  # somebody else's port is in the way: try elsewhere
            holder.stop()
            holder = Server(0)
        finally:
            for blocker in blockers:
                blocker.close()
    holder.stop()
