"""A run of the verifier for the page of a workflow's run: counts, and a table of what is new.

Core. Whatever pages and records say of themselves is shown as it is, and does nothing.
"""

from atlas.model.run_report import RunReport
from atlas.reports.github import MOST_ROWS, cell
from atlas.reports.run_text import rows, summary


def render(report: RunReport) -> str:
    """Return the run as Markdown, with the first hundred rows of what is new."""
    lines = [f"### {cell(summary(report))}", ""]
    said = [f"Run {report.run}, vantage point {report.vantage}"]
    if not report.trustworthy:
        said.append(f"not trustworthy: {report.doubt}")
    if not report.complete:
        said.append("stopped before its end")
    lines += [cell("; ".join(said)), ""]
    found = rows(report)
    if found:
        lines += ["| outcome | document | what next |", "| --- | --- | --- |"]
        lines += [f"| {' | '.join(map(cell, row))} |" for row in found[:MOST_ROWS]]
    left = len(found) - MOST_ROWS
    if left > 0:
        lines += ["", f"and {left} more, listed in the log of this step"]
    return "\n".join([*lines, "", ""])
