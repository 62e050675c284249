"""A clause type lists its own stances only: `not-addressed` belongs to every type and is built in."""

from collections.abc import Iterator
from datetime import date

from atlas.checks.check import Check
from atlas.model import NOT_ADDRESSED, Atlas
from atlas.problem import Problem


def _find(atlas: Atlas, _as_of: date) -> Iterator[Problem]:
    for clause_type in atlas.records.clause_types:
        if NOT_ADDRESSED in clause_type.stances:
            span = clause_type.origin.at_key("stances", NOT_ADDRESSED)
            message = f"`{NOT_ADDRESSED}` is built in"
            yield clause_type.origin.problem(
                CHECK.code, span, message, "take this stance out, with the lines beneath it"
            )


CHECK = Check("built-in-stance", __doc__, _find)
