"""The list of platforms.

Core.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from atlas import counting, urls
from atlas.model import Platform
from atlas.pages import parts
from atlas.pages.heads import head, indexed_if
from atlas.pages.plan import Link, PagePlan
from atlas.publication import Publication


@dataclass(frozen=True, slots=True)
class PlatformRow:
    """One platform in the list."""

    platform: Link
    entity: str | None
    jurisdiction: str | None
    documents: int
    documents_href: str
    provisions: int
    provisions_href: str
    drafts: int


@dataclass(frozen=True, slots=True)
class PlatformsView:
    """What `pages/platforms.html` is handed."""

    platforms: tuple[PlatformRow, ...]


def pages(publication: Publication) -> Iterator[PagePlan]:
    """Plan the list of platforms."""
    say = publication.words.say
    yield PagePlan(
        address=urls.PLATFORMS,
        template="pages/platforms.html",
        head=indexed_if(
            head(
                publication, urls.PLATFORMS, say("nav.platforms"), say("platform.list-description")
            ),
            publication.atlas.platforms,
        ),
        view=PlatformsView(
            tuple(_row(publication, of) for of in publication.atlas.platforms.values())
        ),
        section="platforms",
    )


def _row(publication: Publication, of: Platform) -> PlatformRow:
    atlas, address = publication.atlas, urls.platform(of)
    provisions = counting.that_count(atlas.by_platform.get(of.slug, ()))
    return PlatformRow(
        platform=Link(of.name, publication.href(address)),
        entity=of.entity,
        jurisdiction=parts.place(publication.words, of.jurisdiction) if of.jurisdiction else None,
        documents=len(atlas.documents_of.get(of.slug, ())),
        documents_href=publication.href(f"{address}#documents"),
        provisions=len(provisions),
        provisions_href=publication.href(f"{address}#provisions"),
        drafts=len(counting.drafts(provisions)),
    )
