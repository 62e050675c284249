"""The first page: what this is, how much there is, what was added last, and who stands where.

Core. The only page that shows the day and the revision that the site was built from.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from atlas import counting, urls
from atlas.model import Provision
from atlas.pages import parts
from atlas.pages.heads import SCHEMA
from atlas.pages.plan import Head, Link, PagePlan
from atlas.publication import Publication

_LATEST = 8
_HEAT_ROWS = 24
_HEAT_COLUMNS = 8


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with what it counts and where that is listed."""

    key: str
    """What it counts: `provisions`, `platforms`, `clause-types`, `drafts`, `never-verified`."""
    n: int
    of: int
    """The whole that it belongs to: documents, for provisions; else provisions."""
    href: str


@dataclass(frozen=True, slots=True)
class Latest:
    """A record among the newest."""

    written: str
    written_iso: str
    row: parts.Row


@dataclass(frozen=True, slots=True)
class Cell:
    """Where a platform stands on a clause type, by its most severe record."""

    grade: parts.Grade | None
    """None when the platform's documents are silent."""
    href: str
    """The record."""


@dataclass(frozen=True, slots=True)
class HeatRow:
    """One platform across the clause types."""

    platform: Link
    cells: tuple[Cell | None, ...]
    """One a column; None where nobody has read the platform's documents for it."""


@dataclass(frozen=True, slots=True)
class Heat:
    """Platforms against clause types."""

    columns: tuple[Link, ...]
    rows: tuple[HeatRow, ...]
    cut: bool
    """Whether there are more platforms or clause types than are shown."""


@dataclass(frozen=True, slots=True)
class HomeView:
    """What `pages/home.html` is handed."""

    tagline: str
    description: str
    search: str
    figures: tuple[Figure, ...]
    latest: tuple[Latest, ...]
    heat: Heat | None
    platforms: str
    """Where all platforms are listed."""
    open_shelves: int
    """Clause types that no platform was read for."""
    open_href: str
    as_of: str
    as_of_iso: str
    revision: str | None


def pages(publication: Publication) -> Iterator[PagePlan]:
    """Plan the home page."""
    site = publication.atlas.site
    title = publication.words.say("home.title", site=site.title, tagline=site.tagline)
    about = {
        "@context": SCHEMA,
        "@type": "WebSite",
        "name": site.title,
        "url": publication.absolute(urls.HOME),
        "description": site.description,
        "inLanguage": site.language,
        "license": site.licence.url,
    }
    canonical = publication.absolute(urls.HOME)
    yield PagePlan(
        address=urls.HOME,
        template="pages/home.html",
        head=Head(title=title, description=site.description, canonical=canonical, json_ld=about),
        view=view(publication),
    )


def view(publication: Publication) -> HomeView:
    """Return what the home page shows."""
    atlas, href = publication.atlas, publication.href
    used = {key: counting.prevalence(atlas, key).reviewed for key in atlas.clause_types}
    reviewed = {key: platforms for key, platforms in used.items() if platforms}
    return HomeView(
        tagline=atlas.site.tagline,
        description=atlas.site.description,
        search=href(urls.SEARCH),
        figures=_figures(publication, len(reviewed)),
        latest=_latest(publication),
        heat=_heat(publication, reviewed),
        platforms=href(urls.PLATFORMS),
        open_shelves=len(used) - len(reviewed),
        open_href=href(f"{urls.CLAUSE_TYPES}#open"),
        as_of=parts.day(publication.words, publication.as_of),
        as_of_iso=publication.as_of.isoformat(),
        revision=publication.revision,
    )


def _figures(publication: Publication, clause_types: int) -> tuple[Figure, ...]:
    atlas, href = publication.atlas, publication.href
    provisions = counting.that_count(atlas.provisions.values())
    total = len(provisions)
    return (
        Figure("provisions", total, len(atlas.documents), href(urls.PLATFORMS)),
        Figure("platforms", len(atlas.platforms), total, href(urls.PLATFORMS)),
        Figure("clause-types", clause_types, total, href(urls.CLAUSE_TYPES)),
        Figure("drafts", len(counting.drafts(provisions)), total, href(urls.SEVERITIES)),
        Figure(
            "never-verified", len(counting.never_verified(provisions)), total, href(urls.PLATFORMS)
        ),
    )


def _latest(publication: Publication) -> tuple[Latest, ...]:
    dated = [
        (p.analysis.written, p)
        for p in counting.that_count(publication.atlas.provisions.values())
        if p.analysis is not None
    ]
    newest = sorted(dated, key=lambda pair: pair[0], reverse=True)[:_LATEST]
    return tuple(
        Latest(
            parts.day(publication.words, written), written.isoformat(), parts.row(publication, p)
        )
        for written, p in newest
    )


def _heat(publication: Publication, reviewed: dict[str, tuple[str, ...]]) -> Heat | None:
    """Return the platforms and the clause types that were read most widely against each other."""
    if not reviewed:
        return None
    atlas, href = publication.atlas, publication.href
    widest = set(sorted(reviewed, key=lambda key: -len(reviewed[key]))[:_HEAT_COLUMNS])
    columns = [key for key in reviewed if key in widest]
    read = {slug: sum(slug in reviewed[key] for key in columns) for slug in atlas.platforms}
    most_read = sorted((slug for slug in read if read[slug]), key=lambda slug: -read[slug])
    return Heat(
        columns=tuple(
            Link(atlas.clause_types[key].name, href(urls.clause_type(key))) for key in columns
        ),
        rows=tuple(
            HeatRow(
                platform=Link(atlas.platforms[slug].name, href(urls.platform(slug))),
                cells=tuple(
                    _cell(publication, counting.leading(atlas, slug, key)) for key in columns
                ),
            )
            for slug in most_read[:_HEAT_ROWS]
        ),
        cut=len(columns) < len(reviewed) or len(most_read) > _HEAT_ROWS,
    )


def _cell(publication: Publication, of: Provision | None) -> Cell | None:
    if of is None:
        return None
    return Cell(
        parts.grade(publication, publication.atlas.severity(of)),
        publication.href(urls.provision(of)),
    )
