"""Where a document stands: when it was last looked at, what is in the way, and what changed in it.

Core. One without an address or an id cannot be looked at, and says so.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from atlas.model import Atlas, Document, Failure, Freshness, History, Trouble
from atlas.stability.changes import Change, DocumentChange, changes, document_changes
from atlas.stability.line import Cell, Cells, bounds_of, measured
from atlas.stability.standing import PERSON_AFTER, freshness_of, trouble_of

_REMEMBERED = 4096
"""So many standings are remembered: a document is met on its page, its platform's and the first."""


@dataclass(frozen=True, slots=True)
class DocumentStanding:
    """Where a document stands at a day."""

    looks: int
    good: int
    """Those that said something of its words."""
    first_good: date | None
    last_good: date | None
    last_look: datetime | None
    freshness: Freshness
    good_until: date | None
    """Last day on which it counts as verified."""
    trouble: Trouble | None
    """Why looks fail at present; None: the last one was good, or there was none."""
    unwatched: Failure | None
    """Why nobody can look: it has no address, or no id yet."""
    needs_person: bool
    changes: tuple[DocumentChange, ...]
    """Texts that were not seen before, oldest first; technical ones are no change of the document."""
    clause_changes: tuple[Change, ...]
    """Confirmed changes of its clauses, oldest first."""


def document_standing(atlas: Atlas, document: Document, as_of: date) -> DocumentStanding:
    """Return where a document stands at a day."""
    return _standing(atlas, document.key, as_of)


@lru_cache(_REMEMBERED)
def _standing(atlas: Atlas, key: tuple[str, str], as_of: date) -> DocumentStanding:
    document = atlas.documents[key]
    known = history_of(atlas, document)
    looks = sorted(
        (look for look in known.looks if look.at.date() <= as_of), key=lambda look: look.at
    )
    good = [look.at for look in looks if look.failure is None]
    last = good[-1] if good else None
    failing = trouble_of(known, as_of)
    return DocumentStanding(
        looks=len(looks),
        good=len(good),
        first_good=good[0].date() if good else None,
        last_good=last.date() if last else None,
        last_look=looks[-1].at if looks else None,
        freshness=freshness_of(atlas, last, as_of),
        good_until=last.date() + timedelta(days=atlas.site.verified_days) if last else None,
        trouble=failing,
        unwatched=_unwatched(document),
        needs_person=failing is not None and as_of - failing.since.date() >= PERSON_AFTER,
        changes=document_changes(known, as_of),
        clause_changes=clause_changes(atlas, [document], as_of),
    )


def _unwatched(document: Document) -> Failure | None:
    if not document.sources:
        return Failure.NO_ADDRESS
    return None if document.id else Failure.NO_ID


def history_of(atlas: Atlas, document: Document) -> History:
    """Return all looks at a document; an empty history where there were none."""
    return atlas.evidence.histories.get(document.id or "", History(document.id or ""))


def has_evidence(atlas: Atlas, document: Document) -> bool:
    """Return whether anything was seen of a document, by us or by an archive of others."""
    held = atlas.evidence
    return document.id is not None and (document.id in held.histories or document.id in held.spans)


def public_texts(atlas: Atlas) -> tuple[str, ...]:
    """Return the hashes of the texts that we hold and may publish, in order."""
    return tuple(
        sorted(
            {
                found.seen.text.sha256
                for document in atlas.documents.values()
                if document.publish_text
                for found in history_of(atlas, document).texts
                if found.seen.text.sha256 in atlas.evidence.texts
            }
        )
    )


def clause_changes(atlas: Atlas, documents: Iterable[Document], as_of: date) -> tuple[Change, ...]:
    """Return the confirmed changes of the clauses of some documents, oldest first."""
    found = (
        change
        for document in documents
        for provision in atlas.by_document.get(document.key, ())
        for change in changes(atlas, provision, as_of)
    )
    return tuple(sorted(found, key=lambda change: (change.seen_at, change.record)))


def document_cells(
    atlas: Atlas, document: Document, as_of: date, start: date | None = None
) -> Cells | None:
    """Return the line of a document from `start`, else from its first good look; None where none was good.

    A cell is solid where a look was good, and changed where a clause of the document changed.
    """
    standing = document_standing(atlas, document, as_of)
    if standing.first_good is None:
        return None
    first_good = standing.first_good
    good = {look.at.date() for look in history_of(atlas, document).looks if look.failure is None}
    turned = {change.seen_at.date() for change in standing.clause_changes}

    def says(first: date, last: date) -> Cell:
        if any(first <= day <= last for day in turned):
            return Cell.CHANGED
        if any(first <= day <= last for day in good):
            return Cell.SAME
        return Cell.NOTHING if last < first_good else Cell.UNSEEN

    unit, bounds = bounds_of(min(start or first_good, first_good), as_of)
    return measured(unit, bounds, tuple(says(*b) for b in bounds), first_good)
