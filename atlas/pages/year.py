"""The year in figures on the first page: how much was looked at, week by week, and what changed.

Core. Bars below say which share of the documents somebody looked at, bars above how many changes of
clauses were seen; the sentence and the table beneath say the same in words.
"""

from dataclasses import dataclass

from atlas.pages import parts
from atlas.publication import Publication
from atlas.stability import weeks

_SHARE, _CHANGED = 36, 36
"""Heights of the two halves of the figure, one unit a pixel."""
_GAP = 2
"""Between them."""


@dataclass(frozen=True, slots=True)
class WeekRow:
    """One week in numbers."""

    day: str
    """Its first day."""
    iso: str
    seen: int
    watched: int
    changed: int


@dataclass(frozen=True, slots=True)
class Year:
    """At most 52 weeks, drawn and told."""

    changed: int
    """Changes of clauses, each of which the first page lists."""
    looked: int
    """Weeks in which a look was good."""
    tried: int
    """Weeks in which somebody looked, in vain or not."""
    weeks: int
    height: int
    shares: str
    """Path data: share of the documents looked at, a bar a week."""
    frame: str
    """Path data: what the bars would fill if all documents were looked at in every week."""
    changes: str
    """Path data: changes of clauses, a bar a week."""
    first: str
    last: str
    rows: tuple[WeekRow, ...]
    """Newest first."""


def year(publication: Publication) -> Year | None:
    """Return the last weeks in figures, or None where nobody has looked at anything."""
    found = weeks(publication.atlas, publication.as_of)
    if not found:
        return None
    most = max(week.changed for week in found)
    floor = _CHANGED + _GAP + _SHARE
    return Year(
        changed=sum(week.changed for week in found),
        looked=sum(week.seen > 0 for week in found),
        tried=sum(week.tried > 0 for week in found),
        weeks=len(found),
        height=floor,
        shares=_bars(floor, [week.seen / week.watched * _SHARE for week in found]),
        frame=f"M0 {_CHANGED + _GAP}h{len(found)}v{_SHARE}H0z",
        changes=_bars(_CHANGED, [week.changed / most * _CHANGED if most else 0 for week in found]),
        first=parts.day(publication.words, found[0].first),
        last=parts.day(publication.words, found[-1].last),
        rows=tuple(
            WeekRow(
                parts.day(publication.words, week.first),
                week.first.isoformat(),
                week.seen,
                week.watched,
                week.changed,
            )
            for week in reversed(found)
        ),
    )


def _bars(floor: int, heights: list[float]) -> str:
    """Return bars that stand on a line, a unit wide with a seam; a week without anything has none."""
    return "".join(
        f"M{number + 0.06:g} {floor}v-{height:.4g}h.88v{height:.4g}z"
        for number, height in enumerate(heights)
        if height
    )
