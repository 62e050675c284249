"""What is wrong with the lines of the ledger, to the line: form, chain, runs, months, the last line.

Core. Every problem blocks, since whatever a broken ledger says may be false.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from atlas.ledger.chain import (
    FIRST,
    HEAD_FILE,
    decode,
    decode_head,
    line_sha256,
    month_of,
)
from atlas.ledger.coding import Wrong
from atlas.model import LedgerLine, RunEnded, SourceFile
from atlas.problem import FIRST_LINE, Problem, Span

RESTORE = "bring back the file as it was committed: `git log -p` shows what changed it; evidence is never edited"

_MONTH = re.compile(r"[0-9]{4}-(?:0[1-9]|1[0-2])\.jsonl").fullmatch


def read(files: Sequence[SourceFile]) -> tuple[tuple[LedgerLine, ...], tuple[Problem, ...]]:
    """Return all lines of the ledger's files in order, and what is wrong with them, to the line.

    Every problem blocks. Lines that could not be read are left out of what is returned.
    """
    found = examine(files)
    return tuple(one.line for one in found.placed if one.line), tuple(found.problems)


def broken(path: str, message: str, hint: str = RESTORE, span: Span = FIRST_LINE) -> Problem:
    """Make a problem of a machine file: all of them have one code, and all block."""
    return Problem("broken-evidence", path, span, message, hint)


@dataclass(slots=True)
class Placed:
    """A line of the ledger where it stands."""

    path: str
    number: int
    """Of the line in its file, from 1."""
    content: bytes = field(repr=False)
    line: LedgerLine | None = None
    """None: it could not be read, and that was told."""

    def broken(self, message: str, hint: str = RESTORE, key: str = "") -> Problem:
        """Make a problem of this line, at a key of it where one is named."""
        text = self.content.decode("utf-8", "replace")
        at = text.find(f'"{key}":') + 1 if key else 0
        span = Span(self.number, at, at + len(key) + 2) if at else Span(self.number, 1, 1)
        return broken(self.path, message, hint, span)


@dataclass(slots=True)
class Ledger:
    """All lines as they stand, and what is wrong with them."""

    placed: list[Placed] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    is_behind: bool = False
    """Whether all is well but `head.json`, which is behind: a run was killed between the two."""


def examine(files: Sequence[SourceFile]) -> Ledger:
    """Read the files of the ledger's folder and check each line by itself, then the chain, runs and months."""
    ledger = Ledger()
    for file in sorted(files, key=lambda f: f.path):
        if file.path != HEAD_FILE:
            _read_file(ledger, file)
    head = next((file for file in files if file.path == HEAD_FILE), None)
    ledger.problems += _breaks(ledger.placed, head)
    if (
        not ledger.problems
    ):  # one changed byte may change the run or the month as well: it is told once
        ledger.problems += _disorder(ledger.placed)
    if not ledger.problems:
        _check_head(ledger, head)
    return ledger


def _read_file(ledger: Ledger, file: SourceFile) -> None:
    name, content = file.path.rpartition("/")[2], file.content
    if not _MONTH(name):
        hint = "move it away; the ledger is written by ./run verify alone"
        message = "this is no month of the ledger"
        ledger.problems.append(broken(file.path, message, hint))
        return
    if b"\r\n" in content:
        ledger.problems.append(windows_line_endings(file.path))
        content = content.replace(b"\r\n", b"\n")
    lines = content.split(b"\n")
    torn = lines.pop()
    for number, line in enumerate(lines, 1):
        placed = Placed(file.path, number, line)
        try:
            placed.line = decode(line)
        except Wrong as wrong:
            ledger.problems.append(placed.broken(str(wrong), key=wrong.key))
        ledger.placed.append(placed)
    if torn or not lines:
        placed = Placed(file.path, len(lines) + 1, torn)
        message = "this line is torn: it has no line feed" if torn else "this file is empty"
        hint = "run ./run verify, which drops what a killed run left, or " + RESTORE
        ledger.problems.append(placed.broken(message, hint))
        ledger.placed.append(placed)


def windows_line_endings(path: str) -> Problem:
    """Tell that a file was checked out with other line ends than it was committed with."""
    message = "this file has Windows line endings, so no hash in it can hold"
    hint = (
        "keep the line `data/evidence/** -text` in .gitattributes, run `git config core.autocrlf false`,"
        " delete the folder data/evidence and bring it back with `git checkout -- data/evidence`"
    )
    return broken(path, message, hint)


