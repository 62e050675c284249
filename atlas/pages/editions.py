"""What archives of others recorded of the quotation, in its own document and in other editions.

Core. It stands apart from our looks, names who holds the text, and says `no change recorded by`.
"""

from dataclasses import dataclass

from atlas import urls
from atlas.canonical import CLAUSE_FORM
from atlas.model import Document, Provision
from atlas.pages import parts
from atlas.pages.neatline import Neatline, neatline
from atlas.pages.plan import Link
from atlas.publication import Publication
from atlas.stability import (
    Elsewhere,
    SpanChange,
    cells,
    elsewhere,
    other_editions,
    same_words,
    span_cells,
    standing,
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One recorded change of the clause: other words, held elsewhere."""

    told: str
    address: str
    """Where the archive holds the version."""
    fingerprint: str
    """Hash of the words found, with its method; nothing where they were not found."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """What one archive recorded of the quotation in one edition."""

    heading: str
    edition: Link
    sentence: str
    start: str
    """Where the archive holds its first version."""
    drawn: Neatline
    changes: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Watched:
    """The same words in another edition, which we look at ourselves."""

    heading: str
    record: Link
    """The record of that edition."""
    sentence: str
    drawn: Neatline


def recorded(publication: Publication, of: Provision) -> tuple[Recorded, ...]:
    """Return what others recorded, of the record's own document first; nothing of words that are withheld."""
    if of.is_silent or of.withheld:
        return ()
    own = elsewhere(publication.atlas, of, publication.as_of)
    others = other_editions(publication.atlas, of, publication.as_of)
    return tuple(_recorded(publication, e, is_own=e in own) for e in (*own, *others))


def watched(publication: Publication, of: Provision) -> tuple[Watched, ...]:
    """Return what our looks at other editions say of the very same words; never this record's own state."""
    return tuple(
        one for p in same_words(publication.atlas, of) if (one := _watched(publication, p))
    )


def _watched(publication: Publication, of: Provision) -> Watched | None:
    atlas, as_of, words = publication.atlas, publication.as_of, publication.words
    stands, looked = standing(atlas, of, as_of), cells(atlas, of, as_of)
    if stands.last_good is None or looked is None:
        return None
    return Watched(
        heading=words.say(
            "stability.edition",
            edition=_edition(publication, atlas.documents[of.platform, of.document]),
        ),
        record=Link(of.claim, publication.href(urls.provision(of)), written=True),
        sentence=words.say(
            "stability.edition-watched",
            state=parts.label(words, stands.state),
            day=parts.day(words, stands.last_good.date()),
        ),
        drawn=neatline(words, looked),
    )


def archive_name(publication: Publication, key: str) -> str:
    """Return what an archive is called, from its key."""
    name = f"archive.{key}"
    if publication.words.has(name):
        return publication.words.say(name)
    return key.replace("-", " ").title()


def _recorded(publication: Publication, of: Elsewhere, *, is_own: bool) -> Recorded:
    words, say = publication.words, publication.words.say
    name = archive_name(publication, of.held_by)
    first, last = parts.day(words, of.first), parts.day(words, of.last)
    if of.changes:
        number = len(of.changes)
        sentence = say("stability.recorded-changes", n=number, name=name, first=first, last=last)
    elif of.had_these_words:
        sentence = say("stability.recorded-none", name=name, first=first, last=last)
    else:
        sentence = say("stability.recorded-other", name=name, first=first, last=last)
    return Recorded(
        heading=say("stability.own-edition")
        if is_own
        else say("stability.edition", edition=_edition(publication, of.document)),
        edition=Link(of.document.title, publication.href(urls.document(of.document)), written=True),
        sentence=sentence,
        start=of.start.address,
        drawn=neatline(words, span_cells(of)),
        changes=tuple(_entry(publication, change, name) for change in of.changes),
    )


def _edition(publication: Publication, document: Document) -> str:
    words = publication.words
    return parts.place(words, document.region) if document.region else document.title


def _entry(publication: Publication, change: SpanChange, name: str) -> Entry:
    key = "stability.recorded-change" if change.after else "stability.recorded-gone"
    day = parts.day(publication.words, change.at.date())
    fingerprint = f"{CLAUSE_FORM}:sha256:{change.after}" if change.after else ""
    return Entry(publication.words.say(key, day=day, name=name), change.address, fingerprint)
