"""Gives a published record that was changed its next revision, and keeps the former one beside it.

A line. A former revision is written before the record that follows it: whoever stops a run in between,
the next one finds what is there and goes on.
"""

import json
from dataclasses import dataclass, field
from datetime import date

from atlas.became import takes_back
from atlas.editing.days import refuse_early
from atlas.editing.fields import Editable, EditFault, one_sentence
from atlas.editing.former import former_text, is_text_of
from atlas.editing.opened import Edits, Opened, judge, parsed, where, write
from atlas.frontmatter import Value
from atlas.frozen import changed, freeze
from atlas.model import Atlas, Provision


@dataclass(frozen=True, slots=True)
class Revised:
    """A record with its next revision, ready to be written."""

    id: str
    path: str
    number: int
    is_raised: bool
    """Whether the number is new; else it was raised before and not published since."""
    changed: tuple[str, ...]
    """Names of the fields that differ from what was published."""
    kept: str
    """Path of the former revision."""
    edits: Edits = field(repr=False)
    """Files to write: the former revision first."""


def revise(atlas: Opened, of: Provision, because: str, on: date) -> Revised:
    """Write the next revision of one record.

    Raises:
        EditFault: there is nothing to revise, or the record is in a state that a person must mend; nothing was written.
    """
    revised = prepared(atlas, of, because, on)
    judge(atlas, revised.edits, on, revised.edits)
    write(atlas.root, revised.edits)
    return revised


def prepared(atlas: Opened, of: Provision, because: str, on: date) -> Revised:
    """Return the next revision of a record without writing anything.

    Raises:
        EditFault: there is nothing to revise, or the record is in a state that a person must mend.
    """
    number, frozen = last_published(atlas.atlas, of)
    _refuse_disorder(of, number)
    refuse_early(atlas.atlas, of, on)
    differ = changed(json.loads(frozen), now(atlas.atlas, of))
    if takes_back(atlas.atlas, of):
        differ = (*differ, "status")
    if not differ and of.number > number:
        raise EditFault(
            f"{where(of, 'revision')}: nothing differs from what was published as revision {number};"
            " take `revision` back to what it was, or edit the record"
        )
    if not differ:
        raise EditFault(
            f"{of.origin.path} says what was published as revision {number}: edit it first, then revise it"
        )
    kept = former_file(of, number)
    record = numbered(atlas.sheet(of), number + 1, on, because)
    edited = record.text.encode()
    parsed(of.origin.path, edited)
    return Revised(
        id=of.id or "",
        path=of.origin.path,
        number=number + 1,
        is_raised=of.number == number,
        changed=differ,
        kept=kept,
        edits={kept: _kept(atlas, of, kept, frozen), of.origin.path: edited},
    )


def numbered(record: Editable, number: int, on: date, because: str) -> Editable:
    """Return a record's text as a revision of this number, whose spelling was never put right.

    Raises:
        EditFault: it has problems, or no sentence was given.
    """
    sentence = one_sentence("--because", because)
    note = dict[str, Value](number=str(number), on=on.isoformat(), because=sentence)
    return record.put(("revision",), note).take_out(("corrected_on",))


def former_file(of: Provision, number: int) -> str:
    """Return the path of a former revision."""
    return f"{of.origin.path.removesuffix('.md')}/r{number}.md"


def last_published(atlas: Atlas, of: Provision) -> tuple[int, bytes]:
    """Return number and frozen form of the newest revision that was published.

    Raises:
        EditFault: none was.
    """
    forms = {n: form for (number, n), form in atlas.published.frozen.items() if number == of.id}
    if not forms:
        raise EditFault(
            f"{of.origin.path} was never published, so there is nothing to keep: just edit it"
        )
    return max(forms.items())


def now(atlas: Atlas, of: Provision) -> dict[str, object]:
    """Return what would be frozen of a record as it stands.

    Raises:
        EditFault: it refers to something that is not there.
    """
    try:
        return freeze(atlas, of)
    except KeyError as error:
        raise EditFault(
            f"{of.origin.path} refers to {error}, which is not there; ./run check says more"
        ) from error


def _refuse_disorder(of: Provision, number: int) -> None:
    if of.withheld:
        raise EditFault(
            f"{where(of, 'status', 'withheld')}: the words of {of.id} are withheld, so none are kept of it"
        )
    place = where(of, "revision", "number")
    if of.number not in {number, number + 1}:
        raise EditFault(
            f"{place}: this is numbered {of.number}, and {number} was published last: write {number},"
            " and revise again"
        )


def _kept(atlas: Opened, of: Provision, path: str, frozen: bytes) -> bytes:
    """Return the former revision: the file that is there already where it is the right one."""
    there = atlas.files.get(path)
    if there is not None:
        if is_text_of(json.loads(frozen), of.origin.path, there):
            return there
        raise EditFault(
            f"{path}:1: this does not say what was published; take the file away, and revise again"
        )
    return former_text(atlas.root, atlas.atlas, of, frozen)
