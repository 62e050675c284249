"""The evidence of a provision: every hash with its method, what later looks made of it, what is held, how to check it.

Core. `Verified` is said with the look that verified, and what nobody can reproduce is said to be so,
with the reason.
"""

from dataclasses import dataclass

from atlas import urls
from atlas.canonical import CLAUSE_FORM, clause_sha256
from atlas.model import (
    Archived,
    ClauseState,
    History,
    Provision,
    Stamp,
    TextSighting,
)
from atlas.pages import parts
from atlas.pages.editions import archive_name
from atlas.pages.parts import Fact
from atlas.publication import Publication
from atlas.stability import elsewhere, history, sightings, standing

_GROUP = 8


@dataclass(frozen=True, slots=True)
class Hash:
    """A SHA-256, what it is of, what the latest look made of it, and what it proves."""

    of: str
    note: str
    groups: tuple[str, ...]
    """Its 64 digits, eight by eight."""
    latest: str
    """Same or different since, by the latest look and its run; nothing where there was none."""
    proves: str


@dataclass(frozen=True, slots=True)
class Check:
    """How a stranger checks the quotation's hash."""

    command: str
    evidence: str | None
    """Link to all evidence of the document; None where there is none."""


def hashes(publication: Publication, of: Provision) -> tuple[Hash, ...]:
    """Return every hash that the record has, each with its method; none of words that are withheld."""
    if of.withheld:
        return ()
    say, known = publication.words.say, history(publication.atlas, of)
    found = []
    if of.clause:
        found.append(
            Hash(
                say("provision.hash-of-quotation"),
                CLAUSE_FORM,
                _groups(clause_sha256(of.clause)),
                _latest(publication, of),
                say("provision.hash-proves-quotation"),
            )
        )
    text = _holding(publication, of, known) or _text(publication, known)
    if text is not None and not of.is_silent:
        found.append(
            Hash(
                say("evidence.text"),
                text.seen.text.form,
                _groups(text.seen.text.sha256),
                say("evidence.first-seen", day=_day(publication, text.stamp), run=text.stamp.run),
                say("evidence.text-proves"),
            )
        )
    if of.recorded_hash:
        found.append(
            Hash(
                say("provision.hash-of-unknown"),
                say("provision.hash-recorded"),
                _groups(of.recorded_hash.removeprefix("sha256:")),
                say("evidence.not-reproducible"),
                say("provision.hash-proves-nothing"),
            )
        )
    return tuple(found)


def held(publication: Publication, of: Provision) -> tuple[Fact, ...]:
    """Return where the text is held, whether its hash was verified, and whether there is an archived copy.

    Nobody is led to words that are withheld.
    """
    known = history(publication.atlas, of)
    if of.is_silent or of.withheld or known is None:
        return ()
    say = publication.words.say
    latest, holding = _text(publication, known), _holding(publication, of, known)
    verified = (
        say("evidence.none-holds")
        if latest is not None and holding is None
        else _verified(publication, holding)
    )
    return (
        Fact(say("evidence.snapshot"), _snapshot(publication, of, holding or latest)),
        Fact(say("evidence.verified"), verified),
        _archived(publication, known),
    )


def check(publication: Publication, of: Provision) -> Check | None:
    """Return the one command that recomputes the quotation's hash, or None where nothing is quoted."""
    if of.clause is None:
        return None
    record = publication.absolute(urls.provision(of, "record.json"))
    document = publication.atlas.documents[of.platform, of.document]
    evidence = publication.atlas.evidence
    is_known = document.id in evidence.histories or document.id in evidence.spans
    return Check(
        command=f"curl -s {record} | jq -j .clause | ./run fingerprint --form {CLAUSE_FORM} -",
        evidence=publication.href(urls.document(document, "evidence.json")) if is_known else None,
    )


def _latest(publication: Publication, of: Provision) -> str:
    """Return what the latest good look made of the quotation."""
    say, atlas = publication.words.say, publication.atlas
    stands = standing(atlas, of, publication.as_of)
    lines = sightings(atlas, of, publication.as_of)
    known = history(atlas, of)
    if stands.last_good is None or not lines or known is None:
        return ""
    look = next(look for look in known.looks if look.at == stands.last_good)
    key = _SAME_OR_NOT.get(stands.state, "evidence.different")
    return say(key, day=parts.day(publication.words, stands.last_good.date()), run=look.run)


_SAME_OR_NOT = {
    ClauseState.INTACT: "evidence.same",
    ClauseState.MOVED: "evidence.same",
    ClauseState.TYPOGRAPHY: "evidence.same-letters",
    ClauseState.SCATTERED: "evidence.scattered",
}


def _text(publication: Publication, known: History | None) -> TextSighting | None:
    """Return the document's text as the last good look found it."""
    texts = known.texts if known else ()
    seen = [t for t in texts if t.stamp.observed_at.date() <= publication.as_of]
    return max(seen, key=lambda t: t.stamp.observed_at, default=None)


def _holding(publication: Publication, of: Provision, known: History | None) -> TextSighting | None:
    """Return the document's text in which the clause was last found, or None where no look found it."""
    last = standing(publication.atlas, of, publication.as_of).last_seen
    texts = known.texts if known and last else ()
    held = [t for t in texts if last and t.stamp.observed_at <= last]
    return max(held, key=lambda t: t.stamp.observed_at, default=None)


def _snapshot(publication: Publication, of: Provision, text: TextSighting | None) -> str:
    say = publication.words.say
    if text is not None and text.seen.text.sha256 in publication.atlas.evidence.texts:
        return say("evidence.stored-here", form=text.seen.text.form)
    others = elsewhere(publication.atlas, of, publication.as_of)
    if others:
        return say("evidence.stored-elsewhere", name=archive_name(publication, others[0].held_by))
    return say("evidence.not-stored")


def _verified(publication: Publication, text: TextSighting | None) -> str:
    say = publication.words.say
    if text is None or text.seen.text.sha256 not in publication.atlas.evidence.texts:
        return say("evidence.no-bytes")
    return say("evidence.recomputed", day=_day(publication, text.stamp), run=text.stamp.run)


def _archived(publication: Publication, known: History) -> Fact:
    say = publication.words.say
    label = say("evidence.archived")
    asked = [
        entry for stamp, entry in known.archived if stamp.observed_at.date() <= publication.as_of
    ]
    copies = [entry for entry in asked if entry.address]
    if not copies:
        reason = asked[-1].reason if asked else ""
        if reason:
            told = publication.words.markup(
                "evidence.not-archived-because", reason=publication.written(reason)
            )
            return Fact(label, told)
        return Fact(label, say("evidence.not-archived"))
    return _copy(publication, label, copies[-1])


def _copy(publication: Publication, label: str, copy: Archived) -> Fact:
    say = publication.words.say
    key = {True: "evidence.in-copy", False: "evidence.not-in-copy", None: "evidence.not-read-back"}
    day = parts.day(publication.words, copy.captured_at.date()) if copy.captured_at else "?"
    return Fact(label, say(key[copy.clause_in_memento], day=day), copy.address)


def _day(publication: Publication, of: Stamp) -> str:
    return parts.day(publication.words, of.observed_at.date())


def _groups(digits: str) -> tuple[str, ...]:
    return tuple(digits[start : start + _GROUP] for start in range(0, len(digits), _GROUP))
