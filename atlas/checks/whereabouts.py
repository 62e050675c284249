"""Where everything that was published under an id stood last, and what holds that id now. Core."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePosixPath

from atlas import urls
from atlas.checks.meant import is_excused
from atlas.misplaced import DOCUMENT_FILE, PLATFORM_FILE
from atlas.model import Atlas, Document, Platform, Provision
from atlas.places import places
from atlas.published import Addresses, file_of

Numbered = Document | Provision

_REMEMBERED = 4
_ID_DEPTH = len(["", "id", "CA-P-100001", ""])


@dataclass(frozen=True, slots=True)
class Stray:
    """An id that is not where it was last."""

    id: str
    last: str
    """Address of its page when that was last entered."""
    holder: Numbered | None
    """What has the id now."""
    there: Numbered | None
    """What stands at the address now, under that very name."""


@lru_cache(_REMEMBERED)
def last_places(atlas: Atlas) -> Mapping[str, str]:
    """Return the address of the page of every id when it was last entered."""
    table = Addresses.of(atlas.published.addresses).table(file_of(urls.PERMANENT))
    return {
        number: target
        for address, target, number in zip(table.addresses, table.targets, table.ids, strict=True)
        if number and target and address.startswith(urls.PERMANENT) and _is_short(address)
    }


@lru_cache(_REMEMBERED)
def strays(atlas: Atlas) -> tuple[Stray, ...]:
    """Return every published id that is not where it was, but for what leads on by its old names.

    What stands in a file that could not be parsed may have any id: nothing is said of it.
    """
    return tuple(_strays(atlas))


def given_away(atlas: Atlas) -> Iterator[Stray]:
    """Yield every id at whose last place something has another id now, or none: `changed-id` tells of these.

    An id that was given and never published waits in the ledger of ids for the record at its place.
    """
    published = last_places(atlas)
    for stray in strays(atlas):
        is_lost = stray.holder is None and stray.there is not None and stray.there.id is not None
        if is_lost or (stray.there is not None and stray.id in published):
            yield stray


def _strays(atlas: Atlas) -> Iterator[Stray]:
    places_before = {
        **{number: _address(given.path) for number, given in atlas.published.given.items()},
        **last_places(atlas),
    }
    unparsed = atlas.records.unparsed
    for number, last in places_before.items():
        holder = held_by(atlas, number)
        if holder is not None and page(holder) == last:
            continue
        if number in unparsed or (holder is None and unparsed and is_excused(atlas, last)):
            continue
        yield Stray(number, last, holder, standing_at(atlas, last))


def held_by(atlas: Atlas, number: str) -> Numbered | None:
    """Return what has an id now."""
    return atlas.by_id.get(number) or atlas.document_by_id.get(number)


def standing_at(atlas: Atlas, address: str) -> Numbered | None:
    """Return the document or record whose page is at an address, under its name of today."""
    match address.strip("/").split("/"):
        case [_, platform, document]:
            return atlas.documents.get((platform, document))
        case [_, platform, document, slug]:
            return atlas.provisions.get((platform, document, slug))
    return None


def page(of: Numbered) -> str:
    """Return the address of a page."""
    return urls.document(of) if isinstance(of, Document) else urls.provision(of)


def file_at(address: str) -> str:
    """Return the file of the platform, document or record whose page is, or was, at an address."""
    names = address.strip("/").split("/")
    ending = {2: f"/{PLATFORM_FILE}", 3: f"/{DOCUMENT_FILE}"}.get(len(names), ".md")
    return f"content/{'/'.join(names)}{ending}"


def above(address: str) -> str:
    """Return the address of the folder that holds a folder."""
    return f"{address.rstrip('/').rpartition('/')[0]}/"


def is_moved(atlas: Atlas, stray: Stray) -> bool:
    """Return whether an id was taken to another platform, or to another document."""
    if stray.holder is None or stray.there is not None:
        return False
    folder = above(stray.last)
    if isinstance(stray.holder, Provision):
        document = atlas.documents.get((stray.holder.platform, stray.holder.document))
        if document is None or folder in places(atlas, document):
            return False
        was = _documents_before(atlas).get(folder)
        return was != document.id if was else standing_at(atlas, folder) is not None
    platform = atlas.platforms.get(stray.holder.platform)
    if platform is None or folder in places(atlas, platform):
        return False
    return renamed(atlas, folder) is not platform


def renamed(atlas: Atlas, folder: str) -> Platform | None:
    """Return the platform whose name was the one of a folder in which no platform stands now."""
    if folder in _platform_places(atlas):
        return None
    line = atlas.published.addresses.get(folder)
    if line is not None and line.target:
        return _platform_places(atlas).get(line.target)
    now = {
        stray.holder.platform
        for stray in strays(atlas)
        if isinstance(stray.holder, Document) and above(stray.last) == folder
    }
    found = atlas.platforms.get(now.pop()) if len(now) == 1 else None
    is_new = found is not None and urls.platform(found) not in atlas.published.addresses
    return found if is_new else None


@lru_cache(_REMEMBERED)
def _platform_places(atlas: Atlas) -> Mapping[str, Platform]:
    return {place: of for of in atlas.platforms.values() for place in places(atlas, of)}


@lru_cache(_REMEMBERED)
def _documents_before(atlas: Atlas) -> Mapping[str, str]:
    """Return the id of the document that stood at an address last."""
    return {last: number for number, last in last_places(atlas).items() if "-D-" in number}


def _is_short(address: str) -> bool:
    return len(address.split("/")) == _ID_DEPTH


def _address(path: str) -> str:
    names = PurePosixPath(path)
    folder = names.parent if names.name.startswith("_") else names.with_suffix("")
    return f"/{'/'.join(folder.parts[1:])}/"
