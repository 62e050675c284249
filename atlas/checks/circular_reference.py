"""No record refers to itself, nor comes back to itself through parts, editions or replacements."""

from collections.abc import Iterator, Mapping
from datetime import date

from atlas.checks.check import Check
from atlas.model import Atlas, Provision
from atlas.problem import Origin, Place, Problem


def _find(atlas: Atlas, _as_of: date) -> Iterator[Problem]:
    for provision in atlas.records.provisions:
        yield from _to_itself(provision)
    for clause_type in atlas.records.clause_types:
        for n, key in enumerate(clause_type.related):
            if key == clause_type.key:
                yield _itself(clause_type.origin, ("related", n), key)
    replaced = {
        p.id: p.status.replaced_by
        for p in atlas.records.provisions
        if p.id and p.status and p.status.replaced_by
    }
    for provision in atlas.records.provisions:
        if provision.id:
            yield from _circle(provision.origin, ("status", "replaced_by"), provision.id, replaced)
    editions = {d.id: d.edition_of for d in atlas.records.documents if d.id and d.edition_of}
    for document in atlas.records.documents:
        if document.id:
            yield from _circle(document.origin, ("edition_of",), document.id, editions)
    parts = {r.key: r.part_of for r in atlas.records.regulations if r.part_of}
    for regulation in atlas.records.regulations:
        yield from _circle(regulation.origin, ("part_of",), regulation.key, parts)


CHECK = Check("circular-reference", __doc__, _find)


def _to_itself(of: Provision) -> Iterator[Problem]:
    if of.id is None:
        return
    for n, example in enumerate(of.examples):
        if example.record == of.id:
            yield _itself(of.origin, ("examples", n, "record"), of.id)
    for n, record in enumerate(of.related):
        if record == of.id:
            yield _itself(of.origin, ("related", n), of.id)


def _circle(
    origin: Origin, place: Place, start: str, following: Mapping[str, str]
) -> Iterator[Problem]:
    """Report a chain that leads back to where it started."""
    steps: list[str] = []
    step = following.get(start)
    while step is not None and step not in steps:
        steps.append(step)
        if step == start:
            if len(steps) == 1:
                yield _itself(origin, place, start)
            else:
                chain = " to ".join(f"`{name}`" for name in (start, *steps))
                yield origin.problem(
                    CHECK.code,
                    place,
                    f"this goes round in a circle: {chain}",
                    "break the circle at one place",
                )
            return
        step = following.get(step)


def _itself(origin: Origin, place: Place, name: str) -> Problem:
    return origin.problem(
        CHECK.code,
        place,
        f"`{name}` is this record itself",
        "name another record, or take the line out",
    )
