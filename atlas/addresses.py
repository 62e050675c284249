"""Every address at which something is published: what the ledger of addresses holds and links may lead to.

Core. Assets, the indexes of the search and of pasted clauses, the page for what is not there, the
files that are meant for hosts and numbered parts of the sitemap have no entry: nobody is promised
them. A test holds that these are the very addresses of the pages and outputs.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from functools import cache, lru_cache
from itertools import chain
from typing import NamedTuple

from atlas import schema, urls
from atlas.model import AddressKind, Atlas, Document, Provision, Published, Severity
from atlas.places import led_by_hand, places, places_below
from atlas.published import LOG_FOLDER, Addresses, file_of
from atlas.published.log import leaves_file
from atlas.stability import has_evidence, public_texts


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
_PLACE, _ID = "/\0/", "\1"
"""Stand for a place and an id; no address holds them."""
_REMEMBERED = 8
"""Atlases of which it is remembered which jurisdictions have a page."""


def produced(atlas: Atlas) -> Iterator[Produced]:
    """Yield every address of the site in all languages of the interface, each once."""
    return _in_languages(atlas, in_own_language(atlas))


def by_file(atlas: Atlas) -> dict[str, str]:
    """Return lines of address and id with a tab between, in order, by the file of the ledger that they belong to.

    These are the addresses of `produced`, in a fraction of its time: those of records that are alike
    are made alike, many at once. Where one old place lies below another they may be out of order.
    """
    pieces: defaultdict[str, list[str]] = defaultdict(list)
    for one in _in_languages(atlas, chain(_beside_records(atlas), _old(atlas))):
        pieces[file_of(one.address)].append(f"{one.address}\t{one.id}\n")
    of_shape: dict[tuple[int, bool, bool], dict[str, list[str]]] = {}
    short = pieces[file_of(urls.PERMANENT)]
    of_platform = cache(lambda start: pieces[file_of(start)])
    for of, standing, is_logged in _records(atlas):
        shape = of.number, is_logged, of.id is not None
        if shape not in of_shape:
            of_shape[shape] = _names(atlas, of, is_logged=is_logged)
        for folder, names in of_shape[shape].items():
            for place in standing if folder != urls.PERMANENT else (f"{of.id}/",):
                # All lines begin with the place and end with the id: the same is between any two names.
                head, tail = f"{folder}{place}", f"\t{of.id or ''}\n"
                made = f"{head}{f'{tail}{head}'.join(names)}{tail}"
                if folder == urls.PERMANENT:
                    short.append(made)
                elif place.startswith(urls.PLATFORMS):
                    of_platform(place[: place.index("/", len(urls.PLATFORMS)) + 1]).append(made)
                else:
                    for line in made.splitlines(keepends=True):
                        pieces[file_of(line)].append(line)
    return {path: "".join(sorted(found)) for path, found in pieces.items()}


def _names(atlas: Atlas, of: Provision, *, is_logged: bool) -> dict[str, list[str]]:
    """Return what the addresses of a record end with, in order: below its id, and below its places by language."""
    marked = of.model_copy(update={"id": _ID}) if of.id else of
    found: defaultdict[str, list[str]] = defaultdict(list)
    for one in _in_languages(atlas, _of_provision(marked, (_PLACE,), is_logged=is_logged)):
        folder, place, name = one.address.partition(_PLACE)
        if place:
            found[folder].append(name)
        else:
            found[urls.PERMANENT].append(one.address.removeprefix(urls.permanent(_ID)))
    return {folder: sorted(names) for folder, names in found.items()}


def _in_languages(atlas: Atlas, entries: Iterable[Produced]) -> Iterator[Produced]:
    folders = ("", *(urls.language_folder(one) for one in atlas.site.translations))
    for entry in entries:
        address, kind, target, number, revision = entry
        if len(folders) == 1 or not urls.is_translated(address):
            yield entry
            continue
        for folder in folders:
            placed = f"/{folder}{target[1:]}" if target else ""
            yield Produced(f"/{folder}{address[1:]}", kind, placed, number, revision)


def in_own_language(atlas: Atlas) -> Iterator[Produced]:
    """Yield the addresses in the site's own language."""
    yield from _beside_records(atlas)
    for of, standing, is_logged in _records(atlas):
        yield from _of_provision(of, standing, is_logged=is_logged)
    yield from _old(atlas)


def _records(atlas: Atlas) -> Iterator[tuple[Provision, tuple[str, ...], bool]]:
    """Yield every record with its places, and whether it is in the log."""
    above = {of.key: places(atlas, of) for of in atlas.documents.values()}
    logged = atlas.published.logged
    for of in atlas.provisions.values():
        over = above.get((of.platform, of.document))
        standing = places_below(atlas, over, of) if over else places(atlas, of)
        yield of, standing, of.id in logged


