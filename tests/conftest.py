"""What every test may rely on: the options, a loopback-only network, small worlds."""

import os
import shutil
import socket
from datetime import date
from pathlib import Path

import hypothesis
import pytest

ROOT = Path(__file__).resolve().parent.parent
AS_OF = date(2026, 11, 22)

collect_ignore = ["audit"]
"""`./run audit` runs it, with tools that no other test needs."""


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
def built(tmp_path_factory):
    """The real records, published with search."""
    from atlas import site

    output = tmp_path_factory.mktemp("built") / "site"
    assert site.build(ROOT, output, site.Settings(AS_OF)).written
    return output


@pytest.fixture(scope="session")
def sample():
    """The root of the fictional atlas, which holds every state that a record can be in."""
    return ROOT / "tests" / "sample"


@pytest.fixture(scope="session")
def built_sample(sample, tmp_path_factory):
    """The fictional atlas, published with search."""
    from atlas import site

    output = tmp_path_factory.mktemp("sample") / "site"
    assert site.build(sample, output, site.Settings(AS_OF)).written
    return output


@pytest.fixture(scope="session")
def built_in_repo(tmp_path_factory):
    """The real records, published under a path."""
    from atlas import site

    output = tmp_path_factory.mktemp("repo") / "site"
    assert site.build(
        ROOT, output, site.Settings(AS_OF, "https://people.example/repo/", with_search=False)
    ).written
    return output
