"""An example names a record, or else platform, document and clause."""

from collections.abc import Iterator
from datetime import date

from atlas.checks.check import Check
from atlas.model import Atlas, Example
from atlas.problem import Problem

_NEEDED = ("platform", "document", "clause")


def _find(atlas: Atlas, _as_of: date) -> Iterator[Problem]:
    for provision in atlas.records.provisions:
        for n, example in enumerate(provision.examples):
            if example.record:
                yield from (
                    provision.origin.problem(
                        CHECK.code,
                        provision.origin.at_key("examples", n, name),
                        f"`{name}` stands beside `record`, which says it already",
                        "take this line out",
                    )
                    for name in (*_NEEDED, "source_url")
                    if getattr(example, name) is not None
                )
                continue
            missing = [name for name in _NEEDED if getattr(example, name) is None]
            if missing:
                place = provision.origin.at("examples", n)
                yield provision.origin.problem(
                    CHECK.code, place, _message(example, missing), _hint(missing)
                )


CHECK = Check("incomplete-example", __doc__, _find)


def _message(example: Example, missing: list[str]) -> str:
    if len(missing) == len(_NEEDED) and example.source_url is None:
        return "this example does not say whose words it means"
    return "this example lacks " + " and ".join(f"`{name}`" for name in missing)


def _hint(missing: list[str]) -> str:
    if len(missing) == len(_NEEDED):
        return "name the other `record` by its id, or give `platform`, `document` and `clause`"
    return (
        "add "
        + ", ".join(f"`{name}`" for name in missing)
        + ", or name a `record` by its id and nothing else"
    )
