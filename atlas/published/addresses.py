"""The ledger of addresses: `urls/<platform>.tsv` and `urls/_site.tsv`, a line for every address ever published.

Core. An atlas of 100,000 records has some 2.6 million lines, so files stay bytes until they are
asked for; of what `judging` reads of each only address and id are kept.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import NamedTuple

from atlas.model import AddressKind, Entered
from atlas.published.places import URLS_FOLDER

HEAD = "address\tkind\ttarget\tid\tfirst_published\tsha256\n"
CELLS = 6
SITE_FILE = f"{URLS_FOLDER}/_site.tsv"
_KEPT = 64
"""Tables that are kept at once."""

KINDS = {kind.value: kind for kind in AddressKind}


def file_of(address: str) -> str:
    """Return the file, from the root of the atlas, whose line an address has: that of the platform in it."""
    parts = address.split("/", 4)
    for at in (1, 2):
        if len(parts) > at + 2 and parts[at] == "platform" and parts[at + 1]:
            return f"{URLS_FOLDER}/{parts[at + 1]}.tsv"
    return SITE_FILE


def encode_addresses(entered: Iterable[Entered]) -> dict[str, bytes]:
    """Return what each file holds, by path from the root of the atlas.

    Raises:
        ValueError: a cell holds what would end it.
    """
    files: dict[str, list[tuple[str, str]]] = {}
    for one in entered:
        files.setdefault(file_of(one.address), []).append((one.address, line_of(one)))
    return {
        path: "".join([HEAD, *(line for _, line in sorted(lines))]).encode()
        for path, lines in sorted(files.items())
    }


def line_of(one: Entered) -> str:
    """Return the line of an address, with its line feed.

    Raises:
        ValueError: a cell holds what would end it.
    """
    cells = (
        one.address,
        one.kind.value,
        one.target,
        one.id,
        one.first_published.isoformat(),
        one.sha256,
    )
    if not all(map(str.isprintable, cells)):
        raise ValueError(f"{one.address!r} cannot stand on a line of the ledger")
    return "\t".join(cells) + "\n"


def with_lines(ledger: "Addresses", lines: Mapping[str, str]) -> dict[str, bytes]:
    """Return the files of a ledger that change when it gets lines, by address, each with its line feed."""
    files: dict[str, dict[str, str]] = {}
    for address, line in lines.items():
        files.setdefault(file_of(address), {})[address] = line
    written = {}
    for path, new in sorted(files.items()):
        rows = ledger.files.get(path, HEAD.encode()).decode().split("\n")[1:-1]
        whole = {row[: row.index("\t")]: f"{row}\n" for row in rows} | new
        written[path] = "".join([HEAD, *(whole[address] for address in sorted(whole))]).encode()
    return written


@dataclass(frozen=True, slots=False)
class Table:
    """A file of the ledger, in columns: row n of each is line n + 2."""

    addresses: list[str] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)
    targets: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    days: list[str] = field(default_factory=list)
    hashes: list[str] = field(default_factory=list)

    @cached_property
    def rows(self) -> dict[str, int]:
        """Row of each address."""
        return {address: row for row, address in enumerate(self.addresses)}

    def entered(self, row: int) -> Entered:
        """Return a row as a value."""
        return Entered(
            self.addresses[row],
            KINDS[self.kinds[row]],
            self.targets[row],
            self.ids[row],
            date.fromisoformat(self.days[row]),
            self.hashes[row],
        )


class Addresses(Mapping[str, Entered]):
    """Files of the ledger that are in order, as what they say by address."""

    def __init__(self, files: Mapping[str, bytes], owners: Mapping[str, str] | None = None) -> None:
        """Take files by path from the root of the atlas, each judged by `judge` before, and what it said of owners."""
        self._files = dict(sorted(files.items()))
        self._owners = owners or {}
        self._tables: dict[str, Table] = {}

    @classmethod
    def of(cls, entered: Mapping[str, Entered]) -> "Addresses":
        """Return the ledger of entries by address: itself where it is one."""
        return entered if isinstance(entered, cls) else cls(encode_addresses(entered.values()))

    @property
    def files(self) -> Mapping[str, bytes]:
        """The files as they stand, by path from the root of the atlas, in order of path."""
        return self._files

    def table(self, path: str) -> Table:
        """Return a file in columns; one without rows where there is no such file."""
        found = self._tables.pop(path, None)
        if found is None:
            columns = columns_of(self._files[path]) if path in self._files else None
            found = columns.table() if columns else Table()
        self._tables[path] = found
        if len(self._tables) > _KEPT:
            del self._tables[next(iter(self._tables))]
        return found

    def owners(self, path: str) -> str:
        """Return the lines of a file with address and id alone, and a tab between them."""
        if path not in self._owners and (columns := columns_of(self._files.get(path, b""))):
            return columns.owners()
        return self._owners.get(path, "")

    def below(self, folder: str) -> list[str]:
        """Return the addresses below a folder, all of whose addresses stand in one file."""
        lines, found = "\n" + self.owners(file_of(folder)), []
        at = lines.find(f"\n{folder}")
        while at >= 0:
            found.append(lines[at + 1 : lines.index("\t", at)])
            at = lines.find(f"\n{folder}", at + 1)
        return found

    def __getitem__(self, address: str) -> Entered:
        """Return the line of an address."""
        table = self.table(file_of(address))
        return table.entered(table.rows[address])

    def __contains__(self, address: object) -> bool:
        """Return whether an address was ever published."""
        return isinstance(address, str) and address in self.table(file_of(address)).rows

    def __iter__(self) -> Iterator[str]:
        """Yield every address, file by file."""
        for path in self._files:
            yield from self.table(path).addresses

    def __bool__(self) -> bool:
        """Return whether there is a line, without counting them."""
        return any(len(content) > len(HEAD) for content in self._files.values())

    def __len__(self) -> int:
        """Return how many lines there are."""
        return sum(content.count(b"\n") - 1 for content in self._files.values())


class Columns(NamedTuple):
    """A file as it was split; each address still has the line feed before it."""

    marked: list[str]
    kinds: list[str]
    targets: list[str]
    ids: list[str]
    days: list[str]
    hashes: list[str]

    def table(self) -> Table:
        """Return the columns without the line feeds."""
        return Table("".join(self.marked).split("\n")[1:], *self[1:])

    def owners(self) -> str:
        """Return lines of address and id alone, with a tab between them."""
        cells = ["\t"] * (3 * len(self.ids))
        cells[0::3], cells[2::3] = self.marked, self.ids
        return "".join([*cells, "\n"])[1:] if cells else ""


def columns_of(content: bytes) -> Columns | None:
    """Return a file in columns; None where there are more or fewer cells than its lines have, or it is torn."""
    try:
        text = content.decode()
    except UnicodeDecodeError:
        return None
    if not text.startswith(HEAD) or not text.endswith("\n"):
        return None
    # Each line feed begins a cell, that of the next address. There are as many as addresses: where each
    # address begins with one, which `judging` looks at, every line has six cells.
    below = text[len(HEAD) - 1 : -1]
    split = below.replace("\n", "\t\n")
    cells = split.split("\t")
    columns = Columns(*(cells[column::CELLS] for column in range(1, CELLS + 1)))
    lines = len(columns.marked)
    if len(cells) != lines * CELLS + 1 or len(split) != len(below) + lines:
        return None
    return columns
