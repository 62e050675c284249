"""`robots.txt` (RFC 9309): everything may be read; the search index is no reading matter. Core."""

from collections.abc import Iterator, Sequence

from atlas.outputs.text_file import TextFile
from atlas.pages.plan import PagePlan
from atlas.publication import Publication


def files(publication: Publication, _plans: Sequence[PagePlan]) -> Iterator[TextFile]:
    """Yield robots.txt."""
    lines = [
        "User-agent: *",
        f"Disallow: {publication.href('/pagefind/')}",
        "",
        f"Sitemap: {publication.absolute('/sitemap.xml')}",
        "",
    ]
    yield TextFile("robots.txt", "\n".join(lines))
