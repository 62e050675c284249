"""The register: what goes out is entered first, once, whole, and nothing that was entered is ever changed."""

import hashlib
import json
import os
import resource
import signal
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta

import door
import pytest
from click.testing import CliRunner
from conftest import ROOT
from published_worlds import lay, published_files, sound_atlas, sums_hold
from worlds import provision

from atlas import cli
from atlas.addresses import produced
from atlas.editing.assign import assign
from atlas.examine import examine
from atlas.held import Held
from atlas.model import AddressKind
from atlas.proof import root_line
from atlas.published import FOLDER, IDS_FILE, ROOTS_FILE, SUMS_FILE, frozen_file
from atlas.published.anchors import AnchorFault
from atlas.published.entering import EnterFault
from atlas.register import RegisterFault, register
from atlas.write_published import WritePublishedFault

DAY = date(2026, 11, 22)
AT = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
TERMS = "content/platform/larkspur/terms"
CLOSED = f"{TERMS}/accounts-closed-at-will.md"
CLOSED_AT = "/platform/larkspur/terms/accounts-closed-at-will/"


@pytest.fixture
def root(tmp_path):
    atlas = sound_atlas(tmp_path)
    assign(atlas, DAY)
    return atlas


def enter(root, days=0, anchors=()):
    """Register `days` after the first day; return what was entered."""
    later = timedelta(days=days)
    return register(root, DAY + later, AT + later, anchors).entering


def held(root):
    """Return what was published; fails where something of it is broken."""
    holding = Held(root).read()
    assert holding.problems == ()
    assert sums_hold(root)
    return holding.published


def edit(root, path, old, new):
    text = (root / path).read_text(encoding="utf-8")
    assert old in text
    (root / path).write_text(text.replace(old, new), encoding="utf-8")


def revise(root):
    """Give a record its second revision, as `./run revise` does."""
    text = (root / CLOSED).read_text(encoding="utf-8")
    lay(root, {f"{CLOSED.removesuffix('.md')}/r1.md": text})
    note = "revision:\n  number: 2\n  on: 2026-11-23\n  because: It says more now.\nclause: |-"
    edit(root, CLOSED, "clause: |-", note)
    edit(root, CLOSED, "claim: May close", "claim: May at will close")


def test_everything_that_is_published_is_entered(root):
    """After the first run the ledger has every address, each record its frozen form and its leaf, and a root all leaves."""
    found = enter(root)
    published = held(root)
    atlas = examine(root, DAY).atlas
    assert set(published.addresses) == {one.address for one in produced(atlas)}
    assert {one.first_published for one in published.addresses.values()} == {DAY}
    assert set(published.frozen) == {(number, 1) for number in atlas.by_id} == set(found.frozen)
    assert [leaf.id for leaf in published.leaves] == sorted(atlas.by_id)
    assert [(one.size, one.at) for one in published.roots] == [(3, AT)]
    for leaf in published.leaves:
        content = published.frozen[leaf.id, 1]
        assert leaf.record_sha256 == hashlib.sha256(content).hexdigest()
        entries = [e for e in published.addresses.values() if e.sha256 == leaf.record_sha256]
        assert [e.address[-15:] for e in entries] == ["/r1/record.json"]
        assert {e.id for e in entries} == {leaf.id}
    assert f"/id/{published.leaves[0].id}/r1/" in published.addresses


def test_a_second_run_enters_nothing(root):
    """A run with nothing new writes no byte, whatever the hour."""
    enter(root)
    before = {p: p.stat().st_mtime_ns for p in root.rglob("*")}
    found = enter(root, days=3)
    assert (found.files, found.root, found.entered, found.leaves) == ({}, None, (), ())
    assert {p: p.stat().st_mtime_ns for p in root.rglob("*") if p.name != "data"} == {
        p: stamp for p, stamp in before.items() if p.name != "data"
    }


