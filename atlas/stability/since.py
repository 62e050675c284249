"""At which look a clause came to stand as it does: a look that finds nothing new does not move it.

Core.
"""

from dataclasses import dataclass
from datetime import date, datetime

from atlas.canonical import clause_sha256
from atlas.model import Atlas, ClauseState, Provision, Sighting
from atlas.stability.looks import sightings


@dataclass(frozen=True, slots=True)
class Came:
    """The look at which a clause came to stand so."""

    at: datetime
    text_sha256: str
    """Of the document's text (text-v1) at that look."""


def came_to_stand(atlas: Atlas, provision: Provision, as_of: date) -> Came | None:
    """Return since which look a clause stands as `standing` says at a day; None: it was never found.

    It is the first of the looks that agree: on the state, and on the words where they are others.
    Words that come back after others, confirmed or not, stand anew.
    """
    sought = clause_sha256(provision.clause or "")
    stood, came, has_stood = None, None, False
    texts: dict[datetime, str] = {}
    before: datetime | None = None
    for line in sightings(atlas, provision, as_of):
        seen, at = line.seen, line.stamp.observed_at
        if seen.quote_sha256 != sought:
            continue
        has_stood |= seen.confirmed and seen.state is not ClauseState.SCATTERED
        stands = (_shown(line, has_stood=has_stood), seen.wording and seen.wording.sha256)
        texts[at] = seen.text_sha256
        if stands != stood:
            # What is confirmed stood since the first agreeing look, which had a line of its own.
            since = at if before is None or seen.first_seen_at < before else seen.first_seen_at
            stood, came = stands, Came(since, texts.get(since, seen.text_sha256))
        before = at
    return came if stood and stood[0] is not ClauseState.NEVER_OBSERVED else None


def _shown(line: Sighting, *, has_stood: bool) -> ClauseState:
    """Return the state that a line leads to, as `standing` shows it."""
    if line.seen.state is ClauseState.SCATTERED:
        return ClauseState.SCATTERED
    if not has_stood:
        return ClauseState.NEVER_OBSERVED
    return line.seen.state if line.seen.confirmed else ClauseState.DIFFERS
