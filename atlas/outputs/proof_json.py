"""`proof.json` beside every record that is in the log: the way from each of its leaves to the first root that holds it.

Core. What was published of a leaf stays as it is; a further leaf adds an entry.
"""

from collections.abc import Iterator, Sequence

from atlas import urls
from atlas.outputs.text_file import TextFile
from atlas.pages.plan import PagePlan
from atlas.proof import encode_proof, inclusions
from atlas.publication import Publication


def files(publication: Publication, _plans: Sequence[PagePlan]) -> Iterator[TextFile]:
    """Yield the proof of every record that has a leaf."""
    atlas = publication.atlas
    for number, entries in inclusions(atlas.published).items():
        if provision := atlas.by_id.get(number):
            path = urls.provision(provision, "proof.json").removeprefix("/")
            yield TextFile(path, encode_proof(number, entries).decode())
