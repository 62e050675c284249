"""Where a platform, a document or a provision stands, and where it stood before: every place of it.

Core. A place is the address of a folder. All that is beside a page follows it: what once stood at
`/platform/acme/terms/old-name/record.json` stands there still.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache

from atlas import urls
from atlas.model import Atlas, Document, Platform, Provision

_REMEMBERED = 8
"""Atlases of which it is remembered what leads where, so that a page need not read all lines again."""


def places(atlas: Atlas, of: Platform | Document | Provision) -> tuple[str, ...]:
    """Return every place of it: where it stands, then those under old names of itself and of what it belongs to.

    An address of `data/addresses.yaml` that leads to it is an old place of it as well.
    """
    if isinstance(of, Platform):
        above: tuple[str, ...] = (urls.PLATFORMS,)
    elif isinstance(of, Document):
        platform = atlas.platforms.get(of.platform)
        above = places(atlas, platform) if platform else (urls.platform(of.platform),)
    else:
        document = atlas.documents.get((of.platform, of.document))
        unread = f"{urls.platform(of.platform)}{of.document}/"
        above = places(atlas, document) if document else (unread,)
    return places_below(atlas, above, of)


def places_below(
    atlas: Atlas, above: tuple[str, ...], of: Platform | Document | Provision
) -> tuple[str, ...]:
    """Return every place of it, where the places of what it belongs to are known."""
    found = [f"{place}{name}/" for place in above for name in (of.slug, *of.aliases)]
    found += led_by_hand(atlas).get(found[0], ())
    return tuple(found) if len(found) == 1 else tuple(dict.fromkeys(found))


def former_places(atlas: Atlas, of: Platform | Document | Provision) -> tuple[str, ...]:
    """Return the places where it stood before."""
    return places(atlas, of)[1:]


@lru_cache(_REMEMBERED)
def led_by_hand(atlas: Atlas) -> Mapping[str, tuple[str, ...]]:
    """Return which old folders lead to an address because `data/addresses.yaml` says so, by that address."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for old in atlas.records.addresses:
        if old.to and old.key.endswith("/") and old.key != old.to:
            found[old.to].append(old.key)
    return {to: tuple(keys) for to, keys in found.items()}


def old_places_of_file(atlas: Atlas, address: str) -> Iterator[str]:
    """Yield every old address of a file: there it has the same bytes, since a host cannot send a file on."""
    names = address.removeprefix(urls.PLATFORMS).split("/")
    if address.startswith(urls.PLATFORMS) and len(names) > 1:
        owner, depth = _owner(atlas, names)
        if owner:
            beside = "/".join(names[depth:])
            yield from (f"{place}{beside}" for place in former_places(atlas, owner))
    yield from (old.key for old in atlas.records.addresses if old.to == address)


def _owner(atlas: Atlas, names: list[str]) -> tuple[Platform | Document | Provision | None, int]:
    """Return whose file it is, and how many names lead to that."""
    if len(names) == 2:
        return atlas.platforms.get(names[0]), 1
    if len(names) == 3:
        return atlas.documents.get((names[0], names[1])), 2
    return atlas.provisions.get((names[0], names[1], names[2])), 3
