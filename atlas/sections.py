"""From the text below the fields to its sections: cut at the `##` headings, code fences left whole.

Core.
"""

import re
from collections.abc import Iterator

from atlas.model import Section
from atlas.problem import Span

_FENCE = re.compile(r" {0,3}(?P<marks>`{3,}(?=[^`]*$)|~{3,})(?P<rest>.*)")


def split_sections(body: str, first_line: int) -> tuple[Section | None, tuple[Section, ...]]:
    """Cut a record's text at its `##` headings; code fences are left whole.

    Returns what stands before the first heading, as a section without one, and the sections.
    """
    lines = body.split("\n")
    starts = list(_headings(lines))
    ends = [*starts[1:], len(lines)][: len(starts)]
    sections = [
        _section(lines, first_line, start, end) for start, end in zip(starts, ends, strict=True)
    ]
    before = next((n for n in range(starts[0] if starts else len(lines)) if lines[n].strip()), None)
    if before is None:
        return None, tuple(sections)
    text = "\n".join(lines[before : starts[0] if starts else len(lines)]).rstrip()
    span = Span(first_line + before, 1, len(lines[before]) + 1)
    return Section(heading="", text=text, span=span, text_line=first_line + before), tuple(sections)


def fences(lines: list[str]) -> Iterator[tuple[int, int | None]]:
    """Yield the first and last line of every code fence; None for the last where it is never closed.

    A fence is closed by at least as many of the marks that opened it, alone on a line (CommonMark 4.5).
    """
    opened, marks = 0, ""
    for number, line in enumerate(lines):
        match = _FENCE.match(line)
        if not match:
            continue
        if not marks:
            opened, marks = number, match["marks"]
        elif match["marks"].startswith(marks) and not match["rest"].strip():
            yield opened, number
            marks = ""
    if marks:
        yield opened, None


def _headings(lines: list[str]) -> Iterator[int]:
    code = {n for first, last in fences(lines) for n in range(first, (last or len(lines)) + 1)}
    for number, line in enumerate(lines):
        if number not in code and re.match(r" {0,3}##(?!#)", line):
            yield number


def _section(lines: list[str], first_line: int, start: int, end: int) -> Section:
    text_start = next((n for n in range(start + 1, end) if lines[n].strip()), end)
    line = lines[start].rstrip()
    return Section(
        heading=line.lstrip(" #").strip(),
        text="\n".join(lines[text_start:end]).rstrip(),
        span=Span(first_line + start, len(line) - len(line.lstrip()) + 1, len(line) + 1),
        text_line=first_line + text_start,
    )
