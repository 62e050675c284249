"""The list of regulations, by jurisdiction.

Core.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from atlas import counting, urls
from atlas.model import Regulation
from atlas.pages import parts
from atlas.pages.heads import head, indexed_if
from atlas.pages.plan import Link, PagePlan
from atlas.publication import Publication


@dataclass(frozen=True, slots=True)
class RegulationRow:
    """One regulation in a list."""

    regulation: Link
    name: str
    """Official name."""
    status: str | None
    """None where it could not be confirmed."""
    applies_from: str | None
    records: int
    records_href: str


@dataclass(frozen=True, slots=True)
class JurisdictionGroup:
    """The regulations of one jurisdiction."""

    key: str
    jurisdiction: Link
    regulations: tuple[RegulationRow, ...]


@dataclass(frozen=True, slots=True)
class RegulationsView:
    """What `pages/regulations.html` is handed."""

    groups: tuple[JurisdictionGroup, ...]
    beside: tuple[Link, ...]
    """Other ways into the same records."""


def pages(publication: Publication) -> Iterator[PagePlan]:
    """Plan the list of regulations."""
    atlas, words, say = publication.atlas, publication.words, publication.words.say
    codes = sorted(atlas.by_jurisdiction, key=lambda code: parts.place(words, code))
    groups = tuple(
        JurisdictionGroup(
            key=code.lower(),
            jurisdiction=Link(parts.place(words, code), publication.href(urls.jurisdiction(code))),
            regulations=regulation_rows(publication, atlas.by_jurisdiction[code]),
        )
        for code in codes
    )
    yield PagePlan(
        address=urls.REGULATIONS,
        template="pages/regulations.html",
        head=indexed_if(
            head(
                publication,
                urls.REGULATIONS,
                say("nav.regulations"),
                say("regulation.list-description"),
            ),
            publication.atlas.regulations,
        ),
        view=RegulationsView(
            groups, (Link(say("jurisdiction.list"), publication.href(urls.JURISDICTIONS)),)
        ),
        section="regulations",
    )


def regulation_rows(
    publication: Publication, of: Iterable[Regulation]
) -> tuple[RegulationRow, ...]:
    """Return regulations as rows of a list."""
    return tuple(_row(publication, one) for one in of)


def _row(publication: Publication, of: Regulation) -> RegulationRow:
    address = urls.regulation(of.key)
    return RegulationRow(
        regulation=Link(of.short, publication.href(address)),
        name=of.name,
        status=parts.label(publication.words, of.status) if of.status else None,
        applies_from=parts.day(publication.words, of.applies_from) if of.applies_from else None,
        records=len(counting.that_count(publication.atlas.by_regulation.get(of.key, ()))),
        records_href=publication.href(f"{address}#records"),
    )
