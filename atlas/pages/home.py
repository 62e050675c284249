"""The first page: what this is, how much there is, what was added last, and who stands where.

Core. The only page that shows the day and the revision that the site was built from.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from atlas import counting, urls
from atlas.counting import NOT_CONFIRMED, Stands
from atlas.model import Provision
from atlas.pages import parts
from atlas.pages.heads import SCHEMA
from atlas.pages.looks import ChangeRow, lately
from atlas.pages.plan import Head, Link, PagePlan
from atlas.pages.year import Year, year
from atlas.publication import Publication
from atlas.stability import is_former

_LATEST = 8
_CHANGES = 7
_HEAT_ROWS = 24
_HEAT_COLUMNS = 8


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with what it counts and where that is listed."""

    key: str
    """What it counts: `provisions`, `platforms`, `clause-types`, `drafts`, `never-verified`, `cannot-say`."""
    n: int
    of: int
    """The whole that it belongs to: documents, for provisions; else provisions."""
    href: str
    """Nothing where a search would find none."""
    former: int = 0
    """Provisions whose words have changed or gone, beside those of which we cannot say that they stand."""
    former_href: str = ""


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
    former: bool
    """Whether its quotation is no longer the platform's words."""


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
    has_former: bool
    """Whether a cell stands for words that have changed or gone since."""


@dataclass(frozen=True, slots=True)
class HomeView:
    """What `pages/home.html` is handed."""

    tagline: str
    description: str
    search: str
    figures: tuple[Figure, ...]
    year: Year | None
    """The last 52 weeks; None where nobody has looked at anything."""
    changes: tuple[ChangeRow, ...]
    """The newest confirmed changes of clauses of those weeks, newest first."""
    more_changes: tuple[ChangeRow, ...]
    """The rest of them: as many as the year counts in all."""
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
    changes = lately(publication)
    return HomeView(
        tagline=atlas.site.tagline,
        description=atlas.site.description,
        search=href(urls.SEARCH),
        figures=_figures(publication, len(reviewed)),
        year=year(publication),
        changes=changes[:_CHANGES],
        more_changes=changes[_CHANGES:],
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
        Figure("provisions", total, len(counting.documents(provisions)), href(urls.PLATFORMS)),
        Figure("platforms", len(atlas.platforms), total, href(urls.PLATFORMS)),
        Figure("clause-types", clause_types, total, href(urls.CLAUSE_TYPES)),
        Figure("drafts", len(counting.drafts(provisions)), total, href(urls.SEVERITIES)),
        _unsure(publication, provisions),
    )


def _unsure(publication: Publication, provisions: tuple[Provision, ...]) -> Figure:
    """Return of how many we cannot say that they stand: all that quote anything, where nobody has looked."""
    atlas, href = publication.atlas, publication.href
    if not atlas.evidence.histories:
        never = counting.never_verified(atlas, provisions)
        return Figure("never-verified", len(never), len(provisions), href(urls.PLATFORMS))
    unsure = counting.not_confirmed(atlas, provisions, publication.as_of)
    former = counting.former(atlas, provisions)
    # The search offers only values that occur, so an address with none of them would find everything.
    address = href(urls.found_by_wording(*(s.value for s in NOT_CONFIRMED))) if unsure else ""
    former_address = href(urls.found_by_wording(Stands.FORMER.value))
    return Figure("cannot-say", len(unsure), len(provisions), address, len(former), former_address)


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
    cells = {
        slug: tuple(_cell(publication, counting.leading(atlas, slug, key)) for key in columns)
        for slug in most_read[:_HEAT_ROWS]
    }
    return Heat(
        columns=tuple(
            Link(atlas.clause_types[key].name, href(urls.clause_type(key))) for key in columns
        ),
        rows=tuple(
            HeatRow(
                platform=Link(atlas.platforms[slug].name, href(urls.platform(slug))),
                cells=row,
            )
            for slug, row in cells.items()
        ),
        cut=len(columns) < len(reviewed) or len(most_read) > _HEAT_ROWS,
        has_former=any(cell and cell.former for row in cells.values() for cell in row),
    )


def _cell(publication: Publication, of: Provision | None) -> Cell | None:
    if of is None:
        return None
    return Cell(
        parts.grade(publication, publication.atlas.severity(of)),
        publication.href(urls.provision(of)),
        is_former(publication.atlas, of),
    )
