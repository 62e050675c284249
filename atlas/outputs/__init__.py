"""One published format per file, beside the pages: what machines read.

Core. Each output is a function from a publication and its page plans to files; `OUTPUTS` lists
them in order.
"""

from collections.abc import Callable, Iterator, Sequence

from atlas.outputs import (
    evidence_json,
    headers,
    index_md,
    llms_txt,
    record_json,
    robots_txt,
    schemas,
    security_txt,
    sitemap,
)
from atlas.outputs.text_file import TextFile
from atlas.pages.plan import PagePlan
from atlas.publication import Publication

OUTPUTS: tuple[Callable[[Publication, Sequence[PagePlan]], Iterator[TextFile]], ...] = (
    record_json.files,
    evidence_json.files,
    index_md.files,
    schemas.files,
    sitemap.files,
    robots_txt.files,
    llms_txt.files,
    security_txt.files,
    headers.files,
)


def files(publication: Publication, plans: Sequence[PagePlan]) -> Iterator[TextFile]:
    """Yield every file of every output."""
    for output in OUTPUTS:
        yield from output(publication, plans)
