"""Gives their next revision to all published records that a change of a shelf has changed: all of them or none.

A line. A stance's grade, or the key of a type, a stance or a regulation, is part of what was published of
every record that has it.
"""

import json
from datetime import date

from atlas.affected import is_affected
from atlas.editing.fields import EditFault
from atlas.editing.opened import Edits, Opened, judge, write
from atlas.editing.revise import Revised, now, prepared
from atlas.model import Atlas, Provision


def revise_affected(atlas: Opened, because: str, on: date) -> tuple[Revised, ...]:
    """Write the next revision of every published record that differs by what a shelf says, and of no other.

    Raises:
        EditFault: there is none, or one cannot be revised; nothing was written.
    """
    affected = [of for of in atlas.atlas.provisions.values() if _is_affected(atlas.atlas, of)]
    revisions = tuple(prepared(atlas, of, because, on) for of in affected)
    if not revisions:
        raise EditFault(
            "no published record was changed by a shelf alone; ./run revise RECORD is for one that was edited"
        )
    edits = {path: content for each in revisions for path, content in each.edits.items()}
    # Former revisions first: stopped in between, the next run finds each of them beside its record.
    records = {each.path for each in revisions}
    ordered: Edits = dict(sorted(edits.items(), key=lambda entry: entry[0] in records))
    judge(atlas, ordered, on, ordered)
    write(atlas.root, ordered)
    return revisions


def _is_affected(atlas: Atlas, of: Provision) -> bool:
    frozen = atlas.published.frozen.get((of.id or "", of.number))
    return frozen is not None and is_affected(atlas, of, json.loads(frozen), now(atlas, of))
