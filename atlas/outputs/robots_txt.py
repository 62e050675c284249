"""`robots.txt` (RFC 9309): everything may be read but the search index, and nothing of an invented atlas. Core."""

from collections.abc import Iterator, Sequence

from atlas.outputs.text_file import TextFile
from atlas.pages.plan import PagePlan
from atlas.publication import Publication


def files(publication: Publication, _plans: Sequence[PagePlan]) -> Iterator[TextFile]:
    """Yield robots.txt."""
    if publication.atlas.site.fictional:
        yield TextFile("robots.txt", "User-agent: *\nDisallow: /\n")
        return
    lines = [
        "User-agent: *",
        f"Disallow: {publication.href('/pagefind/')}",
        "",
        f"Sitemap: {publication.absolute('/sitemap.xml')}",
        "",
    ]
    yield TextFile("robots.txt", "\n".join(lines))
