"""Where files of a record are: the places that hold them, in the order in which they are asked."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from atlas.citation_check.exhibit import File
from atlas.citation_check.reading import Cited
from atlas.site_files import SiteFiles, stub_target
from atlas.verify_citation.contents import id_in
from atlas.verify_citation.settings import Settings


class Place(NamedTuple):
    """Files of a record: `folder` is that of its page, from the root of the site; empty: they lie flat."""

    files: SiteFiles
    folder: str


class Beside:
    """Files with some in place of those that have their names: what somebody saved under a name of their own."""

    is_whole = False

    def __init__(self, files: SiteFiles, own: Mapping[str, bytes]) -> None:
        """Take the other files, and the contents of these by path."""
        self.name, self._files, self._own = files.name, files, own

    def read(self, path: str) -> bytes | None:
        """Return a file; its own go first."""
        own = self._own.get(path)
        return self._files.read(path) if own is None else own

    def names(self, below: str = "") -> Iterator[str]:
        """Yield the names of the other files."""
        return self._files.names(below)


@dataclass
class Case:
    """A citation with the places that may hold its files; each is looked up when it is needed."""

    cited: Cited
    settings: Settings
    """As they are for the atlas that is cited."""
    record: File | None = None
    """The frozen record, where it is what was given."""
    given: File | None = None
    """The record of the page, where that is what was given."""
    is_newest: bool = True
    """Whether no newer revision of the record is checked with it: nobody outside is asked for an older one's words."""
    waiting: Iterator[SiteFiles] = field(default_factory=lambda: iter(()))
    """Where else to look, in order."""
    found: list[Place] = field(default_factory=list)
    """Places that hold files of the record."""
    used: list[Place] = field(default_factory=list)
    """Those that gave a file."""
    asked: list[str] = field(default_factory=list)
    """Names of all that were looked at."""

    def places(self) -> Iterator[Place]:
        """Yield the places that hold files of the record; a whole site is the last that is asked."""
        yield from tuple(self.found)
        while not (self.found and self.found[-1].files.is_whole):
            files = next(self.waiting, None)
            if files is None:
                return
            self.asked.append(files.name)
            place = located(files, self.cited)
            if place:
                self.found.append(place)
                yield place

    def holder(self, name: str) -> Place | None:
        """Return the place that has a file beside the page of the record."""
        has = (one for one in self.places() if one.files.read(one.folder + name) is not None)
        return next(has, None)

    def beside(self, name: str) -> File | None:
        """Return a file beside the page of the record."""
        return self._first(lambda place: place.folder + name)

    def of_document(self, name: str) -> File | None:
        """Return a file beside the page of the record's document."""
        return self._first(lambda place: "/".join([*place.folder.split("/")[:-2], name]))

    def of_site(self, path: str) -> File | None:
        """Return a file of the site."""
        return self._first(lambda _: path)

    def _first(self, path: Callable[[Place], str]) -> File | None:
        for place in self.places():
            content = place.files.read(path(place))
            if content is not None:
                self.used.append(place)
                return File(path(place).rpartition("/")[2], content)
        return None


def located(files: SiteFiles, cited: Cited) -> Place | None:
    """Return where a place holds the files of a record; None: it has none of it."""
    if cited.folder:
        return _by_folder(files, cited.folder)
    stub = files.read(f"id/{cited.id}/index.html")
    if stub and (folder := stub_target(stub)):
        return Place(files, folder)
    if files.is_whole:
        return None
    wanted = f'"id":"{cited.id}"'.encode()
    for name in files.names():
        folder, _, last = name.rpartition("/")
        if last == "proof.json" and wanted in (files.read(name) or b""):
            return Place(files, f"{folder}/" if folder else "")
    own = id_in(files.read("proof.json") or b"")
    return Place(files, "") if own in {"", cited.id} else None


def _by_folder(files: SiteFiles, folder: str) -> Place | None:
    for _ in range(3):
        if files.read(f"{folder}record.json") or files.read(f"{folder}proof.json"):
            return Place(files, folder)
        target = stub_target(files.read(f"{folder}index.html") or b"")
        if not target or target == folder:
            return None
        folder = target
    return None
