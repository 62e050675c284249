"""Title and claim are headings and end without a full stop."""

from collections.abc import Iterator
from datetime import date

from atlas.checks.check import Check
from atlas.checks.places import field_passage
from atlas.model import Atlas
from atlas.problem import Problem


def _find(atlas: Atlas, _as_of: date) -> Iterator[Problem]:
    for provision in atlas.records.provisions:
        for place, text in (("title", provision.title), ("claim", provision.claim)):
            if text.endswith(".") and not text.endswith("..."):
                span = field_passage(provision.origin, text, place).span(len(text) - 1, len(text))
                message = f"the {place} ends with a full stop"
                yield provision.origin.problem(
                    CHECK.code, span, message, "take it out", blocks=False
                )


CHECK = Check("claim-ends-with-stop", __doc__, _find, judges_text=True)
