"""What the lines of the ledger add up to: the state of each document, and its history.

Core. One line changes one state, by one rule; nothing is known that no line says, so every state can
be made again from the ledger alone.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from atlas.model import (
    Archived,
    ClauseSeen,
    ClauseStanding,
    DocumentState,
    Entry,
    Failure,
    History,
    LedgerLine,
    Look,
    LookFailed,
    Pending,
    RunEnded,
    Sighting,
    Stamp,
    TermSeen,
    TextSeen,
    TextSighting,
    Trouble,
)


def after(state: DocumentState, stamp: Stamp, entry: Entry) -> DocumentState:
    """Return the state of one document after one line of the ledger; lines of other documents change nothing.

    Every line of a good look ends the trouble, and counts one further agreeing look for each change
    that is being confirmed, once for each instant of looking. What the look says otherwise of a
    clause is in that clause's own line, which overrules the count.
    """
    at = stamp.observed_at
    if isinstance(entry, RunEnded):
        if state.document in entry.good:
            return _good(state, at)
        failed = next((r for r, ids in entry.failed.items() if state.document in ids), None)
        return state if failed is None else _repeated(state, failed, at)
    if entry.document != state.document or isinstance(entry, Archived):
        return state
    match entry:
        case LookFailed():
            since = state.trouble.since if state.trouble else at
            return replace(state, trouble=Trouble(entry.reason, entry.detail, since))
        case TermSeen():
            return _good(state, at)
        case TextSeen():
            known = state.known_texts
            return replace(
                _good(state, at),
                text=entry,
                known_texts=known if entry.text.sha256 in known else (*known, entry.text.sha256),
                etag=entry.etag,
                last_modified=entry.last_modified,
            )
        case ClauseSeen():
            before = next((c for c in state.clauses if c.record == entry.record), None)
            others = (c for c in _good(state, at).clauses if c.record != entry.record)
            clauses = sorted([*others, _standing(before, at, entry)], key=lambda c: c.record)
            return replace(state, trouble=None, clauses=tuple(clauses))


def histories(lines: Iterable[LedgerLine]) -> dict[str, History]:
    """Return the history of every document that the ledger names, by id.

    Lines of kind text, clause and term of one run are one good look at their document; a line of
    kind run is one look at each document that it lists.
    """
    growing: dict[str, _Growing] = {}
    for line in lines:
        stamp, entry = line.stamp, line.entry
        if isinstance(entry, RunEnded):
            _add_run(growing, stamp, entry)
        else:
            history = growing.get(entry.document)
            if history is None:
                history = growing[entry.document] = _Growing(entry.document)
            history.add(stamp, entry)
    return {document: growing[document].history() for document in sorted(growing)}


def _good(state: DocumentState, at: datetime) -> DocumentState:
    if state.trouble is None and not any(c.pending for c in state.clauses):
        return state
    return replace(state, trouble=None, clauses=tuple(_agreed(c, at) for c in state.clauses))


def _agreed(clause: ClauseStanding, at: datetime) -> ClauseStanding:
    pending = clause.pending
    if pending is None or pending.last_at >= at:
        return clause
    return replace(clause, pending=replace(pending, looks=pending.looks + 1, last_at=at))


def _repeated(state: DocumentState, reason: Failure, at: datetime) -> DocumentState:
    if state.trouble and state.trouble.reason is reason:
        return state
    return replace(state, trouble=Trouble(reason, "", state.trouble.since if state.trouble else at))


def _standing(before: ClauseStanding | None, at: datetime, seen: ClauseSeen) -> ClauseStanding:
    if seen.confirmed:
        return ClauseStanding(seen.record, seen.quote_sha256, seen)
    # Another quotation begins anew: what was confirmed of the former one says nothing of it.
    same = before if before and before.quote_sha256 == seen.quote_sha256 else None
    first = same.pending.seen if same and same.pending and _agree(same.pending.seen, seen) else seen
    return ClauseStanding(
        seen.record,
        seen.quote_sha256,
        same.standing if same else None,
        Pending(first, seen.looks, at),
    )


def _agree(one: ClauseSeen, other: ClauseSeen) -> bool:
    """Return whether two looks found the same words, or found none."""
    return (one.wording.sha256 if one.wording else one.state) == (
        other.wording.sha256 if other.wording else other.state
    )


@dataclass(slots=True)
class _Growing:
    """A history that is being read."""

    document: str
    state: DocumentState = field(init=False)
    looks: list[Look] = field(default_factory=list)
    texts: list[TextSighting] = field(default_factory=list)
    clauses: dict[str, list[Sighting]] = field(default_factory=dict)
    archived: list[tuple[Stamp, Archived]] = field(default_factory=list)
    terms: list[tuple[Stamp, TermSeen]] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Begin with nothing known."""
        self.state = DocumentState(self.document)

    def add(
        self, stamp: Stamp, entry: TextSeen | ClauseSeen | TermSeen | LookFailed | Archived
    ) -> None:
        """Take in a line of this document's own."""
        self.state = after(self.state, stamp, entry)
        match entry:
            case TextSeen():
                self.texts.append(TextSighting(stamp, entry))
            case ClauseSeen():
                self.clauses.setdefault(entry.record, []).append(Sighting(stamp, entry))
            case TermSeen():
                self.terms.append((stamp, entry))
            case LookFailed():
                self.looks.append(Look(stamp.observed_at, stamp.run, entry.reason, entry.detail))
                return
            case Archived():
                self.archived.append((stamp, entry))
                return
        last = self.looks[-1] if self.looks else None
        if last is None or last.failure or (last.run, last.at) != (stamp.run, stamp.observed_at):
            self.looks.append(Look(stamp.observed_at, stamp.run))

    def history(self) -> History:
        """Return what was read."""
        return History(
            self.document,
            tuple(self.looks),
            tuple(self.texts),
            {record: tuple(self.clauses[record]) for record in sorted(self.clauses)},
            tuple(self.archived),
            tuple(self.terms),
            self.state if self.looks else None,
        )


def _add_run(growing: dict[str, _Growing], stamp: Stamp, entry: RunEnded) -> None:
    """Take in the line of a run: what `after` does, without asking each document whether it is listed."""
    at = stamp.observed_at
    good = Look(at, stamp.run)  # one value for all of them: a year has half a million
    for history in _named(growing, entry.good):
        history.looks.append(good)
        history.state = _good(history.state, at)
    for reason, documents in entry.failed.items():
        details: dict[str, Look] = {}
        for history in _named(growing, documents):
            history.state = _repeated(history.state, reason, at)
            detail = history.state.trouble.detail if history.state.trouble else ""
            if detail not in details:
                details[detail] = Look(at, stamp.run, reason, detail)
            history.looks.append(details[detail])


def _named(growing: dict[str, _Growing], documents: Sequence[str]) -> Iterable[_Growing]:
    for document in documents:
        if document not in growing:
            growing[document] = _Growing(document)
        yield growing[document]
