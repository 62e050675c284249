"""Problems as workflow commands, which GitHub shows beside the lines of a pull request.

Core. GitHub keeps ten annotations of a kind per step and drops the rest without a word, so the
first ten are annotated and everything is printed in full beneath.
"""

from atlas.problem import Problem
from atlas.reports import text
from atlas.reports.report import Report

MOST_ANNOTATIONS = 10


def render(report: Report) -> str:
    """Return annotations, then the whole report as text, kept from being read as commands."""
    errors = [p for p in report.problems if p.blocks][:MOST_ANNOTATIONS]
    warnings = [p for p in report.problems if not p.blocks][:MOST_ANNOTATIONS]
    lines = [_command(p) for p in [*errors, *warnings]]
    left = len(report.problems) - len(lines)
    if left:
        lines.append(f"and {left} more, listed in full here:")
    # A line that begins with `::` would be taken for a command; an excerpt never does, it has a gutter.
    return "\n".join([*lines, text.render(report)])


def _command(problem: Problem) -> str:
    properties = {
        "file": problem.path,
        "line": problem.span.line,
        "col": problem.span.column,
        "endColumn": problem.span.end_column,
        "title": problem.code,
    }
    pairs = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items())
    message = problem.message + (f" — {problem.hint}" if problem.hint else "")
    return f"::{'error' if problem.blocks else 'warning'} {pairs}::{_message(message)}"


def _message(value: str) -> str:
    return value.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(value: str) -> str:
    return _message(value).replace(":", "%3A").replace(",", "%2C")
