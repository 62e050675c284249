"""Every page of the atlas: from the joined records to page plans.

Core. One module a page type, each with a function `pages`; `PAGES` lists them in the order in which
they are drawn, and `ONCE` those that are published in the site's own language alone.
"""

from collections.abc import Iterator
from dataclasses import replace

from atlas.pages import (
    categories,
    category,
    clause_type,
    clause_types,
    document,
    gone,
    history,
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
    revision,
    search,
    severities,
    severity,
    verify,
)
from atlas.pages.plan import PagePlan, Version
from atlas.publication import Publication

PAGES = (
    home.pages,
    platforms.pages,
    platform.pages,
    document.pages,
    provision.pages,
    revision.pages,
    history.pages,
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
    verify.pages,
    prose.pages,
    permanent.pages,
    gone.pages,
)
ONCE = (permanent.ids, gone.ids, not_found.pages)


def plans(publication: Publication) -> Iterator[PagePlan]:
    """Plan every page of a publication."""
    for pages in PAGES:
        for plan in pages(publication):
            yield _among_versions(publication, plan) if publication.interfaces else plan
    if publication.original is None:
        for pages in ONCE:
            yield from pages(publication)


def _among_versions(publication: Publication, plan: PagePlan) -> PagePlan:
    """Return a page at its place in its language, with the way to it in the others."""
    versions = (
        Version(i.language, i.name, i.urls.href(plan.address), i.urls.absolute(plan.address))
        for i in publication.interfaces
    )
    return replace(
        plan,
        address=publication.urls.placed(plan.address),
        language=publication.words.language if publication.original else "",
        versions=() if plan.head.refresh else tuple(versions),
    )
