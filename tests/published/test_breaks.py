"""Every break in what was published is told, at the file and the line where it is, and blocks."""

import hashlib
import random
from datetime import UTC, date, datetime

import pytest
from published_worlds import published_files, sound_atlas, with_sums

from atlas.editing.assign import assign
from atlas.model import SourceFile
from atlas.published import FOLDER, IDS_FILE, ROOTS_FILE, SUMS_FILE, frozen_file, read_published
from atlas.register import register

DAY = date(2026, 11, 22)
URLS = f"{FOLDER}/urls/larkspur.tsv"
LOG = f"{FOLDER}/log/0000.jsonl"
FROZEN = frozen_file("SA-P-100002", 1)


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """What a sound atlas published at three instants, a revision at each."""
    root = sound_atlas(tmp_path_factory.mktemp("atlas"))
    assign(root, DAY)
    record = root / "content/platform/larkspur/terms/accounts-closed-at-will.md"
    first = text = record.read_text(encoding="utf-8")
    for number in (1, 2, 3):
        if number > 1:
            former = record.with_suffix("") / f"r{number - 1}.md"
            former.parent.mkdir(exist_ok=True)
            former.write_text(text, encoding="utf-8")
            note = f"revision:\n  number: {number}\n  on: 2026-11-22\n  because: Once more.\nclause: |-"
            text = first.replace("clause: |-", note).replace(
                "May close", f"May {number} times close"
            )
            record.write_text(text, encoding="utf-8")
        register(root, DAY, datetime(2026, 11, 22, 12, number, tzinfo=UTC))
    return published_files(root)


def problems(tree):
    found = read_published([SourceFile(p, c) for p, c in tree.items()])[1]
    assert all(p.blocks and p.code == "broken-published" and p.hint for p in found)
    return [f"{p.path.removeprefix(FOLDER + '/')}:{p.span.line} {p.message}" for p in found]


def changed(whole, path, old, new, *, summed=False, count=1):
    """Return the files with something else in one of them, whose sum is made anew where `summed`."""
    assert old in whole[path], (path, old)
    tree = {**whole, path: whole[path].replace(old, new, count)}
    return with_sums(tree) if summed else tree


def test_what_was_written_is_whole(whole):
    """Nothing is wrong with what the register wrote."""
    assert problems(whole) == []
    assert len(read_published([SourceFile(p, c) for p, c in whole.items()])[0].roots) == 3


def line_of(whole, path, part):
    return next(n for n, line in enumerate(whole[path].split(b"\n"), 1) if part in line)


SUMMED = {
    "a line is taken out": (IDS_FILE, b"SA-P-100001", b"SA-P-100009", "ids.tsv:", "out of order"),
    "an id twice": (IDS_FILE, b"SA-P-100002", b"SA-P-100001", "ids.tsv:", "is given twice"),
    "no id": (IDS_FILE, b"SA-P-100002", b"SA_P_100002", "ids.tsv:", "is no id"),
    "a cell more": (IDS_FILE, b"SA-P-100002\t", b"SA-P-100002\t\t", "ids.tsv:", "has 5 cells"),
    "another head": (IDS_FILE, b"kind", b"sort", "ids.tsv:1 ", "does not begin with the line"),
    "no such day": (URLS, b"2026-11-22", b"2026-11-32", "urls/larkspur.tsv:2 ", "is not a day"),
    "an odd kind": (URLS, b"\tpage\t", b"\tpaje\t", "urls/larkspur.tsv:2 ", "is none of page, redirect"),
    "a page that leads on": (URLS, b"\tpage\t\t", b"\tpage\t/x/\t", "urls/larkspur.tsv:2 ", "leads"),
    "another's platform": (URLS, b"/platform/larkspur/\t", b"/platform/lark/\t", "urls/larkspur.tsv:2 ", "belongs in"),
    "a line feed a cell too early": (URLS, b"2026-11-22\t\n", b"2026-11-22\n\t", "urls/larkspur.tsv:2 ", "has 5 cells"),
    "a line feed within a cell": (URLS, b"\t/platform/", b"\t\n/platform/", "urls/larkspur.tsv:", "cells, and 6 belong there"),
    "not sorted": (URLS, b"/platform/larkspur/\t", b"/platform/larkspur/~\t", "urls/larkspur.tsv:3 ", "is out of order"),
    "a leaf of another state": (LOG, b'"never-observed"', b'"intact"', "log/0000.jsonl:|roots.jsonl:1", "leaves 1 to 3|is not that of"),
    "a leaf that is no JSON": (LOG, b'{"clause', b"{clause", "log/0000.jsonl:1 ", "not JSON"),
    "a leaf not in canonical form": (LOG, b'","id"', b'", "id"', "log/0000.jsonl:1 ", "canonical form"),
    "a root of another instant": (ROOTS_FILE, b":01:00Z", b":00:59Z", "roots.jsonl:1 ", "the next line holds another hash"),
    "a root of fewer leaves": (ROOTS_FILE, b'"size":3', b'"size":2', "roots.jsonl:1 ", "the next line holds another hash"),
}  # fmt: skip


@pytest.mark.parametrize("case", SUMMED)
def test_a_break_is_named_though_its_sum_is_made_anew(whole, case):
    """Whoever changes a file and its sum is found out by what the file says, at the line."""
    path, old, new, place, message = SUMMED[case]
    found = problems(changed(whole, path, old, new, summed=True))
    assert any(
        any(p in one for p in place.split("|")) and any(m in one for m in message.split("|"))
        for one in found
    ), found


