"""What a person calls a record, a document or a platform on the command line: its path, its id or its address.

A line: the disk says what is there, the atlas what it is called.
"""

import difflib
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

from atlas import urls
from atlas.editing.fields import EditFault
from atlas.editing.opened import Opened, said
from atlas.model import Document, Platform, Provision
from atlas.places import places

Named = Provision | Document | Platform

_FOLDER = "content/platform"
_ID = re.compile(r"[A-Z]{2,8}-[PD]-\d{5,6}")
_FILES = frozenset({"_platform.yaml", "_document.yaml"})


def record_called(atlas: Opened, name: str, here: Path) -> Provision:
    """Return the record that is called so; a path is one from the folder `here` or from the root.

    Raises:
        EditFault: there is none, it has problems, or this is the name of something else.
    """
    found = called(atlas, name, here)
    if isinstance(found, Provision):
        return found
    kind = "a document" if isinstance(found, Document) else "a platform"
    raise EditFault(f"`{name}` is {kind}; name one record of it")


def called(atlas: Opened, name: str, here: Path) -> Named:
    """Return what is called so: a record, a document or a platform.

    Raises:
        EditFault: there is nothing of this name, or it has problems.
    """
    wanted = _key_of_path(atlas, name, here) or _key_of_address(atlas, name)
    number = name.upper() if _ID.fullmatch(name.upper()) else _number(name)
    found = _by_number(atlas, number) if number else _by_key(atlas, wanted)
    if found:
        return found
    file = _file(wanted) if wanted else _file_with(atlas, number)
    for problem in atlas.problems:
        if problem.path == file:
            raise EditFault(f"it has problems, which come first: {said(problem)}")
    last = name.strip("/").rpartition("/")[2]
    # A number that is nearly another one is another record's, and a bare name says not whose it is.
    close = [] if number else difflib.get_close_matches(last, _names(atlas), n=1)
    guess = f"did you mean `{close[0]}`?" if close and close[0] != last else ""
    raise EditFault(
        f"there is no `{name}` in this atlas; {guess or 'give a path, an id or an address'}"
    )


def _key_of_path(atlas: Opened, name: str, here: Path) -> tuple[str, ...] | None:
    top = (atlas.root / _FOLDER).resolve()
    for path in (here / name, atlas.root / name):
        full = path.resolve()
        if not full.is_relative_to(top):
            continue
        if not full.exists() and not full.with_name(f"{full.name}.md").exists():
            continue
        names = full.relative_to(top).parts
        names = names[:-1] if full.name in _FILES else names[:3]
        return tuple(part.removesuffix(".md") for part in names)
    return None


def _key_of_address(atlas: Opened, name: str) -> tuple[str, ...] | None:
    """Return the names in an address of ours, today's where it is an old one."""
    address = _address(atlas, name)
    names = address.removeprefix(urls.PLATFORMS).strip("/").split("/")[:3]
    if not address.startswith(urls.PLATFORMS) or not names[0]:
        return None
    wanted = f"{urls.PLATFORMS}{'/'.join(names)}/"
    if _by_key(atlas, tuple(names)) is None:
        for each in _all(atlas):
            if wanted in places(atlas.atlas, each):
                return _key(each)
    return tuple(names)


def _address(atlas: Opened, name: str) -> str:
    """Return an address without base URL and language."""
    site = atlas.atlas.site
    path = unquote(urlsplit(name).path)
    base = urlsplit(site.address).path
    if "://" in name and base != "/":
        path = f"/{path.removeprefix(base)}"
    folders = (f"/{urls.language_folder(language)}" for language in site.translations)
    folder = next((folder for folder in folders if path.startswith(folder)), "/")
    return f"/{path.removeprefix(folder)}"


def _number(name: str) -> str | None:
    match = re.search(rf"/id/({_ID.pattern})(/|$)", name)
    return match[1] if match else None


def _by_number(atlas: Opened, number: str) -> Named | None:
    return atlas.atlas.by_id.get(number) or atlas.atlas.document_by_id.get(number)


def _by_key(atlas: Opened, key: tuple[str, ...] | None) -> Named | None:
    match key:
        case (platform,):
            return atlas.atlas.platforms.get(platform)
        case (platform, document):
            return atlas.atlas.documents.get((platform, document))
        case (platform, document, slug):
            return atlas.atlas.provisions.get((platform, document, slug))
        case _:
            return None


def _file(key: tuple[str, ...]) -> str:
    path = f"{_FOLDER}/{'/'.join(key)}"
    return path + {1: "/_platform.yaml", 2: "/_document.yaml", 3: ".md"}[len(key)]


def _file_with(atlas: Opened, number: str | None) -> str | None:
    """Return the file that gives an id, whatever else is wrong with it."""
    line = f"\nid: {number}\n".encode()
    return next((path for path, content in atlas.files.items() if line in content), None)


def _all(atlas: Opened) -> Iterator[Named]:
    yield from atlas.atlas.provisions.values()
    yield from atlas.atlas.documents.values()
    yield from atlas.atlas.platforms.values()


def _key(of: Named) -> tuple[str, ...]:
    return (of.slug,) if isinstance(of, Platform) else of.key


def _names(atlas: Opened) -> set[str]:
    return {of.slug for of in _all(atlas)} | {*atlas.atlas.by_id} | {*atlas.atlas.document_by_id}
