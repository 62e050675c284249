"""An id stays where it was published: it is neither taken away, nor changed, nor given to another file."""

from collections.abc import Iterator
from datetime import date

from atlas.checks.check import Check
from atlas.checks.whereabouts import Stray, given_away
from atlas.model import Atlas
from atlas.problem import FIRST_LINE, Problem


def _find(atlas: Atlas, _as_of: date) -> Iterator[Problem]:
    yield from map(_problem, given_away(atlas))


CHECK = Check("changed-id", __doc__, _find, compares=True)


def _problem(stray: Stray) -> Problem:
    there, holder = stray.there, stray.holder
    assert there is not None  # noqa: S101  `_find` asked
    back = f"write `id: {stray.id}` again: an id is never changed, nor given to anything else"
    if holder is not None:
        message = f"`{stray.id}` was published as the id of {there.origin.path}"
        hint = (
            "give each file its own id back, and leave the line out of a new one; what has another"
            " name now is renamed with `./run rename`"
        )
        return holder.origin.problem(CHECK.code, ("id",), message, hint)
    if there.id is None:
        message = f"this was published as `{stray.id}`, and its id is gone"
        return Problem(CHECK.code, there.origin.path, FIRST_LINE, message, back)
    message = f"this was published as `{stray.id}`"
    return there.origin.problem(CHECK.code, ("id",), message, back)
