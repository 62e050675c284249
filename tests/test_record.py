"""The evidence on disk: killed, crowded, full or locked, it is what it was or what it should be, never in between."""

import hashlib
import os
import resource
import shutil
import signal
import subprocess
import sys
import time
import traceback
from contextlib import suppress

import ledgers
import pytest
from conftest import ROOT
from ledgers import BYTES, HASHES, TERMS, record_run, story

from atlas import ledger
from atlas.held import Held
from atlas.record import EvidenceFolder, RecordFault

FOLDER = "data/evidence"
OCTOBER = f"{FOLDER}/ledger/2026-10.jsonl"
RUNS = 3

CHILD = """\
import os, sys
sys.path += ["tests", "."]
import ledgers
from pathlib import Path
if len(sys.argv) > 3:
    os.setuid(int(sys.argv[3]))
ledgers.record_run(Path(sys.argv[1]), int(sys.argv[2]))
"""
"""A run in a process of its own."""

WRITES = ("open", "write", "fsync", "replace", "mkdir", "unlink", "ftruncate")
"""The calls with which a run changes the disk."""


def killed(root, number, kill_at, how):
    """Record a run in a forked process that ends at one of its writes; return its status and how many it made.

    A write that it is killed in is torn: half of the bytes reach the file. A status below 0 is the signal.
    """
    reading, writing = os.pipe()
    process = os.fork()
    if not process:
        count = 0

        def watched(name):
            real = getattr(os, name)

            def call(*arguments, **named):
                nonlocal count
                count += 1
                if count != kill_at:
                    return real(*arguments, **named)
                if how == "interrupt":
                    raise KeyboardInterrupt
                with suppress(OSError):
                    if how == "after":
                        real(*arguments, **named)
                    elif name == "write":
                        real(arguments[0], bytes(arguments[1])[: len(arguments[1]) // 2])
                return os.kill(os.getpid(), signal.SIGKILL)

            setattr(os, name, call)

        write = os.write
        for name in WRITES:
            watched(name)
        try:
            record_run(root, number)
            status = 0
        except KeyboardInterrupt:
            status = 130
        except BaseException:  # noqa: BLE001  a forked process must not go on as a second pytest
            traceback.print_exc()
            status = 1
        write(writing, str(count).encode())
        os._exit(status)
    os.close(writing)
    status = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
    told = os.read(reading, 99)
    os.close(reading)
    return status, int(told or 0)


def files(root):
    """Return every file of the evidence folder, the hidden ones as well, by path."""
    found = (path for path in (root / FOLDER).rglob("*") if path.is_file())
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in found}


def expected(runs):
    """Return the files as they are after so many runs of the story."""
    names = sorted({stamp.run for stamp, _ in story()})[:runs]
    entries = [pair for pair in story() if pair[0].run in names]
    texts = [BYTES[HASHES.index(e.text.sha256)] for _, e in entries if hasattr(e, "extractor")]
    return {f.path: f.content for f in ledger.evidence_files(entries, texts)}


@pytest.fixture
def root(tmp_path):
    """An atlas in which one run was recorded."""
    record_run(tmp_path, 0)
    return tmp_path


def child(root, number, *more, **options):
    """Record a run in a process of its own; return what it said at its end."""
    command = [sys.executable, "-c", CHILD, str(root), str(number), *more]
    return subprocess.run(
        command, cwd=ROOT, stderr=subprocess.PIPE, text=True, check=False, **options
    ).stderr


def problems(root):
    return [f"{p.path}:{p.span.line} {p.message}" for p in Held(root).read().problems]


def test_what_is_recorded_is_what_the_ledger_makes(tmp_path):
    """Run after run, the folder holds the very bytes that all lines together make."""
    for number in range(RUNS):
        record_run(tmp_path, number)
        assert files(tmp_path) == expected(number + 1)
        assert problems(tmp_path) == []


def test_recording_again_changes_nothing(root):
    """A run that was recorded is not recorded again, and no file is touched."""
    before = {path: (root / path).stat().st_mtime_ns for path in files(root)}
    record_run(root, 0)
    assert {path: (root / path).stat().st_mtime_ns for path in files(root)} == before


# --- Killed ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "how"), [(n, how) for n in range(RUNS) for how in ("before", "after")]
)
def test_killed_at_any_write_it_converges(tmp_path, number, how, thorough):
    """Killed at each of its writes and run again, a run leaves the bytes that it would have left at once."""
    step = 1 if thorough or number == 1 else 7
    sound = tmp_path / "sound"
    for earlier in range(number):
        record_run(sound, earlier)
    before = files(sound) if number else {}
    kill_at = 1
    while True:
        root = tmp_path / str(kill_at)
        if number:
            shutil.copytree(sound, root)
        status, _ = killed(root, number, kill_at, how)
        if status == 0:
            break
        assert status == -signal.SIGKILL
        left = files(root)
        assert {p: left[p] for p in before if "/texts/" in p} == {
            p: before[p] for p in before if "/texts/" in p
        }
        months = [p for p in left if p.endswith(".jsonl") and "/." not in p]
        assert all(left[p] in {before.get(p), expected(number + 1)[p]} for p in months)
        record_run(root, number)
        assert files(root) == expected(number + 1), f"killed {how} write {kill_at}"
        kill_at += step
    assert kill_at > 20


