"""A code fence is closed: what follows an open one, headings too, would be code."""

from collections.abc import Iterator
from datetime import date

from atlas.checks.check import Check
from atlas.checks.links import passages
from atlas.model import Atlas
from atlas.problem import Problem
from atlas.sections import fences


def _find(atlas: Atlas, _as_of: date) -> Iterator[Problem]:
    for origin, passage in passages(atlas):
        if "```" not in passage.text and "~~~" not in passage.text:
            continue
        lines = passage.text.split("\n")
        for first, last in fences(lines):
            if last is None:
                start = sum(len(line) + 1 for line in lines[:first])
                span = passage.span(start, start + len(lines[first]))
                hint = "close it with the same marks on a line of their own, or take this one out"
                yield origin.problem(CHECK.code, span, "this code fence is never closed", hint)


CHECK = Check("open-fence", __doc__, _find, judges_text=True)
