"""Problems for a terminal: a line that an editor can jump to, the line of source, a caret, the way out.

Core.
"""

import unicodedata

from atlas.problem import Problem
from atlas.reports.report import Report

_WIDEST_EXCERPT = 160


def render(report: Report) -> str:
    """Return all problems, then the count of what was examined."""
    return "\n".join([*(problem_text(report, p) for p in report.problems), report.summary(), ""])


def problem_text(report: Report, problem: Problem) -> str:
    """Return one problem: place and message, then source, caret and hint."""
    span = problem.span
    kind = "" if problem.blocks else "note: "
    # Paths, messages and hints repeat what strangers wrote: none of it may begin a line or move the cursor.
    place, hint = f"{visible(problem.path)}:{span.line}:{span.column}", visible(problem.hint)
    head = f"{place}: {kind}{visible(problem.message)} [{problem.code}]"
    source = report.line(problem)
    if not source:
        return f"{head}\n    {hint}" if hint else head
    if problem.path.endswith(
        ".tsv"
    ):  # there a tab is between cells; elsewhere it is often what is wrong
        source = source.replace("\t", " ")
    shown, caret = excerpt(source, span.column, span.end_column)
    gutter = f"{span.line:>5} | "
    bar = " " * (len(gutter) - 2) + "| "
    return f"{head}\n{gutter}{shown}\n{bar}{caret} {hint}".rstrip()


def excerpt(source: str, column: int, end_column: int) -> tuple[str, str]:
    """Return a line of source, cut around the place when it is long, and the caret line beneath it.

    Columns count code points; the caret counts cells of a terminal, so wide characters take two.
    """
    start = max(0, column - 1 - _WIDEST_EXCERPT // 2) if len(source) > _WIDEST_EXCERPT else 0
    piece = source[start : start + _WIDEST_EXCERPT]
    shown = (
        ("…" if start else "")
        + visible(piece)
        + ("…" if start + _WIDEST_EXCERPT < len(source) else "")
    )
    before = ("…" if start else "") + visible(source[start : column - 1])
    marked = visible(source[column - 1 : min(end_column - 1, start + _WIDEST_EXCERPT)])
    return shown, " " * _cells(before) + "^" * max(1, _cells(marked))


def visible(text: str) -> str:
    """Return text in which control and direction characters, which would move the cursor or turn the line, show."""
    return "".join(
        "\N{REPLACEMENT CHARACTER}" if unicodedata.category(c) in {"Cc", "Cf", "Zl", "Zp"} else c
        for c in text
    )


def _cells(text: str) -> int:
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1
        for c in text
    )
