"""What looks at a document found: the last one with its expiry, what is in the way, and every change with its day.

Core. A platform's page and the first page list the same rows, so that no two pages tell a change in
two ways. Where nobody has looked there is nothing to show.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from atlas import counting, stability, urls
from atlas.model import ClauseState, Document, Freshness, Provision
from atlas.pages import parts
from atlas.pages.editions import archive_name
from atlas.pages.neatline import Neatline, neatline
from atlas.pages.plan import Link
from atlas.publication import Publication
from atlas.stability import Change, DocumentChange, DocumentStanding

_HOLDS = {
    Freshness.VERIFIED: "looks.good-until",
    Freshness.DUE: "looks.was-good-until",
    Freshness.STALE: "looks.no-more",
    Freshness.NEVER: "looks.no-more",
}
"""Words for the age of the last good look; none calls a document current without the day until which it is."""


_COMPARED = 2
"""Good looks at a document without which nothing can be said to have changed, or not to have."""


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why looks find nothing, and what happens next."""

    what: str
    """With the day since when, where looks fail."""
    detail: Markup
    """What happened, with figures; nothing where nobody can look."""
    next: str


@dataclass(frozen=True, slots=True)
class HeldElsewhere:
    """What an archive of others recorded of the document."""

    told: str
    address: str
    """Where it holds the first version."""


@dataclass(frozen=True, slots=True)
class Looks:
    """What looks at one document found."""

    status: str
    """When the last good look was and until when that holds, in a sentence; nothing where nobody can look."""
    count: str
    """How many looks there were and how many were good; nothing where there was none."""
    obstacle: Obstacle | None
    line: Neatline | None
    """None: no look was good."""
    pending: str
    """How many of its clauses were seen changed and are being confirmed; nothing where none was."""
    elsewhere: tuple[HeldElsewhere, ...]
    """What archives of others recorded, apart from our looks."""


