"""The stability of a provision's clause: the panel with every figure's list, and what is said where there is none.

Core. A number stands here with what it counts, or not at all; the line itself is `pages.line`.
"""

from dataclasses import dataclass

from atlas import urls
from atlas.model import Freshness, Provision
from atlas.pages import parts
from atlas.pages.parts import Fact
from atlas.pages.plan import Link
from atlas.pages.standing import Expiring, compared, late_key
from atlas.publication import Publication
from atlas.stability import (
    Change,
    DocumentChange,
    Gap,
    Monitoring,
    Standing,
    announced,
    changes,
    document_changes,
    history,
    is_stable,
    monitoring,
    recent,
    sightings,
    standing,
    technical_changes,
)
from atlas.word_diff import Part
from atlas.words import Words

_DIFFERENCES = 2
"""So many latest changes are shown word by word; those before by their day and hash."""
_TWO = 2
"""Fewer good looks than this have nothing to be compared with."""
_DAYS = 8
"""So many latest changes of the document are listed; the document's page has all."""


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """A change of the clause."""

    label: str
    """What became of the words, with the day on which that was first seen."""
    told: str
    difference: tuple[Part, ...]
    """Word by word; empty where one wording is not held as text, or where it stands above already."""


@dataclass(frozen=True, slots=True)
class Panel:
    """Every figure about the clause over time, each with its list."""

    facts: tuple[Fact, ...]
    verdict: Expiring
    """`Stable` with its time, or what was seen in how much time."""
    changes: tuple[ChangeRow, ...]
    """Newest first."""
    language: str
    """Of the wordings."""
    documents: tuple[str, ...]
    """Days on which the document's text was new, newest first."""
    documents_title: str
    all_documents: Link
    announced: tuple[str, ...]
    """What the document says of its date, against when its text was seen to change."""


def recently(publication: Publication, of: Provision) -> str:
    """Return how many changes there were lately, with the days between which somebody looked; else nothing."""
    found = recent(publication.atlas, [of], publication.as_of)
    stands = standing(publication.atlas, of, publication.as_of)
    if found is None or stands.last_good is None:
        return ""
    words = publication.words
    told = words.say(
        "stability.recent",
        clauses=words.say("stability.clause-changes", n=len(found.clauses)),
        documents=words.say("stability.document-changes", n=len(found.documents)),
        first=parts.day(words, found.first),
        last=parts.day(words, found.last),
    )
    if not stands.needed:
        return told
    is_late = stands.freshness is not Freshness.VERIFIED
    return words.say(
        "stability.recent-unconfirmed" if is_late else "stability.recent-pending", told=told
    )


def unobserved(publication: Publication, of: Provision) -> str:
    """Return why nothing is known of the clause over time, where no look found it."""
    words, known = publication.words, history(publication.atlas, of)
    looks = [look for look in known.looks if look.at.date() <= publication.as_of] if known else []
    if not looks:
        told = words.say("stability.no-looks")
    elif all(look.failure for look in looks):
        told = words.say("stability.all-failed", n=len(looks))
    elif sightings(publication.atlas, of, publication.as_of):
        told = words.say("stability.in-vain")
    else:
        told = words.say("stability.not-looked-for")
    return words.say("stability.sentences", first=told, then=words.say("stability.unknown"))


def panel(publication: Publication, of: Provision) -> Panel | None:
    """Return the figures about the clause over time, or None where no look was good."""
    atlas, as_of, words = publication.atlas, publication.as_of, publication.words
    watched, known = monitoring(atlas, of, as_of), history(atlas, of)
    if watched is None or known is None:
        return None
    found, texts = changes(atlas, of, as_of), document_changes(known, as_of)
    document = atlas.documents[of.platform, of.document]
    return Panel(
        facts=_facts(publication, of, watched),
        verdict=_verdict(publication, of, watched, found),
        changes=tuple(
            _change(publication, of, change, is_last=number == 0, in_full=number < _DIFFERENCES)
            for number, change in enumerate(reversed(found))
        ),
        language=document.language,
        documents=tuple(parts.day(words, t.seen_at.date()) for t in reversed(texts[-_DAYS:])),
        documents_title=_documents_title(
            words, texts, technical_changes(known, as_of), watched.good
        ),
        all_documents=Link(
            words.say("stability.all-documents"), publication.href(urls.document(document))
        ),
        announced=tuple(
            words.say(
                "stability.unannounced",
                day=parts.day(words, a.observed),
                before=parts.day(words, a.looked_before),
                stated=parts.day(words, a.stated),
            )
            if a.is_unannounced
            else words.say(
                "stability.announced",
                day=parts.day(words, a.observed),
                before=parts.day(words, a.looked_before),
                stated=parts.day(words, a.stated),
            )
            for a in announced(known, as_of)
            if a.stated
        )[-_DIFFERENCES:],
    )


