"""What was meant by an address at which nothing is published. Core."""

import difflib
from collections.abc import Mapping
from pathlib import PurePosixPath

from atlas.addresses import Produced
from atlas.model import Atlas

_SHELVES = {
    "clause-type": "data/clause-types",
    "regulation": "data/regulations",
    "jurisdiction": "data/regulations",
    "category": "data/categories",
}
"""The shelves whose entries have addresses, by the first segment of these."""


def is_excused(atlas: Atlas, address: str) -> bool:
    """Return whether what is at an address may stand in a file that could not be parsed."""
    unparsed = atlas.records.unparsed
    first, _, rest = address.strip("/").partition("/")
    if first == "id" and any(path.startswith("content/platform/") for path in unparsed):
        return True
    places = (_place(PurePosixPath(path)) for path in unparsed if path.startswith("content/"))
    return (
        _SHELVES.get(first, "") in unparsed
        or rest in unparsed
        or any(address.startswith(place) for place in places)
    )


def _place(path: PurePosixPath) -> str:
    """Return the address of what is written in a file."""
    names = path.parts[1:-1] if path.name.startswith("_") else path.with_suffix("").parts[1:]
    return f"/{'/'.join(names)}/"


def meant(address: str, published: Mapping[str, Produced], atlas: Atlas) -> str:
    """Return what was meant, as it is today: of an old address, where that leads."""
    if entry := published.get(f"{address}/"):
        if entry.target:
            return f"write `{entry.target}`, where `{address}/` leads"
        return f"write `{address}/`, with the slash at its end"
    site = atlas.records.site
    for language in (site.language, *site.translations) if site else ():
        inside = address.removeprefix(f"/{language.lower()}")
        if inside != address and (entry := published.get(inside)):
            return (
                f"write `{entry.target or inside}`; every page links to those of its own language"
            )
    close = difflib.get_close_matches(address, sorted(published), 1, 0.75)
    if close:
        return f"did you mean `{published[close[0]].target or close[0]}`?"
    return "write the address of a page as its file is named: content/a.md is at `/a/`"