def test_killed_again_and_again_it_converges(root):
    """So does a run whose mending was killed as well, each time a little later."""
    statuses = [killed(root, 1, kill_at, "before")[0] for kill_at in (12, 18, 22, 9, 15, 30, 11)]
    assert statuses.count(-signal.SIGKILL) > 4
    record_run(root, 1)
    assert files(root) == expected(2)


def test_interrupted_it_leaves_nothing_half_written(root, thorough):
    """Ctrl-C at any write leaves neither a lock nor half of a file, and every file of before."""
    before = files(root)
    _, count = killed(shutil.copytree(root, root.parent / "counted"), 1, 0, "interrupt")
    for at in range(1, count, 1 if thorough else 4):
        again = shutil.copytree(root, root.parent / f"interrupted-{at}")
        assert killed(again, 1, at, "interrupt")[0] == 130
        left = files(again)
        assert [p for p in left if "/." in p and not p.endswith(".lock")] == []
        assert {p for p in before if "/texts/" in p} <= set(left)
        assert left[OCTOBER] in {before[OCTOBER], expected(2)[OCTOBER]}
        record_run(again, 1)
        assert files(again) == expected(2)


def test_a_torn_last_line_is_dropped(root):
    """A line that was cut off while it was written goes; the lines before it stay."""
    with (root / OCTOBER).open("ab") as stream:
        stream.write(b'{"v":1,"se')
    assert problems(root) == [f"{OCTOBER}:6 this line is torn: it has no line feed"]
    record_run(root, 1)
    assert files(root) == expected(2)


def test_a_month_that_holds_nothing_but_a_torn_line_goes(root):
    """The first line of a month may be the one that was cut off."""
    (root / FOLDER / "ledger/2026-11.jsonl").write_bytes(b'{"v"')
    record_run(root, 1)
    assert files(root) == expected(2)


def test_a_whole_line_that_was_torn_later_is_never_dropped(root):
    """What the head knows was whole: it is evidence, and a person brings it back."""
    torn = (root / OCTOBER).read_bytes()[:-1]
    (root / OCTOBER).write_bytes(torn)
    with pytest.raises(
        RecordFault, match="the last line was whole and is torn; bring the file back"
    ):
        record_run(root, 1)
    assert (root / OCTOBER).read_bytes() == torn


# --- Two at once ----------------------------------------------------------------------------


