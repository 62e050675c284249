"""Problems as people and machines read them: one form per file, all from the same values.

Core. `REPORTS` lists the forms that `check --format` takes.
"""

from collections.abc import Callable, Mapping

from atlas.reports import github, json_report, sarif, text
from atlas.reports.report import Report

REPORTS: Mapping[str, Callable[[Report], str]] = {
    "text": text.render,
    "github": github.render,
    "json": json_report.render,
    "sarif": sarif.render,
}
