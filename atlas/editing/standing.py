"""Withdraws a published record, or lets another one take its place.

A line. The record stays where it is with its new status; its words go only where the law demands it.
"""

from datetime import date

from atlas import urls
from atlas.editing.days import refuse_early
from atlas.editing.fields import Editable, EditFault, one_sentence
from atlas.editing.opened import Edits, Opened, judge, where, write
from atlas.frontmatter import Value
from atlas.model import Atlas, Provision, State

_WORDS = ("severity_reason", "regulations", "examples", "recorded_hash", "clause")
"""Fields that hold the quotation or speak of it."""


def withdraw(
    atlas: Opened,
    of: Provision,
    reason: str,
    on: date,
    *,
    by: Provision | None = None,
    withheld: str | None = None,
) -> tuple[str, ...]:
    """Withdraw a record; return the paths of the files that were changed or taken away.

    The record that has taken its place stays named, unless `by` is another.

    Raises:
        EditFault: it was never published, or is withdrawn already; nothing was written.
    """
    _refuse_unpublished(atlas.atlas, of)
    status = of.status
    if status and status.state is State.WITHDRAWN and (status.withheld or not withheld):
        raise EditFault(f"{where(of, 'status')}: {of.id} is withdrawn since {status.on} already")
    _refuse_early(atlas.atlas, of, on)
    note = dict[str, Value](
        state=State.WITHDRAWN.value, on=on.isoformat(), reason=one_sentence("--reason", reason)
    )
    if status and status.state is State.WITHDRAWN and status.on:
        note["on"] = status.on.isoformat()
    successor = _successor(atlas.atlas, of, by) if by else status and status.replaced_by
    if successor:
        note["replaced_by"] = successor
    if withheld:
        note["withheld"] = one_sentence("--withheld", withheld)
    record = atlas.sheet(of).put(("status",), note)
    edits: dict[str, bytes | None] = {}
    if withheld:
        record = _without_words(record)
        # They go first: stopped in between, the same command finds the record as it was, and goes on.
        edits = {former.origin.path: None for former in atlas.atlas.former_of.get(of.key, ())}
    return _written(atlas, {**edits, of.origin.path: record.text.encode()}, on)


def supersede(
    atlas: Opened, of: Provision, by: Provision, on: date, reason: str | None = None
) -> tuple[str, ...]:
    """Let another record take the place of one; return the path of the file that was changed.

    Raises:
        EditFault: the other cannot take its place, or this was never published; nothing was written.
    """
    _refuse_unpublished(atlas.atlas, of)
    if of.state is State.WITHDRAWN:
        raise EditFault(f"{where(of, 'status')}: {of.id} is withdrawn, so nothing takes its place")
    successor = _successor(atlas.atlas, of, by)
    if of.state is State.SUPERSEDED and of.status and of.status.replaced_by == successor:
        raise EditFault(f"{where(of, 'status')}: {of.id} is superseded by {successor} already")
    _refuse_early(atlas.atlas, of, on)
    note = dict[str, Value](state=State.SUPERSEDED.value, on=on.isoformat())
    if reason:
        note["reason"] = one_sentence("--reason", reason)
    note["replaced_by"] = successor
    record = atlas.sheet(of).put(("status",), note)
    return _written(atlas, {of.origin.path: record.text.encode()}, on)


def _refuse_unpublished(atlas: Atlas, of: Provision) -> None:
    if of.id is None or urls.permanent(of.id) not in atlas.published.addresses:
        raise EditFault(
            f"{of.origin.path} was never published: nobody can have cited it, so delete the file"
        )


def _refuse_early(atlas: Atlas, of: Provision, on: date) -> None:
    refuse_early(atlas, of, on)
    if of.status and of.status.on and on < of.status.on:
        raise EditFault(
            f"{where(of, 'status', 'on')}: {of.id} is {of.state} since {of.status.on}, and {on} is before"
            " that; give a later day, or none for today"
        )


def _successor(atlas: Atlas, of: Provision, by: Provision) -> str:
    """Return the id of a record that takes another's place."""
    if by.id is None:
        raise EditFault(
            f"{by.origin.path} has no id yet: it gets one when it is merged; name it then"
        )
    if by.key == of.key:
        raise EditFault(f"{by.id} is this record itself; name the one that takes its place")
    if by.state is State.WITHDRAWN:
        raise EditFault(
            f"{where(by, 'status')}: {by.id} is withdrawn, so it takes no other's place"
        )
    steps: list[str] = [by.id]
    step = by
    while step.status and step.status.replaced_by and step.status.replaced_by not in steps:
        steps.append(step.status.replaced_by)
        if steps[-1] == of.id:
            chain = " to ".join((of.id, *steps))
            raise EditFault(f"{where(step, 'status')}: this would go round in a circle: {chain}")
        if steps[-1] not in atlas.by_id:
            break
        step = atlas.by_id[steps[-1]]
    return by.id


def _without_words(record: Editable) -> Editable:
    """Return a record without quotation and analysis, as the law demands it."""
    for name in _WORDS:
        record = record.take_out((name,))
    return record.without_body()


def _written(atlas: Opened, edits: Edits, on: date) -> tuple[str, ...]:
    judge(atlas, edits, on)
    write(atlas.root, edits)
    return tuple(edits)
