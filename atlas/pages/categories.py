"""The list of categories.

Core.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from atlas import counting, urls
from atlas.model import Category
from atlas.pages.heads import head, indexed_if
from atlas.pages.plan import Link, PagePlan
from atlas.publication import Publication


@dataclass(frozen=True, slots=True)
class CategoryRow:
    """One category in the list."""

    category: Link
    summary: str
    clause_types: int
    clause_types_href: str
    records: int
    records_href: str


@dataclass(frozen=True, slots=True)
class CategoriesView:
    """What `pages/categories.html` is handed."""

    categories: tuple[CategoryRow, ...]


def pages(publication: Publication) -> Iterator[PagePlan]:
    """Plan the list of categories."""
    say = publication.words.say
    yield PagePlan(
        address=urls.CATEGORIES,
        template="pages/categories.html",
        head=indexed_if(
            head(
                publication, urls.CATEGORIES, say("category.list"), say("category.list-description")
            ),
            publication.atlas.categories,
        ),
        view=CategoriesView(
            tuple(_row(publication, of) for of in publication.atlas.categories.values())
        ),
        section="clause-types",
    )


def _row(publication: Publication, of: Category) -> CategoryRow:
    atlas, address = publication.atlas, urls.category(of.key)
    return CategoryRow(
        category=Link(of.name, publication.href(address)),
        summary=of.summary,
        clause_types=len(atlas.clause_types_of.get(of.key, ())),
        clause_types_href=publication.href(f"{address}#clause-types"),
        records=len(counting.that_count(atlas.by_category.get(of.key, ()))),
        records_href=publication.href(f"{address}#records"),
    )
