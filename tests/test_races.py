"""Two that write what was published at once, in real processes and real clones: one wins, the other is told, nothing is lost."""

import os
import subprocess
import sys
import time
from datetime import UTC, date, datetime

import pytest
from conftest import ROOT
from published_worlds import lay, published_files, sound_atlas, sums_hold
from worlds import provision

from atlas.committing import CommitFault, commit
from atlas.editing.assign import assign
from atlas.forge import Forge
from atlas.held import Held
from atlas.published import FOLDER, IDS_FILE
from atlas.register import register

DAY = date(2026, 11, 22)
AT = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
TERMS = "content/platform/larkspur/terms"
NAMED = ("--repository", "sound-atlas/atlas")
PATIENCE = 60

HELD_UP = """
import sys, time
from pathlib import Path
from atlas import cli
from atlas.write_published import PublishedFolder
place = Path(sys.argv.pop(1))
real = PublishedFolder.replace
def held_up(self, files):
    (place / "waiting").touch()
    while not (place / "go").exists():
        time.sleep(0.01)
    real(self, files)
PublishedFolder.replace = held_up
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
    one = start(root, "-c", HELD_UP, str(tmp_path), first, *NAMED)
    until = time.monotonic() + PATIENCE
    while not (tmp_path / "waiting").exists():
        assert one.poll() is None, one.communicate()
        assert time.monotonic() < until
        time.sleep(0.01)
    before = published_files(root)
    code, out, err = ended(start(root, "-m", "atlas", second, *NAMED))
    assert (code, out) == (2, "")
    assert f"the run of ./run {first}, process {one.pid} is writing to data/published" in err
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
    assert all(code == 0 or "is writing to data/published" in err for code, _, err in results)
    assert published_files(root) == published_files(alone)
    for path in new:
        assert (root / path).read_bytes() == (alone / path).read_bytes()


# --- Clones ---


def git(folder, *arguments, check=True):
    who = ("-c", "user.name=Somebody", "-c", "user.email=somebody@sound-atlas.example")
    return subprocess.run(
        ["git", *who, *arguments], cwd=folder, capture_output=True, text=True, check=check
    )


@pytest.fixture
def origin(root):
    """A repository that takes pushes, whose branch main has what was assigned."""
    git(root, "init", "-q", "-b", "main")
    git(root, "config", "receive.denyCurrentBranch", "updateInstead")
    git(root, "add", "-A")
    git(root, "commit", "-q", "--no-gpg-sign", "-m", "As it stands")
    return root


def clone(origin, place):
    git(origin.parent, "clone", "-q", f"file://{origin}", str(place))
    return place


def forge(clone):
    return Forge(clone, "sound-atlas/atlas", "Sound Atlas publisher <atlas@sound-atlas.example>")


def test_two_clones_that_assign_conflict_on_the_line_of_the_id(origin, tmp_path):
    """The second push is refused, its rebase stops at the ledger of ids, and what then comes of it has another number."""
    clones = [clone(origin, tmp_path / name) for name in ("one", "two")]
    for name, place in zip(("cats", "dogs"), clones, strict=True):
        lay(place, {f"{TERMS}/{name}.md": new_record(f"On {name}")})
        assert [one.id for one in assign(place, DAY)] == ["SA-P-200001"]
        git(place, "add", "-A")
        git(place, "commit", "-q", "--no-gpg-sign", "-m", f"Assign {name}")
    assert git(clones[0], "push", "-q", check=False).returncode == 0
    refused = git(clones[1], "push", "-q", check=False)
    assert refused.returncode == 1
    assert "rejected" in refused.stderr
    stopped = git(clones[1], "pull", "-q", "--rebase", check=False)
    assert stopped.returncode != 0
    conflicts = git(clones[1], "diff", "--name-only", "--diff-filter=U").stdout.split()
    assert IDS_FILE in conflicts
    assert f"SA-P-200001\tprovision\t{TERMS}/cats.md" in (clones[1] / IDS_FILE).read_text()
    # The way out: the register as it was pushed, the new record without its id, and assign again.
    git(clones[1], "checkout", "-q", "--ours", "--", FOLDER)
    lay(clones[1], {f"{TERMS}/dogs.md": new_record("On dogs")})
    assert [one.id for one in assign(clones[1], DAY)] == ["SA-P-200002"]
    assert Held(clones[1]).read().problems == ()


def publish(place):
    """Do what the workflow does before it builds."""
    assign(place, DAY)
    register(place, DAY, AT)
    return commit(forge(place), "main", lambda _: None)


def test_two_publishings_one_wins_and_nothing_is_lost(origin, tmp_path):
    """Of two runs on one commit the second is stopped before it publishes; a further one enters what it had."""
    clones = [clone(origin, tmp_path / name) for name in ("one", "two")]
    made = publish(clones[0])
    assert git(origin, "rev-parse", "main").stdout.strip() == made
    with pytest.raises(CommitFault, match="main has moved on since this run checked it out"):
        publish(clones[1])
    assert git(origin, "rev-parse", "main").stdout.strip() == made
    again = clone(origin, tmp_path / "again")
    assert publish(again) == made, "everything is entered already"
    assert sums_hold(again)


def test_a_record_that_is_merged_during_a_publishing_is_entered_by_the_next(origin, tmp_path):
    """Main moves between checkout and push: that run publishes nothing, the next one enters both."""
    publishing = clone(origin, tmp_path / "publishing")
    person = clone(origin, tmp_path / "person")
    lay(person, {f"{TERMS}/merged.md": new_record("Merged meanwhile")})
    git(person, "add", "-A")
    git(person, "commit", "-q", "--no-gpg-sign", "-m", "A new record")
    git(person, "push", "-q")
    with pytest.raises(CommitFault, match="nothing is published"):
        publish(publishing)
    assert not (origin / FOLDER / "urls").exists()
    following = clone(origin, tmp_path / "following")
    made = publish(following)
    assert git(origin, "rev-parse", "main").stdout.strip() == made
    published = Held(origin).read().published
    assert set(published.given) >= {"SA-P-200001", "SA-P-100002"}
    assert f"/{TERMS.removeprefix('content/')}/merged/" in published.addresses
    assert "id: SA-P-200001\n" in (origin / f"{TERMS}/merged.md").read_text()


def test_only_what_was_entered_is_committed(origin, tmp_path):
    """The commit has the register and the ids in records, and nothing else that lies about."""
    place = clone(origin, tmp_path / "one")
    lay(place, {"notes.txt": "mine", "templates/parts/x.html": "not ours"})
    made = publish(place)
    paths = git(origin, "show", "--name-only", "--format=", made).stdout.split()
    assert paths
    assert all(path.startswith(f"{FOLDER}/") for path in paths)
    assert git(origin, "log", "-1", "--format=%an <%ae>").stdout.strip() == (
        "Sound Atlas publisher <atlas@sound-atlas.example>"
    )
