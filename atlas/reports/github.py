"""Problems as workflow commands, which GitHub shows beside the lines of a pull request.

Core. GitHub keeps ten annotations of a kind per step and drops the rest without a word, so the
first ten are annotated and everything is printed in full beneath. `summary` is for the page of the run.
"""

import hashlib
import re

from atlas.problem import Problem
from atlas.reports import text
from atlas.reports.report import Report

MOST_ANNOTATIONS = 10
MOST_ROWS = 100


def render(report: Report) -> str:
    """Return annotations, then the whole report as text, kept from being read as commands."""
    errors = [p for p in report.problems if p.blocks][:MOST_ANNOTATIONS]
    warnings = [p for p in report.problems if not p.blocks][:MOST_ANNOTATIONS]
    lines = [_command(p) for p in [*errors, *warnings]]
    left = len(report.problems) - len(lines)
    if left:
        lines.append(f"and {left} more, listed in full here:")
    return "\n".join([*lines, _quiet(text.render(report))])


def summary(report: Report) -> str:
    """Return the report as Markdown: what was examined, and a table of the problems, the first hundred of them."""
    lines = [f"### {cell(report.summary())}", ""]
    if report.problems:
        lines += ["| where | what | way out |", "| --- | --- | --- |"]
        lines += [_row(p) for p in report.problems[:MOST_ROWS]]
    left = len(report.problems) - MOST_ROWS
    if left > 0:
        lines += ["", f"and {left} more, listed in the log of this step"]
    return "\n".join([*lines, "", ""])


def _row(problem: Problem) -> str:
    where = f"{problem.path}:{problem.span.line}:{problem.span.column}"
    kind = "" if problem.blocks else "note: "
    cells = (where, f"{kind}{problem.message} ({problem.code})", problem.hint)
    return f"| {' | '.join(map(cell, cells))} |"


def cell(value: str) -> str:
    """Return text that Markdown shows as it is: records come from strangers, who may write links and images."""
    return re.sub(
        r"[!-/:-@\[-`{-~]", lambda mark: f"&#{ord(mark[0])};", text.visible(value), flags=re.ASCII
    )


def _quiet(printed: str) -> str:
    """Return text between the two commands that stop GitHub from reading any in it.

    GitHub also takes `##[error]` in the middle of a line for one. The word that ends the silence is a hash of the
    text, so that nothing in the text can be it.
    """
    word = hashlib.sha256(printed.encode(errors="replace")).hexdigest()
    return f"::stop-commands::{word}\n{printed}::{word}::\n"


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
    return text.visible(value).replace("%", "%25")


def _property(value: str) -> str:
    return _message(value).replace(":", "%3A").replace(",", "%2C")
