"""The list of jurisdictions.

Core. Named apart from `atlas.jurisdictions`, which knows their names.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from atlas import urls
from atlas.addresses import jurisdictions
from atlas.pages import parts
from atlas.pages.heads import head, indexed_if
from atlas.pages.jurisdiction import mapped_to
from atlas.pages.plan import Link, PagePlan
from atlas.publication import Publication


@dataclass(frozen=True, slots=True)
class JurisdictionRow:
    """One jurisdiction in the list."""

    jurisdiction: Link
    regulations: int
    regulations_href: str
    records: int
    records_href: str


@dataclass(frozen=True, slots=True)
class JurisdictionsView:
    """What `pages/jurisdictions.html` is handed."""

    jurisdictions: tuple[JurisdictionRow, ...]


def pages(publication: Publication) -> Iterator[PagePlan]:
    """Plan the list of jurisdictions."""
    words, say = publication.words, publication.words.say
    codes = sorted(jurisdictions(publication.atlas), key=lambda code: parts.place(words, code))
    yield PagePlan(
        address=urls.JURISDICTIONS,
        template="pages/jurisdictions.html",
        head=indexed_if(
            head(
                publication,
                urls.JURISDICTIONS,
                say("jurisdiction.list"),
                say("jurisdiction.list-description"),
            ),
            codes,
        ),
        view=JurisdictionsView(tuple(_row(publication, code) for code in codes)),
        section="regulations",
    )


def _row(publication: Publication, code: str) -> JurisdictionRow:
    address = urls.jurisdiction(code)
    return JurisdictionRow(
        jurisdiction=Link(parts.place(publication.words, code), publication.href(address)),
        regulations=len(publication.atlas.by_jurisdiction.get(code, ())),
        regulations_href=publication.href(f"{address}#regulations"),
        records=len(mapped_to(publication, code)),
        records_href=publication.href(f"{address}#records"),
    )
