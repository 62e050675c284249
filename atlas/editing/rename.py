"""Gives a record, a document or a platform another name, and keeps the old one, where readers have its addresses.

A line. The old name is entered first and the file or folder moves last, in one step: stopped in
between, the same command goes on from there.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePosixPath

from atlas.editing.fields import EditFault
from atlas.editing.naming import Named
from atlas.editing.opened import Edits, Opened, judge, write
from atlas.model import Document, Platform, Provision
from atlas.model.fields import SLUG

_ROOT = PurePosixPath("content/platform")


@dataclass(frozen=True, slots=True)
class Renamed:
    """What has another name now."""

    before: str
    """Path of the file or folder."""
    after: str
    keeps_old: bool
    """Whether the old name leads on; else nobody was ever given it."""
    links: tuple[str, ...]
    """File and line of each link in our own texts that still has the old name."""


def rename(atlas: Opened, of: Named, new: str, here: Path, on: date) -> Renamed:
    """Rename within the same document, platform or atlas; `new` is a name, or a path or an address that ends in it.

    Raises:
        EditFault: the name is taken or is none, or belongs elsewhere; nothing was written.
    """
    old = _place(of)
    slug = _slug(atlas, of, new, here)
    _refuse_taken(atlas, of, slug)
    ending = ".md" if isinstance(of, Provision) else ""
    target = old.parent / slug
    _refuse_leftovers(atlas, old, target, ending)
    keeps_old = _is_known(atlas, of)
    sheet = atlas.sheet(of)
    if slug in of.aliases:
        sheet = sheet.take_out(("aliases", of.aliases.index(slug)))
    if keeps_old and old.name not in of.aliases:
        sheet = sheet.add(("aliases",), old.name)
    edits = {of.origin.path: sheet.text.encode()}
    judge(atlas, _moved({**atlas.files, **edits}, old, target), on)
    if isinstance(of, Provision) and (atlas.root / old).is_dir():
        (atlas.root / old).rename(atlas.root / target)
    write(atlas.root, edits)
    moved_from, moved_to = Path(f"{old}{ending}"), Path(f"{target}{ending}")
    (atlas.root / moved_from).rename(atlas.root / moved_to)
    links = tuple(_links(atlas, f"/{old.relative_to('content')}"))
    return Renamed(str(moved_from), str(moved_to), keeps_old, links)


def _place(of: Named) -> PurePosixPath:
    """Return where something stands, without the ending of a file."""
    return _ROOT.joinpath(*((of.slug,) if isinstance(of, Platform) else of.key))


def _slug(atlas: Opened, of: Named, new: str, here: Path) -> str:
    """Return the new name, where it stays beside the old one."""
    plain = new.removesuffix("/").removesuffix(".md")
    parent, _, slug = plain.rpartition("/")
    if parent:
        beside = _place(of).parent
        ours = (atlas.root / beside).resolve()
        folders = {(here / parent).resolve(), (atlas.root / parent).resolve()}
        is_address = parent.strip("/") == str(beside.relative_to("content"))
        if not is_address and ours not in folders:
            raise EditFault(
                f"`{new}` is elsewhere; give a name beside it, in {beside}/. What has to move further is"
                " moved by hand, with a line in data/addresses.yaml"
            )
    if not SLUG.fullmatch(slug):
        raise EditFault(
            f"`{slug}` is no name: lower-case letters a to z, digits and single hyphens make one"
        )
    if slug == of.slug:
        raise EditFault(f"it is called `{slug}` already")
    return slug


def _refuse_taken(atlas: Opened, of: Named, slug: str) -> None:
    for other in _siblings(atlas, of):
        if other.origin.path != of.origin.path and slug == other.slug:
            raise EditFault(f"`{slug}` is the name of {other.origin.path}; choose another")
        if other.origin.path != of.origin.path and slug in other.aliases:
            raise EditFault(
                f"`{slug}` is an old name of {other.origin.path}, and leads there for ever; choose another"
            )


def _siblings(atlas: Opened, of: Named) -> Iterator[Named]:
    if isinstance(of, Provision):
        yield from atlas.atlas.by_document[of.platform, of.document]
    elif isinstance(of, Document):
        yield from atlas.atlas.documents_of[of.platform]
    else:
        yield from atlas.atlas.platforms.values()


def _refuse_leftovers(
    atlas: Opened, old: PurePosixPath, target: PurePosixPath, ending: str
) -> None:
    """Refuse to move onto something; a folder that the same command has moved already is no such thing."""
    if (atlas.root / f"{target}{ending}").exists():
        raise EditFault(
            f"there is a {target}{ending} already; choose another name, or move it away"
        )
    if ending and (atlas.root / target).exists() and (atlas.root / old).exists():
        raise EditFault(
            f"there is a folder {target}/ already, and no record beside it; put it where it belongs first"
        )


def _is_known(atlas: Opened, of: Named) -> bool:
    """Return whether anybody may have been given an address of it: an id is given just before publishing."""
    if isinstance(of, Provision):
        return of.id is not None
    records = atlas.atlas
    if isinstance(of, Document):
        inside = records.by_document.get(of.key, ())
        numbers = [of.id, *(p.id for p in inside)]
    else:
        documents = records.documents_of.get(of.slug, ())
        numbers = [
            *(d.id for d in documents),
            *(p.id for p in records.by_platform.get(of.slug, ())),
        ]
    address = f"/{_place(of).relative_to('content')}/"
    return any(numbers) or address in records.published.addresses


def _moved(files: Edits, old: PurePosixPath, target: PurePosixPath) -> Edits:
    """Return files under their new paths, and nothing under the old ones."""
    moved: dict[str, bytes | None] = {}
    for path, content in files.items():
        if path == f"{old}.md" or path.startswith(f"{old}/"):
            moved[path] = None
            moved[f"{target}{path.removeprefix(str(old))}"] = content
    return moved


def _links(atlas: Opened, address: str) -> Iterator[str]:
    """Yield where our own texts link to an address, or to something below it."""
    target = re.compile(rf"\]\(\s*<?(?:/[a-z-]+)?{re.escape(address)}[/#?)>\s]")
    for path, content in sorted(atlas.files.items()):
        if path.endswith(".md"):
            for number, line in enumerate(content.decode("utf-8", "replace").split("\n"), 1):
                if target.search(line):
                    yield f"{path}:{number}"
