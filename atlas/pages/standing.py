"""What a provision's page says of its wording: the fact in the status line, what stands above the title,
and the words that stand in the document now.

Core. No sentence here calls words current without the day until which that holds.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from atlas.model import ClauseSeen, ClauseState, Freshness, Provision
from atlas.pages import parts
from atlas.pages.status import Notice
from atlas.publication import Publication
from atlas.stability import Standing, changes, standing
from atlas.word_diff import Part, word_diff


@dataclass(frozen=True, slots=True)
class Expiring:
    """Words that hold until a day; past it a script puts others in their place."""

    text: str
    note: str = ""
    until: str = ""
    """Last day on which they hold, ISO 8601; nothing: they name no present."""
    late: str = ""
    """What is true from the day after."""


@dataclass(frozen=True, slots=True)
class Seen:
    """Words that stand where the quotation stood, or that it is gone."""

    heading: str
    sentence: str
    difference: tuple[Part, ...]
    """From the quotation to the words seen; empty where it is gone."""
    wording: str
    """The words seen, in full; nothing where the quotation is gone."""
    lookalike: str
    """A passage that resembles the removed one and was there before."""
    language: str


def wording(publication: Publication, of: Provision) -> Expiring:
    """Return the fact about the wording: a state with its day, and until when that is good."""
    say, words = publication.words.say, publication.words
    stands = standing(publication.atlas, of, publication.as_of)
    if stands.last_good is None or stands.good_until is None or stands.seen is None:
        missing = say("stability.not-found") if stands.seen else _captured(publication, of)
        return Expiring(parts.label(words, ClauseState.NEVER_OBSERVED), missing)
    day = parts.day(words, stands.last_good.date())
    until = parts.day(words, stands.good_until)
    state = parts.label(words, stands.state)
    late = say("stability.late", day=day, until=until)
    if stands.state is ClauseState.DIFFERS:
        since = parts.day(words, stands.seen.first_seen_at.date())
        if stands.freshness is Freshness.VERIFIED:
            pending = say("stability.differs-since", day=since)
            return Expiring(state, pending, stands.good_until.isoformat(), late)
        old = say("stability.differs-old", state=state, since=since, day=day)
        return Expiring(parts.label(words, stands.freshness), old)
    if stands.state is ClauseState.SCATTERED:
        return Expiring(state, say("stability.person"))
    if stands.state.is_former:
        return Expiring(state, say("stability.since", day=_since(publication, of, stands.seen)))
    if stands.trouble is not None:
        # Looks that fail say nothing of the words, and nothing is promised over their heads.
        label = parts.label(words, _aged(stands))
        since = parts.day(words, stands.trouble.since.date())
        return Expiring(label, say("stability.failing", state=state, day=day, since=since))
    if stands.freshness is Freshness.VERIFIED:
        verified = say("stability.verified", day=day, until=until)
        return Expiring(state, verified, stands.good_until.isoformat(), late)
    if stands.freshness is Freshness.DUE:
        return Expiring(
            parts.label(words, Freshness.DUE),
            say("stability.due", state=state, day=day, until=until),
        )
    return Expiring(
        parts.label(words, Freshness.STALE), say("stability.stale", state=state, day=day)
    )


def _aged(stands: Standing) -> Freshness:
    """Return the age of the last good look, where looks have failed since: due at the least."""
    return Freshness.STALE if stands.freshness is Freshness.STALE else Freshness.DUE


def _captured(publication: Publication, of: Provision) -> str:
    if of.is_silent:
        return ""
    if of.captured_at is None:
        return publication.words.say("provision.capture-not-recorded")
    day = parts.day(publication.words, of.captured_at.date())
    return publication.words.say("provision.captured-on", day=day)


def notices(publication: Publication, of: Provision) -> Iterator[Notice]:
    """Yield what a reader must know of the wording before the title: former, changing, not to be seen."""
    if of.is_silent or not of.counts:
        return
    stands = standing(publication.atlas, of, publication.as_of)
    if stands.confirmed is not None and stands.is_former:
        yield _former(publication, of, stands.confirmed)
    if stands.state is ClauseState.DIFFERS and stands.seen is not None:
        yield _differs(publication, stands, stands.seen)
    if stands.state is ClauseState.NEVER_OBSERVED and stands.seen is not None:
        heading = publication.words.say("stability.not-in-document")
        yield Notice(heading, publication.words.markup("stability.needs-person"))
    if stands.state is ClauseState.SCATTERED:
        heading = publication.words.say("stability.scattered")
        yield Notice(heading, publication.words.markup("stability.scattered-means"))
    if stands.trouble is not None:
        yield _trouble(publication, stands)


def _former(publication: Publication, of: Provision, confirmed: ClauseSeen) -> Notice:
    say = publication.words.say
    heading = say(
        "stability.former",
        state=parts.label(publication.words, confirmed.state),
        day=_since(publication, of, confirmed),
    )
    means = publication.words.markup("stability.former-means")
    return Notice(heading, means, changed=True)


def _differs(publication: Publication, stands: Standing, seen: ClauseSeen) -> Notice:
    say, markup = publication.words.say, publication.words.markup
    day = parts.day(publication.words, seen.first_seen_at.date())
    what = "returned" if seen.state.is_found else "differs"
    told = (
        markup("stability.agreeing", n=stands.agreeing),
        markup("stability.needed", n=stands.needed),
    )
    if stands.last_good is not None and stands.freshness is not Freshness.VERIFIED:
        heading = say(f"stability.{what}-late", day=day)
        last = parts.day(publication.words, stands.last_good.date())
        told = told[0], markup(late_key(stands), day=last)
    else:
        heading = say(f"stability.{what}", day=day)
    return Notice(heading, markup("stability.sentences", first=told[0], then=told[1]), changed=True)


def late_key(stands: Standing) -> str:
    """Return the key of the sentence that there was no look since a day, or none that was good."""
    return "stability.no-look-since" if stands.trouble is None else "stability.none-good-since"


def _trouble(publication: Publication, stands: Standing) -> Notice:
    words, trouble = publication.words, stands.trouble
    if trouble is None:
        raise LookupError("a document without trouble has none to tell")
    key = trouble.reason.value
    good = (
        words.markup("stability.last-good", day=parts.day(words, stands.last_good.date()))
        if stands.last_good
        else words.markup("stability.no-good-look")
    )
    next_step = (
        words.markup("stability.needs-person")
        if stands.needs_person
        else words.markup(f"failure.{key}.next")
    )
    heading = words.say(
        "stability.trouble",
        what=words.say(f"failure.{key}.label"),
        day=parts.day(words, trouble.since.date()),
    )
    told = words.markup("stability.sentences", first=good, then=next_step)
    # The detail is a sentence of the program's, in the language in which the ledger is kept.
    detail = publication.written(trouble.detail)
    return Notice(heading, words.markup("stability.sentences", first=detail, then=told))


def seen(publication: Publication, of: Provision) -> Seen | None:
    """Return the words that stand where the quotation stood, or None where it was found or never looked for."""
    stands = standing(publication.atlas, of, publication.as_of)
    now = stands.seen
    if now is None or stands.confirmed is None or not now.state.is_former:
        return None
    words = publication.words
    return Seen(
        heading=words.say("stability.now"),
        sentence=_told(publication, now),
        difference=compared(of.clause or "", now.wording.text) if now.wording else (),
        wording=now.wording.text if now.wording else "",
        lookalike=now.lookalike.text if now.lookalike else "",
        language=publication.atlas.documents[of.platform, of.document].language,
    )


def _told(publication: Publication, now: ClauseSeen) -> str:
    words = publication.words
    label = parts.label(words, now.state)
    if now.state is ClauseState.REMOVED:
        return words.say("stability.nothing-there")
    if now.score is None or now.wording is None:
        return words.say("stability.state-only", state=label)
    return words.say("stability.state-score", state=label, score=parts.likeness(words, now.score))


def _since(publication: Publication, of: Provision, confirmed: ClauseSeen) -> str:
    found = [
        c for c in changes(publication.atlas, of, publication.as_of) if c.state is confirmed.state
    ]
    at = found[-1].seen_at if found else confirmed.first_seen_at
    return parts.day(publication.words, at.date())


def compared(before: str, after: str) -> tuple[Part, ...]:
    """Return what changed between two wordings, word by word; where lines break is no change."""
    return word_diff(" ".join(before.split()), " ".join(after.split()))
