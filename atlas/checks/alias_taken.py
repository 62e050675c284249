"""An alias is an old name of one thing: it is neither the name nor an alias of another one beside it.

Platforms stand beside platforms, documents beside the documents of their platform, records beside
the records of their document. Where names are told apart at each of these, so is every combination.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from atlas.checks.check import Check
from atlas.model import Atlas, Document, Platform, Provision
from atlas.problem import Problem

_Aliased = Platform | Document | Provision


def _find(atlas: Atlas, _as_of: date) -> Iterator[Problem]:
    records = atlas.records
    yield from _among(records.platforms, "platform")
    beside: defaultdict[tuple[str, ...], list[_Aliased]] = defaultdict(list)
    for document in records.documents:
        beside[document.platform,].append(document)
    for members in beside.values():
        yield from _among(members, "document")
    beside.clear()
    for provision in records.provisions:
        beside[provision.platform, provision.document].append(provision)
    for members in beside.values():
        yield from _among(members, "record")


CHECK = Check("alias-taken", __doc__, _find)


def _among(members: tuple[_Aliased, ...] | list[_Aliased], noun: str) -> Iterator[Problem]:
    """Yield what is wrong with the aliases of what stands side by side."""
    if not any(of.aliases for of in members):
        return
    named = {of.slug: of for of in members}
    aliased: dict[str, str] = {}
    for of in members:
        for n, alias in enumerate(of.aliases):
            holder = named.get(alias)
            if holder is of:
                message = f"`{alias}` is the name of this {noun} now"
                hint = "list old names only: take the line out"
            elif holder:
                message = f"`{alias}` is the name of {holder.origin.path}"
                hint = "an address leads to one place: rename that one, or take the line out"
            elif alias in aliased:
                message = f"`{alias}` is already an alias of {aliased[alias]}"
                hint = "an address leads to one place: keep one of the two"
            else:
                aliased[alias] = of.origin.path
                continue
            yield of.origin.problem(CHECK.code, ("aliases", n), message, hint)