def _facts(publication: Publication, of: Provision, watched: Monitoring) -> tuple[Fact, ...]:
    words, say = publication.words, publication.words.say
    stands = standing(publication.atlas, of, publication.as_of)
    first, last = stands.first_seen, stands.last_seen
    return (
        Fact(
            say("stability.first-seen"),
            parts.day(words, first.date()) if first else say("stability.never"),
        ),
        Fact(
            say("stability.last-seen"),
            parts.day(words, last.date()) if last else say("stability.never"),
        ),
        Fact(say("stability.monitored"), _time(words, watched)),
        *(Fact(say("stability.gaps"), _gap(words, gap)) for gap in watched.gaps),
        Fact(
            say("stability.looks"),
            say("stability.good-looks", good=watched.good, n=watched.looks),
        ),
    )


def _time(words: Words, watched: Monitoring) -> str:
    days = words.say("stability.days", n=watched.days)
    if not watched.months:
        return days
    return words.say(
        "stability.months-and-days",
        months=words.say("stability.months", n=watched.months),
        days=days,
    )


def _verdict(
    publication: Publication, of: Provision, watched: Monitoring, found: tuple[Change, ...]
) -> Expiring:
    words = publication.words
    stands = standing(publication.atlas, of, publication.as_of)
    first, last = parts.day(words, watched.first), parts.day(words, watched.last)
    told = words.say("stability.changes-between", n=len(found), first=first, last=last)
    if stands.needed and stands.seen is not None:
        since = parts.day(words, stands.seen.first_seen_at.date())
        return _pending(words, stands, since, told if found else "")
    if found:
        return Expiring(told)
    seen = parts.day(words, stands.last_seen.date() if stands.last_seen else watched.first)
    no_change = words.say("stability.no-change", first=first, last=seen)
    if stands.good_until is None or not is_stable(publication.atlas, of, publication.as_of):
        return Expiring(no_change)
    stable = words.say("stability.stable", time=_time(words, watched), last=last)
    return Expiring(stable, until=stands.good_until.isoformat(), late=no_change)


def _pending(words: Words, stands: Standing, since: str, told: str) -> Expiring:
    """Return that a change was seen, and whether it is still being confirmed; after what was confirmed before."""
    if stands.last_good is None or stands.good_until is None:
        raise LookupError("a change that is being confirmed was seen by a good look")

    def after(sentence: str) -> str:
        return words.say("stability.sentences", first=told, then=sentence) if told else sentence

    confirming = after(words.say("stability.confirming", day=since))
    last = parts.day(words, stands.last_good.date())
    unconfirmed = words.say("stability.unconfirmed", day=since)
    no_look = words.say(late_key(stands), day=last)
    late = after(words.say("stability.sentences", first=unconfirmed, then=no_look))
    if stands.freshness is not Freshness.VERIFIED:
        return Expiring(late)
    return Expiring(confirming, until=stands.good_until.isoformat(), late=late)


def _change(
    publication: Publication, of: Provision, change: Change, *, is_last: bool, in_full: bool
) -> ChangeRow:
    words = publication.words
    confirmed = parts.day(words, change.confirmed_at.date())
    looks = words.say("stability.agreed", n=change.looks, day=confirmed)
    if change.score is not None:
        score = words.say("stability.score", score=parts.likeness(words, change.score))
        looks = words.say("stability.sentences", first=score, then=looks)
    # Of a former quotation the last change stands above, in the place where the words were.
    is_above = is_last and standing(publication.atlas, of, publication.as_of).state.is_former
    before = change.before.text if change.before else ""
    after = change.after.text if change.after else ""
    is_held = bool(before or change.before is None) and bool(after or change.after is None)
    if not is_held:
        looks = words.say("stability.sentences", first=looks, then=words.say("stability.hash-only"))
    is_back = change.state.is_found
    what = words.say("stability.back") if is_back else parts.label(words, change.state)
    return ChangeRow(
        label=words.say("stability.change", what=what, day=parts.day(words, change.seen_at.date())),
        told=looks,
        difference=compared(before, after) if in_full and is_held and not is_above else (),
    )


def _gap(words: Words, gap: Gap) -> str:
    since = parts.day(words, gap.since)
    if gap.until is None:
        return words.say("stability.gap-open", since=since)
    return words.say("stability.gap", since=since, until=parts.day(words, gap.until))


def _documents_title(
    words: Words,
    texts: tuple[DocumentChange, ...],
    technical: tuple[DocumentChange, ...],
    good: int,
) -> str:
    """Return how often the text changed, as far as good looks say; nothing where there was only one."""
    if not texts and technical:
        return words.say("stability.only-technical", n=len(technical))
    if not texts and good < _TWO:
        return ""
    if not texts:
        return words.say("stability.same-text" if good > _TWO else "stability.same-twice", n=good)
    title = words.say("stability.texts", n=len(texts))
    if not technical:
        return title
    return words.say("stability.with-technical", changes=title, n=len(technical))
