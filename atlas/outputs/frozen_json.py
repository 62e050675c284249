"""`r<n>/record.json` beside every provision that has an id: each revision as it was frozen, to the byte.

Core. Where the law forbids to show a record's words, a short file stands there that says so, with the
hash of what stood there before.
"""

from collections.abc import Iterator, Sequence

from atlas import urls
from atlas.model import Provision
from atlas.outputs.text_file import TextFile
from atlas.pages.plan import PagePlan
from atlas.publication import Publication
from atlas.record_form import canonical_json
from atlas.revisions import Revision, revisions

FORMAT = 1
"""Number of the shape of what stands in place of a withheld revision."""


def files(publication: Publication, _plans: Sequence[PagePlan]) -> Iterator[TextFile]:
    """Yield the frozen form of every revision of which something is left, or why it is withheld."""
    for provision in publication.atlas.provisions.values():
        for revision in revisions(publication.atlas, provision):
            path = urls.revision(provision, revision.number, "record.json").removeprefix("/")
            if text := _text(publication, provision, revision):
                yield TextFile(path, text)


def _text(publication: Publication, of: Provision, revision: Revision) -> str:
    if of.withheld:
        gone = {
            "format": FORMAT,
            **({"fictional": True} if publication.atlas.site.fictional else {}),
            "id": of.id,
            "revision": revision.number,
            "withheld": of.withheld,
            **({"sha256": revision.sha256} if revision.sha256 else {}),
        }
        return canonical_json(gone)
    return revision.content.decode() if revision.content else ""
