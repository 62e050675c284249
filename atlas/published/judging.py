"""Whether a file of the ledger of addresses is in order, and if it is not, which line is wrong and why.

Core. An atlas of 100,000 records has some 2.6 million lines, so a file is judged a column at a time;
only one that is not in order is read line by line.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import compress, islice, repeat
from operator import lt
from typing import NamedTuple

from atlas.model import AddressKind
from atlas.problem import Problem
from atlas.published.addresses import CELLS, HEAD, KINDS, SITE_FILE, Columns, columns_of, file_of
from atlas.published.ids import day_of
from atlas.published.places import URLS_FOLDER, broken

_FILE = re.compile(rf"{URLS_FOLDER}/(_site|[a-z0-9][a-z0-9-]*)\.tsv").fullmatch
_ID = re.compile(r"[A-Z]{2,8}-[PD]-[0-9]{5,6}").fullmatch
_SHA256 = re.compile(r"[0-9a-f]{64}").fullmatch
_SHA256_DIGITS = 64
_HEXADECIMAL = re.compile(r"[0-9a-f]*+").fullmatch
_FROZEN = re.compile(r"\n/.*/r([1-9][0-9]*)/record\.json$", re.MULTILINE).findall
_MARKED = re.compile("\n/").match


class FrozenLine(NamedTuple):
    """A line of the ledger that has the hash of a frozen record."""

    id: str
    revision: int
    sha256: str
    is_gone: bool
    path: str
    number: int
    """Of the line in its file, from 1."""


class FrozenLines(NamedTuple):
    """The lines of a file of the ledger that have the hash of a frozen record, in columns."""

    path: str
    numbers: Sequence[int] = ()
    """Of each line in its file, from 1."""
    ids: Sequence[str] = ()
    revisions: Sequence[str] = ()
    hashes: Sequence[str] = ()
    kinds: Sequence[str] = ()

    def said(self) -> Iterator[str]:
        """Yield what `frozen_said` makes of each line."""
        return map(" ".join, zip(self.ids, self.revisions, self.hashes, strict=True))

    def lines(self) -> Iterator[FrozenLine]:
        """Yield each line by itself."""
        for number, of, revision, sha256, kind in zip(*self[1:], strict=True):
            yield FrozenLine(of, int(revision), sha256, kind == AddressKind.GONE, self.path, number)


def frozen_said(of: str, revision: int, sha256: str) -> str:
    """Return in one text, which is quickly compared, that a frozen record has a hash."""
    return f"{of} {revision} {sha256}"


class Judged(NamedTuple):
    """What a file of the ledger says of frozen records and of owners, and what is wrong with it."""

    frozen: FrozenLines
    owners: str = ""
    """Lines of address and id alone, with a tab between them."""
    problems: Sequence[Problem] = ()


def judge(path: str, content: bytes) -> Judged:
    """Judge a file of the ledger; where something is wrong with it nothing else is said."""
    nothing = FrozenLines(path)
    columns = columns_of(content) if _FILE(path) else None
    if columns is None or not _are_in_order(path, columns):
        problems = list(_problems(path, content))
        return Judged(nothing, "", problems or [broken(path, "this file is not in order")])
    has_hash = columns.hashes
    addresses, ids, kinds = (
        list(compress(column, has_hash)) for column in (columns.marked, columns.ids, columns.kinds)
    )
    numbers = list(compress(range(2, len(has_hash) + 2), has_hash))
    revisions = _FROZEN("".join(addresses))
    if len(revisions) != len(numbers) or not all(ids):
        message = "this line has a hash and is not that of a frozen record"
        place = next(
            number
            for number, address, of in zip(numbers, addresses, ids, strict=True)
            if not of or not _FROZEN(address)
        )
        return Judged(nothing, "", [broken(path, message, place)])
    hashes = list(filter(None, has_hash))
    return Judged(FrozenLines(path, numbers, ids, revisions, hashes, kinds), columns.owners())


def _are_in_order(path: str, of: Columns) -> bool:
    """Return whether every line of a file is, a column at a time."""
    leading = list(compress(of.kinds, of.targets))
    return (
        all(map(lt, of.marked, islice(of.marked, 1, None)))
        # In order, so what holds of the first and the last address holds of all between them.
        and all(map(_MARKED, (*of.marked[:1], *of.marked[-1:])))
        and _are_in_place(path, of.marked)
        and sum(map(of.kinds.count, KINDS)) == len(of.kinds)
        # A redirect has a target, and nothing else has one.
        and leading.count(AddressKind.REDIRECT.value) == len(leading)
        and of.kinds.count(AddressKind.REDIRECT.value) == len(leading)
        and all(map(str.startswith, filter(None, of.targets), repeat("/")))
        and all(map(_ID, set(of.ids) - {""}))
        and all(map(_is_day, set(of.days)))
        and set(map(len, of.hashes)) <= {0, _SHA256_DIGITS}
        and bool(_HEXADECIMAL("".join(of.hashes)))
    )


def _are_in_place(path: str, marked: list[str]) -> bool:
    """Return whether all addresses, which are in order and each after its line feed, belong in a file."""
    if path == SITE_FILE:
        return all("/platform/" not in one or file_of(one[1:]) == path for one in marked)
    # The lines of a platform begin alike in each language, so only the first of each such stretch is looked at.
    own, row = f"/platform/{path[len(URLS_FOLDER) + 1 : -len('.tsv')]}/", 0
    while row < len(marked):
        first = marked[row]
        start = first[: first.find(own) + len(own)]
        if not first.startswith(start) or file_of(start[1:]) != path:
            return False
        row = bisect_left(marked, f"{start[:-1]}0", row)  # `0` is what follows on `/`
    return True


def _is_day(text: str) -> bool:
    try:
        return bool(day_of(text))
    except ValueError:
        return False


def _problems(path: str, content: bytes) -> Iterator[Problem]:
    """Say of a file that is not in order what is wrong with which line."""
    if not _FILE(path):
        yield broken(path, "this is no file of the ledger of addresses")
        return
    text = content.decode("utf-8", "replace")
    if not text.startswith(HEAD):
        head = HEAD.rstrip("\n").replace("\t", " ")
        yield broken(path, f"this file does not begin with the line of its heads: {head}")
        return
    lines = text.split("\n")
    if lines.pop():
        yield broken(path, "this line is torn: it has no line feed", len(lines) + 1)
    before = ""
    for number, line in enumerate(lines[1:], 2):
        address = line.partition("\t")[0]
        if message := _wrong(path, line):
            yield broken(path, message, number)
        elif address == before:
            yield broken(path, f"`{address}` is entered twice", number)
        elif address < before:
            yield broken(path, f"`{address}` is out of order: it stands after `{before}`", number)
        before = max(before, address)


def _wrong(path: str, line: str) -> str:
    """Return what is wrong with a line by itself; nothing where all is well."""
    cells = line.split("\t")
    if len(cells) != CELLS:
        return f"this line has {len(cells)} cells, and {CELLS} belong there"
    address, kind, target, number, day, sha256 = cells
    if not address.startswith("/") or "\ufffd" in address:
        return f"`{address}` is no address of this site"
    if file_of(address) != path:
        return f"`{address}` belongs in {file_of(address)}"
    if kind not in KINDS:
        return f"`{kind}` is none of {', '.join(KINDS)}"
    if bool(target) != (kind == AddressKind.REDIRECT) or (target and target[0] != "/"):
        return f"`{target}` is not where a line of kind `{kind}` leads"
    if number and not _ID(number):
        return f"`{number}` is no id"
    if not _is_day(day):
        return f"`{day}` is not a day like `2026-11-22`"
    if sha256 and not _SHA256(sha256):
        return f"`{sha256}` is not a SHA-256: 64 hexadecimal digits in lower case"
    return ""
