"""Folders, files and keys are named with lower-case letters a to z, digits and single hyphens.

At most 80 characters, and no name that Windows keeps for devices: people there could not even
fetch the repository.
"""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from pathlib import PurePosixPath

from atlas.checks.check import Check
from atlas.model import Atlas
from atlas.model.fields import SLUG, SLUG_LENGTH
from atlas.problem import FIRST_LINE, Problem

_DEVICE = re.compile(r"con|prn|aux|nul|(?:com|lpt)[0-9]")


def _find(atlas: Atlas, _as_of: date) -> Iterator[Problem]:
    judged: set[tuple[str, ...]] = set()
    for path in atlas.records.files:
        parts = PurePosixPath(path).parts
        for depth in _named_by_people(parts):
            place = parts[: depth + 1]
            if place in judged:
                continue
            judged.add(place)
            name = place[-1].removesuffix(".md") if depth == len(parts) - 1 else place[-1]
            kind = "file" if depth == len(parts) - 1 else "folder"
            fault = _fault(kind, name)
            if fault:
                yield Problem(CHECK.code, path, FIRST_LINE, *fault)
    records = atlas.records
    shelves = (records.clause_types, records.regulations, records.categories, records.people)
    for entry in (entry for shelf in shelves for entry in shelf):
        fault = _fault("key", entry.key)
        if fault:
            yield entry.origin.problem(CHECK.code, entry.origin.at_key(), *fault)


CHECK = Check("invalid-slug", __doc__, _find)


def _named_by_people(parts: tuple[str, ...]) -> range:
    """Return the indexes of the names that become part of an address."""
    is_named = parts[-1].endswith(".md")
    last = len(parts) if is_named else len(parts) - 1
    if parts[:2] == ("content", "platform") and len(parts) in {4, 5}:
        return range(2, last)
    return range(1, last) if parts[0] == "content" and len(parts) == 2 else range(0)


def _fault(kind: str, name: str) -> tuple[str, str] | None:
    called = "key" if kind == "key" else f"{kind} name"
    if len(name) > SLUG_LENGTH:
        message = f"the {called} `{name}` has {len(name)} characters; {SLUG_LENGTH} are allowed"
        return message, "say it more briefly"
    if _DEVICE.fullmatch(name):
        return (
            f"Windows cannot hold a {kind} called `{name}`",
            f"rename it, for example to `{name}-1`",
        )
    if SLUG.fullmatch(name):
        return None
    foreign = next(
        (c for c in unicodedata.normalize("NFKD", name) if c.isalpha() and not c.isascii()), None
    )
    if foreign:
        hint = f"`{foreign}` is {unicodedata.name(foreign, 'a foreign letter').lower()}; write letters a to z"
        return f"the {called} `{name}` is not a slug", hint
    ascii_name = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9]+", "-", ascii_name.lower()).strip("-")
    hint = (
        f"rename it to `{slug}`"
        if slug
        else "use lower-case letters a to z, digits and single hyphens"
    )
    return f"the {called} `{name}` is not a slug", hint
