"""The pieces that page types share: dates in words, grades, quotations, rows of records.

Core. Each piece is a frozen view and the one function that makes it, so that a fact reads the same
on every page.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from markupsafe import Markup

from atlas import counting, jurisdictions, urls
from atlas.model import Provision, Severity
from atlas.pages.plan import Link
from atlas.publication import Publication
from atlas.stability import is_former, standing
from atlas.words import Words

_OMISSION = re.compile(r"(\[\.\.\.\]|\[…\])")


@dataclass(frozen=True, slots=True)
class Grade:
    """A severity as people see it: glyph (so many filled bars of four), word and colour."""

    key: str
    word: str
    bars: int
    href: str
    gone: str = ""
    """What became of a record that no longer counts, in a word; its grade is drawn without a colour."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A label and its value."""

    label: str
    value: str | Markup
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a quotation: the platform's words, or our mark for words left out."""

    text: str
    omission: bool = False


@dataclass(frozen=True, slots=True)
class Quotation:
    """The platform's words, paragraph by paragraph, in their own language."""

    paragraphs: tuple[tuple[Segment, ...], ...]
    language: str
    platform: str
    """The platform's name in the possessive: `Anthropic’s`."""


@dataclass(frozen=True, slots=True)
class Row:
    """One record in a list."""

    claim: Link
    title: str
    id: str | None
    grade: Grade | None
    """None when the record says that the documents are silent."""
    platform: Link
    document: Link
    clause_type: Link
    stance: Markup
    draft: bool
    state: str
    """Key of the state: `active`, `disputed`, `superseded`, `withdrawn`."""
    former: bool
    """Whether the quotation is no longer the platform's words."""
    stands: str
    """Whether the words still stand, as a key of `wording`; nothing when silent, and in an atlas without looks."""
    stands_until: str
    """When they were seen and until when that holds; nothing where they were not found, or not lately."""


def row(publication: Publication, of: Provision) -> Row:
    """Return a record as a row of a list."""
    atlas, href = publication.atlas, publication.href
    document = atlas.documents[of.platform, of.document]
    shelf = atlas.clause_types[of.clause_type]
    stands = counting.stands(atlas, of, publication.as_of)
    return Row(
        claim=Link(of.claim, href(urls.provision(of))),
        title=of.title,
        id=of.id,
        grade=grade_of(publication, of),
        platform=Link(atlas.platforms[of.platform].name, href(urls.platform(of.platform))),
        document=Link(document.title, href(urls.document(document)), written=True),
        clause_type=Link(shelf.name, href(urls.clause_type(shelf.key))),
        stance=stance(publication, of),
        draft=of.is_draft,
        state=of.state.value,
        former=is_former(atlas, of),
        stands=stands or "",
        stands_until=_until(publication, of) if stands is counting.Stands.VERIFIED else "",
    )


def _until(publication: Publication, of: Provision) -> str:
    words = publication.words
    looked = standing(publication.atlas, of, publication.as_of)
    if looked.last_good is None or looked.good_until is None:
        raise LookupError("a clause that nobody has seen is not verified")
    last, until = day(words, looked.last_good.date()), day(words, looked.good_until)
    return words.say("looks.seen-until", day=last, until=until)


def rows(publication: Publication, of: Iterable[Provision]) -> tuple[Row, ...]:
    """Return records as rows, most severe first; within a grade in the order given."""
    ranked = sorted(of, key=lambda p: -rank(publication.atlas.severity(p)))
    return tuple(row(publication, p) for p in ranked)


def rank(severity: Severity | None) -> int:
    """Return a severity's rank, below all others for a silent record."""
    return -1 if severity is None else severity.rank


def grade(publication: Publication, severity: Severity | None) -> Grade | None:
    """Return a severity as people see it."""
    if severity is None:
        return None
    word = label(publication.words, severity)
    return Grade(severity.value, word, severity.rank, publication.href(urls.severity(severity)))


def grade_of(publication: Publication, of: Provision) -> Grade | None:
    """Return a record's severity as people see it, with what became of the record where it no longer counts."""
    found = grade(publication, publication.atlas.severity(of))
    return marked(publication, of, found) if found else None


def marked(publication: Publication, of: Provision, found: Grade) -> Grade:
    """Return a grade that a record has or had, with what became of the record where it no longer counts."""
    return found if of.counts else replace(found, gone=label(publication.words, of.state))


def stance(publication: Publication, of: Provision) -> Markup:
    """Return the name of a record's stance as HTML."""
    taken = publication.atlas.stance(of)
    words = publication.words
    return publication.written(taken.name) if taken else words.markup("stance.not-addressed")


def stance_name(publication: Publication, of: Provision) -> str:
    """Return the name of a record's stance as plain text."""
    taken = publication.atlas.stance(of)
    return taken.name if taken else publication.words.say("stance.not-addressed")


def quotation(publication: Publication, of: Provision) -> Quotation | None:
    """Return a record's quotation, or None when it is silent or its words are withheld."""
    if of.clause is None or of.withheld:
        return None
    return Quotation(
        paragraphs=paragraphs(of.clause),
        language=publication.atlas.documents[of.platform, of.document].language,
        platform=possessive(publication.words, publication.atlas.platforms[of.platform].name),
    )


def paragraphs(clause: str) -> tuple[tuple[Segment, ...], ...]:
    """Return a quotation's paragraphs: a blank line parts them, a line break inside one does not."""
    return tuple(
        tuple(
            Segment(part, omission=bool(_OMISSION.fullmatch(part)))
            for part in _OMISSION.split(" ".join(block.split()))
            if part
        )
        for block in re.split(r"\n[ \t]*\n", clause.strip())
    )


def possessive(words: Words, name: str) -> str:
    """Return a name in the possessive, as the language of the interface forms it."""
    return words.say(
        "grammar.possessive-s" if name[-1:] in "sS" else "grammar.possessive", name=name
    )


def label(words: Words, member: StrEnum) -> str:
    """Return the word for a member of one of the closed lists."""
    return words.say(f"{vocabulary_name(type(member))}.{member.value}.label")


def vocabulary_name(vocabulary: type[StrEnum]) -> str:
    """Return the name under which a closed list has its words: `regulation-status`."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "-", vocabulary.__name__).lower()


def place(words: Words, code: str) -> str:
    """Return what a jurisdiction is called, from its code; the ISO lists have no translations of `EU`."""
    return (
        words.say("jurisdiction.eu") if code == "EU" else jurisdictions.name(code, words.language)
    )


def day(words: Words, when: date) -> str:
    """Return a day in words: `9 May 2026`."""
    return words.say(
        "date.day", day=when.day, month=words.say(f"date.month.{when.month}"), year=when.year
    )


def likeness(words: Words, score: float) -> str:
    """Return how alike two wordings are, from 0 to 1, as the language writes it: `0.89`."""
    return f"{score:.2f}".replace(".", words.say("grammar.decimal"))


def instant(words: Words, when: datetime) -> str:
    """Return a moment in words, in UTC: `9 May 2026, 14:35 UTC`."""
    return words.say("date.instant", day=day(words, when.date()), time=f"{when:%H:%M}")
