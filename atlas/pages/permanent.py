"""The addresses that lead to a record and are not its page: its id's, and those that it once had.

Core. The canonical URL is the record's, so that nobody cites the detour.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from atlas import urls
from atlas.pages.plan import Head, Link, PagePlan
from atlas.publication import Publication


@dataclass(frozen=True, slots=True)
class PermanentView:
    """What `pages/permanent.html` is handed."""

    id: str
    target: Link


def ids(publication: Publication) -> Iterator[PagePlan]:
    """Plan the redirect of each id, of provisions and of documents."""
    atlas = publication.atlas
    for number in sorted(atlas.by_id):
        record = atlas.by_id[number]
        yield _plan(
            publication, urls.permanent(number), number, record.claim, urls.provision(record)
        )
    for number in sorted(atlas.document_by_id):
        document = atlas.document_by_id[number]
        yield _plan(
            publication, urls.permanent(number), number, document.title, urls.document(document)
        )


def aliases(publication: Publication) -> Iterator[PagePlan]:
    """Plan the redirect of each place where a provision was before."""
    for record in publication.atlas.provisions.values():
        for place in urls.former_places(publication.atlas, record):
            yield _plan(
                publication,
                place,
                record.id or record.slug,
                record.claim,
                urls.provision(record),
            )


def _plan(publication: Publication, detour: str, name: str, text: str, address: str) -> PagePlan:
    href = publication.href(address)
    return PagePlan(
        address=detour,
        template="pages/permanent.html",
        head=Head(
            title=name,
            description=text,
            canonical=publication.absolute(address),
            indexed=False,
            refresh=href,
        ),
        view=PermanentView(name, Link(text, href)),
    )
