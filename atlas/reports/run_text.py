"""A run of the verifier for a terminal: what is new (outcome, document, what next), then the counts. Core."""

import textwrap
from collections.abc import Iterator

from atlas.model.evidence import ClauseState
from atlas.model.run_report import (
    ArchiveReport,
    ClauseReport,
    DocumentReport,
    LeftOut,
    LookOutcome,
    NotWatched,
    RunReport,
)
from atlas.reports.text import visible

_NARROWEST = 20


def render(report: RunReport, width: int = 100) -> str:
    """Return what is new in a run and how many documents were looked at, in lines of at most `width` characters."""
    found = rows(report)
    lines = [*_table(found, width), *([""] if found else []), *_wrapped(summary(report), width)]
    return "\n".join(lines) + "\n"


def rows(report: RunReport) -> list[tuple[str, str, str]]:
    """Return outcome, document and what next for all that is new, and for what nobody can look at."""
    found = [row for document in report.documents for row in _rows_of(document)]
    if report.archive == "on":
        found += [
            row for d in report.documents for copy in d.archived for row in [_copy_row(d, copy)]
        ]
    found += [_left_out_row(one) for one in report.left_out]
    return found + [_unwatched_row(one) for one in report.not_watched]


def _rows_of(document: DocumentReport) -> Iterator[tuple[str, str, str]]:
    """Yield outcome, document and what next for all that is new of one document; nothing where all is as it was."""
    if document.failure:
        failure = document.failure
        said = f"{failure.detail} {failure.next}"
        yield failure.reason.value, document.document, said
    elif document.outcome is LookOutcome.FIRST:
        found = sum(clause.found.is_found for clause in document.clauses)
        said = f"First look: {found} of {len(document.clauses)} quotations found."
        yield document.outcome.value, document.document, said
    elif document.outcome is LookOutcome.TEXT_CHANGED and not document.text_is_technical:
        yield document.outcome.value, document.document, _of_another_text(document)
    for clause in document.clauses:
        if document.outcome is LookOutcome.CLAUSE_CHANGED or not clause.found.is_found:
            yield from _clause_rows(document, clause)
    for term in document.terms:
        said = (
            f"`{term.term}` appears where {term.record} found silence. A person reads the passage."
        )
        yield "term", document.document, said


def _of_another_text(document: DocumentReport) -> str:
    """Return what became of the quotations of a document whose text is another, all in the same words as before."""
    anew = [
        clause.record
        for clause in document.clauses
        if ClauseState.TYPOGRAPHY in {clause.found} - {clause.before}
    ]
    if not anew:
        return "The text is another, and every clause stands as before."
    rest = (
        ", and every other clause stands as before"
        if anew[len(document.clauses) - 1 :] == []
        else ""
    )
    verb = "is" if len(anew) == 1 else "are"
    return (
        f"The text is another: {', '.join(anew)} {verb} set differently, in the same words{rest}."
    )


def summary(report: RunReport) -> str:
    """Return one line: how many documents were looked at, what was found, and whether it was recorded."""
    counts = report.counts
    named = {
        LookOutcome.UNCHANGED: "unchanged",
        LookOutcome.NOTHING_NEW: "with nothing new, not every clause as quoted",
        LookOutcome.FIRST: "first looks",
        LookOutcome.TEXT_CHANGED: "with another text",
        LookOutcome.CLAUSE_CHANGED: "with a changed clause",
        LookOutcome.FAILED: "that told us nothing",
    }
    said = ", ".join(f"{counts[o.value]} {name}" for o, name in named.items() if counts[o.value])
    number = counts["documents"]
    looked = f"{number} document{'' if number == 1 else 's'} looked at" + (
        f": {said}" if said else ""
    )
    recorded = "recorded" if report.recorded else f"nothing recorded: {report.because}"
    if report.doubt and report.doubt != report.because:
        recorded += f"; not trustworthy: {report.doubt}"
    if report.left_out:
        looked += f"; {len(report.left_out)} left out"
    unwatched = f"; {len(report.not_watched)} not watched" if report.not_watched else ""
    copies = "" if report.archive == "on" else f"; no copies archived, because {report.archive}"
    return f"{looked}{unwatched}; {recorded}{copies}"


def _clause_rows(document: DocumentReport, clause: ClauseReport) -> Iterator[tuple[str, str, str]]:
    is_back = clause.before is not None and not clause.before.is_found
    if clause.found.is_found and clause.confirmed:
        if not is_back:
            return
        step = "The quotation stands again; the record needs nothing."
    elif clause.needs_person:
        step = "No further look settles it: a person reads the document."
    elif clause.changed:
        step = "Confirmed. A person revises the record, or lets it stand as former."
    elif not clause.confirmed:
        step = f"Seen {clause.looks} time{'' if clause.looks == 1 else 's'}; further looks confirm it or not."
    else:
        step = "Confirmed before; the record waits for a person."
    found = "" if clause.found is clause.state else f", {clause.found.value}"
    score = "" if clause.score is None else f" ({clause.score:.2f} alike)"
    yield f"{clause.state.value}{found}", document.document, f"{clause.record}{score}. {step}"


def _copy_row(document: DocumentReport, copy: ArchiveReport) -> tuple[str, str, str]:
    if copy.address is None:
        return "not archived", document.document, f"Because {copy.reason}."
    found = {True: "with every clause in it", False: "without every clause in it", None: ""}
    said = found[copy.clause_in_memento]
    return "archived", document.document, f"{copy.address}{', ' if said else ''}{said}."


def _left_out_row(one: LeftOut) -> tuple[str, str, str]:
    captured, last = (f"{at:%Y-%m-%d %H:%M:%S}" for at in (one.captured_at, one.last_look_at))
    said = f"Captured {captured}; the last recorded look is of {last}."
    return one.because, one.document, said


def _unwatched_row(one: NotWatched) -> tuple[str, str, str]:
    return one.reason.value, one.what, f"{one.detail} {one.next}"


def _table(rows: list[tuple[str, str, str]], width: int) -> Iterator[str]:
    if not rows:
        return
    # What pages and addresses say of themselves is a stranger's: none of it may begin a line or move the cursor.
    shown = [tuple(visible(cell) for cell in row) for row in rows]
    first, second = (max(len(row[column]) for row in shown) for column in (0, 1))
    indent = " " * (first + second + 4)
    for one, two, three in shown:
        head = f"{one:{first}}  {two:{second}}  "
        room = max(_NARROWEST, width - len(indent))
        lines = textwrap.wrap(three, room, break_on_hyphens=False) or [""]
        yield (head + lines[0]).rstrip()
        yield from (indent + line for line in lines[1:])


def _wrapped(line: str, width: int) -> list[str]:
    return textwrap.wrap(visible(line), max(width, 2 * _NARROWEST), break_on_hyphens=False)
