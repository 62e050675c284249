"""A link to this site leads to an address that is published."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from urllib.parse import unquote

from atlas.addresses import Produced, in_own_language
from atlas.checks.check import Check
from atlas.checks.links import passages, targets
from atlas.checks.meant import is_excused, meant
from atlas.model import AddressKind, Atlas
from atlas.problem import Problem


def _find(atlas: Atlas, _as_of: date) -> Iterator[Problem]:
    published: dict[str, Produced] = {}
    hints: dict[str, str] = {}
    for origin, passage in passages(atlas):
        if "/" not in passage.text:
            continue
        for target in targets(passage):
            if not target.meant.startswith("/") or target.meant.startswith(("//", "/\\")):
                continue  # not of this site; `link-not-https` judges the rest
            published = published or {e.address: e for e in in_own_language(atlas)}
            address = unquote(re.split(r"[#?]", target.meant)[0])
            if address not in hints:
                hints[address] = _hint(address, published, atlas)
            if hints[address]:
                message = f"nothing is published at `{target.written}`"
                yield origin.problem(CHECK.code, target.span, message, hints[address])


CHECK = Check("dead-link", __doc__, _find, judges_text=True)


def _hint(address: str, published: Mapping[str, Produced], atlas: Atlas) -> str:
    """Return what to write instead; nothing where the link is right, or may be."""
    entry = published.get(address)
    if entry is None:
        return "" if is_excused(atlas, address) else meant(address, published, atlas)
    # An old address leads on for ever, so a link to it is no fault: renaming a record breaks no other one.
    is_gone = entry.kind is AddressKind.GONE
    return "nothing is there any more, as its page says: leave the link out" if is_gone else ""
