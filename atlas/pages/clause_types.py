"""The list of clause types, by category; those that nobody was read for stand apart.

Core.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from atlas import counting, urls
from atlas.model import ClauseType
from atlas.pages.heads import head, indexed_if
from atlas.pages.plan import Link, PagePlan
from atlas.publication import Publication


@dataclass(frozen=True, slots=True)
class ClauseTypeRow:
    """One clause type in a list, with its finding: k of n reviewed platforms."""

    clause_type: Link
    summary: str
    in_force: int
    in_force_href: str
    reviewed: int
    reviewed_href: str
    former: int
    """Platforms whose words have changed or gone since; reviewed, and not in force."""
    drafts: int


@dataclass(frozen=True, slots=True)
class CategoryGroup:
    """The clause types of one category that some platform was read for."""

    key: str
    category: Link
    summary: str
    clause_types: tuple[ClauseTypeRow, ...]


@dataclass(frozen=True, slots=True)
class ClauseTypesView:
    """What `pages/clause-types.html` is handed."""

    groups: tuple[CategoryGroup, ...]
    open: tuple[CategoryGroup, ...]
    """Clause types that no platform was read for, each under its first category."""
    beside: tuple[Link, ...]
    """Other ways into the same records."""


def pages(publication: Publication) -> Iterator[PagePlan]:
    """Plan the list of clause types."""
    say = publication.words.say
    yield PagePlan(
        address=urls.CLAUSE_TYPES,
        template="pages/clause-types.html",
        head=indexed_if(
            head(
                publication,
                urls.CLAUSE_TYPES,
                say("nav.clause-types"),
                say("clause-type.list-description"),
            ),
            publication.atlas.clause_types,
        ),
        view=view(publication),
        section="clause-types",
    )


def view(publication: Publication) -> ClauseTypesView:
    """Return what the list of clause types shows."""
    atlas = publication.atlas
    rows = {of.key: clause_type_row(publication, of) for of in atlas.clause_types.values()}
    return ClauseTypesView(
        groups=_groups(publication, lambda of, _category: rows[of.key].reviewed > 0, rows),
        open=_groups(
            publication,
            lambda of, category: not rows[of.key].reviewed and of.categories[0] == category,
            rows,
        ),
        beside=(
            Link(publication.words.say("category.list"), publication.href(urls.CATEGORIES)),
            Link(publication.words.say("severities.list"), publication.href(urls.SEVERITIES)),
        ),
    )


def _groups(
    publication: Publication,
    belongs: Callable[[ClauseType, str], bool],
    rows: Mapping[str, ClauseTypeRow],
) -> tuple[CategoryGroup, ...]:
    atlas = publication.atlas
    groups = (
        CategoryGroup(
            key=category.key,
            category=Link(category.name, publication.href(urls.category(category.key))),
            summary=category.summary,
            clause_types=tuple(
                rows[of.key]
                for of in atlas.clause_types_of.get(category.key, ())
                if belongs(of, category.key)
            ),
        )
        for category in atlas.categories.values()
    )
    return tuple(group for group in groups if group.clause_types)


def clause_type_rows(
    publication: Publication, of: Iterable[ClauseType]
) -> tuple[ClauseTypeRow, ...]:
    """Return clause types as rows of a list."""
    return tuple(clause_type_row(publication, one) for one in of)


def clause_type_row(publication: Publication, of: ClauseType) -> ClauseTypeRow:
    """Return a clause type as a row of a list."""
    found = counting.prevalence(publication.atlas, of.key)
    address = urls.clause_type(of.key)
    return ClauseTypeRow(
        clause_type=Link(of.name, publication.href(address)),
        summary=of.summary,
        in_force=len(found.in_force),
        in_force_href=publication.href(f"{address}#quotations"),
        reviewed=len(found.reviewed),
        reviewed_href=publication.href(f"{address}#reviewed"),
        former=len(found.former),
        drafts=found.drafts,
    )
