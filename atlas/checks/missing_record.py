"""A folder beside a record has its record: `a/r1.md` and `a/response-1.md` need `a.md`."""

from collections.abc import Iterator
from datetime import date

from atlas.checks.check import Check
from atlas.model import Atlas
from atlas.problem import FIRST_LINE, Problem


def _find(atlas: Atlas, _as_of: date) -> Iterator[Problem]:
    missing: set[str] = set()
    for key, path in _beside(atlas):
        record = f"content/platform/{'/'.join(key)}.md"
        if key in atlas.provisions or record in atlas.records.unparsed or record in missing:
            continue
        missing.add(record)
        message = f"there is no record {record} beside which this could stand"
        hint = "call the folder like its record, without `.md`, or take it away"
        yield Problem(CHECK.code, path, FIRST_LINE, message, hint)


CHECK = Check("missing-record", __doc__, _find)


def _beside(atlas: Atlas) -> Iterator[tuple[tuple[str, str, str], str]]:
    for former in atlas.records.former:
        yield former.key, former.origin.path
    for statement in atlas.records.statements:
        yield statement.about, statement.origin.path
