"""Gives every record that has none its permanent id, once, and enters it in the ledger of ids.

A line: load, parse, then write. Numbers run on from the highest that was ever given and are never
reused; records are numbered in order of their paths, documents and provisions apart.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from atlas.load import load
from atlas.model import Document, Provision, Records, Site
from atlas.parse import parse
from atlas.problem import Fault, Problem
from atlas.write import replace_file

LEDGER = "data/published/ids.tsv"

_HEAD = "id\tpath\tgiven_on\n"


class AssignFault(Fault):
    """Ids cannot be given out; says why."""


@dataclass(frozen=True, slots=True)
class Given:
    """An id that was entered in the ledger: newly given, or found in a record and new to the ledger."""

    id: str
    path: str
    is_new: bool


def assign(root: Path, today: date) -> list[Given]:
    """Give ids to the records of the atlas at `root`.

    Raises:
        AssignFault: a record does not parse, or the ledger is not in order; nothing was written.
    """
    loaded = load(root)
    records, problems = parse(loaded.files)
    site = records.site
    if site is None or problems or loaded.problems:
        first: Problem | None = next(iter([*loaded.problems, *problems]), None)
        reason = (
            f"{first.path}:{first.span.line}: {first.message}"
            if first
            else "there is no data/site.yaml"
        )
        raise AssignFault(f"the records have problems; ./run check lists them all ({reason})")
    ledger = read_ledger(root)
    for record in _numbered(records):
        if record.id and record.id not in ledger and _number(record.id) >= site.first_number:
            place = f"{record.origin.path}:{record.origin.at('id').line}"
            raise AssignFault(
                f"{place}: {record.id} was never given; ids are given, not chosen: take the line out"
            )
    given = [*_new_ids(records, site, ledger)]
    numbered = [*_numbered(records)]
    entered = [
        Given(r.id, r.origin.path, is_new=False) for r in numbered if r.id and r.id not in ledger
    ]
    added = [*entered, *given]
    if any(one.id not in ledger for one in added):
        lines = {
            **ledger,
            **{one.id: f"{one.id}\t{one.path}\t{today.isoformat()}" for one in added},
        }
        content = _HEAD + "".join(f"{line}\n" for _, line in sorted(lines.items()))
        (root / LEDGER).parent.mkdir(parents=True, exist_ok=True)
        replace_file(root / LEDGER, content.encode())
    # The ledger goes first: stopped in between, the next run finds there what a record was promised.
    for one in given:
        text = (root / one.path).read_text(encoding="utf-8")
        replace_file(root / one.path, insert_id(text, one.id).encode())
    return added


def read_ledger(root: Path) -> dict[str, str]:
    """Return the lines of the ledger by id.

    Raises:
        AssignFault: a line is not in order.
    """
    path = root / LEDGER
    if not path.exists():
        return {}
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    if not lines or f"{lines[0]}\n" != _HEAD:
        raise AssignFault(
            f"{LEDGER}:1: the first line is not `{_HEAD.strip()}`; the file is the program's: revert it"
        )
    ledger: dict[str, str] = {}
    for number, line in enumerate(lines[1:], 2):
        match = re.fullmatch(r"([A-Z]{2,8}-[PD]-\d{5,6})\t\S+\t\d{4}-\d{2}-\d{2}", line)
        if not match or match[1] in ledger:
            raise AssignFault(
                f"{LEDGER}:{number}: this line is not in order; the file is the program's: revert it"
            )
        ledger[match[1]] = line
    return ledger


def insert_id(text: str, record_id: str) -> str:
    """Return a record's text with its id as the first field; not a byte else is touched."""
    first = re.search(r"^\w+:", text, re.MULTILINE)
    place = first.start() if first else len(text)
    return f"{text[:place]}id: {record_id}\n{text[place:]}"


def _new_ids(records: Records, site: Site, ledger: Mapping[str, str]) -> Iterator[Given]:
    kinds: tuple[tuple[str, Sequence[Provision | Document]], ...] = (
        ("D", records.documents),
        ("P", records.provisions),
    )
    for letter, kind in kinds:
        taken = [*ledger, *(r.id for r in kind if r.id)]
        prefix = f"{site.id_prefix}-{letter}-"
        numbers = [int(i.removeprefix(prefix)) for i in taken if i.startswith(prefix)]
        number = max([site.first_number - 1, *numbers])
        held = {r.id for r in kind}
        promised = {line.split("\t")[1]: i for i, line in ledger.items() if i not in held}
        for record in sorted(kind, key=lambda r: r.origin.path):
            path = record.origin.path
            if record.id is None and path in promised:
                yield Given(promised[path], path, is_new=True)
            elif record.id is None:
                number += 1
                yield Given(f"{prefix}{number:06d}", path, is_new=True)


def _number(record_id: str) -> int:
    return int(record_id.rpartition("-")[2])


def _numbered(records: Records) -> Iterator[Provision | Document]:
    yield from (d for d in records.documents if d.id)
    yield from (p for p in records.provisions if p.id)
