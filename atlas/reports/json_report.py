"""Problems as JSON, for editors and other programs. Core."""

import json

from atlas.reports.report import Report

FORMAT = 1
"""Number of this shape; it grows only when a field changes its meaning or goes."""


def render(report: Report) -> str:
    """Return the report as one JSON object: `format`, `examined` and `problems`."""
    tree = {
        "format": FORMAT,
        "examined": dict(report.counts),
        "problems": [
            {
                "code": p.code,
                "file": p.path,
                "line": p.span.line,
                "column": p.span.column,
                "end_column": p.span.end_column,
                "message": p.message,
                "hint": p.hint,
                "blocks": p.blocks,
            }
            for p in report.problems
        ],
    }
    return json.dumps(tree, indent=2) + "\n"
