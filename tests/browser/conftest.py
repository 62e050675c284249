"""A real Chromium and a built site on a loopback server, with the headers that a host would send."""

import os
import shutil
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import worlds
from conftest import AS_OF, ROOT

from atlas.site import Settings, build

POLICY = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
"""The header that a host would send for the search page; every other page's own policy is stricter."""

FLAGS = [
    # Chromium's own sandbox does not start for root, who runs the tests in a container.
    *(["--no-sandbox"] if os.geteuid() == 0 else []),
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
LONGEST_WAIT = 15_000


class _Host(SimpleHTTPRequestHandler):
    """A static host that publishes a folder under a base path."""

    def __init__(self, *arguments, base_path, **options):
        self.base_path = base_path
        super().__init__(*arguments, **options)

    def translate_path(self, path):
        if not path.startswith(self.base_path):
            return str(Path(self.directory) / "there-is-no-such-file")
        return super().translate_path("/" + path.removeprefix(self.base_path))

    def end_headers(self):
        self.send_header("Content-Security-Policy", POLICY)
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def log_message(self, *arguments):
        """Say nothing: what went wrong shows in the browser."""


@pytest.fixture(scope="session")
def browser():
    """A real browser. A missing one fails the tests that need it; `--no-browser` leaves them out."""
    from playwright.sync_api import Error, sync_playwright

    names = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
    program = os.environ.get("ATLAS_BROWSER") or next(filter(None, map(shutil.which, names)), None)
    with sync_playwright() as playwright:
        try:
            started = playwright.chromium.launch(executable_path=program, args=FLAGS)
        except Error as error:
            pytest.fail(
                f"Chromium does not start, and these tests need it (--no-browser leaves them out): {error}"
            )
        yield started
        started.close()


@pytest.fixture(scope="session")
def publish(tmp_path_factory):
    """Build an atlas (once for each base path) and return the folder of its site."""
    built = {}

    def publish(root=ROOT, base_path="/"):
        if (root, base_path) not in built:
            output = tmp_path_factory.mktemp("published") / "site"
            done = build(
                root, output, Settings(AS_OF, base_url=f"https://sample.example{base_path}")
            )
            assert done.written, done.report.problems
            built[root, base_path] = output
        return built[root, base_path]

    return publish


@pytest.fixture(scope="session")
def site(publish):
    """The real records as a site."""
    return publish()


@pytest.fixture(scope="session")
def serve():
    """Serve a folder under a base path and return the address of its root."""
    hosts = []

    def serve(folder, base_path="/"):
        host = ThreadingHTTPServer(
            ("127.0.0.1", 0), partial(_Host, directory=str(folder), base_path=base_path)
        )
        threading.Thread(target=host.serve_forever, daemon=True).start()
        hosts.append(host)
        return f"http://127.0.0.1:{host.server_port}{base_path}"

    yield serve
    for host in hosts:
        host.shutdown()
        host.server_close()


@pytest.fixture(scope="session")
def address(serve, site):
    """Where the real records are served."""
    return serve(site)


@pytest.fixture
def open_page(browser):
    """Open pages in contexts of their own: `open_page(java_script_enabled=False)`.

    At the end nothing may have failed on them: no error, no refused policy, no request that left the machine.
    A test that provokes an error clears `page.faults`.
    """
    opened = []

    def open_page(**options):
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **options})
        context.set_default_timeout(LONGEST_WAIT)
        page = context.new_page()
        page.faults = []
        page.on(
            "console",
            lambda said: said.type in {"error", "warning"} and page.faults.append(said.text),
        )
        page.on("pageerror", lambda error: page.faults.append(str(error)))
        page.on(
            "request",
            lambda asked: _is_ours(asked.url) or page.faults.append(f"asked for {asked.url}"),
        )
        opened.append((context, page))
        return page

    yield open_page
    faults = [fault for _, page in opened for fault in page.faults]
    for context, _ in opened:
        context.close()
    assert faults == []


@pytest.fixture
def page(open_page):
    """A page in light colours at 1280 px."""
    return open_page()


@pytest.fixture(scope="session")
def write_world(tmp_path_factory):
    """Write a small world (see `worlds`) to disk and return its folder."""

    def write_world(tree):
        root = tmp_path_factory.mktemp("world")
        for file in worlds.files(tree):
            path = root / file.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(file.content)
        return root

    return write_world


def _is_ours(url):
    return url.startswith(("http://127.0.0.1:", "data:"))
