"""The last 52 weeks of the whole atlas: how many documents were looked at, and how many changes of clauses were seen.

Core. A look that told us nothing is told apart from a good one, and a week before the first look is not listed.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from atlas.model import Atlas
from atlas.stability.documents import clause_changes

WEEKS = 52
_WEEK = timedelta(weeks=1)


@dataclass(frozen=True, slots=True)
class Week:
    """Seven days, the last of which is the as-of date or whole weeks before it."""

    first: date
    last: date
    watched: int
    """Documents that had been looked at by then, in vain or not."""
    tried: int
    """Those at which somebody looked in this week, in vain or not."""
    seen: int
    """Those of which a look was good in this week."""
    changed: int
    """Changes of clauses of counted records that were first seen, and confirmed since; a clause may have several."""


def weeks(atlas: Atlas, as_of: date) -> tuple[Week, ...]:
    """Return at most `WEEKS` weeks up to a day, oldest first, from the one of the first look on."""
    known = {
        document: [look for look in history.looks if look.at.date() <= as_of]
        for document, history in atlas.evidence.histories.items()
    }
    begun = {
        document: min(look.at.date() for look in looks)
        for document, looks in known.items()
        if looks
    }
    tried = {(d, look.at.date()) for d, looks in known.items() for look in looks}
    good = {(d, look.at.date()) for d, looks in known.items() for look in looks if not look.failure}
    turned = [
        change.seen_at.date()
        for change in clause_changes(atlas, atlas.documents.values(), as_of)
        if atlas.by_id[change.record].counts
    ]
    return tuple(
        Week(
            first=first,
            last=last,
            watched=sum(day <= last for day in begun.values()),
            tried=len({document for document, day in tried if first <= day <= last}),
            seen=len({document for document, day in good if first <= day <= last}),
            changed=sum(first <= day <= last for day in turned),
        )
        for number in range(WEEKS - 1, -1, -1)
        for last in [as_of - _WEEK * number]
        for first in [last - _WEEK + timedelta(days=1)]
        if begun and min(begun.values()) <= last
    )
