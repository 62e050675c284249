"""The search page: the box, the facets with their counts, and every word that its script may say.

Core. The script draws results from the templates of the page; what people read without it, and
where they go then, is in the page as well.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from atlas import urls
from atlas.model import Severity, State
from atlas.pages import parts
from atlas.pages.facets import PLATFORM, Facet, offered
from atlas.pages.plan import Head, Link, PagePlan
from atlas.publication import Publication

_QUERY = "{q}"
"""Stands for what was searched for, until the script knows it."""


@dataclass(frozen=True, slots=True)
class SearchView:
    """What `pages/search.html` is handed."""

    action: str
    index: str
    """Where the script finds the index."""
    root: str
    """What the links in the index begin with."""
    home: str
    """What they begin with in this language."""
    facets: tuple[Facet, ...]
    typed: str
    """Name of the facet that is typed; all others are ticked."""
    months: str
    """Names of the months, from January on, with `|` between them."""
    sorts: tuple[str, ...]
    ways: tuple[Link, ...]
    """Lists that need no script."""
    request: str
    """Where to ask for what is not covered."""
    grades: tuple[parts.Grade, ...]
    states: tuple[State, ...]
    """States that a hit is marked with."""


def pages(publication: Publication) -> Iterator[PagePlan]:
    """Plan the search page."""
    say = publication.words.say
    yield PagePlan(
        address=urls.SEARCH,
        template="pages/search.html",
        head=Head(
            title=say("search.title"),
            description=say("search.description"),
            canonical=publication.absolute(urls.SEARCH),
            indexed=False,
        ),
        view=view(publication),
        scripts=("search.js",),
        evaluates=True,
    )


def view(publication: Publication) -> SearchView:
    """Return what the search page shows."""
    say, href = publication.words.say, publication.href
    return SearchView(
        action=href(urls.SEARCH),
        index=href(urls.SEARCH_INDEX),
        root=publication.in_own_language.href(urls.HOME),
        home=href(urls.HOME),
        facets=offered(publication),
        typed=PLATFORM,
        months="|".join(say(f"date.month.{month}") for month in range(1, 13)),
        sorts=("relevance", "severity", "platform", "captured"),
        ways=(
            Link(say("nav.platforms"), href(urls.PLATFORMS)),
            Link(say("nav.clause-types"), href(urls.CLAUSE_TYPES)),
            Link(say("nav.regulations"), href(urls.REGULATIONS)),
            Link(say("severities.list"), href(urls.SEVERITIES)),
        ),
        request=publication.urls.report(
            say("search.request-title", query=_QUERY), say("search.request-body", query=_QUERY)
        ),
        grades=tuple(
            grade for severity in Severity if (grade := parts.grade(publication, severity))
        ),
        states=tuple(state for state in State if state is not State.ACTIVE),
    )
