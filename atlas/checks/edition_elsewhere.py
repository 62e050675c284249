"""An edition and the document of which it is an edition belong to one platform."""

from collections.abc import Iterator
from datetime import date

from atlas.checks.check import Check
from atlas.model import Atlas
from atlas.problem import Problem


def _find(atlas: Atlas, _as_of: date) -> Iterator[Problem]:
    for document in atlas.records.documents:
        other = atlas.document_by_id.get(document.edition_of or "")
        if other and other.platform != document.platform:
            message = f"`{other.id}` is a document of another platform, `{other.platform}`"
            hint = "name the same document in another language or region, or take the line out"
            yield document.origin.problem(CHECK.code, ("edition_of",), message, hint)


CHECK = Check("edition-elsewhere", __doc__, _find)
