"""A page of prose does not take the address of something that the program publishes."""

from collections.abc import Iterator
from datetime import date

from atlas.checks.check import Check
from atlas.model import Atlas
from atlas.problem import FIRST_LINE, Problem
from atlas.urls import RESERVED_ROOTS, language_folder

_ROOT_FILES = frozenset({"404", "feed", "index", "llms", "robots", "sitemap"})
"""Names of files at the root of the site, without their endings."""

_LANGUAGE_CODE = 2
"""So many letters make a code of a language (ISO 639-1), of which any may be in use one day."""


def _find(atlas: Atlas, _as_of: date) -> Iterator[Problem]:
    site = atlas.records.site
    spoken = (
        {language_folder(tag) for tag in (site.language, *site.translations)} if site else set()
    )
    for page in atlas.records.prose:
        if len(page.slug) == _LANGUAGE_CODE or language_folder(page.slug) in spoken:
            message = f"`{page.slug}` is kept for the pages in the language that has this code"
        elif page.slug in RESERVED_ROOTS | _ROOT_FILES:
            message = f"`{page.slug}` is kept for what the program publishes there"
        else:
            continue
        hint = f"give the file another name, for example `about-{page.slug}.md`"
        yield Problem(CHECK.code, page.origin.path, FIRST_LINE, message, hint)


CHECK = Check("reserved-root", __doc__, _find)