def test_a_frozen_record_is_told_by_the_line_that_has_its_hash(whole):
    """Of record, ledger and sums the two that agree are right: the third is named."""
    number = line_of(whole, URLS, b"accounts-closed-at-will/r1/record.json")
    summed = line_of(whole, SUMS_FILE, b"SA-P-100002.r1")
    record = changed(whole, FROZEN, b"whenever", b"wherever")
    told = f"this frozen record is not the one that was published: {URLS}, line {number}, holds another hash of it"
    assert problems(record) == [f"{FROZEN.removeprefix(FOLDER + '/')}:1 {told}"]
    right = hashlib.sha256(whole[FROZEN]).hexdigest().encode()
    ledger = changed(whole, URLS, right, right[::-1])
    assert (
        problems(ledger)[0]
        == f"urls/larkspur.tsv:{number} the hash of this line is not that of {FROZEN}"
    )
    sums = changed(whole, SUMS_FILE, right, right[::-1])
    assert problems(sums) == [
        f"SHA256SUMS:{summed} the hash of this line is not that of {FROZEN}, which is as it was published"
    ]


def test_the_chain_of_roots_names_the_link(whole):
    """A root is judged by the next one; of the last two it is said that one is wrong, and none is older than the one before."""
    lines = whole[ROOTS_FILE].splitlines(keepends=True)
    assert len(lines) == 3
    for at, place in ((0, "1 this root"), (1, "3 `prev`"), (2, "3 `at`")):
        spoilt = [*lines]
        spoilt[at] = lines[at].replace(b"2026-11-22T", b"2026-11-21T")
        found = problems(with_sums({**whole, ROOTS_FILE: b"".join(spoilt)}))
        assert len(found) == 1
        assert found[0].startswith(f"roots.jsonl:{place}"), found


def test_what_is_missing_and_what_is_too_much_is_told(whole):
    """A file that is gone, one that no command wrote, a leaf without a frozen record, a record without a line."""
    gone = {path: content for path, content in whole.items() if path != FROZEN}
    assert problems(gone) == [
        f"SHA256SUMS:{line_of(whole, SUMS_FILE, b'SA-P-100002.r1')} this line names {FROZEN}, which is not there"
    ]
    number = line_of(whole, URLS, b"accounts-closed-at-will/r1/record.json")
    assert problems(with_sums(gone)) == [
        f"urls/larkspur.tsv:{number} the frozen record of this line, {FROZEN}, is not there"
    ]
    notes = {**whole, f"{FOLDER}/notes.txt": b"mine"}
    assert problems(notes) == ["notes.txt:1 this is no file of what was published"]
    ids = {path: content for path, content in whole.items() if path != SUMS_FILE}
    assert "ids.tsv:1 this file has no line in SHA256SUMS: no command wrote it" in problems(ids)
    ledger = b"".join(
        line for line in whole[URLS].splitlines(keepends=True) if b"/r1/record.json" not in line
    )
    found = problems(with_sums({**whole, URLS: ledger}))
    assert (
        f"{FROZEN.removeprefix(FOLDER + '/')}:1 no line of the ledger of addresses names this frozen record"
        in found
    )
    anchor = {**whole, f"{FOLDER}/anchors/7.somewhere.tsr": b"\x30"}
    assert problems(with_sums(anchor)) == ["anchors/7.somewhere.tsr:1 there is no root of 7 leaves"]


def test_the_end_of_the_log_cannot_be_cut_off(whole):
    """Leaves without their root and roots without their leaves are told, though all sums are made anew."""
    log, roots = whole[LOG].splitlines(keepends=True), whole[ROOTS_FILE].splitlines(keepends=True)
    found = problems(with_sums({**whole, ROOTS_FILE: b"".join(roots[:-1])}))
    assert found == [
        f"log/0000.jsonl:{len(log)} the last root has {len(log) - 1} leaves: from this one on they have none"
    ]
    found = problems(with_sums({**whole, LOG: b"".join(log[:-1])}))
    assert found == [f"roots.jsonl:3 `size` is {len(log)}, and the log has {len(log) - 1} leaves"]
    torn = problems({**whole, LOG: whole[LOG][:-1]})
    assert torn == [f"log/0000.jsonl:{len(log)} this line is torn: it has no line feed"]


def test_windows_line_endings_are_told_once(whole):
    """A checkout that rewrote every file has one problem, with the way out, in place of one a line."""
    tree = {path: content.replace(b"\n", b"\r\n") for path, content in whole.items()}
    (found,) = read_published([SourceFile(p, c) for p, c in tree.items()])[1]
    assert found.message == "this file has Windows line endings, so no hash in it can hold"
    assert "data/published/** -text" in found.hint


def test_every_flipped_bit_is_caught(whole, thorough):
    """Whatever bit of whatever file is another, a problem is told of that file, or of the one that holds its hash."""
    chosen = random.Random(5)
    paths = sorted(whole)
    for _ in range(2000 if thorough else 200):
        path = chosen.choice(paths)
        content = bytearray(whole[path])
        content[chosen.randrange(len(content))] ^= 1 << chosen.randrange(8)
        found = problems({**whole, path: bytes(content)})
        assert found, path
        name = path.removeprefix(f"{FOLDER}/")
        assert any(name in one for one in found), (path, found)
