"""The page of a platform: who it is, its documents, its clauses, and where it stands among the reviewed.

Core. Nothing on it is added up: a platform has no grade.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from atlas import counting, jurisdictions, urls
from atlas.model import Atlas, Document, Platform, Severity
from atlas.pages import parts
from atlas.pages.heads import Step, Trail, crumbs, head, indexed_if
from atlas.pages.looks import ChangeRow, LastLook, Summary, change_rows, last_look, summary
from atlas.pages.neatline import Neatline, neatline
from atlas.pages.plan import Link, PagePlan
from atlas.publication import Publication
from atlas.stability import document_cells, document_standing

FORMER = "former"
"""Stands among the grades for platforms whose words have changed or gone."""

Standings = Mapping[str, Mapping[Severity | str | None, tuple[str, ...]]]
"""Reviewed platforms by grade, for each clause type; None holds the silent, `FORMER` the former."""

_GRADES = tuple(reversed(Severity))


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """One document in a list of documents."""

    document: Link
    kind: str
    language: str
    region: str | None
    stated: str | None
    """The date that the document states, in words."""
    provisions: int
    provisions_href: str
    last_look: LastLook | None
    """None in an atlas where nobody has looked at anything."""
    line: Neatline | None
    """None: no look was good. All lines of one list have the same axis."""


@dataclass(frozen=True, slots=True)
class StandingCell:
    """How many reviewed platforms stand at a grade."""

    key: str
    """The grade, `silent` or `former`."""
    n: int
    own: bool
    """Whether this platform is one of them."""


@dataclass(frozen=True, slots=True)
class StandingRow:
    """Where the reviewed platforms stand on one clause type."""

    clause_type: Link
    cells: tuple[StandingCell, ...]
    """Mildest grade first, then the silent; the former last, where the table has them."""
    reviewed: int
    href: str
    """Where the reviewed platforms are listed."""


@dataclass(frozen=True, slots=True)
class PlatformView:
    """What `pages/platform.html` is handed."""

    crumbs: tuple[Link, ...]
    name: str
    entity: str | None
    jurisdiction: str | None
    jurisdiction_href: str | None
    homepage: Link | None
    documents: tuple[DocumentRow, ...]
    provisions: tuple[parts.Row, ...]
    drafts: int
    never_verified: int
    former: int
    """Provisions whose words have changed or gone since."""
    read: int
    """Documents that the provisions come from."""
    wording: bool
    """Whether the list says of each provision if its words still stand."""
    summary: Summary | None
    changes: tuple[ChangeRow, ...]
    """Confirmed changes of its documents and of their clauses, newest first."""
    grades: tuple[parts.Grade | None, ...]
    """Heads of the standing, mildest first; None for the silent."""
    has_former: bool
    """Whether the standing has a column for platforms whose words have changed or gone."""
    standing: tuple[StandingRow, ...]
    gone: tuple[parts.Row, ...]
    """Superseded and withdrawn records."""
    reply: str | None
    """Where a platform reads how to answer."""


def pages(publication: Publication) -> Iterator[PagePlan]:
    """Plan the page of each platform."""
    atlas = publication.atlas
    standings = {key: _standings(atlas, key) for key in atlas.clause_types}
    trail: Trail = (Step(publication.words.say("nav.platforms"), urls.PLATFORMS),)
    for of in atlas.platforms.values():
        address = urls.platform(of)
        description = publication.words.say("platform.description", name=of.name)
        yield PagePlan(
            address=address,
            template="pages/platform.html",
            head=indexed_if(
                head(
                    publication, address, of.name, description, trail=trail, about=_organization(of)
                ),
                atlas.documents_of.get(of.slug, ()),
            ),
            view=view(publication, of, standings, trail),
            section="platforms",
        )


def view(
    publication: Publication, of: Platform, standings: Standings, trail: Trail
) -> PlatformView:
    """Return what the page of a platform shows."""
    atlas = publication.atlas
    records = atlas.by_platform.get(of.slug, ())
    provisions = counting.that_count(records)
    documents = atlas.documents_of.get(of.slug, ())
    own = {
        key: by_grade
        for key, by_grade in standings.items()
        if any(of.slug in platforms for platforms in by_grade.values())
    }
    grades = (*_GRADES, None, *((FORMER,) if any(g[FORMER] for g in own.values()) else ()))
    return PlatformView(
        crumbs=crumbs(publication, trail),
        name=of.name,
        entity=of.entity,
        jurisdiction=parts.place(publication.words, of.jurisdiction) if of.jurisdiction else None,
        jurisdiction_href=_jurisdiction_href(publication, of.jurisdiction),
        homepage=Link(urlsplit(of.homepage).netloc.removeprefix("www."), of.homepage)
        if of.homepage
        else None,
        documents=document_rows(publication, documents),
        provisions=parts.rows(publication, provisions),
        drafts=len(counting.drafts(provisions)),
        never_verified=len(counting.never_verified(atlas, provisions)),
        former=len(counting.former(atlas, provisions)),
        read=len(counting.documents(provisions)),
        wording=any(counting.stands(atlas, p, publication.as_of) for p in provisions),
        summary=summary(publication, provisions),
        changes=change_rows(publication, documents),
        grades=(*(parts.grade(publication, g) for g in _GRADES), None),
        has_former=FORMER in grades,
        standing=tuple(
            _standing(publication, of, key, by_grade, grades) for key, by_grade in own.items()
        ),
        gone=parts.rows(publication, (p for p in records if not p.counts)),
        reply=publication.prose("corrections"),
    )


def document_rows(publication: Publication, of: Iterable[Document]) -> tuple[DocumentRow, ...]:
    """Return documents as rows of a list, whose lines all begin on the day of the first good look at any."""
    documents = tuple(of)
    firsts = (
        document_standing(publication.atlas, d, publication.as_of).first_good for d in documents
    )
    start = min((first for first in firsts if first), default=None)
    return tuple(_document_row(publication, d, start) for d in documents)


def _document_row(publication: Publication, of: Document, start: date | None) -> DocumentRow:
    cells = document_cells(publication.atlas, of, publication.as_of, start)
    address = urls.document(of)
    return DocumentRow(
        document=Link(of.title, publication.href(address)),
        kind=parts.label(publication.words, of.kind),
        language=jurisdictions.language(of.language, publication.words.language),
        region=parts.place(publication.words, of.region) if of.region else None,
        stated=parts.day(publication.words, of.stated_date) if of.stated_date else None,
        provisions=len(counting.that_count(publication.atlas.by_document.get(of.key, ()))),
        provisions_href=publication.href(f"{address}#provisions"),
        last_look=last_look(publication, of),
        line=neatline(publication.words, cells) if cells else None,
    )


def _jurisdiction_href(publication: Publication, code: str | None) -> str | None:
    """Return where the laws of a jurisdiction are listed, if any of them is in the atlas."""
    known = code is not None and code in publication.atlas.by_jurisdiction
    return publication.href(urls.jurisdiction(code)) if code and known else None


def _standings(atlas: Atlas, key: str) -> Mapping[Severity | str | None, tuple[str, ...]]:
    former = counting.prevalence(atlas, key).former
    return {FORMER: former, **{g: p for g, p in counting.standing(atlas, key).items()}}  # noqa: C416  widens the key


def _standing(
    publication: Publication,
    of: Platform,
    key: str,
    by_grade: Mapping[Severity | str | None, tuple[str, ...]],
    grades: Iterable[Severity | str | None],
) -> StandingRow:
    address = urls.clause_type(key)
    return StandingRow(
        clause_type=Link(publication.atlas.clause_types[key].name, publication.href(address)),
        cells=tuple(
            StandingCell(grade or "silent", len(by_grade[grade]), of.slug in by_grade[grade])
            for grade in grades
        ),
        reviewed=sum(len(platforms) for platforms in by_grade.values()),
        href=publication.href(f"{address}#reviewed"),
    )


def _organization(of: Platform) -> dict[str, object]:
    about: dict[str, object] = {"@type": "Organization", "name": of.name}
    if of.entity:
        about["legalName"] = of.entity
    if of.homepage:
        about["url"] = of.homepage
    return about