def test_the_second_of_two_runs_is_refused(root):
    """It is told which run is at it, since when and in which process; the first one notices nothing."""
    before = files(root)
    with EvidenceFolder(root, "20261122T051700Z"):
        with pytest.raises(RecordFault) as refused:
            record_run(root, 1)
        said = child(root, 1)
    whose = f"the run 20261122T051700Z, process {os.getpid()} is writing to data/evidence"
    assert str(refused.value) == f"{whose}; wait until it has ended, then begin again"
    assert whose in said
    assert files(root) == before
    record_run(root, 1)
    assert files(root) == expected(2)


def test_many_runs_at_once_leave_one_whole_ledger(root):
    """However they meet, each is recorded whole or refused with a sentence."""
    command = [sys.executable, "-c", CHILD, str(root), "1"]
    children = [
        subprocess.Popen(
            command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        for _ in range(3)
    ]
    said = [child.communicate(timeout=60)[1] for child in children]
    for child, error in zip(children, said, strict=True):
        assert child.returncode == 0 or "is writing to data/evidence" in error, error
    assert files(root) == expected(2)


def test_a_lock_that_a_killed_run_left_is_no_lock(root):
    """The system gives the lock back with the process; the name that is left says nothing."""
    (root / FOLDER / ".lock").write_text("20261030T051700Z, process 1\n")
    record_run(root, 1)
    assert files(root) == expected(2)


# --- No room, no right ----------------------------------------------------------------------


@pytest.mark.parametrize("largest", [60, 1500, 4000])
def test_no_room_is_a_sentence(root, largest):
    """Whichever file finds no room, a sentence says so, and nothing is half written."""
    before = files(root)
    limit = (largest, largest)
    said = child(root, 1, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, limit))
    assert "RecordFault: data/evidence cannot be written: File too large; make room" in said
    left = files(root)
    assert not [path for path in left if "/." in path]
    assert left[OCTOBER] == before[OCTOBER]
    record_run(root, 1)
    assert files(root) == expected(2)


