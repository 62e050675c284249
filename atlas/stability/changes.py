"""What changed, clause by clause and document by document, each change with its day.

Core. A change of a clause is a confirmed one; a change of a document is a text that was never seen
before, or one that came back and changed a clause. Any other text that comes back, and one that only
another extractor made, is neither.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from atlas.canonical import clause_sha256
from atlas.model import Atlas, ClauseSeen, ClauseState, History, Provision, Sighting, Wording
from atlas.stability.looks import sightings

RECENT = timedelta(days=30)
"""What counts as recent, before the last good look."""


@dataclass(frozen=True, slots=True)
class Change:
    """Words that gave way to others, confirmed by looks that agree."""

    record: str
    state: ClauseState
    """What became of the quotation: `intact` where its words came back."""
    seen_at: datetime
    """First of the agreeing looks."""
    confirmed_at: datetime
    looks: int
    score: float | None
    before: Wording | None
    """None: nothing stood there. Its text is empty where only its hash is known to us."""
    after: Wording | None
    run: str


@dataclass(frozen=True, slots=True)
class DocumentChange:
    """A text of the document that was not seen before, or one that came back and changed a clause."""

    document: str
    seen_at: datetime
    before: str
    """Hash of the text before, in form text-v1."""
    after: str
    run: str


@dataclass(frozen=True, slots=True)
class Recent:
    """What changed lately, with the days between which somebody looked."""

    clauses: tuple[Change, ...]
    documents: tuple[DocumentChange, ...]
    first: date
    last: date


def changes(atlas: Atlas, provision: Provision, as_of: date | None = None) -> tuple[Change, ...]:
    """Return the confirmed changes of a record's clause, oldest first; `as_of` None: all that are known."""
    lines = sightings(atlas, provision, as_of)
    texts = {s.seen.wording.sha256: s.seen.wording.text for s in lines if s.seen.wording}
    texts[clause_sha256(provision.clause or "")] = provision.clause or ""

    def wording(sha256: str | None) -> Wording | None:
        return Wording(texts.get(sha256, ""), sha256) if sha256 else None

    return tuple(
        Change(
            record=line.seen.record,
            state=line.seen.state,
            seen_at=min(line.seen.first_seen_at, line.stamp.observed_at),
            confirmed_at=line.stamp.observed_at,
            looks=line.seen.looks,
            score=line.seen.score,
            before=wording(before),
            after=wording(_stands(line.seen)),
            run=line.stamp.run,
        )
        for before, line in _turns(lines)
    )


def _turns(lines: Iterable[Sighting]) -> Iterator[tuple[str | None, Sighting]]:
    """Yield the confirmed lines at which other words stand than before, with the hash of those before."""
    sought, stood = None, None
    for line in lines:
        seen = line.seen
        if not seen.confirmed or seen.state is ClauseState.SCATTERED:
            continue
        now = _stands(seen)
        is_new_quotation = seen.quote_sha256 != sought
        if is_new_quotation and not seen.state.is_found and (sought is None or stood != now):
            yield seen.quote_sha256, line
        elif not is_new_quotation and now != stood:
            yield stood, line
        # A renewed quotation that was found is our change, not the platform's.
        sought, stood = seen.quote_sha256, now


def _stands(seen: ClauseSeen) -> str | None:
    """Return the hash of the words that stand in the document; None: there are none."""
    if seen.state.is_found:
        return seen.quote_sha256
    return seen.wording.sha256 if seen.wording else None


def document_changes(of: History, as_of: date | None = None) -> tuple[DocumentChange, ...]:
    """Return the texts of a document that differ from all before, without the first, oldest first.

    One that came back counts where the confirmed change of a clause was first seen in it.
    """
    return _texts(of, as_of, technical=False)


def technical_changes(of: History, as_of: date | None = None) -> tuple[DocumentChange, ...]:
    """Return the texts that only another way of reading made; the platform changed nothing."""
    return _texts(of, as_of, technical=True)


def _texts(of: History, as_of: date | None, *, technical: bool) -> tuple[DocumentChange, ...]:
    turned = {
        min(line.seen.first_seen_at, line.stamp.observed_at)
        for lines in of.clauses.values()
        for _, line in _turns(sorted(lines, key=lambda s: s.stamp.observed_at))
        if as_of is None or line.stamp.observed_at.date() <= as_of
    }
    return tuple(
        DocumentChange(
            of.document, t.stamp.observed_at, t.seen.previous, t.seen.text.sha256, t.stamp.run
        )
        for t in sorted(of.texts, key=lambda t: t.stamp.observed_at)
        if t.seen.previous is not None
        and (not t.seen.known or t.stamp.observed_at in turned)
        and t.seen.technical is technical
        and (as_of is None or t.stamp.observed_at.date() <= as_of)
    )


def recent(atlas: Atlas, provisions: Iterable[Provision], as_of: date) -> Recent | None:
    """Return what changed of some records and their documents lately, or None where nobody has looked.

    The days are those of good looks: of the time after the last one nothing is claimed.
    """
    records = tuple(provisions)
    ids = {
        document.id
        for p in records
        if (document := atlas.documents.get((p.platform, p.document))) and document.id
    }
    histories = [atlas.evidence.histories[i] for i in sorted(ids) if i in atlas.evidence.histories]
    days = [
        look.at.date()
        for known in histories
        for look in known.looks
        if look.failure is None and look.at.date() <= as_of
    ]
    if not days:
        return None
    last = max(days)
    first = max(min(days), last - RECENT)
    return Recent(
        clauses=tuple(
            sorted(
                (
                    c
                    for p in records
                    for c in changes(atlas, p, as_of)
                    if first <= c.seen_at.date() <= last
                ),
                key=lambda c: (c.seen_at, c.record),
            )
        ),
        documents=tuple(
            sorted(
                (
                    c
                    for known in histories
                    for c in document_changes(known, as_of)
                    if first <= c.seen_at.date() <= last
                ),
                key=lambda c: (c.seen_at, c.document),
            )
        ),
        first=first,
        last=last,
    )
