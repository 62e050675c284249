"""A status gives what it needs: withdrawn its day and reason, superseded its successor, disputed what others say."""

from collections.abc import Iterator
from datetime import date

from atlas.checks.check import Check
from atlas.model import Atlas, Provision, State
from atlas.problem import Problem

_NEEDED: dict[State, tuple[str, ...]] = {
    State.WITHDRAWN: ("on", "reason"),
    State.SUPERSEDED: ("replaced_by",),
}
_WAYS_OUT = {
    "on": "add a line `on: ...` with the day",
    "reason": "add a line `reason: ...` with one sentence",
    "replaced_by": "add a line `replaced_by: ...` with the id of the record that takes its place",
}


def _find(atlas: Atlas, _as_of: date) -> Iterator[Problem]:
    for provision in atlas.records.provisions:
        status, origin = provision.status, provision.origin
        if status is None:
            continue
        if status.state is State.ACTIVE:
            hint = "take `status` out: a record without one is active"
            yield origin.problem(
                CHECK.code, ("status", "state"), "`active` is not written down", hint
            )
        for name in _NEEDED.get(status.state, ()):
            if getattr(status, name) is None:
                message = f"a record that is {status.state} needs `{name}`"
                yield origin.problem(CHECK.code, ("status", "state"), message, _WAYS_OUT[name])
        if status.state is State.DISPUTED and not _has_statement(atlas, provision):
            message = "a record that is disputed needs what the other side says"
            folder = origin.path.removesuffix(".md")
            hint = f"add {folder}/dispute-1.md, or response-1.md where the platform answers"
            yield origin.problem(CHECK.code, ("status", "state"), message, hint)


CHECK = Check("status-incomplete", __doc__, _find)


def _has_statement(atlas: Atlas, of: Provision) -> bool:
    folder = f"{of.origin.path.removesuffix('.md')}/"
    unread = any(path.startswith(folder) for path in atlas.records.unparsed)
    return unread or bool(atlas.statements_on.get(of.key))
