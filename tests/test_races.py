"""Two that write an atlas at once, in real processes: one wins, the other is told who it is, nothing is lost."""

import os
import subprocess
import sys
import time
from datetime import UTC, date, datetime

import pytest
from conftest import ROOT
from published_worlds import lay, published_files, sound_atlas, sums_hold
from worlds import provision

from atlas.cli import cli
from atlas.editing.assign import assign
from atlas.examine import examine
from atlas.held import Held
from atlas.problem import Fault
from atlas.register import register
from atlas.writers import only_writer

DAY = date(2026, 11, 22)
AT = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
TERMS = "content/platform/larkspur/terms"
NAMED = ("--repository", "sound-atlas/atlas")
PATIENCE = 60

HELD_UP = """
import sys, time
from pathlib import Path
from atlas import cli
from atlas.editing import opened
from atlas.write_published import PublishedFolder
place = Path(sys.argv.pop(1))
def held_up(real):
    def wait(*arguments):
        (place / "waiting").touch()
        until = time.monotonic() + 120
        while not (place / "go").exists() and time.monotonic() < until:
            time.sleep(0.01)
        real(*arguments)
    return wait
PublishedFolder.replace = held_up(PublishedFolder.replace)
opened.replace_file = held_up(opened.replace_file)
cli.main()
"""
"""The program, but that it waits before it writes until it is told to go on."""


def new_record(title="Use of writing"):
    return provision(clause_type="account-closure", stance="closed-at-will", title=title)


@pytest.fixture
def root(tmp_path):
    atlas = sound_atlas(tmp_path / "atlas")
    assign(atlas, DAY)
    return atlas


def start(root, *arguments, before=()):
    return subprocess.Popen(
        [sys.executable, *before, *arguments],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def ended(process):
    out, err = process.communicate(timeout=PATIENCE)
    return process.returncode, out, err


def held_up(root, place, *arguments):
    """Start a command, and return it as soon as it waits to write."""
    one = start(root, "-c", HELD_UP, str(place), *arguments)
    until = time.monotonic() + PATIENCE
    while not (place / "waiting").exists():
        assert one.poll() is None, one.communicate()
        assert time.monotonic() < until
        time.sleep(0.01)
    return one


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("assign", "assign"),
        ("register", "register"),
        ("register", "assign"),
        ("assign", "register"),
    ],
)
def test_the_second_is_refused_while_the_first_writes(root, tmp_path, first, second):
    """Who comes while another writes is told who it is, and changes nothing; the first ends as if alone."""
    if first == "assign":
        lay(root, {f"{TERMS}/new.md": new_record()})
    one = held_up(root, tmp_path, first, *NAMED)
    before = published_files(root)
    code, out, err = ended(start(root, "-m", "atlas", second, *NAMED))
    assert (code, out) == (2, "")
    assert f"the run of ./run {first}, process {one.pid} is writing to this atlas" in err
    assert "wait until it has ended, then begin again" in err
    assert published_files(root) == before
    (tmp_path / "go").touch()
    code, out, err = ended(one)
    assert code == 0, err
    assert out
    assert Held(root).read().problems == ()
    assert sums_hold(root)


@pytest.mark.parametrize("verb", [pytest.param("assign", marks=pytest.mark.long), "register"])
def test_many_at_once_do_what_one_does(root, verb, tmp_path):
    """Of processes that start together one writes; the others are refused or find nothing to do."""
    new = {f"{TERMS}/new-{n}.md": new_record(f"Title {n}") for n in range(5)}
    lay(root, new)
    if verb == "register":
        assign(root, DAY)
    instant = ("--at", "2026-11-22T12:00:00Z") if verb == "register" else ("--as-of", "2026-11-22")
    alone = tmp_path / "alone"
    subprocess.run(["cp", "-r", str(root), str(alone)], check=True)
    assert ended(start(alone, "-m", "atlas", verb, *NAMED, *instant))[0] == 0
    running = [start(root, "-m", "atlas", verb, *NAMED, *instant) for _ in range(4)]
    results = [ended(one) for one in running]
    assert any(code == 0 for code, _, _ in results)
    assert all(code == 0 or "is writing to this atlas" in err for code, _, err in results)
    assert published_files(root) == published_files(alone)
    for path in new:
        assert (root / path).read_bytes() == (alone / path).read_bytes()


# --- Edits ---

NUMBER, OTHER = "SA-P-100001", "SA-P-100002"
TAKEN_DOWN = f"{TERMS}/posts-taken-down.md"
EDITS = {
    "revise": (NUMBER, "--because", "It was quoted too short."),
    "rename": (NUMBER, "taken-down"),
    "withdraw": (NUMBER, "--reason", "It was never theirs."),
    "supersede": (NUMBER, OTHER),
    "review": (NUMBER, "--by", "ada-quince"),
}


@pytest.fixture
def published(root):
    register(root, DAY, AT)
    return root


def quote_more(root):
    text = (root / TAKEN_DOWN).read_text()
    (root / TAKEN_DOWN).write_text(text.replace("any post that", "every post that"))


def everything(root):
    return {p: p.read_bytes() for p in root.rglob("*") if p.is_file() and p.name != ".lock"}


@pytest.mark.parametrize(
    ("first", "others"),
    [
        ("revise", ("rename", "withdraw", "register")),
        ("assign", ("revise",)),
    ],
)
def test_nobody_writes_what_an_edit_has_read(published, tmp_path, first, others):
    """While records are edited, or ids given out, every other command is refused, told by whom, and writes nothing."""
    if first == "revise":
        quote_more(published)
    else:
        lay(published, {f"{TERMS}/new.md": new_record()})
    one = held_up(published, tmp_path, first, *EDITS.get(first, NAMED))
    before = everything(published)
    running = [start(published, "-m", "atlas", two, *EDITS.get(two, NAMED)) for two in others]
    for code, out, err in map(ended, running):
        assert (code, out) == (2, "")
        assert f"error: the run of ./run {first}, process {one.pid} is writing to this atlas" in err
    assert everything(published) == before
    (tmp_path / "go").touch()
    code, _, err = ended(one)
    assert code == 0, err
    assert not (published / "data/.lock").exists()
    assert [p for p in examine(published, DAY).report.problems if p.blocks] == []


@pytest.mark.parametrize("verb", [*EDITS, "assign", "register", "commit"])
def test_every_command_that_writes_takes_its_turn(published, verb):
    """None reads or writes a byte of records or of what was published while somebody else has the atlas."""
    before = everything(published)
    words = ["--root", str(published), verb, *EDITS.get(verb, NAMED)]
    said = rf"the run of \./run rename, process {os.getpid()} is writing to this atlas; wait until"
    with only_writer(published, "./run rename", Fault), pytest.raises(Fault, match=said):
        cli.main(words, standalone_mode=False)
    assert everything(published) == before


@pytest.mark.long
def test_many_edits_of_one_record_leave_one_record(published):
    """Of edits that start together each is made whole or refused; there is one file with the id, and nothing wrong with it."""
    quote_more(published)
    running = [start(published, "-m", "atlas", verb, *EDITS[verb]) for verb in EDITS]
    results = [ended(one) for one in running]
    assert any(code == 0 for code, _, _ in results)
    assert all(code in {0, 2} for code, _, _ in results), results
    holders = [p for p in (published / TERMS).glob("*.md") if f"id: {NUMBER}\n" in p.read_text()]
    assert len(holders) == 1
    wrong = {p.code for p in examine(published, DAY).report.problems if p.blocks}
    assert wrong <= {"unrevised-change"}, "the edit that nobody may have revised"
