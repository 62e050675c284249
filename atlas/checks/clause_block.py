"""A quotation is written as a `|-` block, in which nothing needs quotes or escapes."""

from collections.abc import Iterator
from datetime import date

from atlas.checks.check import Check
from atlas.checks.places import is_block
from atlas.model import Atlas
from atlas.problem import Origin, Problem


def _find(atlas: Atlas, _as_of: date) -> Iterator[Problem]:
    for provision in atlas.records.provisions:
        if provision.clause:
            yield from _judge(provision.origin, provision.clause, "clause")
        for n, example in enumerate(provision.examples):
            if example.clause:
                yield from _judge(provision.origin, example.clause, "examples", n, "clause")


CHECK = Check("clause-block", __doc__, _find, judges_text=True)


def _judge(origin: Origin, text: str, *place: str | int) -> Iterator[Problem]:
    if not is_block(origin, text, *place):
        hint = "write `clause: |-` and the words on the lines beneath, indented by two more spaces"
        yield origin.problem(CHECK.code, place, "the quotation stands beside its name", hint)
    elif text.endswith("\n"):
        yield origin.problem(
            CHECK.code, place, "this block keeps the line break after its last line", "write `|-`"
        )