def _beside_records(atlas: Atlas) -> Iterator[Produced]:
    yield from map(Produced, urls.FIXED)
    yield from (Produced(f"/schema/v1/{name}.schema.json") for name in schema.names())
    if not (atlas.records.site and atlas.records.site.fictional):
        yield Produced("/sitemap.xml")
    yield from (Produced(urls.severity(severity)) for severity in Severity)
    yield from (Produced(urls.clause_type(key)) for key in atlas.clause_types)
    yield from (Produced(urls.regulation(key)) for key in atlas.regulations)
    yield from (Produced(urls.jurisdiction(code)) for code in jurisdictions(atlas))
    yield from (Produced(urls.category(key)) for key in atlas.categories)
    yield from (Produced(urls.prose(page.slug)) for page in atlas.records.prose)
    for platform in atlas.platforms.values():
        page, *former = places(atlas, platform)
        yield Produced(page)
        yield from (Produced(place, AddressKind.REDIRECT, page) for place in former)
    for document in atlas.documents.values():
        yield from _of_document(atlas, document, places(atlas, document))
    yield from (Produced(urls.held_text(sha256)) for sha256 in public_texts(atlas))
    yield from map(Produced, _of_log(atlas.published))


@lru_cache(_REMEMBERED)
def jurisdictions(atlas: Atlas) -> tuple[str, ...]:
    """Return the codes that have a page: those of regulations, and those that ever had one, in order."""
    entered = atlas.published.addresses
    if isinstance(entered, Addresses):  # of a large ledger only the file that has them is read
        known: Collection[str] = entered.below(urls.JURISDICTIONS)
    else:
        known = entered
    once = {
        address.removeprefix(urls.JURISDICTIONS).removesuffix("/").upper()
        for address in known
        if address.startswith(urls.JURISDICTIONS) and address != urls.JURISDICTIONS
    }
    elsewhere = {old.key for old in atlas.records.addresses}
    left = {code for code in once if urls.jurisdiction(code) not in elsewhere}
    return tuple(sorted(left | set(atlas.by_jurisdiction)))


def has_citations(atlas: Atlas, of: Document) -> bool:
    """Return whether there are citations beside a document: it has records with an id, or once had."""
    return any(p.id for p in atlas.by_document.get(of.key, ())) or (
        urls.document(of, BESIDE_DOCUMENT[0]) in atlas.published.addresses
    )


def _of_document(atlas: Atlas, of: Document, standing: tuple[str, ...]) -> Iterator[Produced]:
    page, number = standing[0], of.id or ""
    beside = (
        *(("evidence.json",) if has_evidence(atlas, of) else ()),
        *(BESIDE_DOCUMENT if has_citations(atlas, of) else ()),
    )
    for place in standing:
        yield _moved(place, "" if place == page else page, number)
        yield from (Produced(f"{place}{name}", id=number) for name in beside)
    if number:
        yield Produced(urls.permanent(number), AddressKind.REDIRECT, page, number)


def _of_provision(
    of: Provision, standing: tuple[str, ...], *, is_logged: bool
) -> Iterator[Produced]:
    # A hundred thousand records have some million addresses: nothing is asked for twice here.
    page, number, current = standing[0], of.id or "", of.number
    there, leads = AddressKind.PAGE, AddressKind.REDIRECT
    frozen = AddressKind.GONE if of.withheld else there
    beside = (
        *(BESIDE_RECORD if number else BESIDE_RECORD[:2]),
        *(("proof.json",) if is_logged else ()),
    )
    for place in standing:
        moved = place != page
        yield _moved(place, page if moved else "", number)
        for name in beside:
            yield Produced(f"{place}{name}", there, "", number)
        if not number:
            continue
        yield _moved(f"{place}history/", f"{page}history/" if moved else "", number)
        for revision in range(1, current + 1):
            target = page if revision == current else f"{page}r{revision}/" if moved else ""
            yield _moved(f"{place}r{revision}/", target, number)
            shown = 0 if of.withheld else revision
            yield Produced(f"{place}r{revision}/record.json", frozen, "", number, shown)
    if number:
        yield Produced(urls.permanent(number), leads, page, number)
        for revision in range(1, current + 1):
            target = page if revision == current else f"{page}r{revision}/"
            yield Produced(urls.permanent(number, revision), leads, target, number)


def _moved(address: str, target: str, number: str) -> Produced:
    """Return a page, or the redirect that stands at its address where it has a target."""
    return Produced(address, AddressKind.REDIRECT if target else AddressKind.PAGE, target, number)


def _of_log(published: Published) -> Iterator[str]:
    files = dict.fromkeys(map(leaves_file, range(len(published.leaves))))
    yield from (f"{urls.LOG}{path.removeprefix(f'{LOG_FOLDER}/')}" for path in files)
    if published.roots:
        yield f"{urls.LOG}roots.jsonl"
    yield from (f"{urls.LOG}anchors/{name}" for name in published.anchors)


def _old(atlas: Atlas) -> Iterator[Produced]:
    """Yield what `data/addresses.yaml` says, but for the old places of platforms, documents and provisions."""
    if not atlas.records.addresses:
        return
    standing = {urls.platform(of) for of in atlas.platforms.values()}
    standing |= {urls.document(of) for of in atlas.documents.values()}
    standing |= {urls.provision(of) for of in atlas.provisions.values()}
    for old in atlas.records.addresses:
        if old.to in standing and old.key in led_by_hand(atlas).get(old.to, ()):
            continue
        if not old.to:
            yield Produced(old.key, AddressKind.GONE)
        elif old.key.endswith("/"):
            yield Produced(old.key, AddressKind.REDIRECT, old.to)
        else:
            yield Produced(old.key)  # a file: it has the bytes of the one that takes its place
