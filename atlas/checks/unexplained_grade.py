"""A grade that departs from its stance's, or that differs from the platform's other clauses of the type, says why."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from atlas.checks.check import Check
from atlas.model import Atlas, Provision, Severity
from atlas.problem import Problem, Span


def _find(atlas: Atlas, _as_of: date) -> Iterator[Problem]:
    shelves: defaultdict[tuple[str, str], list[tuple[Provision, Severity]]] = defaultdict(list)
    for provision in atlas.records.provisions:
        grade, stance = atlas.severity(provision), atlas.stance(provision)
        is_explained = provision.severity_reason or provision.withheld
        if grade and stance and grade is not stance.severity and not is_explained:
            message = f"graded `{grade}`, where the stance carries `{stance.severity}`"
            hint = "add a line `severity_reason: ...` that says why, or take the grade out"
            yield provision.origin.problem(CHECK.code, ("severity",), message, hint)
        if grade and provision.counts:
            shelves[provision.platform, provision.clause_type].append((provision, grade))
    for shelf in shelves.values():
        yield from _differing(atlas, shelf)


CHECK = Check("unexplained-grade", __doc__, _find)


def _differing(atlas: Atlas, shelf: list[tuple[Provision, Severity]]) -> Iterator[Problem]:
    firsts = {grade: provision for provision, grade in reversed(shelf)}
    if len(firsts) == 1:
        return
    for provision, grade in shelf:
        stance = atlas.stance(provision)
        is_reported = stance is not None and grade is not stance.severity
        other = next(((p, g) for g, p in firsts.items() if g is not grade), None)
        if other is None or provision.severity_reason or is_reported:
            continue
        message = f"graded `{grade}`, while {other[0].origin.path} of the same platform and type is graded `{other[1]}`"
        hint = "add a line `severity_reason: ...` to each that says why they differ"
        yield provision.origin.problem(CHECK.code, _place(provision), message, hint)


def _place(of: Provision) -> Span:
    return of.origin.at("severity" if of.severity else "stance")
