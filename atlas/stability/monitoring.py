"""For how long a clause was watched, with which gaps, and whether it may be called stable.

Core. Monitored is the time between good looks that follow one another within `GAP`; what lies
between looks further apart is a gap, and so is the time since the last one.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise

from atlas.model import Atlas, Provision
from atlas.stability.changes import changes
from atlas.stability.looks import followed
from atlas.stability.standing import standing

GAP = timedelta(days=7)
"""Good looks further apart than this leave a gap in monitoring."""
STABLE_AFTER = timedelta(days=90)
"""Without a change over so much monitored time a clause may be called stable."""
_DAYS_OF_TWELVE_MONTHS = 365.2425


@dataclass(frozen=True, slots=True)
class Gap:
    """Time in which nobody saw the clause."""

    since: date
    """Day of the last good look before."""
    until: date | None
    """Day of the first good look after; None: there is none yet."""


@dataclass(frozen=True, slots=True)
class Monitoring:
    """For how long a clause was watched."""

    first: date
    """Day of the first good look."""
    last: date
    """Day of the last good look."""
    time: timedelta
    """Monitored time, gaps left out."""
    gaps: tuple[Gap, ...]
    looks: int
    """All looks since the first."""
    good: int
    """Those that said something of the clause."""

    @property
    def days(self) -> int:
        """Whole monitored days."""
        return self.time.days

    @property
    def months(self) -> int:
        """Whole monitored months."""
        return int(self.time.days * 12 // _DAYS_OF_TWELVE_MONTHS)


def monitoring(atlas: Atlas, provision: Provision, as_of: date) -> Monitoring | None:
    """Return for how long a record's clause was watched, or None where no look was good."""
    looks = followed(atlas, provision, as_of)
    good = [f.look.at for f in looks if f.sighting]
    if not good:
        return None
    return Monitoring(
        first=good[0].date(),
        last=good[-1].date(),
        time=sum((b - a for a, b in pairwise(good) if b - a <= GAP), timedelta()),
        gaps=_gaps(good, as_of),
        looks=len(looks),
        good=len(good),
    )


def is_stable(atlas: Atlas, provision: Provision, as_of: date) -> bool:
    """Return whether a clause may be called stable: verified at this day, no look failing, unchanged long enough."""
    watched, stands = monitoring(atlas, provision, as_of), standing(atlas, provision, as_of)
    return (
        watched is not None
        and watched.time >= STABLE_AFTER
        and stands.is_verified
        and stands.trouble is None
        and not changes(atlas, provision, as_of)
    )


def _gaps(good: list[datetime], as_of: date) -> tuple[Gap, ...]:
    found = [Gap(a.date(), b.date()) for a, b in pairwise(good) if b - a > GAP]
    if as_of - good[-1].date() > GAP:
        found.append(Gap(good[-1].date(), None))
    return tuple(found)
