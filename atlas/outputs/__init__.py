"""One published format per file, beside the pages: what machines read.

Core. Each output is a function from a publication and its page plans to files; `OUTPUTS` lists
them in order.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from atlas.outputs import (
    citations,
    evidence_json,
    frozen_json,
    headers,
    history_json,
    index_md,
    llms_txt,
    log_files,
    passage_index,
    proof_json,
    record_json,
    redirects,
    robots_txt,
    schemas,
    security_txt,
    sitemap,
)
from atlas.outputs.text_file import TextFile
from atlas.pages.plan import PagePlan
from atlas.places import old_places_of_file
from atlas.publication import Publication

OUTPUTS: tuple[Callable[[Publication, Sequence[PagePlan]], Iterator[TextFile]], ...] = (
    record_json.files,
    frozen_json.files,
    history_json.files,
    evidence_json.files,
    citations.files,
    proof_json.files,
    log_files.files,
    passage_index.files,
    index_md.files,
    schemas.files,
    sitemap.files,
    robots_txt.files,
    llms_txt.files,
    security_txt.files,
    headers.files,
    redirects.files,
)


def files(publication: Publication, plans: Sequence[PagePlan]) -> Iterator[TextFile]:
    """Yield every file of every output, at each address that it ever had."""
    for output in OUTPUTS:
        for file in output(publication, plans):
            yield file
            for address in old_places_of_file(publication.atlas, f"/{file.path}"):
                yield replace(file, path=address.removeprefix("/"))
