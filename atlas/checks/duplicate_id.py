"""An id belongs to one record: to the one that it was given to, by the ledger."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from atlas.checks.check import Check
from atlas.model import Atlas, Document, Provision
from atlas.problem import Problem


def _find(atlas: Atlas, _as_of: date) -> Iterator[Problem]:
    holders: defaultdict[str, list[Document | Provision]] = defaultdict(list)
    records: tuple[Document | Provision, ...] = (
        *atlas.records.documents,
        *atlas.records.provisions,
    )
    for record in records:
        if record.id is not None:
            holders[record.id].append(record)
    for number, found in holders.items():
        given = atlas.published.given.get(number)
        owner = next((r for r in found if given and r.origin.path == given.path), found[0])
        for record in found:
            if record is not owner:
                yield _problem(
                    record,
                    owner,
                    number,
                    was_given=given is not None and owner.origin.path == given.path,
                )


CHECK = Check("duplicate-id", __doc__, _find)


def _problem(
    of: Document | Provision, owner: Document | Provision, number: str, *, was_given: bool
) -> Problem:
    place = f"{owner.origin.path} (line {owner.origin.at('id').line})"
    message = f"`{number}` " + (
        f"was given to {place}" if was_given else f"is already the id of {place}"
    )
    hint = "a new record has no id: take the line out, and it is given one when it is published"
    return of.origin.problem(CHECK.code, ("id",), message, hint)
