"""`sitemap.xml`: an index, split by page type from the first file on (sitemaps.org protocol 0.9).

Core. Only pages that ask to be listed are in it; `lastmod` comes from the records, never from the
build.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import PurePosixPath
from xml.sax.saxutils import escape

from atlas import urls
from atlas.model import Provision
from atlas.outputs.text_file import TextFile
from atlas.pages.plan import PagePlan
from atlas.publication import Publication

LARGEST_SITEMAP = 50_000
"""Addresses that one file may list."""

_NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def files(publication: Publication, plans: Sequence[PagePlan]) -> Iterator[TextFile]:
    """Yield the index and the sitemaps that it lists."""
    modified = {urls.provision(p): last_change(p) for p in publication.atlas.provisions.values()}
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for plan in plans:
        if plan.head.indexed and plan.head.refresh is None:
            groups[PurePosixPath(plan.template).stem].append(plan.address)
    names = []
    for kind, addresses in sorted(groups.items()):
        for number, part in enumerate(_parts(sorted(addresses)), 1):
            name = f"sitemap-{kind}-{number}.xml"
            names.append(name)
            entries = [_entry("url", publication.absolute(a), modified.get(a)) for a in part]
            yield TextFile(name, _document("urlset", entries))
    yield TextFile(
        "sitemap.xml",
        _document(
            "sitemapindex", [_entry("sitemap", publication.absolute(f"/{n}"), None) for n in names]
        ),
    )


def last_change(of: Provision) -> date | None:
    """Return the last day on which a record says that it changed, or None."""
    days = [
        *([of.analysis.written] if of.analysis else []),
        *(review.on for review in of.reviews),
        *([of.revision.on] if of.revision else []),
        *([of.status.on] if of.status and of.status.on else []),
    ]
    return max(days, default=None)


def _parts(addresses: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(addresses), LARGEST_SITEMAP):
        yield addresses[start : start + LARGEST_SITEMAP]


def _entry(element: str, location: str, modified: date | None) -> str:
    lastmod = f"<lastmod>{modified}</lastmod>" if modified else ""
    return f"<{element}><loc>{escape(location)}</loc>{lastmod}</{element}>"


def _document(element: str, entries: Sequence[str]) -> str:
    return "\n".join(
        [
            '<?xml version="1.0" encoding="UTF-8"?>',
            f"<{element} {_NAMESPACE}>",
            *entries,
            f"</{element}>",
            "",
        ]
    )
