"""A real Chromium and a built site on a loopback server, with the headers that a host would send."""

import chromium
import pytest
import worlds
from conftest import AS_OF, ROOT
from static_host import StaticHost

from atlas.site import Settings, build

LONGEST_WAIT = 15_000


@pytest.fixture(scope="module")
def browser():
    """A real browser, closed before other tests run: an event loop of its own waits in this thread while it is open."""
    with chromium.started() as browser:
        yield browser


@pytest.fixture(scope="session")
def publish(tmp_path_factory, publish_once):
    """Build an atlas (once for each base path) and return the folder of its site."""
    built = {}

    def publish(root=ROOT, base_path="/"):
        if (root, base_path) not in built:
            settings = Settings(AS_OF, base_url=f"https://sample.example{base_path}")
            if root == ROOT:
                name = f"browser{base_path.replace('/', '-')}"
                built[root, base_path] = publish_once(name, root, settings)
            else:
                output = tmp_path_factory.mktemp("published") / "site"
                done = build(root, output, settings)
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
        hosts.append(StaticHost(folder, base_path))
        return hosts[-1].address

    yield serve
    for host in hosts:
        host.close()


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
