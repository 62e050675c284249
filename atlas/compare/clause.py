"""What is found of one clause beside what is known of it: nothing new, a note, a change to be confirmed, a change.

Core. One look is never enough for a change, and only looks that found a good page count.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from atlas.compare.finding import Outcome
from atlas.compare.place import Place
from atlas.model import ClauseSeen, ClauseStanding, ClauseState, Quote

CHANGED_LOOKS, CHANGED_OVER = 2, timedelta(hours=11)
"""Agreeing good looks that confirm other words, and the time they span: twelve hours, less one for a late scheduler."""
GONE_LOOKS, GONE_OVER = 3, timedelta(hours=47)
"""The same for words that are gone, and for any change that came with a text known from before (flapping)."""


@dataclass(frozen=True, slots=True)
class At:
    """The look at which clauses are judged."""

    document: str
    time: datetime
    text_sha256: str
    is_known_again: bool = False
    """Whether this text had been seen before, and another one since."""
    is_technical: bool = False
    """Whether another extractor read it: then nothing is confirmed."""


def judged(
    quote: Quote, known: ClauseStanding | None, place: Place, at: At
) -> tuple[ClauseSeen | None, Outcome]:
    """Return the new line about a clause, if there is one, and what the clause is shown as.

    `known` is what is known of this very quotation; None after a person has edited it. A quotation that
    was never found is shown as `never-observed` and needs a person: whatever resembles it is a hint
    for that person, and no number of looks makes it a change. Words that are scattered need a person
    as well, and confirm nothing.
    """
    standing = known.standing if known else None
    pending = known.pending if known else None
    if standing and _agree(standing, place):
        repeats = pending is None and not _is_worth_a_note(standing, place, at)
        new = None if repeats else _once_more(quote, standing, place, at)
        state = place.state if place.state.is_found else standing.state
        return new, _outcome(quote, standing, place, state, standing.looks, is_confirmed=True)
    if standing is None and place.state.is_found:
        new = _seen(quote, standing, place, at, looks=1, since=at.time, is_confirmed=True)
        return new, _outcome(quote, standing, place, place.state, 1, is_confirmed=True)
    first = pending.seen if pending and _agree(pending.seen, place) else None
    looks = pending.looks + (at.time > pending.last_at) if pending and first else 1
    since = first.first_seen_at if first else at.time
    if standing and _is_enough(place, at, looks, at.time - since):
        new = _seen(quote, standing, place, at, looks=looks, since=since, is_confirmed=True)
        shown = place.state
        return new, _outcome(
            quote, standing, place, shown, looks, is_confirmed=True, has_changed=True
        )
    seen = _seen(quote, standing, place, at, looks=1, since=at.time, is_confirmed=False)
    shown = _until_confirmed(standing, place)
    outcome = _outcome(quote, standing, place, shown, looks, is_confirmed=False)
    return None if first else seen, outcome


def _agree(seen: ClauseSeen, now: Place) -> bool:
    """Whether a look finds what an earlier one found: the quotation's words, the same other words, or none."""
    if seen.state.is_found or now.state.is_found:
        return seen.state.is_found and now.state.is_found
    if ClauseState.SCATTERED in {seen.state, now.state}:
        return seen.state is now.state
    return (seen.wording and seen.wording.sha256) == (now.wording and now.wording.sha256)


def _is_enough(now: Place, at: At, looks: int, over: timedelta) -> bool:
    if now.state is ClauseState.SCATTERED or at.is_technical:
        return False
    if now.state is ClauseState.REMOVED or at.is_known_again:
        return looks >= GONE_LOOKS and over >= GONE_OVER
    return looks >= CHANGED_LOOKS and over >= CHANGED_OVER


def _is_worth_a_note(standing: ClauseSeen, now: Place, at: At) -> bool:
    """Whether the quotation's words stand otherwise: in other typography, another place, another number of times."""
    if not standing.state.is_found:
        return False
    if at.is_technical and (standing.prefix, standing.suffix) != (now.prefix, now.suffix):
        return True
    was, is_now = standing.wording, now.wording
    return (standing.state, was and was.sha256, standing.copies) != (
        now.state,
        is_now and is_now.sha256,
        now.copies,
    )


def _once_more(quote: Quote, standing: ClauseSeen, now: Place, at: At) -> ClauseSeen:
    """What stood before stands again, or still: the line that says so ends what was being confirmed."""
    if now.state.is_found:
        return _seen(quote, standing, now, at, looks=1, since=at.time, is_confirmed=True)
    return replace(standing, text_sha256=at.text_sha256)


def _until_confirmed(standing: ClauseSeen | None, now: Place) -> ClauseState:
    if now.state is ClauseState.SCATTERED:
        return ClauseState.SCATTERED
    return ClauseState.DIFFERS if standing else ClauseState.NEVER_OBSERVED


def _seen(
    quote: Quote,
    standing: ClauseSeen | None,
    now: Place,
    at: At,
    *,
    looks: int,
    since: datetime,
    is_confirmed: bool,
) -> ClauseSeen:
    # What the words stood beside at the first good look tells later whether they moved; an extractor's
    # upgrade changes that without the platform.
    is_anchored = standing and not (at.is_technical and now.state.is_found)
    return ClauseSeen(
        document=at.document,
        record=quote.record,
        quote_sha256=quote.sha256,
        state=now.state,
        confirmed=is_confirmed,
        text_sha256=at.text_sha256,
        first_seen_at=since,
        looks=looks,
        score=now.score,
        wording=now.wording,
        lookalike=now.lookalike,
        prefix=standing.prefix if standing and is_anchored else now.prefix,
        suffix=standing.suffix if standing and is_anchored else now.suffix,
        copies=now.copies,
    )


def _outcome(
    quote: Quote,
    standing: ClauseSeen | None,
    now: Place,
    shown: ClauseState,
    looks: int,
    *,
    is_confirmed: bool,
    has_changed: bool = False,
) -> Outcome:
    stood = quote.sha256
    if standing and standing.state.is_former:
        stood = standing.wording.sha256 if standing.wording else ""
    stands = now.wording.sha256 if now.wording else None
    return Outcome(
        record=quote.record,
        state=shown,
        found=now.state,
        confirmed=is_confirmed,
        changed=has_changed,
        needs_person=shown in {ClauseState.SCATTERED, ClauseState.NEVER_OBSERVED},
        looks=looks,
        old_sha256=stood,
        new_sha256=quote.sha256 if now.state.is_found and stands is None else stands,
        score=now.score,
        wording=now.wording,
        start=now.start,
        end=now.end,
        prefix=now.prefix,
        suffix=now.suffix,
    )
