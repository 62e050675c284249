"""The looks at a clause, each with what it said: what every other figure is derived from.

Core. Looks and lines of the ledger after the as-of date do not exist here.
"""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, datetime

from atlas.model import Atlas, History, Look, Provision, Sighting


@dataclass(frozen=True, slots=True)
class Followed:
    """One look at the document, since the quotation was first found in it."""

    look: Look
    sighting: Sighting | None
    """What the look says of the clause; None: it failed, or the quotation as it is worded was not found yet."""


def history(atlas: Atlas, provision: Provision) -> History | None:
    """Return what is known of a record's own document, never of another edition."""
    document = atlas.documents.get((provision.platform, provision.document))
    if document is None or document.id is None:
        return None
    return atlas.evidence.histories.get(document.id)


def sightings(
    atlas: Atlas, provision: Provision, as_of: date | None = None
) -> tuple[Sighting, ...]:
    """Return the ledger's lines about a record's clause, oldest first, up to and with a day; None: all."""
    known = history(atlas, provision)
    if known is None or provision.id is None or provision.is_silent or provision.withheld:
        return ()
    found = known.clauses.get(provision.id, ())
    return tuple(
        sorted(
            (s for s in found if as_of is None or s.stamp.observed_at.date() <= as_of),
            key=lambda s: s.stamp.observed_at,
        )
    )


def followed(atlas: Atlas, provision: Provision, as_of: date) -> tuple[Followed, ...]:
    """Return every look at the document since the quotation was first found in it, oldest first."""
    lines, known = sightings(atlas, provision, as_of), history(atlas, provision)
    found = _found_at(lines)
    if not found or known is None:
        return ()
    start = min(found.values())
    starts = [s.stamp.observed_at for s in lines]

    def says(at: datetime) -> Sighting | None:
        line = lines[bisect_right(starts, at) - 1]
        since = found.get(line.seen.quote_sha256)
        return line if since is not None and since <= at else None

    return tuple(
        Followed(look, None if look.failure else says(look.at))
        for look in sorted(known.looks, key=lambda look: look.at)
        if look.at >= start and look.at.date() <= as_of
    )


def _found_at(lines: tuple[Sighting, ...]) -> dict[str, datetime]:
    """Return when each quotation was first found: before that, what resembles it is no more than a hint."""
    found: dict[str, datetime] = {}
    for line in lines:
        if line.seen.confirmed:
            found.setdefault(line.seen.quote_sha256, line.stamp.observed_at)
    return found
