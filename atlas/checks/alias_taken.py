"""An alias leads to one record: it is neither the name nor an alias of another one of the same document."""

from collections.abc import Iterator
from datetime import date

from atlas.checks.check import Check
from atlas.model import Atlas
from atlas.problem import Problem


def _find(atlas: Atlas, _as_of: date) -> Iterator[Problem]:
    aliased: dict[tuple[str, str, str], str] = {}
    for provision in atlas.records.provisions:
        for n, alias in enumerate(provision.aliases):
            key = (provision.platform, provision.document, alias)
            holder = atlas.provisions.get(key)
            if holder is provision:
                message, hint = (
                    f"`{alias}` is the name of this record now",
                    "list old names only: take the line out",
                )
            elif holder:
                message = f"`{alias}` is the name of {holder.origin.path}"
                hint = "an address leads to one record: rename that one, or take the line out"
            elif key in aliased:
                message = f"`{alias}` is already an alias of {aliased[key]}"
                hint = "an address leads to one record: keep one of the two"
            else:
                aliased[key] = provision.origin.path
                continue
            yield provision.origin.problem(CHECK.code, ("aliases", n), message, hint)


CHECK = Check("alias-taken", __doc__, _find)
