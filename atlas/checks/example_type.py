"""An example that is marked `same` is of the same clause type."""

from collections.abc import Iterator
from datetime import date

from atlas.checks.check import Check
from atlas.model import Atlas, Relation
from atlas.problem import Problem


def _find(atlas: Atlas, _as_of: date) -> Iterator[Problem]:
    for provision in atlas.records.provisions:
        for n, example in enumerate(provision.examples):
            other = atlas.by_id.get(example.record or "")
            if (
                example.relation is not Relation.SAME
                or not other
                or other.clause_type == provision.clause_type
            ):
                continue
            message = f"`{other.id}` is of another clause type, `{other.clause_type}`, and is marked `same`"
            hint = "mark it `context` or `contrast`, or put the two on one shelf"
            yield provision.origin.problem(CHECK.code, ("examples", n, "relation"), message, hint)


CHECK = Check("example-type", __doc__, _find)
