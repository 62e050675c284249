"""All text of a record stands under a heading."""

from collections.abc import Iterator
from datetime import date

from atlas.checks.check import Check
from atlas.model import Atlas
from atlas.problem import Problem

_LONGEST = 60


def _find(atlas: Atlas, _as_of: date) -> Iterator[Problem]:
    for provision in atlas.records.provisions:
        if provision.preamble:
            first = provision.preamble.text.split("\n", 1)[0]
            shown = first if len(first) <= _LONGEST else first[:_LONGEST].rstrip() + "…"
            message = f"text stands above the first heading: `{shown}`"
            hint = "move it below a heading, such as `## Why it matters`"
            yield Problem(CHECK.code, provision.origin.path, provision.preamble.span, message, hint)


CHECK = Check("text-outside-sections", __doc__, _find, judges_text=True)
