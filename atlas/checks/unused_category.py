"""Every category is used by a clause type: its page would be empty otherwise."""

from collections.abc import Iterator
from datetime import date

from atlas.checks.check import Check
from atlas.model import Atlas
from atlas.problem import Problem


def _find(atlas: Atlas, _as_of: date) -> Iterator[Problem]:
    if "data/clause-types" in atlas.records.unparsed:
        return
    used = {key for clause_type in atlas.records.clause_types for key in clause_type.categories}
    for category in atlas.records.categories:
        if category.key not in used:
            message = f"no clause type names the category `{category.key}`"
            hint = "name it in a clause type, or take it out"
            yield category.origin.problem(
                CHECK.code, category.origin.at_key(), message, hint, blocks=False
            )


CHECK = Check("unused-category", __doc__, _find)
