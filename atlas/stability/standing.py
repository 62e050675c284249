"""Where one clause stands: what the looks agree on, how old the last good one is, what is in the way.

Core.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from atlas.canonical import clause_sha256
from atlas.model import (
    Atlas,
    ClauseSeen,
    ClauseState,
    Failure,
    Freshness,
    History,
    Look,
    Provision,
    Sighting,
    Trouble,
)
from atlas.stability.looks import Followed, followed, history, sightings

CHANGED_LOOKS, GONE_LOOKS = 2, 3
"""Looks that must agree, as in `compare`, which a site is built without: it would bring every reader of files along."""
PERSON_AFTER = timedelta(days=7)
"""A document in trouble for so long needs a person."""
_FOR_A_PERSON = {ClauseState.SCATTERED, ClauseState.NEVER_OBSERVED}
"""What a look found and no number of looks can settle."""
_REMEMBERED = 16_384
"""So many standings are remembered: lists ask for the same ones again and again."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a clause stands at a day, as far as looks at its own document say."""

    state: ClauseState
    """`differs` while the last look saw other words and they are not confirmed."""
    seen: ClauseSeen | None
    """What the last good look said: the pending sighting where there is one, else the confirmed one."""
    confirmed: ClauseSeen | None
    """What was confirmed last; None: nothing was."""
    agreeing: int
    """How many looks agree with `seen`."""
    freshness: Freshness
    last_good: datetime | None
    """The last look that said something of the clause."""
    good_until: date | None
    """Last day on which the clause counts as verified."""
    first_seen: datetime | None
    """First look that found these very words; None: none did."""
    last_seen: datetime | None
    trouble: Trouble | None
    """Why looks fail at present; None: the last one was good, or nobody has looked."""
    needs_person: bool
    needed: int = 0
    """How many more looks must agree, at least, before a change is confirmed; 0: none is being confirmed."""

    @property
    def is_former(self) -> bool:
        """Whether the quotation is confirmed to be no longer the platform's words."""
        return self.confirmed is not None and self.confirmed.state.is_former

    @property
    def is_verified(self) -> bool:
        """Whether the words were found, and lately enough, and nothing has come between."""
        return self.state.is_found and self.freshness is Freshness.VERIFIED


def standing(atlas: Atlas, provision: Provision, as_of: date) -> Standing:
    """Return where a record's clause stands at a day; without a look, `never-observed`."""
    return _standing(atlas, provision.key, as_of)


def is_former(atlas: Atlas, provision: Provision) -> bool:
    """Return whether the quotation is confirmed to be no longer the platform's words.

    A quotation that a person has renewed since is another one, and no look has said so of it.
    """
    return _is_former(atlas, provision.key)


@lru_cache(_REMEMBERED)
def _is_former(atlas: Atlas, key: tuple[str, str, str]) -> bool:
    lines = _of_quotation(sightings(atlas, atlas.provisions[key]), atlas.provisions[key])
    confirmed = _confirmed(lines)
    return confirmed is not None and confirmed.state.is_former


@lru_cache(_REMEMBERED)
def _standing(atlas: Atlas, key: tuple[str, str, str], as_of: date) -> Standing:
    provision = atlas.provisions[key]
    lines = _of_quotation(sightings(atlas, provision, as_of), provision)
    good = [
        f
        for f in followed(atlas, provision, as_of)
        if f.sighting and f.sighting.seen.quote_sha256 == _sought(provision)
    ]
    found = [f.look.at for f in good if f.sighting and f.sighting.seen.state.is_found]
    last_good = good[-1].look.at if good else None
    seen = lines[-1].seen if lines else None
    state, agreeing = _state(lines), _agreeing(lines, good)
    known = history(atlas, provision)
    trouble = trouble_of(known, as_of) if known else None
    until = last_good.date() + timedelta(days=atlas.site.verified_days) if last_good else None
    return Standing(
        state=state,
        seen=seen,
        confirmed=_confirmed(lines),
        agreeing=agreeing,
        freshness=freshness_of(atlas, last_good, as_of),
        last_good=last_good,
        good_until=until,
        first_seen=found[0] if found else None,
        last_seen=found[-1] if found else None,
        trouble=trouble,
        needs_person=(seen is not None and state in _FOR_A_PERSON)
        or (trouble is not None and as_of - trouble.since.date() >= PERSON_AFTER),
        needed=_needed(seen, agreeing) if seen and state is ClauseState.DIFFERS else 0,
    )


def _sought(provision: Provision) -> str:
    return clause_sha256(provision.clause or "")


def _of_quotation(lines: tuple[Sighting, ...], provision: Provision) -> tuple[Sighting, ...]:
    """Return the lines about the quotation as it is worded now."""
    return tuple(s for s in lines if s.seen.quote_sha256 == _sought(provision)) if lines else ()


def _state(lines: tuple[Sighting, ...]) -> ClauseState:
    if lines and lines[-1].seen.state is ClauseState.SCATTERED:
        return ClauseState.SCATTERED
    if _confirmed(lines) is None:
        return ClauseState.NEVER_OBSERVED
    # Back at the quotation after a confirmed change is a change too, and is being confirmed.
    last = lines[-1].seen
    return last.state if last.confirmed else ClauseState.DIFFERS


def _confirmed(lines: tuple[Sighting, ...]) -> ClauseSeen | None:
    """Return what was confirmed last; words scattered over the document confirm nothing."""
    settled = (
        s.seen
        for s in reversed(lines)
        if s.seen.confirmed and s.seen.state is not ClauseState.SCATTERED
    )
    return next(settled, None)


def _agreeing(lines: tuple[Sighting, ...], good: list[Followed]) -> int:
    if not lines:
        return 0
    since = sum(f.sighting is lines[-1] for f in good)
    # The line's own look is among those since it; looks before it may have agreed already.
    return max(since, 1) + lines[-1].seen.looks - 1


def freshness_of(atlas: Atlas, last_good: datetime | None, as_of: date) -> Freshness:
    """Return how old the last good look is at a day."""
    if last_good is None:
        return Freshness.NEVER
    age = (as_of - last_good.date()).days
    if age <= atlas.site.verified_days:
        return Freshness.VERIFIED
    return Freshness.DUE if age <= atlas.site.due_days else Freshness.STALE


def trouble_of(known: History, as_of: date) -> Trouble | None:
    """Return why the latest looks fail: the last reason, since the first look without a good one after it."""
    failing: list[Look] = []
    looks = (look for look in known.looks if look.at.date() <= as_of)
    for look in sorted(looks, key=lambda look: look.at, reverse=True):
        if look.failure is None:
            break
        failing.append(look)
    if not failing:
        return None
    last = failing[0]
    detail = next(
        (look.detail for look in failing if look.failure is last.failure and look.detail), ""
    )
    return Trouble(last.failure or Failure.UNREACHABLE, detail, failing[-1].at)


def _needed(seen: ClauseSeen, agreeing: int) -> int:
    """Return how many more looks must agree, at least: one in any case, since they must span some time."""
    enough = GONE_LOOKS if seen.state is ClauseState.REMOVED else CHANGED_LOOKS
    return max(enough - agreeing, 1)
