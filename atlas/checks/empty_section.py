"""A heading has a text beneath it."""

from collections.abc import Iterator
from datetime import date

from atlas.checks.check import Check
from atlas.model import Atlas
from atlas.problem import Problem


def _find(atlas: Atlas, _as_of: date) -> Iterator[Problem]:
    for provision in atlas.records.provisions:
        for section in provision.sections:
            if not section.text.strip():
                message = f"nothing stands under `{section.heading}`"
                yield provision.origin.problem(
                    CHECK.code, section.span, message, "write the section, or take the heading out"
                )


CHECK = Check("empty-section", __doc__, _find, judges_text=True)
