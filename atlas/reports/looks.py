"""From what a run found to its report: one value a document, in the words of the interface.

Core. The sentence and the next step of each kind of failure stand in `templates/words.yaml`, where the pages
take them from as well.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable
from datetime import timedelta

from atlas.compare import Finding, Outcome
from atlas.model import (
    Archived,
    Body,
    ClauseSeen,
    ClauseState,
    DocumentState,
    Failed,
    Fetched,
    LookFailed,
    TermSeen,
    TextSeen,
    Watched,
)
from atlas.model.run_report import (
    ArchiveReport,
    ClauseReport,
    DocumentReport,
    FailureReport,
    LookOutcome,
    NotWatched,
    SourceReport,
    TermReport,
)
from atlas.words import Words

_AS_QUOTED = frozenset({ClauseState.INTACT, ClauseState.MOVED})
_QUIET = frozenset({ClauseState.INTACT, ClauseState.TYPOGRAPHY, ClauseState.MOVED})


def document_report(
    watched: Watched,
    fetched: Fetched,
    finding: Finding,
    before: DocumentState,
    took: timedelta,
    words: Words,
) -> DocumentReport:
    """Return what a run says of one document."""
    text = finding.state.text
    seen = [e for e in finding.entries if isinstance(e, TextSeen)]
    return DocumentReport(
        document=watched.document,
        platform=watched.platform,
        observed_at=finding.observed_at,
        milliseconds=round(took / timedelta(milliseconds=1)),
        outcome=outcome(finding, before),
        not_modified=fetched.not_modified,
        failure=_failure(finding.failed, words) if finding.failed else None,
        guard=finding.guard,
        sources=tuple(_source(body) for body in fetched.bodies),
        text_sha256=text.text.sha256 if text else None,
        text_is_technical=any(e.technical for e in seen),
        clauses=tuple(_clause(o, before) for o in finding.outcomes),
        terms=tuple(
            TermReport(record=e.record, term=e.term, passage=e.passage)
            for e in finding.entries
            if isinstance(e, TermSeen)
        ),
        archived=(),
    )


def with_archived(report: DocumentReport, entries: Iterable[Archived]) -> DocumentReport:
    """Return the report of a document with the copies that were asked for."""
    copies = tuple(
        ArchiveReport(
            url=e.url, address=e.address, clause_in_memento=e.clause_in_memento, reason=e.reason
        )
        for e in entries
    )
    return report.model_copy(update={"archived": copies})


def outcome(finding: Finding, before: DocumentState) -> LookOutcome:
    """Return in a word what a look found."""
    if finding.failed:
        return LookOutcome.FAILED
    if before.text is None:
        return LookOutcome.FIRST
    if is_changed(finding, before):
        return LookOutcome.CLAUSE_CHANGED
    if any(isinstance(e, TextSeen) for e in finding.entries):
        return LookOutcome.TEXT_CHANGED
    as_quoted = all(one.found in _AS_QUOTED for one in finding.outcomes)
    return LookOutcome.UNCHANGED if as_quoted else LookOutcome.NOTHING_NEW


def is_changed(finding: Finding, before: DocumentState) -> bool:
    """Return whether a clause stands otherwise than before, confirmed or not, or a term broke a silence.

    Words that were found, in whatever case, punctuation or place, are no change unless they were gone before.
    """
    gone = {
        clause.record
        for clause in before.clauses
        if clause.pending or (clause.standing and clause.standing.state not in _QUIET)
    }
    return any(
        isinstance(entry, TermSeen)
        or (isinstance(entry, ClauseSeen) and (entry.state not in _QUIET or entry.record in gone))
        for entry in finding.entries
    )


def not_watched(failed: Iterable[LookFailed], words: Words) -> tuple[NotWatched, ...]:
    """Return what nobody can look at, each with the way out."""
    return tuple(
        NotWatched(
            what=one.document,
            reason=one.reason,
            label=words.say(f"failure.{one.reason.value}.label"),
            detail=one.detail,
            next=words.say(f"failure.{one.reason.value}.next"),
        )
        for one in failed
    )


def counts(reports: Iterable[DocumentReport]) -> dict[str, int]:
    """Count documents by outcome, and the failed ones by kind; every outcome is there, kinds as they occur."""
    reports = tuple(reports)
    outcomes = Counter(report.outcome.value for report in reports)
    kinds = Counter(report.failure.reason.value for report in reports if report.failure)
    return {
        "documents": len(reports),
        **{one.value: outcomes[one.value] for one in LookOutcome},
        **dict(sorted(kinds.items())),
    }


def _failure(failed: Failed, words: Words) -> FailureReport:
    return FailureReport(
        reason=failed.reason,
        label=words.say(f"failure.{failed.reason.value}.label"),
        detail=failed.detail,
        next=words.say(f"failure.{failed.reason.value}.next"),
        status=failed.status,
    )


def _source(body: Body) -> SourceReport:
    return SourceReport(
        url=body.url,
        final_url=body.final_url,
        redirects=body.redirects,
        moved_for_good=body.moved_for_good,
        status=body.status,
        content_type=body.content_type,
        bytes=len(body.content),
        raw_sha256=hashlib.sha256(body.content).hexdigest(),
    )


def _shown(record: str, before: DocumentState) -> ClauseState | None:
    """Return what a record's quotation was shown as."""
    for clause in before.clauses:
        if clause.record == record:
            if clause.pending:
                return ClauseState.DIFFERS
            return clause.standing.state if clause.standing else None
    return None


def _clause(found: Outcome, before: DocumentState) -> ClauseReport:
    return ClauseReport(
        record=found.record,
        state=found.state,
        found=found.found,
        before=_shown(found.record, before),
        confirmed=found.confirmed,
        changed=found.changed,
        needs_person=found.needs_person,
        looks=found.looks,
        old_sha256=found.old_sha256,
        new_sha256=found.new_sha256,
        wording=found.wording.text if found.wording else None,
        score=found.score,
        start=found.start,
        end=found.end,
        prefix=found.prefix,
        suffix=found.suffix,
    )
