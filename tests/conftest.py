"""What every test may rely on: the options, a loopback-only network, small worlds."""

import fcntl
import os
import shutil
import signal
import socket
from datetime import date
from pathlib import Path

import hypothesis
import pytest

ROOT = Path(__file__).resolve().parent.parent
AS_OF = date(2026, 11, 22)

collect_ignore = ["audit", "broken", "sample"]
"""`./run audit` runs the first, with tools that no other test needs; the others are hundreds of folders of records."""

BEGUN_FIRST = (
    "test_killed_build",
    "test_workflows",
    "test_verify_workflow",
    "test_publish_workflow",
    "test_propose",
    "test_preview",
    "test_site",
)
"""Files that take long: where files are shared out among processes, none of these is left for the end, alone."""


def pytest_addoption(parser):
    parser.addoption(
        "--no-browser", action="store_true", help="leave out the tests that need Chromium"
    )
    parser.addoption(
        "--long", action="store_true", help="run the demanded counts instead of the reduced ones"
    )
    parser.addoption(
        "--update-golden", action="store_true", help="rewrite the expected texts; review the diff"
    )


def pytest_configure(config):
    # Nothing here runs on GitHub or by ./run, whoever runs the tests: commands answer to their variables, and a
    # path that a test means in its own folder would lead into this one.
    for name in [
        name for name in os.environ if name.startswith(("GITHUB_", "ATLAS_FROM", "ATLAS_PROGRAM"))
    ]:
        del os.environ[name]
    # What a shell starts in the background ignores Ctrl-C, and so would everything that is interrupted here.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    # Examples are the same in every run, so that a change is judged by what it changes; --long looks for new ones.
    hypothesis.settings.register_profile("steady", derandomize=True)
    hypothesis.settings.load_profile("default" if config.getoption("--long") else "steady")


def pytest_collection_modifyitems(config, items):
    left_out = [
        item
        for item in items
        if (config.getoption("--no-browser") and item.get_closest_marker("browser"))
        or (not config.getoption("--long") and item.get_closest_marker("long"))
    ]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]
    if hasattr(config, "workerinput"):
        items.sort(key=lambda item: item.path.stem not in BEGUN_FIRST)


@pytest.fixture(scope="session")
def thorough(request):
    """Whether the demanded counts are wanted (`--long`)."""
    return request.config.getoption("--long")


@pytest.fixture(autouse=True, scope="session")
def loopback_only():
    """No test talks to another machine: connecting to one fails at once."""
    connect = socket.socket.connect

    def guarded(self, address):
        host = address[0] if isinstance(address, tuple) else ""
        if isinstance(address, tuple) and host not in {"127.0.0.1", "::1", "localhost"}:
            raise AssertionError(f"a test tried to reach {host}")
        return connect(self, address)

    socket.socket.connect = guarded
    yield
    socket.socket.connect = connect


@pytest.fixture
def real_atlas(tmp_path):
    """A copy of the real records and templates, to change at will."""
    return copy_atlas(tmp_path / "atlas")


def copy_atlas(to):
    """Copy the real content/, data/ and templates/ to a folder and return it."""
    for name in ("content", "data", "templates"):
        shutil.copytree(ROOT / name, to / name)
    return to


@pytest.fixture(scope="session")
def once(tmp_path_factory):
    """Make a folder once for all processes that the tests run in: `once(name, make)`, where `make(folder)` fills it.

    It is everybody's: a test that changes something in it takes a copy.
    """
    place = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        place = place.parent

    def once(name, make):
        whole, half = place / f"once-{name}", place / f"once-{name}.half"
        with (place / f"once-{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not whole.exists():
                shutil.rmtree(half, ignore_errors=True)
                half.mkdir()
                make(half)
                half.rename(whole)
        return whole

    return once


@pytest.fixture(scope="session")
def publish_once(once):
    """Publish an atlas once for all processes: `publish_once(name, root, settings)` returns the folder of the site."""
    from atlas import site

    def publish_once(name, root, settings):
        def make(folder):
            done = site.build(root, folder / "site", settings)
            assert done.written, done.report.problems

        return once(name, make) / "site"

    return publish_once


@pytest.fixture(scope="session")
def built(publish_once):
    """The real records, published with search."""
    from atlas import site

    return publish_once("built", ROOT, site.Settings(AS_OF))


@pytest.fixture(scope="session")
def sample():
    """The root of the fictional atlas, which holds every state that a record can be in."""
    return ROOT / "tests" / "sample"


@pytest.fixture(scope="session")
def built_sample(sample, publish_once):
    """The fictional atlas, published with search."""
    from atlas import site

    return publish_once("sample", sample, site.Settings(AS_OF))


@pytest.fixture(scope="session")
def built_in_repo(publish_once):
    """The real records, published under a path."""
    from atlas import site

    settings = site.Settings(AS_OF, "https://people.example/repo/", with_search=False)
    return publish_once("repo", ROOT, settings)


@pytest.fixture(scope="session")
def built_in_three(sample, once):
    """The fictional atlas in English, German and the made-up language, published with search under a path."""
    import made_up_language

    from atlas import site

    def make(folder):
        root = made_up_language.atlas_in(sample, folder / "atlas", ["de", made_up_language.TAG])
        made_up_language.write_into(root)
        done = site.build(
            root, folder / "site", site.Settings(AS_OF, "https://sample.example/repo/")
        )
        assert done.written, done.report.problems

    return once("three", make) / "site"


@pytest.fixture(scope="session")
def twins(once):
    """The marked atlas and its harmless twin (see `markers`): two folders, each with `atlas` and the `site` of it."""
    import markers

    def make(folder):
        for harmless in (False, True):
            place = folder / ("harmless" if harmless else "marked")
            root = markers.write(markers.world(harmless=harmless), place / "atlas")
            markers.publish(root, place / "site", with_search=False)

    made = once("twins", make)
    return made / "marked", made / "harmless"
