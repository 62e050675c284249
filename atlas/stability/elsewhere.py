"""What archives of others recorded of the same words, drawn and counted apart from our own looks.

Core. Such an archive stores changes only: between two of its entries it saw nothing new, which is
said as "no change recorded by NAME" and never as a look of ours.
"""

from dataclasses import dataclass
from datetime import date, datetime

from atlas.canonical import clause_sha256
from atlas.model import ArchiveSpan, Atlas, Document, ImportedObservation, Provision
from atlas.stability.line import Cell, Cells, bounds_of, measured
from atlas.stability.looks import sightings


@dataclass(frozen=True, slots=True)
class SpanChange:
    """The archive recorded other words for the clause than before."""

    at: datetime
    before: str
    """Hash in form clause-v1; empty: the clause was not found."""
    after: str
    address: str
    """Where the archive holds the version."""
    commit: str
    text_sha256: str


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What one archive recorded of a clause in one document."""

    held_by: str
    """Key of the archive: `open-terms-archive`."""
    document: Document
    """The edition that it fetched; the record's own one, or another."""
    first: date
    last: date
    """The day up to which its history was read."""
    versions: int
    """Versions of the document that it recorded."""
    had_these_words: bool
    """Whether its first entry holds the very words of our quotation."""
    start: ImportedObservation
    """The first entry."""
    changes: tuple[SpanChange, ...]


def elsewhere(atlas: Atlas, provision: Provision, as_of: date) -> tuple[Elsewhere, ...]:
    """Return what archives of others recorded of a record's clause in its own document."""
    document = atlas.documents.get((provision.platform, provision.document))
    return _recorded(atlas, provision, (document,) if document else (), as_of)


def other_editions(atlas: Atlas, provision: Provision, as_of: date) -> tuple[Elsewhere, ...]:
    """Return what archives recorded of the same words in other editions; never the record's own state."""
    document = atlas.documents.get((provision.platform, provision.document))
    if document is None:
        return ()
    return _recorded(atlas, provision, editions_of(atlas, document), as_of)


def editions_of(atlas: Atlas, document: Document) -> tuple[Document, ...]:
    """Return the other editions of a document: the one that it is an edition of, and that one's others."""
    root = document.edition_of or document.id
    return tuple(
        d
        for d in atlas.documents_of.get(document.platform, ())
        if d.id and d.id != document.id and root in {d.id, d.edition_of}
    )


def same_words(atlas: Atlas, provision: Provision) -> tuple[Provision, ...]:
    """Return the records of other editions that quote the very same words, and that somebody looked for."""
    document = atlas.documents.get((provision.platform, provision.document))
    if document is None or provision.clause is None:
        return ()
    sought = clause_sha256(provision.clause)
    return tuple(
        p
        for edition in editions_of(atlas, document)
        for p in atlas.by_document.get(edition.key, ())
        if p.clause and clause_sha256(p.clause) == sought and sightings(atlas, p)
    )


def span_cells(of: Elsewhere) -> Cells:
    """Return the line of what an archive recorded: same from one entry to the next, nothing outside of its time."""
    unit, bounds = bounds_of(of.first, of.last)
    turned = {c.at.date() for c in of.changes}
    gone = next((c.at.date() for c in of.changes), None)

    def says(first: date, last: date) -> Cell:
        if any(first <= day <= last for day in turned):
            return Cell.CHANGED
        if last < of.first or (gone and first > gone) or not of.had_these_words:
            return Cell.NOTHING
        return Cell.SAME

    return measured(unit, bounds, tuple(says(*b) for b in bounds), of.first)


def _recorded(
    atlas: Atlas, provision: Provision, documents: tuple[Document, ...], as_of: date
) -> tuple[Elsewhere, ...]:
    found = (
        _of_span(span, document, provision, as_of)
        for document in documents
        for span in atlas.evidence.spans.get(document.id or "", ())
    )
    return tuple(e for e in found if e)


def _of_span(
    span: ArchiveSpan, document: Document, provision: Provision, as_of: date
) -> Elsewhere | None:
    entries = sorted(
        (
            o
            for o in span.observations
            if provision.id in o.clauses and o.observed_at.date() <= as_of
        ),
        key=lambda o: o.observed_at,
    )
    if provision.id is None or not entries:
        return None
    first, stood, found = entries[0], entries[0].clauses[provision.id], []
    for entry in entries[1:]:
        now = entry.clauses[provision.id]
        if now != stood and not entry.technical:
            found.append(
                SpanChange(
                    entry.observed_at, stood, now, entry.address, entry.commit, entry.text_sha256
                )
            )
        stood = now
    start = min(first.observed_at.date(), as_of)
    return Elsewhere(
        held_by=span.held_by,
        document=document,
        first=start,
        last=max(start, min(span.last_at.date(), as_of)),
        versions=span.versions,
        had_these_words=first.clauses[provision.id] == clause_sha256(provision.clause or ""),
        start=first,
        changes=tuple(found),
    )