@dataclass(frozen=True, slots=True)
class LastLook:
    """The last good look in a list of documents."""

    day: str
    """Nothing: no look was good."""
    word: str
    """Until when that holds, or why nobody can look, or what is in the way."""


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One change in a list of changes."""

    day: str
    iso: str
    what: str
    """What became of the words."""
    row: parts.Row | None
    """The record whose clause changed; None: the text of the document changed."""
    document: Link


@dataclass(frozen=True, slots=True)
class Summary:
    """How much changed lately, and between which days somebody looked."""

    clauses: str
    documents: str
    first: str
    last: str


def looks(publication: Publication, of: Document) -> Looks | None:
    """Return what looks at a document found, or None where nobody has looked, and there is none at any other."""
    atlas, as_of = publication.atlas, publication.as_of
    if not atlas.evidence.histories and not stability.has_evidence(atlas, of):
        return None
    standing = stability.document_standing(atlas, of, as_of)
    cells = stability.document_cells(atlas, of, as_of)
    has_looks = standing.looks > 0
    return Looks(
        status=_status(publication, standing) if has_looks or not standing.unwatched else "",
        count=publication.words.say("looks.count", n=standing.looks, good=standing.good)
        if has_looks
        else "",
        obstacle=_obstacle(publication, standing),
        line=neatline(publication.words, cells) if cells else None,
        pending=_pending(publication, of),
        elsewhere=tuple(_elsewhere(publication, of)),
    )


def _pending(publication: Publication, of: Document) -> str:
    atlas = publication.atlas
    records = counting.that_count(atlas.by_document.get(of.key, ()))
    n = len(counting.pending(atlas, records, publication.as_of))
    return publication.words.say("looks.pending", n=n) if n else ""


def _elsewhere(publication: Publication, of: Document) -> Iterator[HeldElsewhere]:
    words, as_of = publication.words, publication.as_of
    for span in publication.atlas.evidence.spans.get(of.id or "", ()):
        told = words.say(
            "looks.elsewhere",
            n=span.versions,
            name=archive_name(publication, span.held_by),
            first=parts.day(words, span.first_at.date()),
            last=parts.day(words, min(span.last_at.date(), as_of)),
        )
        yield HeldElsewhere(told, span.observations[0].address)


def last_look(publication: Publication, of: Document) -> LastLook | None:
    """Return the last good look at a document in short, or None in an atlas where nobody has looked at anything."""
    atlas, words = publication.atlas, publication.words
    if not atlas.evidence.histories:
        return None
    standing = stability.document_standing(atlas, of, publication.as_of)
    failing = standing.unwatched or (standing.trouble.reason if standing.trouble else None)
    if failing is not None:
        word = words.say(f"failure.{failing.value}.label")
    elif not standing.looks and (spans := atlas.evidence.spans.get(of.id or "")):
        names = ", ".join(archive_name(publication, span.held_by) for span in spans)
        word = words.say("looks.held-by", name=names)
    elif not standing.looks:
        word = words.say("looks.not-yet")
    elif standing.good_until is None:
        word = words.say("looks.no-more")
    else:
        word = words.say(_HOLDS[standing.freshness], until=parts.day(words, standing.good_until))
    return LastLook(parts.day(words, standing.last_good) if standing.last_good else "", word)


def _status(publication: Publication, standing: DocumentStanding) -> str:
    words = publication.words
    if standing.last_good is None or standing.good_until is None:
        return words.say("looks.never" if standing.looks else "looks.not-yet-means")
    key = {
        Freshness.VERIFIED: "looks.verified",
        Freshness.DUE: "looks.due",
        Freshness.STALE: "looks.stale",
    }[standing.freshness]
    day, until = parts.day(words, standing.last_good), parts.day(words, standing.good_until)
    return words.say(key, day=day, until=until)


def _obstacle(publication: Publication, standing: DocumentStanding) -> Obstacle | None:
    words, trouble = publication.words, standing.trouble
    if standing.unwatched is not None:
        key = f"failure.{standing.unwatched.value}"
        what = words.say("looks.unwatched", what=words.say(f"{key}.label"))
        return Obstacle(what, Markup(), words.say(f"{key}.next"))
    if trouble is None:
        return None
    key = f"failure.{trouble.reason.value}"
    since = parts.day(words, trouble.since.date())
    return Obstacle(
        what=words.say("looks.trouble", what=words.say(f"{key}.label"), day=since),
        detail=publication.written(trouble.detail),
        next=words.say("looks.person" if standing.needs_person else f"{key}.next"),
    )


def summary(publication: Publication, records: Iterable[Provision]) -> Summary | None:
    """Return how much changed lately of some records and their documents.

    None where no two looks at one of the documents were good: what was seen once is compared with nothing.
    """
    atlas, as_of, given = publication.atlas, publication.as_of, tuple(records)
    found = stability.recent(atlas, given, as_of)
    documents = (atlas.documents[key] for key in counting.documents(given))
    if found is None or all(
        stability.document_standing(atlas, of, as_of).good < _COMPARED for of in documents
    ):
        return None
    words = publication.words
    return Summary(
        clauses=words.say("looks.clause-changes", n=len(found.clauses)),
        documents=words.say("looks.document-changes", n=len(found.documents)),
        first=parts.day(words, found.first),
        last=parts.day(words, found.last),
    )


def change_rows(publication: Publication, of: Iterable[Document]) -> tuple[ChangeRow, ...]:
    """Return every confirmed change of some documents and of their clauses, newest first."""
    documents, atlas, as_of = tuple(of), publication.atlas, publication.as_of
    texts = (
        change
        for document in documents
        for change in stability.document_standing(atlas, document, as_of).changes
    )
    told = [
        *((c.seen_at, _clause(publication, c)) for c in clauses(publication, documents)),
        *((c.seen_at, text_row(publication, c)) for c in texts),
    ]
    return tuple(row for _, row in sorted(told, key=lambda pair: pair[0], reverse=True))


def clauses(publication: Publication, of: Iterable[Document]) -> tuple[Change, ...]:
    """Return the confirmed changes of the clauses of some documents whose records count, oldest first."""
    found = stability.clause_changes(publication.atlas, of, publication.as_of)
    return tuple(c for c in found if publication.atlas.by_id[c.record].counts)


def lately(publication: Publication) -> tuple[ChangeRow, ...]:
    """Return the confirmed changes of clauses that the last weeks of the whole atlas count, newest first."""
    counted = stability.weeks(publication.atlas, publication.as_of)
    if not counted:
        return ()
    found = clauses(publication, publication.atlas.documents.values())
    latest = sorted(found, key=lambda change: change.seen_at, reverse=True)
    return tuple(
        _clause(publication, change)
        for change in latest
        if change.seen_at.date() >= counted[0].first
    )


def _clause(publication: Publication, change: Change) -> ChangeRow:
    row = parts.row(publication, publication.atlas.by_id[change.record])
    what = (
        publication.words.say("looks.back")
        if change.state.is_found
        else parts.label(publication.words, ClauseState(change.state))
    )
    return _row(publication, change.seen_at, what, row.document, row)


def text_row(publication: Publication, change: DocumentChange) -> ChangeRow:
    """Return a text of a document as a row of a list: a new one, or one that came back."""
    document = publication.atlas.document_by_id[change.document]
    came_back = any(
        text.seen.known
        for text in stability.history_of(publication.atlas, document).texts
        if text.stamp.observed_at == change.seen_at
    )
    what = publication.words.say("looks.text-back" if came_back else "looks.new-text")
    link = Link(document.title, publication.href(urls.document(document)))
    return _row(publication, change.seen_at, what, link, None)


def _row(
    publication: Publication, at: datetime, what: str, document: Link, row: parts.Row | None
) -> ChangeRow:
    day = at.date()
    return ChangeRow(parts.day(publication.words, day), day.isoformat(), what, row, document)
