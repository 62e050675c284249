"""Says from which day on something can have been done to a record: nothing happens to it before it is there.

A line. Days are written where people live, times and the ledger in UTC, so one day of difference is no fault.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from atlas import urls
from atlas.editing.fields import EditFault
from atlas.editing.opened import where
from atlas.model import Atlas, Provision
from atlas.problem import Place

_GRACE = timedelta(days=1)
_LEDGER: Place = ("id",)
"""Where a record is told what only the ledger says of it."""


def refuse_early(
    atlas: Atlas, of: Provision, on: date, *, follows_publication: bool = True
) -> None:
    """Refuse a day on which this record was not yet what it is.

    `follows_publication` says whether what is done can only be done to what was published.

    Raises:
        EditFault: the day is before one that the record gives, or that the ledger gives of it.
    """
    for place, day, is_of_utc, sentence in _days(atlas, of):
        if place == _LEDGER and not follows_publication:
            continue
        if on < (day - _GRACE if is_of_utc else day):
            raise EditFault(
                f"{where(of, *place)}: {on} is too early, since {sentence} on {day};"
                " give a later day, or none for today"
            )


def earliest(atlas: Atlas, of: Provision) -> date:
    """Return the first day on which a record as it was published can have been revised."""
    return max((day for _, day, _, _ in _days(atlas, of)), default=date.min)


def _days(atlas: Atlas, of: Provision) -> Iterator[tuple[Place, date, bool, str]]:
    """Yield what happened before: the field that says when, the day, whether it is one of UTC, and what it was."""
    if of.captured_at:
        yield ("captured_at",), of.captured_at.date(), True, "its clause was captured"
    if of.analysis:
        yield ("analysis", "written"), of.analysis.written, False, "its analysis was written"
    if of.revision and (of.id or "", of.number) in atlas.published.frozen:
        yield ("revision", "on"), of.revision.on, False, f"its revision {of.number} was made"
    newest = max((n for number, n in atlas.published.frozen if number == of.id), default=1)
    line = atlas.published.addresses.get(urls.permanent(of.id or "", newest))
    if line:
        yield _LEDGER, line.first_published, True, f"its revision {newest} was published"
