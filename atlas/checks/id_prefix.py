"""Ids begin with the prefix of this atlas."""

from collections.abc import Iterator
from datetime import date

from atlas.checks.check import Check
from atlas.model import Atlas, Document, Provision
from atlas.problem import Problem


def _find(atlas: Atlas, _as_of: date) -> Iterator[Problem]:
    site = atlas.records.site
    if site is None:
        return
    records: tuple[Document | Provision, ...] = (
        *atlas.records.documents,
        *atlas.records.provisions,
    )
    for record in records:
        if record.id and record.id.partition("-")[0] != site.id_prefix:
            message = f"ids of this atlas begin with `{site.id_prefix}-`, and this is `{record.id}`"
            hint = "a new record has no id: take the line out, and it is given one when it is published"
            yield record.origin.problem(CHECK.code, ("id",), message, hint)


CHECK = Check("id-prefix", __doc__, _find)
