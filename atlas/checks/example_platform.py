"""An example is another platform's wording."""

from collections.abc import Iterator
from datetime import date

from atlas.checks.check import Check
from atlas.model import Atlas, Provision
from atlas.problem import Place, Problem


def _find(atlas: Atlas, _as_of: date) -> Iterator[Problem]:
    for provision in atlas.records.provisions:
        platform = atlas.platforms.get(provision.platform)
        own_names = {platform.name.casefold(), platform.slug} if platform else set()
        for n, example in enumerate(provision.examples):
            other = atlas.by_id.get(example.record or "")
            if other and other.platform == provision.platform and other is not provision:
                yield _problem(provision, ("examples", n, "record"), str(other.id))
            elif example.platform and example.platform.casefold() in own_names:
                yield _problem(provision, ("examples", n, "platform"), example.platform)


CHECK = Check("example-platform", __doc__, _find)


def _problem(of: Provision, place: Place, name: str) -> Problem:
    hint = "list clauses of the same platform under `related`"
    return of.origin.problem(CHECK.code, place, f"`{name}` is of the same platform", hint)
