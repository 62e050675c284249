"""Builds that are killed, stopped or run out of room: whoever reads the published site never notices."""

import http.client
import os
import random
import re
import resource
import shutil
import signal
import subprocess
import sys
import threading
import time
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import worlds
from conftest import ROOT
from site_links import faults

VERSIONS = ("Atlas of Odd Days", "Atlas of Even Days")
RECORDS = 50
"""Enough for more pages than are drawn by one process."""
SENTENCE = re.compile(
    r"(\w+: [0-9.]+ s\n)*\n?(interrupted|told to stop); nothing was left half-written\n"
)
"""One sentence, after the stages that took long and the line on which a terminal shows ^C."""
PATIENCE = 60


class Quiet(SimpleHTTPRequestHandler):
    """A static host without a log, which keeps connections."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *arguments):
        """Say nothing."""


@pytest.fixture(scope="module")
def atlas(tmp_path_factory):
    """An atlas of more than two hundred pages, in a folder of its own."""
    root = tmp_path_factory.mktemp("killed") / "atlas"
    texts = [
        worlds.provision(f"Clause {n} holds.", id=f"SA-P-{200001 + n}", claim=f"Says thing {n}")
        for n in range(RECORDS)
    ]
    for file in worlds.files(worlds.with_platforms(acme=texts)):
        (root / file.path).parent.mkdir(parents=True, exist_ok=True)
        (root / file.path).write_bytes(file.content)
    return root


def turn(atlas, version):
    """Give the atlas another title, which every page carries."""
    (atlas / "data/site.yaml").write_text(
        worlds.SITE.replace("Sample Atlas", version), encoding="utf-8"
    )


def start(atlas, output, *options, limit=None):
    command = [
        sys.executable,
        "-m",
        "atlas",
        "--root",
        str(atlas),
        "build",
        "--output",
        str(output),
    ]
    return subprocess.Popen(
        [*command, "--workers", "2", *options],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=lambda: _begin(limit),  # noqa: PLW1509  neither function takes a lock
    )


def _begin(limit):
    # What runs in the background of a shell ignores Ctrl-C; a build that a person started does not.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    if limit:
        limit()


def build(atlas, output, *options):
    """Build to the end; return how many seconds it took."""
    began = time.monotonic()
    child = start(atlas, output, *options)
    said = child.communicate(timeout=PATIENCE)[1]
    assert child.returncode == 0, said
    return time.monotonic() - began


def beside(output):
    """Return the names of all that stands where the site does."""
    return sorted(path.name for path in output.parent.iterdir())


def standing(output):
    """Return every file of a site, as it is known to the disk."""
    return sorted((path.relative_to(output), path.stat().st_ino) for path in output.rglob("*"))


def gone(group):
    """Whether no process of a group is left but ones that nobody has waited for."""
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, its_group = stat.read_text().rpartition(")")[2].split()[:3]
        except OSError:
            continue
        if int(its_group) == group and state != "Z":
            return False
    return True


def eventually(fact):
    end = time.monotonic() + PATIENCE
    while not fact():
        assert time.monotonic() < end, "it never came true"
        time.sleep(0.01)


class Reader:
    """Somebody who reads the site all the time, and remembers every fault."""

    PAGES = (
        "",
        "platform/",
        "platform/acme/",
        "platform/acme/terms/p0/",
        "platform/acme/terms/p49/",
        "search/",
        "clause-type/training/",
        "severity/medium/",
        "404.html",
    )
    OTHERS = (
        "platform/acme/terms/p7/record.json",
        "sitemap.xml",
        "pagefind/pagefind-entry.json",
        "pagefind/pagefind.js",
    )

    def __init__(self, port):
        self.port, self.faults, self.sweeps, self.versions = port, [], 0, []
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._read, daemon=True)

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._ended.set()
        self._thread.join()

    def _read(self):
        while not self._ended.is_set():
            self.versions += self.sweep()
            self.sweeps += 1

    def sweep(self):
        """Read all pages once; return the version of each in the order of reading."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        found = []
        for page in (*self.PAGES, *self.OTHERS):
            connection.request("GET", f"/{page}")
            answer = connection.getresponse()
            text = answer.read().decode()
            if answer.status != 200:
                self.faults.append((page, answer.status))
            elif page in self.PAGES:
                told = [version for version in VERSIONS if version in text]
                if len(told) != 1 or not text.endswith("</html>\n"):
                    self.faults.append((page, told, text[-50:]))
                found += told[:1]
        connection.close()
        return found


@pytest.fixture(scope="module")
def published(atlas, tmp_path_factory):
    """The first version of the site, and how many seconds its build takes."""
    output = tmp_path_factory.mktemp("published") / "site"
    turn(atlas, VERSIONS[0])
    build(atlas, output)
    return output, build(atlas, output)


@pytest.fixture
def length(published):
    """Seconds that a build takes."""
    return published[1]


@pytest.fixture
def output(published, tmp_path):
    """The first version of the site, alone in its folder."""
    return shutil.copytree(published[0], tmp_path / "site")