def test_a_full_disk_is_a_sentence(tmp_path):
    """The same on a disk that is full indeed."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(disk)]
    if os.geteuid() or subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("only a system that lets us mount a small disk can fill one")
    try:
        record_run(disk, 0)
        before = files(disk)
        room = os.statvfs(disk)
        (disk / "ballast").write_bytes(b"x" * room.f_bavail * room.f_bsize)
        with pytest.raises(
            RecordFault, match="No space left on device; make room, then run it again"
        ):
            record_run(disk, 1)
        assert {p: c for p, c in files(disk).items() if p in before} == before
        assert not [path for path in files(disk) if "/." in path and not path.endswith("/.lock")]
        (disk / "ballast").unlink()
        record_run(disk, 1)
        assert files(disk) == expected(2)
    finally:
        subprocess.run(["umount", str(disk)], check=True)


@pytest.mark.skipif(
    os.geteuid() != 0, reason="only root can become somebody without the right to write"
)
def test_no_right_to_write_is_a_sentence(root):
    """A folder that this user may read and not write stays as it is."""
    before = files(root)
    for path in [root, *root.parents]:
        if path.stat().st_uid == os.geteuid() and path.is_relative_to("/tmp"):
            path.chmod(0o755)
    told = "data/evidence cannot be written: Permission denied; give this user the right to write there"
    assert f"RecordFault: {told}" in child(root, 1, "65534")
    assert files(root) == before


# --- Never over what is there ---------------------------------------------------------------


def test_a_text_is_never_written_over(root):
    """A file that holds another text than its name says is told, neither used nor replaced."""
    path = root / ledger.text_path(HASHES[0], TERMS)
    path.write_bytes(b"Edited.\n")
    with EvidenceFolder(root, "now") as folder:
        with pytest.raises(RecordFault, match="is not the text that was held; bring it back"):
            folder.record([(TERMS, BYTES[0])], {}, "2026-10", [], b"")
        with pytest.raises(RecordFault, match="nothing was written over it"):
            folder.text(HASHES[0])
    assert path.read_bytes() == b"Edited.\n"


def test_what_is_held_is_read_back(root):
    """Texts by hash, states by document, and nothing where there is nothing."""
    with EvidenceFolder(root, "now") as folder:
        assert folder.text(HASHES[0]) == BYTES[0]
        assert folder.text("0" * 64) is None
        assert ledger.decode_state(folder.state(TERMS)).text.text.sha256 == HASHES[0]
        assert folder.state("SA-D-00009") is None
        assert folder.last_line() == files(root)[OCTOBER].splitlines(keepends=True)[-1]
    empty = root / "empty"
    with EvidenceFolder(empty, "now") as folder:
        assert folder.last_line() is None
    assert files(empty) == {}


def test_a_clock_that_went_back_is_told(tmp_path):
    """The ledger never grows in a month before its last one."""
    for number in range(RUNS):
        record_run(tmp_path, number)
    before = files(tmp_path)
    with (
        EvidenceFolder(tmp_path, "now") as folder,
        pytest.raises(RecordFault, match="set the clock"),
    ):
        folder.record([], {}, "2026-10", [b"{}\n"], b"")
    assert files(tmp_path) == before


@pytest.mark.parametrize("path", ["content/about.md", "data/evidence/../site.yaml"])
def test_nothing_outside_is_mended(root, path):
    """What people wrote is out of reach."""
    with (
        EvidenceFolder(root, "now") as folder,
        pytest.raises(RecordFault, match="is not below data/evidence"),
    ):
        folder.mend({path: b"x"})


# --- Read again -----------------------------------------------------------------------------


def test_what_was_read_is_not_read_again(root, monkeypatch):
    """While no file changes the same value comes back, and no text is hashed a second time."""
    held = Held(root)
    first = held.read()
    hashed = []
    monkeypatch.setattr(hashlib, "sha256", lambda *arguments: hashed.append(arguments))
    assert held.read() is first
    assert hashed == []


@pytest.mark.parametrize(
    "path", [OCTOBER, ledger.text_path(HASHES[0], TERMS), f"{FOLDER}/documents/{TERMS}.json"]
)
@pytest.mark.parametrize("change", ["edit", "remove", "swap"])
def test_every_change_is_seen_when_it_is_read_again(root, path, change):
    """A preview that goes on sees what a first reading would see."""
    held = Held(root)
    assert held.read().problems == ()
    if change == "edit":
        content = (root / path).read_bytes()
        (root / path).write_bytes(content.replace(b"We", b"He").replace(b"plain", b"plane"))
    elif change == "remove":
        (root / path).unlink()
    else:
        shutil.copy(root / ledger.text_path(HASHES[2], ledgers.PRIVACY), root / path)
    time.sleep(0.01)
    assert held.read().problems == Held(root).read().problems != ()


def test_what_is_no_file_is_told(root):
    """Links are not followed out of the folder, and what has no name to print is named all the same."""
    (root / FOLDER / "texts" / "link.txt").symlink_to("/etc/passwd")
    os.mkfifo(root / FOLDER / "ledger" / "pipe.jsonl")
    (root / FOLDER / "a\tb").write_bytes(b"")
    (root / FOLDER / ".hidden").write_bytes(b"")
    assert sorted(problems(root)) == [
        "data/evidence/a\\tb:1 this is no file of the evidence",
        "data/evidence/ledger/pipe.jsonl:1 this is no file of the evidence",
        "data/evidence/texts/link.txt:1 this is no file of the evidence",
    ]


def test_a_folder_that_is_not_there_holds_nothing(tmp_path):
    """An atlas that was never verified is sound."""
    assert Held(tmp_path).read().evidence.histories == {}
    assert problems(tmp_path) == []


def test_the_lines_of_a_ledger_are_one_run_after_the_other(root):
    """What a story records is what it tells, in its order."""
    record_run(root, 1)
    lines, found = ledger.read(
        [ledgers.source(root, OCTOBER), ledgers.source(root, ledger.HEAD_FILE)]
    )
    assert found == ()
    assert [(line.stamp, line.entry) for line in lines] == story()[: len(lines)]
