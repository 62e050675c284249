"""An old address is not the address of something that is published."""

from collections.abc import Iterator
from datetime import date

from atlas.addresses import Produced, in_own_language
from atlas.checks.check import Check
from atlas.model import AddressKind, Atlas
from atlas.problem import Problem


def _find(atlas: Atlas, _as_of: date) -> Iterator[Problem]:
    keys = {old.key: old for old in atlas.records.addresses}
    if not keys:
        return
    known: dict[str, Produced] = {}
    for entry in in_own_language(atlas):
        there = known.setdefault(entry.address, entry)
        # What a line takes along can clash with another line only: where it clashes, that one has its key.
        if there is not entry and entry.address in keys:
            old = keys[entry.address]
            yield old.origin.problem(CHECK.code, old.origin.at_key(), *_fault(there))


CHECK = Check("address-taken", __doc__, _find)


def _fault(there: Produced) -> tuple[str, str]:
    if there.kind is AddressKind.REDIRECT:
        message = f"`{there.address}` leads on already, to `{there.target}`"
        return message, "take the line out, or the alias or line that comes before it"
    message = f"something is published at `{there.address}`"
    return message, "take the line out, or rename what is there"
