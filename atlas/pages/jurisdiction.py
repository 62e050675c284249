"""The page of a jurisdiction: its regulations, and the records that are mapped to them.

Core. A jurisdiction has a page when the atlas knows a regulation of it, or once knew one.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from atlas import addresses, counting, urls
from atlas.model import Provision
from atlas.pages import parts
from atlas.pages.heads import Step, Trail, crumbs, head, indexed_if
from atlas.pages.plan import Link, PagePlan
from atlas.pages.regulations import RegulationRow, regulation_rows
from atlas.publication import Publication

_SHOWN = 200
"""So many records are listed here; the pages of the regulations list all."""


@dataclass(frozen=True, slots=True)
class JurisdictionView:
    """What `pages/jurisdiction.html` is handed."""

    crumbs: tuple[Link, ...]
    name: str
    around: Link | None
    """The country of which it is a part."""
    within: tuple[Link, ...]
    """Its parts that have a page."""
    regulations: tuple[RegulationRow, ...]
    records: tuple[parts.Row, ...]
    """Most severe first; at most 200."""
    total: int
    """How many there are."""
    drafts: int


def pages(publication: Publication) -> Iterator[PagePlan]:
    """Plan the page of each jurisdiction."""
    say = publication.words.say
    trail: Trail = (Step(say("jurisdiction.list"), urls.JURISDICTIONS),)
    for code in addresses.jurisdictions(publication.atlas):
        name, address = parts.place(publication.words, code), urls.jurisdiction(code)
        description = say("jurisdiction.description", name=name)
        yield PagePlan(
            address=address,
            template="pages/jurisdiction.html",
            head=indexed_if(
                head(publication, address, name, description, trail=trail),
                publication.atlas.by_jurisdiction.get(code, ()),
            ),
            view=view(publication, code, trail),
            section="regulations",
        )


def view(publication: Publication, code: str, trail: Trail) -> JurisdictionView:
    """Return what the page of a jurisdiction shows."""
    known = publication.atlas.by_jurisdiction
    records = mapped_to(publication, code)
    country, _, part = code.partition("-")
    return JurisdictionView(
        crumbs=crumbs(publication, trail),
        name=parts.place(publication.words, code),
        around=_link(publication, country) if part and country in known else None,
        within=tuple(
            _link(publication, other) for other in sorted(known) if other.startswith(f"{code}-")
        ),
        regulations=regulation_rows(publication, known.get(code, ())),
        records=parts.rows(publication, records)[:_SHOWN],
        total=len(records),
        drafts=len(counting.drafts(records)),
    )


def mapped_to(publication: Publication, code: str) -> tuple[Provision, ...]:
    """Return the counted records that are mapped to a regulation of a jurisdiction, each once."""
    atlas = publication.atlas
    keys = {regulation.key for regulation in atlas.by_jurisdiction.get(code, ())}
    return counting.that_count(
        p for p in atlas.provisions.values() if any(m.id in keys for m in p.regulations)
    )


def _link(publication: Publication, code: str) -> Link:
    return Link(parts.place(publication.words, code), publication.href(urls.jurisdiction(code)))