@pytest.fixture
def reader(output):
    """Read the site by way of a server that has been there all along."""
    host = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(output)))
    threading.Thread(target=host.serve_forever, daemon=True).start()
    yield Reader(host.server_port)
    host.shutdown()
    host.server_close()


def test_readers_never_notice_a_killed_build(atlas, output, length, reader, thorough, capsys):
    """Killed with all its processes at any moment, the site is the old one or the new one while and after it dies."""
    seed = random.randrange(2**32) if thorough else 20261122
    with capsys.disabled():
        sys.stdout.write(f" seed {seed}, a build takes {length:.2f} s ")
    moments = random.Random(seed)
    count = 30 if thorough else 5
    outcomes = []
    with reader:
        for attempt in range(count):
            new = VERSIONS[(attempt + 1) % 2]
            turn(atlas, new)
            child = start(atlas, output)
            # One moment in each stretch of the build, so that few kills meet all of it.
            time.sleep(length * (attempt + moments.random()) / count)
            os.killpg(child.pid, signal.SIGKILL)
            child.communicate(timeout=PATIENCE)
            eventually(lambda child=child: gone(child.pid))
            outcomes.append(set(reader.sweep()))
            assert len(outcomes[-1]) == 1, f"attempt {attempt}, seed {seed}"
            assert faults(output, "https://sample.example/") == []
        build(atlas, output)
        assert set(reader.sweep()) == {new}
    assert reader.faults == [], f"seed {seed}"
    assert reader.sweeps > count
    # A reader who was in the middle of it saw the change once, and never the old site again.
    changes = sum(a != b for a, b in zip(reader.versions, reader.versions[1:], strict=False))
    assert changes <= count + 1
    assert beside(output) == ["site"]


FILES = ("platform/acme/terms/p3/index.html", "sitemap.xml")
"""What is written while workers draw, and what is written just before the index is made."""


def has_written(output, file, child):
    """Whether a build has written a file of the new site."""
    assert child.poll() is None, "the build was over before it was noticed"
    return any(output.parent.glob(f".site.new-*/{file}"))


@pytest.mark.parametrize("whom", ["all", "parent"])
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_stopped_build_says_one_sentence(atlas, output, number, code, whom, thorough):
    """Ctrl-C and SIGTERM, sent to all processes or to one, end a build with a sentence and leave the site alone.

    Either is sent early and late; --long sends each in each way at both times.
    """
    turn(atlas, VERSIONS[1])
    before = standing(output)
    is_late = (number == signal.SIGINT) == (whom == "all")
    for file in FILES if thorough else FILES[is_late : is_late + 1]:
        child = start(atlas, output)
        eventually(lambda child=child, file=file: has_written(output, file, child))
        (os.killpg if whom == "all" else os.kill)(child.pid, number)
        said = child.communicate(timeout=PATIENCE)[1]
        assert child.returncode == code, said
        assert SENTENCE.fullmatch(said), said
        eventually(lambda child=child: gone(child.pid))
        assert beside(output) == ["site"]
        assert standing(output) == before


def test_an_interrupt_while_starting_is_no_traceback(tmp_path):
    """Ctrl-C while the program is still being imported ends it with the sentence as well."""
    # Stands in for the library that the door imports first, at the very moment of its import.
    (tmp_path / "click.py").write_text(
        "import os, signal, time\nos.kill(os.getpid(), signal.SIGINT)\ntime.sleep(9)\n"
    )
    done = subprocess.run(
        [sys.executable, "-m", "atlas", "build"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: _begin(None),
    )
    assert done.returncode == 130
    assert SENTENCE.fullmatch(done.stderr), done.stderr


def test_killing_the_parent_alone_ends_the_workers(atlas, output):
    """Workers of a build whose first process was killed, as by a system short of memory, end as well."""
    child = start(atlas, output, "--no-search")
    eventually(lambda: has_written(output, FILES[0], child))
    child.kill()
    child.communicate(timeout=PATIENCE)
    eventually(lambda: gone(child.pid))
    build(atlas, output, "--no-search")
    assert beside(output) == ["site"]


@pytest.mark.parametrize("largest", [512, 20_000])
def test_no_room_is_a_sentence(atlas, output, largest):
    """Whichever file finds no room, the build ends with one sentence, without a traceback, and the site stands."""
    turn(atlas, VERSIONS[1])
    before = standing(output)
    child = start(
        atlas, output, limit=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest))
    )
    said = child.communicate(timeout=PATIENCE)[1]
    assert child.returncode == 2, said
    assert re.fullmatch(r"(\w+: [0-9.]+ s\n)*error: [^\n]*\n", said), said
    assert beside(output) == ["site"]
    assert standing(output) == before


def test_builds_at_once_take_turns(atlas, output):
    """Several builds to one folder wait for each other, all end well, and leave nothing beside the site."""
    children = [start(atlas, output, "--no-search") for _ in range(2)]
    for child in children:
        said = child.communicate(timeout=PATIENCE)[1]
        assert child.returncode == 0, said
    assert beside(output) == ["site"]
