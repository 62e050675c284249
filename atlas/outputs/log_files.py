"""The log for everybody: leaves, roots, and the anchors of roots, each as the file that `data/published/` holds.

Core. An anchor is bytes of somebody else's, so it is handed over as such.
"""

from collections.abc import Iterator, Sequence

from atlas import urls
from atlas.model import Published
from atlas.outputs.text_file import TextFile
from atlas.pages.plan import PagePlan
from atlas.publication import Publication
from atlas.published import LOG_FOLDER, encode_leaves, encode_roots

_FOLDER = urls.LOG.removeprefix("/")


def files(publication: Publication, _plans: Sequence[PagePlan]) -> Iterator[TextFile]:
    """Yield the files of leaves and of roots, where anything is in the log."""
    published = publication.atlas.published
    for path, content in encode_leaves(published.leaves).items():
        yield TextFile(f"{_FOLDER}{path.removeprefix(f'{LOG_FOLDER}/')}", content.decode())
    if published.roots:
        yield TextFile(f"{_FOLDER}roots.jsonl", encode_roots(published.roots).decode())


def anchors(published: Published) -> Iterator[tuple[str, bytes]]:
    """Yield path and bytes of every time stamp and attestation."""
    for name, content in sorted(published.anchors.items()):
        yield f"{_FOLDER}anchors/{name}", content
