"""Problems in SARIF 2.1.0 (OASIS), for code scanning. Core."""

import json

from atlas import __version__
from atlas.reports.report import Report


def render(report: Report) -> str:
    """Return one SARIF run with a result for every problem; columns count Unicode code points."""
    tree = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "atlas",
                        "version": __version__,
                        "rules": [
                            {"id": code} for code in sorted({p.code for p in report.problems})
                        ],
                    }
                },
                "columnKind": "unicodeCodePoints",
                "results": [
                    {
                        "ruleId": p.code,
                        "level": "error" if p.blocks else "warning",
                        "message": {"text": f"{p.message}. {p.hint}".removesuffix(" ")},
                        "locations": [
                            {
                                "physicalLocation": {
                                    "artifactLocation": {"uri": p.path},
                                    "region": {
                                        "startLine": p.span.line,
                                        "startColumn": p.span.column,
                                        "endColumn": max(p.span.end_column, p.span.column + 1),
                                    },
                                }
                            }
                        ],
                    }
                    for p in report.problems
                ],
            }
        ],
    }
    return json.dumps(tree, indent=2) + "\n"
