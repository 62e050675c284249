"""`.well-known/security.txt` (RFC 9116): whom to tell about a hole. Core."""

from collections.abc import Iterator, Sequence

from atlas.outputs.text_file import TextFile
from atlas.pages.plan import PagePlan
from atlas.publication import Publication

PATH = ".well-known/security.txt"


def files(publication: Publication, _plans: Sequence[PagePlan]) -> Iterator[TextFile]:
    """Yield security.txt; the check `security-expires` refuses one that is about to run out."""
    site = publication.atlas.site
    lines = [
        f"Contact: mailto:{site.contact}",
        f"Expires: {site.security_expires.isoformat()}T00:00:00Z",
        f"Preferred-Languages: {site.language}",
        f"Canonical: {publication.absolute(f'/{PATH}')}",
        "",
    ]
    yield TextFile(PATH, "\n".join(lines))
