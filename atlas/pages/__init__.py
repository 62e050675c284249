"""Every page of the atlas: from the joined records to page plans.

Core. One module a page type, each with a function `pages`; `PAGES` lists them in the order in which
they are drawn.
"""

from collections.abc import Iterator

from atlas.pages import (
    categories,
    category,
    clause_type,
    clause_types,
    document,
    home,
    jurisdiction,
    jurisdictions,
    not_found,
    permanent,
    platform,
    platforms,
    prose,
    provision,
    regulation,
    regulations,
    search,
    severities,
    severity,
)
from atlas.pages.plan import PagePlan
from atlas.publication import Publication

PAGES = (
    home.pages,
    platforms.pages,
    platform.pages,
    document.pages,
    provision.pages,
    clause_types.pages,
    clause_type.pages,
    regulations.pages,
    regulation.pages,
    jurisdictions.pages,
    jurisdiction.pages,
    categories.pages,
    category.pages,
    severities.pages,
    severity.pages,
    search.pages,
    prose.pages,
    permanent.pages,
    not_found.pages,
)


def plans(publication: Publication) -> Iterator[PagePlan]:
    """Plan every page of a publication."""
    for pages in PAGES:
        yield from pages(publication)
