"""Only a person who reviewed a record states a confidence."""

from collections.abc import Iterator
from datetime import date

from atlas.checks.check import Check
from atlas.model import Atlas
from atlas.problem import Problem


def _find(atlas: Atlas, _as_of: date) -> Iterator[Problem]:
    for provision in atlas.records.provisions:
        if provision.confidence and not provision.reviews:
            span = provision.origin.at_key("confidence")
            hint = "take the line out; a reviewer adds it together with the review"
            yield provision.origin.problem(
                CHECK.code, span, "`confidence` stands here without a review", hint
            )


CHECK = Check("confidence-without-review", __doc__, _find)
