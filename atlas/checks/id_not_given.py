"""An id is given, not chosen: one of the numbers that are given out stands in the ledger of ids.

Numbers below the site's first one were given elsewhere, before this atlas. An atlas without a
ledger has given none yet; `assign` judges its ids.
"""

from collections.abc import Iterator
from datetime import date

from atlas.checks.check import Check
from atlas.model import Atlas, Document, Provision
from atlas.problem import Problem


def _find(atlas: Atlas, _as_of: date) -> Iterator[Problem]:
    site, given = atlas.records.site, atlas.published.given
    if site is None or not given:
        return
    records: tuple[Document | Provision, ...] = (
        *atlas.records.documents,
        *atlas.records.provisions,
    )
    for record in records:
        if record.id is None or record.id in given:
            continue
        if int(record.id.rpartition("-")[2]) >= site.first_number:
            message = f"`{record.id}` was never given"
            hint = "take the line out: an id is given when the record is published"
            yield record.origin.problem(CHECK.code, ("id",), message, hint)


CHECK = Check("id-not-given", __doc__, _find, compares=True)
