"""The page of an address at which there is nothing any more: why, and since when.

Core. A published address never dies; where nothing takes its place, `data/addresses.yaml` says so.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from atlas import urls
from atlas.model import OldAddress
from atlas.pages import parts
from atlas.pages.plan import Head, PagePlan
from atlas.publication import Publication


@dataclass(frozen=True, slots=True)
class GoneView:
    """What `pages/gone.html` is handed."""

    reason: str
    since: str
    search: str


def pages(publication: Publication) -> Iterator[PagePlan]:
    """Plan the page of each address of a page at which there is nothing any more."""
    for old in publication.atlas.records.addresses:
        if old.gone and old.key.endswith("/") and urls.is_translated(old.key):
            yield _plan(publication, old, old.gone)


def ids(publication: Publication) -> Iterator[PagePlan]:
    """Plan the page of each permanent address at which there is nothing any more."""
    for old in publication.atlas.records.addresses:
        if old.gone and old.key.endswith("/") and not urls.is_translated(old.key):
            yield _plan(publication, old, old.gone)


def _plan(publication: Publication, old: OldAddress, reason: str) -> PagePlan:
    return PagePlan(
        address=old.key,
        template="pages/gone.html",
        head=Head(
            title=publication.words.say("gone.heading"),
            description=" ".join(reason.split()),
            canonical=publication.absolute(old.key),
            indexed=False,
        ),
        view=GoneView(reason, parts.day(publication.words, old.on), publication.href(urls.SEARCH)),
    )
