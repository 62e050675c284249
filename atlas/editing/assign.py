"""Gives every record that has none its permanent id, once, and enters it in the ledger of ids.

A line: examine, then write. It refuses what `./run check` refuses, so that a published record which lost its
id is told, not numbered anew. Numbers run on from the highest that was ever given and are never reused;
records are numbered in order of their paths, documents and provisions apart.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from atlas import urls
from atlas.against import refuse_loss
from atlas.editing.opened import said
from atlas.examine import examine
from atlas.held import Held
from atlas.model import Document, Given, IdKind, Provision, Published, Records, Site
from atlas.problem import Fault
from atlas.published import IDS_FILE, SUMS_FILE, encode_ids, renewed_sums
from atlas.published.places import BROKEN
from atlas.reports.report import Report
from atlas.write import replace_file
from atlas.write_published import PublishedFolder

_LETTERS = {IdKind.DOCUMENT: "D", IdKind.PROVISION: "P"}


class AssignFault(Fault):
    """Ids cannot be given out; says why."""


@dataclass(frozen=True, slots=True)
class Assigned:
    """An id that was entered in the ledger, or in a record that it was promised to."""

    id: str
    kind: IdKind
    path: str
    is_new: bool
    """Whether its record had none; else the record had it before the ledger."""


def assign(root: Path, today: date) -> list[Assigned]:
    """Give ids to the records of the atlas at `root`.

    Raises:
        AssignFault: a record has a problem, or the ledger is not in order or not whole; nothing was written.
        WritePublishedFault: another command writes there, or nothing can be written.
    """
    with PublishedFolder(root, "./run assign") as folder:
        refuse_loss(root, AssignFault)
        machine = Held(root)
        examined = examine(root, today, machine=machine)
        records, published = examined.atlas.records, examined.atlas.published
        site = records.site
        if site is None or not examined.is_sound:
            raise _refusal(examined.report)
        _refuse_invented(records, site, published)
        added = [*_old_ids(records, published), *_new_ids(records, site, published)]
        entered = {one.id: one for one in added if one.id not in published.given}
        if entered:
            new = [Given(one.id, one.kind, one.path, today) for one in entered.values()]
            content = encode_ids([*published.given.values(), *new])
            sums = next((f.content for f in machine.read().files if f.path == SUMS_FILE), b"")
            folder.replace({IDS_FILE: content, SUMS_FILE: renewed_sums(sums, {IDS_FILE: content})})
        # The ledger goes first: stopped in between, the next run finds there what a record was promised.
        for one in added:
            if one.is_new:
                text = (root / one.path).read_text(encoding="utf-8")
                replace_file(root / one.path, insert_id(text, one.id).encode())
    return added


def insert_id(text: str, record_id: str) -> str:
    """Return a record's text with its id as the first field; not a byte else is touched."""
    first = re.search(r"^\w+:", text, re.MULTILINE)
    place = first.start() if first else len(text)
    return f"{text[:place]}id: {record_id}\n{text[place:]}"


def _refusal(report: Report) -> AssignFault:
    # What is broken first: another problem may be but what comes of it.
    blocking = (problem for problem in report.problems if problem.blocks)
    first = min(blocking, key=lambda problem: problem.code != BROKEN)
    return AssignFault(
        f"no id is given while something is wrong ({said(first)}); ./run check says all of it"
    )


def _refuse_invented(records: Records, site: Site, published: Published) -> None:
    for _, record in _numbered(records):
        number = record.id or ""
        if number not in published.given and int(number.rpartition("-")[2]) >= site.first_number:
            place = f"{record.origin.path}:{record.origin.at('id').line}"
            raise AssignFault(
                f"{place}: {number} was never given; ids are given, not chosen: take the line out"
            )


def _old_ids(records: Records, published: Published) -> Iterator[Assigned]:
    """Yield ids that records brought with them and that the ledger does not have yet."""
    for kind, record in _numbered(records):
        if record.id and record.id not in published.given:
            yield Assigned(record.id, kind, record.origin.path, is_new=False)


def _new_ids(records: Records, site: Site, published: Published) -> Iterator[Assigned]:
    for kind, all_of_kind in _kinds(records).items():
        prefix = f"{site.id_prefix}-{_LETTERS[kind]}-"
        held = {record.id for record in all_of_kind if record.id}
        numbers = [
            int(one.removeprefix(prefix))
            for one in {*published.given, *held}
            if one.startswith(prefix)
        ]
        number = max([site.first_number - 1, *numbers])
        promised = _promised(published, held)
        for record in sorted(all_of_kind, key=lambda r: r.origin.path):
            path = record.origin.path
            if record.id is None and path in promised:
                yield Assigned(promised[path], kind, path, is_new=True)
            elif record.id is None:
                number += 1
                yield Assigned(f"{prefix}{number:06d}", kind, path, is_new=True)


def _promised(published: Published, held: set[str]) -> Mapping[str, str]:
    """Return ids by path that were given and never reached their records.

    One that was published did reach its record: whatever stands at its path now is another one.
    """
    return {
        one.path: one.id
        for one in published.given.values()
        if one.id not in held and urls.permanent(one.id) not in published.addresses
    }


def _kinds(records: Records) -> Mapping[IdKind, Sequence[Document | Provision]]:
    return {IdKind.DOCUMENT: records.documents, IdKind.PROVISION: records.provisions}


def _numbered(records: Records) -> Iterator[tuple[IdKind, Document | Provision]]:
    for kind, all_of_kind in _kinds(records).items():
        yield from ((kind, record) for record in all_of_kind if record.id)
