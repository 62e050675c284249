"""The page of a platform: who it is, its documents, its clauses, and where it stands among the reviewed.

Core. Nothing on it is added up: a platform has no grade.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from atlas import counting, jurisdictions, urls
from atlas.model import Document, Platform, Severity
from atlas.pages import parts
from atlas.pages.heads import Step, Trail, crumbs, head
from atlas.pages.plan import Link, PagePlan
from atlas.publication import Publication

Standings = Mapping[str, Mapping[Severity | None, tuple[str, ...]]]
"""Reviewed platforms by grade, for each clause type."""

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


@dataclass(frozen=True, slots=True)
class StandingCell:
    """How many reviewed platforms stand at a grade."""

    key: str
    """The grade, or `silent`."""
    n: int
    own: bool
    """Whether this platform is one of them."""


@dataclass(frozen=True, slots=True)
class StandingRow:
    """Where the reviewed platforms stand on one clause type."""

    clause_type: Link
    cells: tuple[StandingCell, ...]
    """Mildest grade first, the silent ones last."""
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
    grades: tuple[parts.Grade | None, ...]
    """Heads of the standing, mildest first; None for the silent."""
    standing: tuple[StandingRow, ...]
    gone: tuple[parts.Row, ...]
    """Superseded and withdrawn records."""
    reply: str | None
    """Where a platform reads how to answer."""


def pages(publication: Publication) -> Iterator[PagePlan]:
    """Plan the page of each platform."""
    atlas = publication.atlas
    standings = {key: counting.standing(atlas, key) for key in atlas.clause_types}
    trail: Trail = (Step(publication.words.say("nav.platforms"), urls.PLATFORMS),)
    for of in atlas.platforms.values():
        address = urls.platform(of)
        description = publication.words.say("platform.description", name=of.name)
        yield PagePlan(
            address=address,
            template="pages/platform.html",
            head=head(
                publication, address, of.name, description, trail=trail, about=_organization(of)
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
    return PlatformView(
        crumbs=crumbs(publication, trail),
        name=of.name,
        entity=of.entity,
        jurisdiction=parts.place(publication.words, of.jurisdiction) if of.jurisdiction else None,
        jurisdiction_href=_jurisdiction_href(publication, of.jurisdiction),
        homepage=Link(urlsplit(of.homepage).netloc.removeprefix("www."), of.homepage)
        if of.homepage
        else None,
        documents=tuple(document_row(publication, d) for d in atlas.documents_of.get(of.slug, ())),
        provisions=parts.rows(publication, provisions),
        drafts=len(counting.drafts(provisions)),
        never_verified=len(counting.never_verified(provisions)),
        grades=(*(parts.grade(publication, g) for g in _GRADES), None),
        standing=tuple(
            _standing(publication, of, key, by_grade)
            for key, by_grade in standings.items()
            if any(of.slug in platforms for platforms in by_grade.values())
        ),
        gone=parts.rows(publication, (p for p in records if not p.counts)),
        reply=publication.prose("corrections"),
    )


def document_row(publication: Publication, of: Document) -> DocumentRow:
    """Return a document as a row of a list."""
    address = urls.document(of)
    return DocumentRow(
        document=Link(of.title, publication.href(address)),
        kind=parts.label(publication.words, of.kind),
        language=jurisdictions.language(of.language, publication.words.language),
        region=parts.place(publication.words, of.region) if of.region else None,
        stated=parts.day(publication.words, of.stated_date) if of.stated_date else None,
        provisions=len(counting.that_count(publication.atlas.by_document.get(of.key, ()))),
        provisions_href=publication.href(f"{address}#provisions"),
    )


def _jurisdiction_href(publication: Publication, code: str | None) -> str | None:
    """Return where the laws of a jurisdiction are listed, if any of them is in the atlas."""
    known = code is not None and code in publication.atlas.by_jurisdiction
    return publication.href(urls.jurisdiction(code)) if code and known else None


def _standing(
    publication: Publication,
    of: Platform,
    key: str,
    by_grade: Mapping[Severity | None, tuple[str, ...]],
) -> StandingRow:
    address = urls.clause_type(key)
    return StandingRow(
        clause_type=Link(publication.atlas.clause_types[key].name, publication.href(address)),
        cells=tuple(
            StandingCell(
                grade.value if grade else "silent", len(by_grade[grade]), of.slug in by_grade[grade]
            )
            for grade in (*_GRADES, None)
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
