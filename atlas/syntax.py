"""What is wrong with text that is not YAML, and the line rewritten so that it is.

Core. The reader's own words help nobody who has not read its source, so the usual slips are
recognised: a value that needs quotes, a tab, a second document.
"""

import re

from atlas.problem import FIRST_LINE, Problem, Span

_LEADING_INDICATORS = "\"'[]{}>|*&!%@`#,?:-"


def syntax_problem(path: str, lines: list[str], error: Exception) -> Problem:
    """Return the problem that a YAML reader's error stands for, with the way out."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    trouble = str(getattr(error, "problem", None) or error).strip()
    if mark is None:
        return Problem(
            "yaml-syntax",
            path,
            FIRST_LINE,
            f"this is not YAML: {trouble}",
            "compare with content/README.md",
        )
    line_number = min(mark.line, len(lines) - 1)
    line = lines[line_number]
    column = min(mark.column, len(line)) + 1
    span = Span(line_number + 1, column, column + 1)
    if "expected a single document" in str(error):
        return Problem(
            "yaml-second-document",
            path,
            span,
            "a second document begins here",
            "keep one document a file",
        )
    context = getattr(error, "context_mark", None)
    for number in dict.fromkeys(
        [line_number, *([context.line] if context else []), line_number - 1]
    ):
        match = (
            re.match(r"(\s*(?:- )*[\w.-]+: +|\s*- +)(\S.*)$", lines[number])
            if 0 <= number < len(lines)
            else None
        )
        if (
            match
            and (match[2][0] in _LEADING_INDICATORS or ": " in match[2] or " #" in match[2])
            and match[2][0] not in "|>"
        ):
            start = len(match[1]) + 1
            span = Span(number + 1, start, len(lines[number]) + 1)
            rewritten = f"{match[1].strip()} {quoted(match[2].strip())}"
            return Problem(
                "yaml-syntax",
                path,
                span,
                "YAML reads this value as something else",
                f"write it in quotes: {rewritten}",
            )
    tab = line.find("\t")
    if tab >= 0 and not line[:tab].strip():
        return Problem(
            "yaml-syntax",
            path,
            Span(line_number + 1, tab + 1, tab + 2),
            "a tab indents this line",
            "indent with spaces",
        )
    return Problem(
        "yaml-syntax", path, span, f"this is not YAML: {trouble}", "compare with content/README.md"
    )


def quoted(text: str) -> str:
    """Return text as a double-quoted scalar (YAML 1.2.2, 7.3.1)."""
    escaped = text.strip().replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
