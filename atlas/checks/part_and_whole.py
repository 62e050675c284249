"""A record lists a regulation once for each article, and never together with its own part."""

from collections.abc import Iterator
from datetime import date

from atlas.checks.check import Check
from atlas.model import Atlas, Provision
from atlas.problem import Problem


def _find(atlas: Atlas, _as_of: date) -> Iterator[Problem]:
    for provision in atlas.records.provisions:
        yield from _repeated(provision)
        listed = {mapped.id for mapped in provision.regulations}
        for n, mapped in enumerate(provision.regulations):
            whole = next((w for w in _wholes(atlas, mapped.id) if w in listed), None)
            if whole:
                message = f"`{mapped.id}` is a part of `{whole}`, which is listed too"
                hint = "keep the part where the clause touches it alone, and the whole otherwise"
                yield provision.origin.problem(CHECK.code, ("regulations", n, "id"), message, hint)


CHECK = Check("part-and-whole", __doc__, _find)


def _repeated(of: Provision) -> Iterator[Problem]:
    lines: dict[tuple[str, str | None], int] = {}
    for n, mapped in enumerate(of.regulations):
        key = (mapped.id, mapped.article)
        if key in lines:
            article = f", {mapped.article}," if mapped.article else ""
            message = f"`{mapped.id}`{article} is listed already (line {lines[key]})"
            yield of.origin.problem(
                CHECK.code,
                ("regulations", n, "id"),
                message,
                "join the two, or name another article",
            )
        lines.setdefault(key, of.origin.at("regulations", n, "id").line)


def _wholes(atlas: Atlas, key: str) -> Iterator[str]:
    """Yield what a regulation is part of, from the inside out."""
    seen = {key}
    while (
        (regulation := atlas.regulations.get(key))
        and regulation.part_of
        and regulation.part_of not in seen
    ):
        key = regulation.part_of
        seen.add(key)
        yield key