def test_a_revision_is_frozen_beside_the_former_one(root):
    """A second revision adds its own form, leaf and addresses; of what was there only where `r1/` leads changes."""
    enter(root)
    before, number = published_files(root), "SA-P-100002"
    revise(root)
    found = enter(root, days=1)
    published = held(root)
    assert found.frozen == ((number, 2),)
    assert set(found.changed) == {f"{CLOSED_AT}r1/", f"/id/{number}/r1/"}
    assert set(found.entered) == {
        f"{CLOSED_AT}r2/", f"{CLOSED_AT}r2/record.json", f"/id/{number}/r2/"
    }  # fmt: skip
    was = published.addresses[f"{CLOSED_AT}r1/record.json"]
    assert was.first_published == DAY
    assert was.sha256 == hashlib.sha256(before[frozen_file(number, 1)]).hexdigest()
    assert published.addresses[f"{CLOSED_AT}r1/"].kind is AddressKind.PAGE
    assert published.addresses[f"{CLOSED_AT}r1/"].first_published == DAY
    after = published_files(root)
    assert after[frozen_file(number, 1)] == before[frozen_file(number, 1)]
    assert after[ROOTS_FILE].startswith(before[ROOTS_FILE])
    assert after[f"{FOLDER}/log/0000.jsonl"].startswith(before[f"{FOLDER}/log/0000.jsonl"])
    first, second = published.roots
    assert second.prev == hashlib.sha256(root_line(first)).hexdigest()


def test_a_record_without_an_id_stops_it(root):
    """What has no id is promised to nobody: the way out is named, and nothing is written."""
    lay(
        root, {f"{TERMS}/new.md": provision(clause_type="account-closure", stance="closed-at-will")}
    )
    before = published_files(root)
    with pytest.raises(
        RegisterFault, match=r"a record has no id yet \(.*new\.md\); run \./run assign"
    ):
        enter(root)
    assert published_files(root) == before
    assign(root, DAY)
    assert "SA-P-200001" in {number for number, _ in enter(root).frozen}


def test_a_problem_stops_it(root):
    """What `check --strict` refuses is not entered."""
    edit(root, CLOSED, "stance: closed-at-will", "stance: closed-at-whim")
    with pytest.raises(
        RegisterFault, match=r"accounts-closed-at-will\.md:\d+: .*closed-at-whim.*check --strict"
    ):
        enter(root)
    assert set(published_files(root)) == {IDS_FILE, SUMS_FILE}


def test_a_broken_register_stops_it(root):
    """Nothing is added to what is not as it was written."""
    enter(root)
    path = root / FOLDER / "urls" / "larkspur.tsv"
    path.write_bytes(path.read_bytes().replace(b"2026-11-22", b"2026-11-21", 1))
    with pytest.raises(
        RegisterFault, match=r"urls/larkspur\.tsv:1: .*SHA256SUMS, line \d+, holds another"
    ):
        enter(root, days=1)


def test_a_clock_that_goes_back_is_refused(root):
    """Roots stand in order of time: a machine whose clock is wrong enters nothing."""
    enter(root, days=1)
    before = published_files(root)
    revise(root)
    with pytest.raises(
        EnterFault, match=r"the clock says that it is 2026-11-22 12:00:00.*2026-11-23 12:00:00"
    ):
        enter(root)
    assert published_files(root) == before


def test_words_that_the_law_forbids_are_taken_out_and_their_hash_stays(root):
    """Of a withheld record the frozen form goes; its address says that it is gone, and keeps hash and first day."""
    enter(root)
    number = "SA-P-100002"
    was = held(root).addresses[f"{CLOSED_AT}r1/record.json"]
    text = (root / CLOSED).read_text(encoding="utf-8")
    status = (
        "status:\n  state: withdrawn\n  on: 2026-11-22\n  reason: A court said so.\n"
        "  withheld: A court forbade us to show it.\n---\n"
    )
    head = text[: text.index("clause: |-")]
    lay(root, {CLOSED: head + status})
    found = enter(root, days=1)
    assert found.withdrawn == ((number, 1),)
    published = held(root)
    assert (number, 1) not in published.frozen
    assert not (root / frozen_file(number, 1)).exists()
    now = published.addresses[f"{CLOSED_AT}r1/record.json"]
    assert (now.kind, now.sha256, now.first_published) == (AddressKind.GONE, was.sha256, DAY)
    assert enter(root, days=2).files == {}


