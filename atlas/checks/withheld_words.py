"""Where the law forbids to show a record's words, they are in none of its files.

The file keeps what the page at its address needs: number, label, claim, shelf, dates and the
reason. Only a record that is withdrawn can be withheld.
"""

from collections.abc import Iterator
from datetime import date

from atlas.checks.check import Check
from atlas.model import Atlas, Provision, State
from atlas.problem import FIRST_LINE, Problem

_WORDS = ("clause", "severity_reason", "regulations", "examples")


def _find(atlas: Atlas, _as_of: date) -> Iterator[Problem]:
    for provision in atlas.records.provisions:
        if provision.withheld:
            yield from _words(atlas, provision)


CHECK = Check("withheld-words", __doc__, _find)


def _words(atlas: Atlas, of: Provision) -> Iterator[Problem]:
    if of.state is not State.WITHDRAWN:
        message = "only a record that is withdrawn can have its words withheld"
        hint = "write `state: withdrawn` with its day and reason, or take `withheld` out"
        yield of.origin.problem(CHECK.code, ("status", "withheld"), message, hint)
        return
    hint = "take it out of the file: its words are withheld"
    for name in _WORDS:
        if getattr(of, name):
            message = f"`{name}` still stands here"
            yield of.origin.problem(CHECK.code, of.origin.at_key(name), message, hint)
    if of.sections:
        message = f"`## {of.sections[0].heading}` still stands here"
        yield Problem(CHECK.code, of.origin.path, of.sections[0].span, message, hint)
    for former in atlas.former_of.get(of.key, ()):
        message = f"revision {former.stands_for} of the record still stands here"
        yield Problem(
            CHECK.code,
            former.origin.path,
            FIRST_LINE,
            message,
            "take the file away: its words are withheld",
        )
