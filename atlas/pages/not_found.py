"""The page that a host serves where there is none.

Core. It is served at any depth, so every link on it is rooted.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from atlas import urls
from atlas.pages.plan import Head, Link, PagePlan
from atlas.publication import Publication


@dataclass(frozen=True, slots=True)
class NotFoundView:
    """What `pages/not-found.html` is handed."""

    search: str
    ways: tuple[Link, ...]
    """Where else to go."""


def pages(publication: Publication) -> Iterator[PagePlan]:
    """Plan the page for addresses that do not exist."""
    say, href = publication.words.say, publication.href
    ways = (
        Link(say("nav.platforms"), href(urls.PLATFORMS)),
        Link(say("nav.clause-types"), href(urls.CLAUSE_TYPES)),
        Link(say("nav.regulations"), href(urls.REGULATIONS)),
        Link(say("jurisdiction.list"), href(urls.JURISDICTIONS)),
        Link(say("category.list"), href(urls.CATEGORIES)),
        Link(say("severities.list"), href(urls.SEVERITIES)),
    )
    yield PagePlan(
        address=urls.NOT_FOUND,
        template="pages/not-found.html",
        head=Head(
            title=say("not-found.title"),
            description=say("not-found.sentence"),
            canonical=publication.absolute(urls.NOT_FOUND),
            indexed=False,
        ),
        view=NotFoundView(href(urls.SEARCH), ways),
    )
