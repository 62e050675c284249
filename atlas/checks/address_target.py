"""An old address leads to something that is published, in one step and of the same kind."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import PurePosixPath

from atlas import urls
from atlas.addresses import Produced, in_own_language
from atlas.checks.check import Check
from atlas.checks.meant import is_excused, meant
from atlas.model import AddressKind, Atlas, OldAddress
from atlas.problem import Problem

_HELD = ("/evidence/", urls.LOG)
"""Evidence and proofs are named for ever by what is in them."""


def _find(atlas: Atlas, _as_of: date) -> Iterator[Problem]:
    if not any(old.to for old in atlas.records.addresses):
        return
    published: dict[str, Produced] = {}
    for entry in in_own_language(atlas):
        published.setdefault(entry.address, entry)
    for old in atlas.records.addresses:
        fault = _fault(atlas, old, old.to, published) if old.to else None
        if fault:
            yield old.origin.problem(CHECK.code, ("to",), *fault)


CHECK = Check("address-target", __doc__, _find)


def _fault(
    atlas: Atlas, old: OldAddress, to: str, published: Mapping[str, Produced]
) -> tuple[str, str] | None:
    entry = published.get(to)
    if to == old.key:
        return f"`{to}` leads to itself", "write the address that takes its place"
    if entry is None:
        hint = meant(to, published, atlas)
        return None if is_excused(atlas, to) else (f"nothing is published at `{to}`", hint)
    if entry.kind is AddressKind.GONE:
        hint = "say why with `gone` here as well, or write another address"
        return f"there is nothing any more at `{to}`", hint
    if entry.kind is AddressKind.REDIRECT:
        return f"`{to}` leads on itself", _end(entry, published)
    if to.startswith(_HELD) or PurePosixPath(old.key).suffix != PurePosixPath(to).suffix:
        hint = "a page leads to a page, and a file to one with the same ending that is no evidence"
        return f"`{to}` cannot take the place of `{old.key}`", hint
    return None


def _end(entry: Produced, published: Mapping[str, Produced]) -> str:
    """Return the way out of a chain of addresses: its end, where it has one."""
    passed = set()
    while entry.kind is AddressKind.REDIRECT and entry.address not in passed:
        passed.add(entry.address)
        entry = published.get(entry.target, Produced(entry.target))
    if entry.kind is AddressKind.REDIRECT:
        return "they lead in a circle: write the address of a page"
    return f"write where it leads: `{entry.address}`"
