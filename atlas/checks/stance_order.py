"""The stances of a clause type run from the mildest to the most severe."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from atlas.checks.check import Check
from atlas.model import Atlas
from atlas.problem import Problem


def _find(atlas: Atlas, _as_of: date) -> Iterator[Problem]:
    for clause_type in atlas.records.clause_types:
        for (above, milder), (key, stance) in pairwise(clause_type.stances.items()):
            if stance.severity.rank < milder.severity.rank:
                message = f"`{key}` is {stance.severity} and stands below `{above}`, which is {milder.severity}"
                hint = "move it up: stances stand in the order of their severity"
                yield clause_type.origin.problem(
                    CHECK.code, clause_type.origin.at_key("stances", key), message, hint
                )


CHECK = Check("stance-order", __doc__, _find)
