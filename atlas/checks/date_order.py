"""Dates stand in the order in which things happen, and none lies in the future.

A clause is captured, then analysed, then reviewed, corrected, disputed or withdrawn; in a later revision
its words and its analysis may be newer. Days are written where people live and times in UTC, so one day of
difference is no fault. A document may state a date of its own that lies ahead, or be restated after a
clause was captured: both are asked about, not refused.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from atlas import urls
from atlas.checks.check import Check
from atlas.model import Atlas, Document, Provision, State, Statement
from atlas.problem import Origin, Place, Problem

_GRACE = timedelta(days=1)


def _find(atlas: Atlas, as_of: date) -> Iterator[Problem]:
    for provision in atlas.records.provisions:
        yield from _out_of_order(provision)
        yield from _corrected_before(provision)
        if provision.status and provision.status.on and provision.revision is None:
            yield from _before_analysis(
                provision.origin, ("status", "on"), provision.status.on, provision, "the status"
            )
        yield from _in_future(provision.origin, _days(provision), as_of)
        document = atlas.documents.get((provision.platform, provision.document))
        if document:
            yield from _captured_before_stated(provision, document)
    yield from _status_before_publication(atlas)
    for document in atlas.records.documents:
        if document.stated_date:
            days: list[tuple[Place, date]] = [(("stated_date",), document.stated_date)]
            yield from _in_future(document.origin, days, as_of, blocks=False)
    for statement in atlas.records.statements:
        yield from _in_future(statement.origin, [(("on",), statement.on)], as_of)
        first = _first_form(atlas, statement)
        if first:
            what = f"the {statement.kind}"
            yield from _before_analysis(statement.origin, ("on",), statement.on, first, what)
    for address in atlas.records.addresses:
        yield from _in_future(address.origin, [(("on",), address.on)], as_of)
    for regulation in atlas.records.regulations:
        if regulation.checked_on:
            yield from _in_future(
                regulation.origin, [(("checked_on",), regulation.checked_on)], as_of
            )


CHECK = Check("date-order", __doc__, _find)


def _days(of: Provision) -> list[tuple[Place, date]]:
    """Return every day that the record gives, captured first."""
    days: list[tuple[Place, date]] = []
    if of.captured_at:
        days.append((("captured_at",), of.captured_at.date()))
    if of.analysis:
        days.append((("analysis", "written"), of.analysis.written))
    days += [(("reviews", n, "on"), review.on) for n, review in enumerate(of.reviews)]
    if of.status and of.status.on:
        days.append((("status", "on"), of.status.on))
    if of.revision:
        days.append((("revision", "on"), of.revision.on))
    if of.corrected_on:
        days.append((("corrected_on",), of.corrected_on))
    return days


def _out_of_order(of: Provision) -> Iterator[Problem]:
    captured = of.captured_at.date() - _GRACE if of.captured_at else None
    written = of.analysis.written if of.analysis else None
    for place, day in _days(of):
        if written and place[0] == "reviews" and day < written:
            message = f"the review, {day}, is dated before the analysis was written, {written}"
            yield of.origin.problem(
                CHECK.code,
                place,
                message,
                "a review follows what it reviews: correct one of the two dates",
            )
        elif captured and of.captured_at and day < captured and not _is_of_former(of, place):
            name = ".".join(str(step) for step in place if isinstance(step, str))
            message = f"`{name}` is {day}, before the clause was captured, {of.captured_at.date()}"
            yield of.origin.problem(CHECK.code, place, message, "correct one of the two dates")


def _corrected_before(of: Provision) -> Iterator[Problem]:
    day = of.corrected_on
    if day is None:
        return
    if of.revision and day < of.revision.on:
        message = f"spelling was put right on {day}, before revision {of.revision.number} of {of.revision.on}"
    elif of.analysis and day < of.analysis.written:
        message = f"spelling was put right on {day}, before the analysis was written, {of.analysis.written}"
    else:
        return
    hint = "correct one of the two dates; a revision takes `corrected_on` out"
    yield of.origin.problem(CHECK.code, ("corrected_on",), message, hint)


def _before_analysis(
    origin: Origin, place: Place, day: date, of: Provision, what: str
) -> Iterator[Problem]:
    """Tell of a day on which there was nothing yet to be disputed, answered or taken back."""
    if of.analysis and day < of.analysis.written - _GRACE:
        message = f"{what} is of {day}, before the analysis was written, {of.analysis.written}"
        yield origin.problem(CHECK.code, place, message, "correct one of the two dates")


def _status_before_publication(atlas: Atlas) -> Iterator[Problem]:
    """Tell of a record that was published as active, and says that it was none any more by then."""
    dated = {p.id: p for p in atlas.records.provisions if p.id and p.status and p.status.on}
    if not dated:
        return
    first: dict[str, State] = {}
    for leaf in atlas.published.leaves:
        first.setdefault(leaf.id, leaf.status)
    for number, of in dated.items():
        line = atlas.published.addresses.get(urls.permanent(number))
        if line is None or of.status is None or of.status.on is None:
            continue
        if first.get(number) is State.ACTIVE and of.status.on < line.first_published - _GRACE:
            message = (
                f"the status is of {of.status.on}, before the record was published without it,"
                f" {line.first_published}"
            )
            hint = "write the day on which it came to be so"
            yield of.origin.problem(CHECK.code, ("status", "on"), message, hint)


def _first_form(atlas: Atlas, statement: Statement) -> Provision | None:
    """Return the record as it first stood; None where it is not there in that form."""
    of = atlas.provisions.get(statement.about)
    if of is None or of.revision is None:
        return of
    return next((f for f in atlas.former_of.get(of.key, ()) if f.stands_for == 1), None)


def _is_of_former(of: Provision, place: Place) -> bool:
    """Return whether a day may be that of an analysis or a review of the words before the last revision."""
    return of.revision is not None and place[0] in {"analysis", "reviews"}


def _in_future(
    origin: Origin, days: list[tuple[Place, date]], as_of: date, *, blocks: bool = True
) -> Iterator[Problem]:
    for place, day in days:
        if day > as_of + _GRACE:
            message = f"{day} lies in the future; today is {as_of}"
            yield origin.problem(
                CHECK.code, place, message, "look at the year and the month first", blocks=blocks
            )


def _captured_before_stated(of: Provision, document: Document) -> Iterator[Problem]:
    if of.captured_at and document.stated_date and of.captured_at.date() < document.stated_date:
        captured, stated = of.captured_at.date(), document.stated_date
        message = (
            f"captured on {captured}, before the date that the document states of itself, {stated}"
        )
        hint = (
            "see whether the clause stands in the document of that date, or correct one of the two"
        )
        yield of.origin.problem(CHECK.code, ("captured_at",), message, hint, blocks=False)