def _breaks(placed: Sequence[Placed], head: SourceFile | None) -> Iterator[Problem]:
    """Name each line that is not the one that was written, and each place where lines are missing.

    Whoever changes a line breaks the link to the next; whoever changes its `prev` breaks the link to
    the one before as well. So of two broken links in a row it is the line between them.
    """
    broken = [not _follows(placed, at) for at in range(len(placed))]
    broken.append(bool(placed) and head is not None and _is_other(placed, head))
    told = {at - 1 for at in range(len(placed)) if placed[at].line is None}
    told |= {at + 1 for at in told} | {at + 2 for at in told}
    expected = 1
    for at, one in enumerate(placed):
        seq = one.line.seq if one.line else expected
        if broken[at] and seq != expected and at not in told:
            yield one.broken(_gap(expected, seq), key="seq")
            told.add(at - 1)
        elif broken[at] and at == 0:
            yield one.broken("the ledger does not begin with this line", key="prev")
            told.add(at)
        elif broken[at] and broken[at + 1] and at not in told:
            yield one.broken("this line is not the one that was written here", key="prev")
            told |= {at, at - 1}
        elif broken[at] and not told & {at - 1, at}:
            message = (
                "this line is not the one that was written: the next line holds another hash of it"
            )
            yield placed[at - 1].broken(message)
        elif not broken[at] and seq != expected and not told & {at - 1, at}:
            yield one.broken(f"`seq` is {seq}, and this is line {expected}", key="seq")
            told.add(at)
            seq = expected
        expected = seq + 1


def _gap(expected: int, seq: int) -> str:
    if seq < expected:
        return f"this line does not belong here: its `seq` is {seq}, and {expected} is due"
    lines = "a line is" if seq == expected + 1 else f"{seq - expected} lines are"
    return f"{lines} missing before this one: its `seq` is {seq}, and {expected} is due"


def _is_other(placed: Sequence[Placed], head: SourceFile) -> bool:
    """Return whether `head.json` holds another hash of the last line."""
    try:
        seq, sha256 = decode_head(head.content)
    except Wrong:
        return False
    return seq == len(placed) and sha256 != line_sha256(placed[-1].content)


def _follows(placed: Sequence[Placed], at: int) -> bool:
    line = placed[at].line
    if line is None:
        return True
    return line.prev == (line_sha256(placed[at - 1].content) if at else FIRST)


def _disorder(placed: Sequence[Placed]) -> Iterator[Problem]:
    """Tell runs that are not one stretch of lines which the line of the run ends, and months that are out of place."""
    ended: set[str] = set()
    run = ""
    for one in placed:
        if one.line is None:
            continue
        stamp = one.line.stamp
        if stamp.run in ended:
            message = f"the run `{stamp.run}` ended before, or another one began within it"
            yield one.broken(message, key="run")
        elif stamp.run != run:
            ended.add(run)
            run = stamp.run
            if f"{month_of(stamp)}.jsonl" != one.path.rpartition("/")[2]:
                message = (
                    f"this run was recorded in {month_of(stamp)}, and the file is another month's"
                )
                yield one.broken(message, key="recorded_at")
        if isinstance(one.line.entry, RunEnded):
            ended.add(run)


def _check_head(ledger: Ledger, head: SourceFile | None) -> None:
    """Check the last line against `head.json`."""
    placed = ledger.placed
    if head is None:
        if placed:
            ledger.is_behind = True
            ledger.problems.append(
                _behind("there is no `head.json`, so nobody can say which line is the last")
            )
        return
    try:
        seq, sha256 = decode_head(head.content)
    except Wrong as wrong:
        if b"\r\n" in head.content:
            ledger.problems.append(windows_line_endings(HEAD_FILE))
        else:
            ledger.problems.append(broken(HEAD_FILE, str(wrong), RESTORE))
        return
    if seq > len(placed):
        count = seq - len(placed)
        lines = (
            "the last line of the ledger is"
            if count == 1
            else f"the last {count} lines of the ledger are"
        )
        message = f"{lines} gone: it had {seq}, and {len(placed)} are left"
        ledger.problems.append(broken(HEAD_FILE, message, RESTORE))
    elif seq < 1 or line_sha256(placed[seq - 1].content) != sha256:
        message = "this line is not the one that was written: `head.json` holds another hash of it"
        ledger.problems.append(placed[seq - 1 if seq > 0 else 0].broken(message))
    elif seq < len(placed):
        ledger.is_behind = True
        ledger.problems.append(
            _behind(f"the ledger goes on after line {seq}, the last one that `head.json` knows")
        )


def _behind(message: str) -> Problem:
    hint = "run ./run verify, which ends what a killed run began, or " + RESTORE
    return broken(HEAD_FILE, message, hint)
