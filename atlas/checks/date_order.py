"""Dates stand in the order in which things happen, and none lies in the future.

A clause is captured, then analysed, then reviewed; in a later revision its words may be newer than
both. Days are written where people live and times in UTC, so one day of difference is no fault. A
document may state a date of its own that lies ahead, or be restated after a clause was captured:
both are asked about, not refused.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from atlas.checks.check import Check
from atlas.model import Atlas, Document, Provision
from atlas.problem import Origin, Place, Problem

_GRACE = timedelta(days=1)


def _find(atlas: Atlas, as_of: date) -> Iterator[Problem]:
    for provision in atlas.records.provisions:
        yield from _out_of_order(provision)
        yield from _in_future(provision.origin, _days(provision), as_of)
        document = atlas.documents.get((provision.platform, provision.document))
        if document:
            yield from _captured_before_stated(provision, document)
    for document in atlas.records.documents:
        if document.stated_date:
            days: list[tuple[Place, date]] = [(("stated_date",), document.stated_date)]
            yield from _in_future(document.origin, days, as_of, blocks=False)
    for statement in atlas.records.statements:
        yield from _in_future(statement.origin, [(("on",), statement.on)], as_of)
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
