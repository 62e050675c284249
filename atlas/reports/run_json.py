"""A run of the verifier as JSON, `verify-report.json`, written and read back. Core."""

from pydantic import ValidationError

from atlas.model.run_report import RunReport
from atlas.problem import Fault


class ReportFault(Fault):
    """A report cannot be read; says which and why."""


def render(report: RunReport) -> str:
    """Return the report as indented JSON; its schema is `verify-report` of `atlas.schema`."""
    return report.model_dump_json(indent=2) + "\n"


def read(text: str | bytes, name: str) -> RunReport:
    """Return the report that a file of this name holds.

    Raises:
        ReportFault: it is no report, or one of another version.
    """
    try:
        return RunReport.model_validate_json(text)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(map(str, first["loc"])) or "the file"
        raise ReportFault(
            f"{name} is no report of this program's verifier: {place}: {first['msg']}"
        ) from error
