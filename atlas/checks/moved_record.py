"""What was published stays where it belongs: no record moves to another document, and no document to another platform.

A name may change, and what stands below it has another address then; that is no move.
"""

from collections.abc import Iterator
from datetime import date

from atlas.checks.check import Check
from atlas.checks.whereabouts import Numbered, file_at, is_moved, strays
from atlas.model import Atlas, Document
from atlas.problem import FIRST_LINE, Problem


def _find(atlas: Atlas, _as_of: date) -> Iterator[Problem]:
    for stray in strays(atlas):
        if stray.holder is not None and is_moved(atlas, stray):
            yield _problem(stray.holder, stray.id, stray.last)


CHECK = Check("moved-record", __doc__, _find, compares=True)


def _problem(of: Numbered, number: str, last: str) -> Problem:
    message = f"`{number}` was published at `{last}`"
    back = f"move it back to {file_at(last)}"
    if isinstance(of, Document):
        hint = f"{back}; the same words at another platform are a document of their own, with an id of its own"
    else:
        hint = (
            f"{back}; the same words in another document are a record of their own, with an id of its"
            f" own, and `./run supersede {number} NEW-ID` or `./run withdraw {number}` says so of this one"
        )
    return Problem(CHECK.code, of.origin.path, FIRST_LINE, message, hint)
