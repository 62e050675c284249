"""A page of prose does not take the address of something that the program publishes."""

from collections.abc import Iterator
from datetime import date

from atlas.checks.check import Check
from atlas.model import Atlas
from atlas.problem import FIRST_LINE, Problem
from atlas.urls import RESERVED_ROOTS

_ROOT_FILES = frozenset({"404", "feed", "index", "llms", "robots", "sitemap"})
"""Names of files at the root of the site, without their endings."""


def _find(atlas: Atlas, _as_of: date) -> Iterator[Problem]:
    for page in atlas.records.prose:
        if page.slug in RESERVED_ROOTS | _ROOT_FILES:
            message = f"`{page.slug}` is kept for what the program publishes there"
            hint = f"give the file another name, for example `about-{page.slug}.md`"
            yield Problem(CHECK.code, page.origin.path, FIRST_LINE, message, hint)


CHECK = Check("reserved-root", __doc__, _find)
