"""Headings stand in their order, each once: Why it matters, Consumer impact, What you can do, Questions."""

from collections.abc import Iterator
from datetime import date

from atlas.checks.check import Check
from atlas.checks.headings import HEADINGS
from atlas.model import Atlas, Section
from atlas.problem import Problem


def _find(atlas: Atlas, _as_of: date) -> Iterator[Problem]:
    for provision in atlas.records.provisions:
        seen: list[Section] = []
        for section in provision.sections:
            if section.heading not in HEADINGS:
                continue
            fault = _fault(section, seen)
            if fault:
                yield provision.origin.problem(CHECK.code, section.span, *fault)
            seen.append(section)


CHECK = Check("heading-order", __doc__, _find, judges_text=True)


def _fault(section: Section, seen: list[Section]) -> tuple[str, str] | None:
    rank = HEADINGS.index(section.heading)
    for earlier in seen:
        if earlier.heading == section.heading:
            message = (
                f"`{section.heading}` stands here a second time (first on line {earlier.span.line})"
            )
            return message, "join the two sections"
        if HEADINGS.index(earlier.heading) > rank:
            message = (
                f"`{section.heading}` comes after `{earlier.heading}` (line {earlier.span.line})"
            )
            return message, f"move it up: the order is {', '.join(HEADINGS)}"
    return None