def attestation(line):
    """Return what GitHub hands over of an attestation, as far as it says what it is of."""
    import base64

    digest = {"sha256": hashlib.sha256(line).hexdigest()}
    statement = json.dumps({"subject": [{"name": "root-3.json", "digest": digest}]}).encode()
    return json.dumps(
        {
            "mediaType": "application/vnd.dev.sigstore.bundle.v0.3+json",
            "dsseEnvelope": {"payload": base64.b64encode(statement).decode()},
        }
    ).encode()


def test_anchors_are_entered_under_the_root_that_they_are_about(root):
    """A time stamp keeps its name, an attestation gets that of its root; both have addresses, and are entered once."""
    enter(root)
    line = (root / ROOTS_FILE).read_bytes().splitlines()[0]
    given = [("3.somewhere.tsr", b"\x30\x03"), ("attestation.json", attestation(line))]
    done = register(root, DAY, AT, given)
    assert done.unattested is None
    published = held(root)
    assert set(published.anchors) == {"3.somewhere.tsr", "3.sigstore.json"}
    assert set(done.entering.entered) == {
        "/api/v1/log/anchors/3.somewhere.tsr",
        "/api/v1/log/anchors/3.sigstore.json",
    }
    assert register(root, DAY, AT, given).entering.files == {}
    for name, content in (
        ("4.somewhere.tsr", b"\x30"),
        ("a.json", attestation(b"else")),
        ("b", b"{"),
    ):
        with pytest.raises(AnchorFault, match=name):
            register(root, DAY, AT, [(name, content)])


# --- The command ---


def run(root, *arguments):
    return CliRunner().invoke(cli.main, ["--root", str(root), *arguments])


def atlas_command(root, *arguments):
    """Run the program, typed in the atlas."""
    return door.typed(*arguments, cwd=root)


NAMED = ("--repository", "sound-atlas/atlas", "--at", "2026-11-22T12:00:00Z")


def test_the_command_says_what_it_entered(root, tmp_path, monkeypatch):
    """Frozen records, addresses and the root are told, and a workflow hears what is to be attested."""
    output = tmp_path / "output"
    monkeypatch.setenv("GITHUB_OUTPUT", str(output))
    done = atlas_command(root, "register", *NAMED)
    assert done.returncode == 0, done.stderr
    assert "SA-P-100002  revision 1 is frozen\n" in done.stdout
    assert " new addresses\n  /\n" in done.stdout
    newest = held(root).roots[-1]
    assert f"3 new in the log; the root of 3 is {newest.root}\n" in done.stdout
    told = hashlib.sha256(root_line(newest)).hexdigest()
    assert output.read_text() == f"root=root-3.json\nsha256={told}\n"
    again = atlas_command(root, "register", *NAMED)
    assert (again.returncode, again.stdout) == (0, "everything is entered already\n")


def test_only_the_repository_that_publishes_enters(root):
    """A fork enters nothing, and is told why; a slip in the instant is misuse."""
    done = atlas_command(root, "register", "--repository", "somebody/else")
    assert done.returncode == 2
    assert (
        "what is published is entered in sound-atlas/atlas only, and this is somebody/else"
        in done.stderr
    )
    done = atlas_command(root, "register", *NAMED[:3], "yesterday")
    assert done.returncode == 2
    assert "`yesterday` is no instant; write it like 2026-11-22T12:00:00Z" in done.stderr
    assert set(published_files(root)) == {IDS_FILE, SUMS_FILE}


# --- Whoever kills it, and whatever the disk says ---

KILLED = """
import os, sys
from datetime import UTC, date, datetime
from pathlib import Path
left = int(sys.argv[2])
def counted(real):
    def call(*arguments, **options):
        global left
        left -= 1
        if left < 0:
            os._exit(9)
        return real(*arguments, **options)
    return call
for name in ("rename", "replace", "fsync", "unlink", "rmdir", "write", "mkdir"):
    setattr(os, name, counted(getattr(os, name)))
from atlas.editing.assign import assign
from atlas.register import register
root = Path(sys.argv[1])
assign(root, date(2026, 11, 22))
register(root, date(2026, 11, 22), datetime(2026, 11, 22, 12, tzinfo=UTC))
"""


