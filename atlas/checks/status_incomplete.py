"""A status gives what it needs: withdrawn its day and reason, superseded its successor, disputed the answer."""

from collections.abc import Iterator
from datetime import date

from atlas.checks.check import Check
from atlas.model import Atlas, State
from atlas.problem import Problem

_NEEDED: dict[State, tuple[str, ...]] = {
    State.WITHDRAWN: ("on", "reason"),
    State.SUPERSEDED: ("replaced_by",),
    State.DISPUTED: ("response",),
}
_WAYS_OUT = {
    "on": "add a line `on: ...` with the day",
    "reason": "add a line `reason: ...` with one sentence",
    "replaced_by": "add a line `replaced_by: ...` with the id of the record that takes its place",
    "response": "add a line `response: ...` with what the platform answered",
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


CHECK = Check("status-incomplete", __doc__, _find)
