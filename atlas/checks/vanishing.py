"""Why an address that was published is there no more, and where a person should look. Core."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from atlas import urls
from atlas.checks.meant import is_excused
from atlas.checks.whereabouts import (
    Numbered,
    file_at,
    held_by,
    is_moved,
    last_places,
    renamed,
    strays,
)
from atlas.model import Atlas, Document, Platform, Provision
from atlas.places import places
from atlas.problem import FIRST_LINE, Span

_BY_HAND = "data/addresses.yaml"
_LEADS = (
    f"put it back, or say in {_BY_HAND} where the address leads (`to`)"
    " or why nothing is there any more (`gone`)"
)
_SHELVES = {
    "clause-type": ("data/clause-types", "clause type"),
    "regulation": ("data/regulations", "regulation"),
    "jurisdiction": ("data/regulations", "jurisdiction"),
    "category": ("data/categories", "category"),
}
_LANGUAGE = re.compile(r"/([a-z]{2,3}(?:-[a-z0-9]+)*)/").match
_REVISION = re.compile(r".*/r([1-9][0-9]*)/(?:record\.json)?").fullmatch


@dataclass(frozen=True, slots=True)
class Cause:
    """What somebody did, told once, however many addresses it took away."""

    path: str
    span: Span
    what: str
    """One sentence without its end."""
    hint: str

    def message(self, first: str, count: int) -> str:
        """Return what is wrong, with one of the addresses."""
        others = f" and {count - 1:,} more" if count > 1 else ""
        return f"{self.what}: nothing is left at `{first}`{others}"


class Causes:
    """The causes by which addresses of one atlas vanished."""

    def __init__(self, atlas: Atlas) -> None:
        """Prepare to be asked about an atlas."""
        self._atlas = atlas
        self._folders = {urls.language_folder(one): one for one in atlas.site.translations}

    def of(self, address: str, number: str) -> Cause | None:
        """Return why an address vanished that was given to an id; None where another problem says so."""
        match = _LANGUAGE(address)
        if match and f"/{match[1]}{urls.PLATFORMS}" in self._atlas.published.addresses:
            if match[0][1:] not in self._folders:
                return self._of_language(match[1])
            address = address[len(match[0]) - 1 :]
        if self._atlas.records.unparsed and is_excused(self._atlas, address):
            return None
        first, *rest = address.strip("/").split("/")
        if first == "id" and number:
            return self._of_id(address, number)
        if first == "platform" and rest:
            return self._of_place(address, [first, *rest], number)
        if first in _SHELVES and rest:
            return self._of_shelf(first, rest[0])
        return self._of_other(address, [first, *rest])

    def _of_language(self, folder: str) -> Cause:
        site = self._atlas.records.site
        path, span = "data/site.yaml", site.origin.at_key("translations") if site else FIRST_LINE
        what = f"pages in `{folder}` were published, and `translations` has no such language"
        return Cause(path, span, what, "put the language back: what was published in it stays")

    def _of_id(self, address: str, number: str) -> Cause | None:
        if number in self._atlas.records.unparsed:
            return None
        holder = held_by(self._atlas, number)
        if isinstance(holder, Provision):
            return self._of_revision(address, holder)
        last = last_places(self._atlas).get(number)
        if holder is not None or last is None:
            return self._unexplained()
        return self._of_place(last, last.strip("/").split("/"), number)

    def _of_place(self, address: str, names: list[str], number: str) -> Cause | None:
        """Go down from the platform to what is not where it was."""
        folder = f"{urls.PLATFORMS}{names[1]}/"
        platform = self._platforms.get(folder)
        if platform is None:
            return self._without_platform(folder)
        if len(names) == len(["platform", "a"]):
            return self._unexplained(platform.origin.path)
        folder = f"{folder}{names[2]}/"
        document = self._documents.get(folder)
        if document is None:
            return self._without_document(folder)
        if len(names) == len(["platform", "a", "b"]) or "." in names[3]:
            return self._beside(document, number)
        folder = f"{folder}{names[3]}/"
        provision = self._provisions.get(folder)
        return (
            self._without_record(folder, number)
            if provision is None
            else self._of_revision(address, provision)
            if provision.id == number
            else self._given_away(folder, provision, number)
        )

    def _without_platform(self, folder: str) -> Cause:
        now = renamed(self._atlas, folder)
        if now is not None:
            return _unaliased(now, "platform", folder)
        what = f"the platform of {folder} was published"
        hint = (
            "put its folder back: a platform whose records were published stays; where it has another"
            f" name, enter the old one in `aliases` of its file (`./run rename` does both); of a page alone {_BY_HAND}"
            " can say where it leads (`to`) or why it is gone (`gone`)"
        )
        return Cause(file_at(folder), FIRST_LINE, what, hint)

    def _without_document(self, folder: str) -> Cause | None:
        line = self._atlas.published.addresses.get(folder)
        holder = held_by(self._atlas, line.id) if line else None
        if isinstance(holder, Document):
            if holder.id in self._moved:
                return None
            return _unaliased(holder, "document", folder)
        what = f"the document of {folder} was published"
        if line and line.id:
            what = f"the document `{line.id}` was published"
            folder = last_places(self._atlas).get(line.id, folder)
        hint = (
            "put the file back: a document that was published stays, and its records are withdrawn, not"
            " deleted (`./run withdraw`); where it has another name, `./run rename` keeps the old one in `aliases`"
        )
        return Cause(file_at(folder), FIRST_LINE, what, hint)

    def _without_record(self, folder: str, number: str) -> Cause | None:
        if number in self._atlas.records.unparsed:
            return None
        holder = held_by(self._atlas, number)
        if holder is not None:
            return None if number in self._moved else _unaliased(holder, "record", folder)
        last = last_places(self._atlas).get(number, folder)
        hint = (
            "put the file back: published records are withdrawn, not deleted:"
            f' `./run withdraw {number} --reason "..."`, or `./run supersede {number} NEW-ID`'
        )
        what = f"the record `{number}` was published, and its file is gone"
        return Cause(file_at(last), FIRST_LINE, what, hint)

    def _given_away(self, folder: str, now: Provision, number: str) -> Cause | None:
        """Tell of a place that another record took; `changed-id` tells where it is the last one."""
        if last_places(self._atlas).get(number) == folder or number in self._atlas.records.unparsed:
            return None
        what = f"`{folder}` was published as an address of `{number}`, and this record took it"
        hint = (
            "call this record otherwise: an address is never given to another record; where the name"
            f" was taken out of the `aliases` of `{number}`, put it back"
        )
        return Cause(now.origin.path, FIRST_LINE, what, hint)

    def _beside(self, document: Document, number: str) -> Cause | None:
        if number and document.id != number:
            return None  # `changed-id` says so
        return self._unexplained(document.origin.path)

    def _of_revision(self, address: str, of: Provision) -> Cause:
        match = _REVISION(address)
        if not match or int(match[1]) <= of.number:
            return self._unexplained(of.origin.path)
        newest = max(
            (n for number, n in self._atlas.published.frozen if number == of.id), default=0
        )
        newest = max(newest, int(match[1]))
        what = f"revision {newest} of this record was published, and this is revision {of.number}"
        hint = (
            "put number, day and sentence of `revision` back as they were; what has to change now is a"
            f' further revision: `./run revise {of.id} --because "..."`'
        )
        return Cause(of.origin.path, of.origin.at("revision", "number"), what, hint)

    def _of_shelf(self, first: str, key: str) -> Cause:
        stem, noun = _SHELVES[first]
        files = (
            f for f in self._atlas.records.files if f == f"{stem}.yaml" or f.startswith(f"{stem}/")
        )
        path = next(files, f"{stem}.yaml")
        return Cause(path, FIRST_LINE, f"the {noun} `{key}` was published", _LEADS)

    def _of_other(self, address: str, names: list[str]) -> Cause:
        if len(names) == 1 and address.endswith("/"):
            path = f"content/{names[0]}.md"
            return Cause(path, FIRST_LINE, "this page was published", _LEADS)
        if names[0] == "evidence":
            what = "the text of a document was published"
            hint = f"put `publish_text: true` of its document back, or say in {_BY_HAND} why it is gone (`gone`)"
            return Cause(_BY_HAND, FIRST_LINE, what, hint)
        return self._unexplained()

    def _unexplained(self, path: str = _BY_HAND) -> Cause:
        return Cause(path, FIRST_LINE, "not all that was published is there", _LEADS)

    @cached_property
    def _moved(self) -> frozenset[str]:
        """Ids that were taken elsewhere: `moved-record` tells of them."""
        return frozenset(s.id for s in strays(self._atlas) if is_moved(self._atlas, s))

    @cached_property
    def _platforms(self) -> Mapping[str, Platform]:
        return {p: of for of in self._atlas.platforms.values() for p in places(self._atlas, of)}

    @cached_property
    def _documents(self) -> Mapping[str, Document]:
        return {p: of for of in self._atlas.documents.values() for p in places(self._atlas, of)}

    @cached_property
    def _provisions(self) -> Mapping[str, Provision]:
        return {p: of for of in self._atlas.provisions.values() for p in places(self._atlas, of)}


def _unaliased(now: Numbered | Platform, noun: str, folder: str) -> Cause:
    """Tell of an old name that is no alias."""
    name = folder.strip("/").rpartition("/")[2]
    what = f"this {noun} was published as `{name}`"
    hint = (
        f"enter `- {name}` in its `aliases`, or rename it back; `./run rename` gives another name and"
        " keeps the old one"
    )
    return Cause(now.origin.path, now.origin.at_key("aliases"), what, hint)
