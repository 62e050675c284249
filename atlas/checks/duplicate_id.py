"""An id belongs to one record."""

from collections.abc import Iterator
from datetime import date

from atlas.checks.check import Check
from atlas.model import Atlas, Document, Provision
from atlas.problem import Problem


def _find(atlas: Atlas, _as_of: date) -> Iterator[Problem]:
    holders: dict[str, str] = {}
    records: tuple[Document | Provision, ...] = (
        *atlas.records.documents,
        *atlas.records.provisions,
    )
    for record in records:
        if record.id is None:
            continue
        if record.id in holders:
            message = f"`{record.id}` is already the id of {holders[record.id]}"
            hint = "a new record has no id: take the line out, and it is given one when it is published"
            yield record.origin.problem(CHECK.code, ("id",), message, hint)
        else:
            holders[record.id] = f"{record.origin.path} (line {record.origin.at('id').line})"


CHECK = Check("duplicate-id", __doc__, _find)
