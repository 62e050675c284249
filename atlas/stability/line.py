"""The cells of the neatline: one a day, week or month, from the first look at a clause to the as-of date.

Core. A cell is solid only where a look found the same words; where nobody looked, or the look told
us nothing, it is hollow; where the clause is not yet tracked, or has ended, there is none.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise

from atlas.canonical import clause_sha256
from atlas.model import Atlas, ClauseState, Provision, Sighting
from atlas.stability.changes import changes
from atlas.stability.looks import Followed, followed

FEWEST, MOST = 12, 60
"""So many cells a line has."""
_WEEK = 7


class Cell(StrEnum):
    """What one cell says."""

    SAME = "same"
    """Somebody looked, and found the same words."""
    UNSEEN = "unseen"
    """Nobody looked, or the look told us nothing."""
    CHANGED = "changed"
    """Somebody looked, and found other words."""
    NOTHING = "nothing"
    """Not yet tracked, or the clause has ended."""


class Unit(StrEnum):
    """How much time a cell stands for."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Cells:
    """A line, its cells in order of time; the last ends with the as-of date."""

    unit: Unit
    cells: tuple[Cell, ...]
    first: date
    """First day of the first cell that says something."""
    last: date
    """Last day of the last cell that says something."""
    end: date
    """Last day of the last cell."""

    def number(self, of: Cell) -> int:
        """Return how many cells say one thing."""
        return self.cells.count(of)


def cells(atlas: Atlas, provision: Provision, as_of: date) -> Cells | None:
    """Return the line under a record's quotation, or None where no look was good."""
    looks = followed(atlas, provision, as_of)
    if not any(f.sighting for f in looks):
        return None
    start = next(f.look.at.date() for f in looks if f.sighting)
    turned = {c.seen_at.date() for c in changes(atlas, provision, as_of)}
    sought = clause_sha256(provision.clause or "")

    def says(first: date, last: date) -> Cell:
        if last < start:
            return Cell.NOTHING
        return _cell(looks, turned, first, last, sought)

    unit, bounds = bounds_of(start, as_of)
    return measured(unit, bounds, tuple(says(*b) for b in bounds), start)


def measured(
    unit: Unit,
    bounds: tuple[tuple[date, date], ...],
    row: tuple[Cell, ...],
    start: date = date.min,
) -> Cells:
    """Return cells with the days on which they begin, from `start` on, and end to say something."""
    told = [b for b, cell in zip(bounds, row, strict=True) if cell is not Cell.NOTHING]
    end = bounds[-1][1]
    return Cells(
        unit, row, max(told[0][0], start) if told else end, told[-1][1] if told else end, end
    )


def bounds_of(start: date, as_of: date) -> tuple[Unit, tuple[tuple[date, date], ...]]:
    """Return the unit in which there are at most `MOST` cells, and their first and last days, at least `FEWEST`."""
    days = (as_of - start).days + 1
    if days <= MOST:
        return Unit.DAY, _stretches(days, as_of, 1)
    weeks = -(-days // _WEEK)
    if weeks <= MOST:
        return Unit.WEEK, _stretches(weeks, as_of, _WEEK)
    months = _ordinal(as_of) - _ordinal(start) + 1
    if months <= MOST:
        return Unit.MONTH, tuple(_months(months, as_of, 1))
    years = as_of.year - start.year + 1
    return Unit.YEAR, tuple(_months(years, as_of.replace(month=12, day=31), 12, end=as_of))


def _stretches(number: int, as_of: date, length: int) -> tuple[tuple[date, date], ...]:
    ends = [as_of - timedelta(days=length * i) for i in range(max(number, FEWEST))]
    return tuple((end - timedelta(days=length - 1), end) for end in reversed(ends))


def _months(
    number: int, last: date, length: int, end: date | None = None
) -> Iterator[tuple[date, date]]:
    total = min(max(number, FEWEST), MOST)
    after = _ordinal(last) + 1
    edges = [_first_of(after - length * i) for i in range(total, -1, -1)]
    for begin, follow in pairwise(edges):
        yield begin, min(follow - timedelta(days=1), end or last)


def _ordinal(day: date) -> int:
    return day.year * 12 + day.month - 1


def _first_of(ordinal: int) -> date:
    return date(ordinal // 12, ordinal % 12 + 1, 1)


def _cell(
    looks: tuple[Followed, ...], turned: set[date], first: date, last: date, sought: str
) -> Cell:
    """Return what the looks of a stretch of time say; a change outweighs all else."""
    here = [f.sighting for f in looks if f.sighting and first <= f.look.at.date() <= last]
    before = [f.sighting for f in looks if f.sighting and f.look.at.date() < first]
    if any(first <= day <= last for day in turned) or any(_is_pending(s) for s in here):
        return Cell.CHANGED
    if any(_same(s, sought) for s in here):
        return Cell.SAME
    latest = (here or before)[-1] if here or before else None
    return Cell.NOTHING if latest and _has_ended(latest, sought) else Cell.UNSEEN


def _is_pending(line: Sighting) -> bool:
    return line.seen.state.is_former and not line.seen.confirmed


def _same(line: Sighting, sought: str) -> bool:
    """Return whether the words of before were found: after a renewed quotation, those it gave way to as well."""
    seen = line.seen
    if seen.state.is_found:
        return True
    return (
        seen.state is not ClauseState.SCATTERED
        and seen.wording is not None
        and seen.quote_sha256 != sought
    )


def _has_ended(line: Sighting, sought: str) -> bool:
    seen = line.seen
    if not (seen.confirmed and seen.state.is_former):
        return False
    return seen.quote_sha256 == sought or seen.wording is None
