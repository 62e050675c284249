"""A regulation that gives a status or a date of application says on which day they were looked up."""

from collections.abc import Iterator
from datetime import date

from atlas.checks.check import Check
from atlas.model import Atlas
from atlas.problem import Problem


def _find(atlas: Atlas, _as_of: date) -> Iterator[Problem]:
    for regulation in atlas.records.regulations:
        given = [
            name for name in ("status", "applies_from") if getattr(regulation, name) is not None
        ]
        if given and regulation.checked_on is None:
            message = f"`{given[0]}` stands here without the day on which it was looked up"
            hint = "add a line `checked_on: ...` with that day, or take the line out"
            yield regulation.origin.problem(
                CHECK.code, regulation.origin.at_key(given[0]), message, hint
            )


CHECK = Check("missing-checked-on", __doc__, _find)