def killed(root, after):
    """Assign and register in a process that ends itself after so many calls that change the disk; return its exit code."""
    return subprocess.run(
        [sys.executable, "-c", KILLED, str(root), str(after)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=False,
    ).returncode


def test_a_killed_run_is_ended_by_the_next(tmp_path, thorough):
    """Wherever it is killed, what stands there is whole or is told, and the next run makes the very same bytes."""
    records = {f"{TERMS}/new.md": provision(clause_type="account-closure", stance="closed-at-will")}
    whole = sound_atlas(tmp_path / "whole")
    lay(whole, records)
    assert killed(whole, 10**9) == 0
    expected = published_files(whole)
    assert len(expected) > 10
    after, step, ends = 0, 1 if thorough else 13, 0
    while True:
        root = sound_atlas(tmp_path / str(after))
        lay(root, records)
        code = killed(root, after)
        if code == 0:
            break
        assert code == 9
        ends += 1
        assign(root, DAY)
        register(root, DAY, AT)
        assert published_files(root) == expected, after
        assert (root / f"{TERMS}/new.md").read_bytes() == (whole / f"{TERMS}/new.md").read_bytes()
        assert sorted(p.name for p in (root / FOLDER).iterdir() if p.name[0] == ".") == []
        after += step
    assert ends > 5


def test_what_a_killed_run_left_is_told(root):
    """While files are being moved, or were when a run was killed, `check` says how to end it."""
    (root / FOLDER / ".ready").mkdir()
    problems = Held(root).read().problems
    assert [(p.code, p.path) for p in problems] == [("unreadable-file", FOLDER)]
    assert "run ./run assign or ./run register" in problems[0].hint


def test_a_full_disk_is_told_and_nothing_is_half_written(root):
    """Where a file cannot be written whole none of them is put in its place."""
    before = published_files(root)

    def full():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (1500, 1500))

    done = door.apart("register", *NAMED, cwd=root, preexec_fn=full)
    assert done.returncode == 2
    assert (
        "data/published cannot be written: File too large; make room, then run it again"
        in done.stderr
    )
    assert "Traceback" not in done.stderr
    assert published_files(root) == before
    assert held(root).addresses == {}


def test_a_file_in_the_place_of_the_folder_is_told(tmp_path):
    """What cannot be written to is named, without a traceback."""
    atlas = sound_atlas(tmp_path)
    lay(atlas, {FOLDER: "a file"})
    with pytest.raises(WritePublishedFault, match="data/published cannot be written: "):
        enter(atlas)


@pytest.mark.parametrize("kind", ["link", "folder", "pipe", "link to a folder", "not UTF-8"])
def test_what_is_no_file_of_the_register_is_told(root, kind, tmp_path):
    """Links, folders, pipes and odd bytes below the folder are problems, never a traceback, and nothing is entered."""
    enter(root)
    odd = root / FOLDER / "urls" / "larkspur.tsv"
    content = odd.read_bytes()
    odd.unlink()
    if kind == "link":
        (tmp_path / "elsewhere").write_bytes(content)
        odd.symlink_to(tmp_path / "elsewhere")
    elif kind == "folder":
        odd.mkdir()
        (odd / "x").write_bytes(b"")
    elif kind == "pipe":
        os.mkfifo(odd)
    elif kind == "not UTF-8":
        odd.write_bytes(content + b"\xff\n")
    else:
        odd.write_bytes(content)
        (root / FOLDER).rename(tmp_path / "published")
        (root / FOLDER).symlink_to(tmp_path / "published")
    problems = Held(root).read().problems
    assert {p.code for p in problems} <= {"unreadable-file", "broken-published"}
    assert any(p.path.startswith(FOLDER) and p.blocks and p.hint for p in problems)
    with pytest.raises(RegisterFault, match="while something is wrong"):
        enter(root, days=1)


def test_an_address_is_never_given_to_another_record(root):
    """A record that takes the place of another one that was published is refused, whatever else is in order."""
    enter(root)
    other = f"{TERMS}/posts-taken-down.md"
    one, two = (root / CLOSED).read_text(), (root / other).read_text()
    lay(root, {
        CLOSED: one.replace("SA-P-100002", "SA-P-100001"),
        other: two.replace("id: SA-P-100001", "id: SA-P-100002").replace("- SA-P-100002", "- SA-P-100001"),
    })  # fmt: skip
    with pytest.raises((EnterFault, RegisterFault)):
        enter(root, days=1)
