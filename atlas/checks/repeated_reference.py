"""A list names the same record, document or person once."""

from collections.abc import Iterable, Iterator
from datetime import date

from atlas.checks.check import Check
from atlas.model import Atlas
from atlas.problem import Origin, Place, Problem


def _find(atlas: Atlas, _as_of: date) -> Iterator[Problem]:
    for provision in atlas.records.provisions:
        origin = provision.origin
        examples = enumerate(provision.examples)
        authors = provision.analysis.authors if provision.analysis else ()
        yield from _repeats(
            origin, ((("examples", n, "record"), e.record) for n, e in examples if e.record)
        )
        yield from _repeats(
            origin, ((("related", n), record) for n, record in enumerate(provision.related))
        )
        yield from _repeats(
            origin, ((("read", n), document) for n, document in enumerate(provision.read))
        )
        yield from _repeats(
            origin, ((("analysis", "authors", n), author) for n, author in enumerate(authors))
        )


CHECK = Check("repeated-reference", __doc__, _find)


def _repeats(origin: Origin, entries: Iterable[tuple[Place, str]]) -> Iterator[Problem]:
    first: dict[str, Place] = {}
    for place, value in entries:
        if value in first:
            message = (
                f"`{value}` stands in this list already (line {origin.at(*first[value]).line})"
            )
            yield origin.problem(CHECK.code, place, message, "keep one of them")
        first.setdefault(value, place)
