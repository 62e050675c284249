"""Every address at which something is published: what the ledger of addresses holds and links may lead to.

Core. Assets, the search index, numbered parts of the sitemap and previews have no entry: nobody is
promised them. A test holds that these are the very addresses of the pages and outputs.
"""

from collections.abc import Iterator
from typing import NamedTuple

from atlas import urls
from atlas.model import AddressKind, Atlas, Document, Provision, Severity
from atlas.stability import has_evidence


class Produced(NamedTuple):
    """An address, and what is there."""

    address: str
    kind: AddressKind = AddressKind.PAGE
    target: str = ""
    """Where a redirect leads."""
    id: str = ""
    """Of the record or document that it belongs to."""
    revision: int = 0
    """Of the frozen record whose bytes are there; 0: it is none."""


BESIDE_RECORD = ("record.json", "index.md", "history.json")
"""Files beside every record that has an id; the first two beside every record."""
BESIDE_DOCUMENT = ("citations.txt", "citations.bib", "citations.ris", "citations.json")
"""Files beside every document that has records with an id."""


def produced(atlas: Atlas) -> Iterator[Produced]:
    """Yield every address of the site in all languages of the interface, each once."""
    folders = ("", *(urls.language_folder(one) for one in atlas.site.translations))
    for entry in _own(atlas):
        if urls.is_translated(entry.address):
            for folder in folders:
                target = f"/{folder}{entry.target[1:]}" if entry.target else ""
                yield entry._replace(address=f"/{folder}{entry.address[1:]}", target=target)
        else:
            yield entry


def _own(atlas: Atlas) -> Iterator[Produced]:
    """Yield the addresses in the site's own language."""
    yield from map(Produced, urls.FIXED)
    yield from (Produced(urls.severity(severity)) for severity in Severity)
    yield from (Produced(urls.clause_type(key)) for key in atlas.clause_types)
    yield from (Produced(urls.regulation(key)) for key in atlas.regulations)
    yield from (Produced(urls.jurisdiction(code)) for code in atlas.by_jurisdiction)
    yield from (Produced(urls.category(key)) for key in atlas.categories)
    yield from (Produced(urls.prose(page.slug)) for page in atlas.records.prose)
    yield from (Produced(urls.platform(slug)) for slug in atlas.platforms)
    for document in atlas.documents.values():
        yield from _of_document(atlas, document)
    logged = atlas.published.logged
    for provision in atlas.provisions.values():
        yield from _of_provision(atlas, provision, is_logged=provision.id in logged)
    for old in atlas.records.addresses:
        kind = AddressKind.REDIRECT if old.to else AddressKind.GONE
        yield Produced(old.key, kind, old.to or "")


def _of_document(atlas: Atlas, of: Document) -> Iterator[Produced]:
    page, number = urls.document(of), of.id or ""
    yield Produced(page, id=number)
    if number:
        yield Produced(urls.permanent(number), AddressKind.REDIRECT, page, number)
    if has_evidence(atlas, of):
        yield Produced(urls.evidence(of), id=number)
    if any(p.id for p in atlas.by_document.get(of.key, ())):
        yield from (Produced(urls.document(of, name), id=number) for name in BESIDE_DOCUMENT)


def _of_provision(atlas: Atlas, of: Provision, *, is_logged: bool) -> Iterator[Produced]:
    page, number = urls.provision(of), of.id or ""
    for place in (page, *urls.former_places(atlas, of)):
        moved = "" if place == page else page
        yield _moved(place, moved, number)
        for name in BESIDE_RECORD if number else BESIDE_RECORD[:2]:
            yield Produced(f"{place}{name}", id=number)
        if not number:
            continue
        yield _moved(f"{place}history/", moved and f"{page}history/", number)
        for revision in range(1, of.number + 1):
            is_current = revision == of.number
            target = page if is_current else moved and urls.revision(of, revision)
            yield _moved(f"{place}r{revision}/", target, number)
            yield Produced(f"{place}r{revision}/record.json", id=number, revision=revision)
        if is_logged:
            yield Produced(f"{place}proof.json", id=number)
    if number:
        yield Produced(urls.permanent(number), AddressKind.REDIRECT, page, number)
        for revision in range(1, of.number + 1):
            target = page if revision == of.number else urls.revision(of, revision)
            short = urls.permanent(number, revision)
            yield Produced(short, AddressKind.REDIRECT, target, number)


def _moved(address: str, target: str, number: str) -> Produced:
    """Return a page, or the redirect that stands at its address where it has a target."""
    return Produced(address, AddressKind.REDIRECT if target else AddressKind.PAGE, target, number)
