"""`sitemap.xml`: an index, split by language and page type from the first file on (sitemaps.org protocol 0.9).

Core. Only pages that ask to be listed are in it, each with its versions in other languages;
`lastmod` comes from the records, never from the build.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import PurePosixPath
from xml.sax.saxutils import escape, quoteattr

from atlas import urls
from atlas.model import Provision
from atlas.outputs.text_file import TextFile
from atlas.pages.plan import PagePlan
from atlas.publication import Publication

LARGEST_SITEMAP = 50_000
"""Addresses that one file may list."""
HEAVIEST_SITEMAP = 50 * 1024 * 1024
"""Bytes that it may have."""

_NAMESPACES = {
    "urlset": 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml"',
    "sitemapindex": 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"',
}
_FRAME = 1024
"""Bytes that are left for what stands around the addresses."""


def files(publication: Publication, plans: Sequence[PagePlan]) -> Iterator[TextFile]:
    """Yield the index and the sitemaps that it lists; nothing for an invented atlas, which asks not to be listed."""
    if publication.atlas.site.fictional:
        return
    modified = {
        publication.absolute(urls.provision(p)): last_change(p)
        for p in publication.atlas.provisions.values()
    }
    groups: defaultdict[str, list[PagePlan]] = defaultdict(list)
    for plan in plans:
        if plan.head.indexed and plan.head.refresh is None:
            kind = PurePosixPath(plan.template).stem
            groups[f"{plan.language.lower()}-{kind}" if plan.language else kind].append(plan)
    names = []
    for kind, members in sorted(groups.items()):
        entries = [_page(plan, modified) for plan in sorted(members, key=lambda p: p.address)]
        for number, part in enumerate(parts(entries), 1):
            name = f"sitemap-{kind}-{number}.xml"
            names.append(name)
            yield TextFile(name, _document("urlset", part))
    located = [
        f"<sitemap>{_location(publication.absolute(f'/{name}'))}</sitemap>" for name in names
    ]
    yield TextFile("sitemap.xml", _document("sitemapindex", located))


def last_change(of: Provision) -> date | None:
    """Return the last day on which a record says that it changed, or None."""
    days = [
        *([of.analysis.written] if of.analysis else []),
        *(review.on for review in of.reviews),
        *([of.revision.on] if of.revision else []),
        *([of.status.on] if of.status and of.status.on else []),
    ]
    return max(days, default=None)


def parts(entries: Sequence[str]) -> Iterator[Sequence[str]]:
    """Cut entries into files that keep to both limits of the protocol."""
    part: list[str] = []
    size = _FRAME
    for entry in entries:
        weight = len(entry.encode()) + 1
        if part and (len(part) == LARGEST_SITEMAP or size + weight > HEAVIEST_SITEMAP):
            yield part
            part, size = [], _FRAME
        part.append(entry)
        size += weight
    if part:
        yield part


def _page(plan: PagePlan, modified: Mapping[str, date | None]) -> str:
    """Return the entry of a page; a record changes in all languages at once."""
    own = plan.versions[0].url if plan.versions else plan.head.canonical
    changed = modified.get(own)
    lastmod = f"<lastmod>{changed}</lastmod>" if changed else ""
    versions = "".join(
        f'<xhtml:link rel="alternate" hreflang="{v.language}" href={quoteattr(v.url)}/>'
        for v in plan.versions
    )
    return f"<url>{_location(plan.head.canonical)}{lastmod}{versions}</url>"


def _location(url: str) -> str:
    return f"<loc>{escape(url)}</loc>"


def _document(element: str, entries: Sequence[str]) -> str:
    return "\n".join(
        [
            '<?xml version="1.0" encoding="UTF-8"?>',
            f"<{element} {_NAMESPACES[element]}>",
            *entries,
            f"</{element}>",
            "",
        ]
    )
