"""The page of a regulation: what it is, as far as that was confirmed, and the records that are mapped to it.

Core. A mapping is a reading, and never a legal finding.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from atlas import counting, jurisdictions, urls
from atlas.model import Provision, Regulation, RegulationStatus
from atlas.pages import parts
from atlas.pages.heads import SCHEMA, Step, Trail, crumbs, head
from atlas.pages.plan import Link, PagePlan
from atlas.pages.regulations import RegulationRow, regulation_rows
from atlas.publication import Publication

_FORCE = {
    RegulationStatus.PROPOSED: "NotInForce",
    RegulationStatus.IN_FORCE: "InForce",
    RegulationStatus.REPEALED: "NotInForce",
}
"""What schema.org has a word for."""


@dataclass(frozen=True, slots=True)
class MappedRow:
    """A record that is mapped to the regulation, and why."""

    row: parts.Row
    article: str | None
    why: str


@dataclass(frozen=True, slots=True)
class RegulationView:
    """What `pages/regulation.html` is handed."""

    crumbs: tuple[Link, ...]
    short: str
    name: str
    official: Link
    jurisdiction: Link
    status: str | None
    status_definition: str | None
    """None where it says no more than the status."""
    applies_from: str | None
    checked_on: str | None
    note: str | None
    part_of: Link | None
    contained: tuple[RegulationRow, ...]
    """Its parts that have an entry of their own."""
    mapped: tuple[MappedRow, ...]
    """Most severe record first."""
    drafts: int
    gone: tuple[parts.Row, ...]
    """Superseded and withdrawn records."""


def pages(publication: Publication) -> Iterator[PagePlan]:
    """Plan the page of each regulation."""
    say = publication.words.say
    for of in publication.atlas.regulations.values():
        address = urls.regulation(of.key)
        trail: Trail = (
            Step(say("nav.regulations"), urls.REGULATIONS),
            Step(
                parts.place(publication.words, of.jurisdiction), urls.jurisdiction(of.jurisdiction)
            ),
        )
        description = say("regulation.description", name=of.name)
        yield PagePlan(
            address=address,
            template="pages/regulation.html",
            head=head(
                publication, address, of.short, description, trail=trail, about=_page_about(of)
            ),
            view=view(publication, of, trail),
            section="regulations",
        )


def view(publication: Publication, of: Regulation, trail: Trail) -> RegulationView:
    """Return what the page of a regulation shows."""
    atlas, words = publication.atlas, publication.words
    records = atlas.by_regulation.get(of.key, ())
    provisions = counting.that_count(records)
    whole = atlas.regulations.get(of.part_of) if of.part_of else None
    return RegulationView(
        crumbs=crumbs(publication, trail),
        short=of.short,
        name=of.name,
        official=Link(urlsplit(of.url).netloc.removeprefix("www."), of.url),
        jurisdiction=Link(
            parts.place(words, of.jurisdiction),
            publication.href(urls.jurisdiction(of.jurisdiction)),
        ),
        status=parts.label(words, of.status) if of.status else None,
        status_definition=_definition(publication, of),
        applies_from=parts.day(words, of.applies_from) if of.applies_from else None,
        checked_on=parts.day(words, of.checked_on) if of.checked_on else None,
        note=of.note,
        part_of=Link(whole.short, publication.href(urls.regulation(whole.key))) if whole else None,
        contained=regulation_rows(publication, atlas.parts_of.get(of.key, ())),
        mapped=tuple(
            row
            for p in _by_severity(publication, provisions)
            for row in _mapped(publication, of, p)
        ),
        drafts=len(counting.drafts(provisions)),
        gone=parts.rows(publication, (p for p in records if not p.counts)),
    )


def _definition(publication: Publication, of: Regulation) -> str | None:
    if of.status is None:
        return None
    definition = publication.words.say(f"regulation-status.{of.status.value}.definition")
    return (
        definition if definition.rstrip(".") != parts.label(publication.words, of.status) else None
    )


def _by_severity(publication: Publication, of: tuple[Provision, ...]) -> list[Provision]:
    return sorted(of, key=lambda p: -parts.rank(publication.atlas.severity(p)))


def _mapped(publication: Publication, of: Regulation, provision: Provision) -> Iterator[MappedRow]:
    for mapped in provision.regulations:
        if mapped.id == of.key:
            yield MappedRow(parts.row(publication, provision), mapped.article, mapped.why)


def _page_about(of: Regulation) -> dict[str, object]:
    law: dict[str, object] = {
        "@type": "Legislation",
        "name": of.name,
        "alternateName": of.short,
        "url": of.url,
        "legislationJurisdiction": jurisdictions.name(of.jurisdiction),
    }
    if of.status in _FORCE:
        law["legislationLegalForce"] = f"{SCHEMA}/{_FORCE[of.status]}"
    return {"@type": "WebPage", "name": of.short, "about": law}
