"""The page of a category: its clause types and their records.

Core.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from atlas import counting, urls
from atlas.model import Category
from atlas.pages import parts
from atlas.pages.clause_types import ClauseTypeRow, clause_type_rows
from atlas.pages.heads import Step, Trail, crumbs, head, indexed_if
from atlas.pages.plan import Link, PagePlan
from atlas.publication import Publication

_SHOWN = 200
"""So many records are listed here; the pages of the clause types list all."""


@dataclass(frozen=True, slots=True)
class CategoryView:
    """What `pages/category.html` is handed."""

    crumbs: tuple[Link, ...]
    name: str
    summary: str
    clause_types: tuple[ClauseTypeRow, ...]
    records: tuple[parts.Row, ...]
    """Most severe first; at most 200."""
    total: int
    """How many there are."""
    drafts: int


def pages(publication: Publication) -> Iterator[PagePlan]:
    """Plan the page of each category."""
    trail: Trail = (Step(publication.words.say("category.list"), urls.CATEGORIES),)
    for of in publication.atlas.categories.values():
        address = urls.category(of.key)
        yield PagePlan(
            address=address,
            template="pages/category.html",
            head=indexed_if(
                head(publication, address, of.name, of.summary, trail=trail),
                publication.atlas.clause_types_of.get(of.key, ()),
            ),
            view=view(publication, of, trail),
            section="clause-types",
        )


def view(publication: Publication, of: Category, trail: Trail) -> CategoryView:
    """Return what the page of a category shows."""
    atlas = publication.atlas
    records = counting.that_count(atlas.by_category.get(of.key, ()))
    return CategoryView(
        crumbs=crumbs(publication, trail),
        name=of.name,
        summary=of.summary,
        clause_types=clause_type_rows(publication, atlas.clause_types_of.get(of.key, ())),
        records=parts.rows(publication, records)[:_SHOWN],
        total=len(records),
        drafts=len(counting.drafts(records)),
    )
