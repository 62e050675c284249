"""From a citation to the places that hold files of its record, in the order in which they are asked."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from atlas.citation_check.exhibit import File, tree_of
from atlas.citation_check.frozen_record import revision_of
from atlas.citation_check.reading import CitationFault, Cited, read_id, read_text, read_url
from atlas.ledger.coding import Wrong
from atlas.proof import Inclusion, decode_proof
from atlas.site_files import Folder, SiteFiles, Web, Zip, read_file, site_around, stub_target
from atlas.verify_citation.settings import Settings

_MOST_NAMED = 5
_LOOKED_AT = 100_000
"""Characters of a saved citation in which the site's address is looked for."""
_BASE = re.compile(
    r"(https?://[^\s<>\"'{}]{1,500}?/)(?:id/[A-Z]|(?:[a-z-]+/)?platform/)", re.IGNORECASE
)
_ZIP = b"PK"
_ID_INSIDE = re.compile(rb'"id":"([A-Z]{2,8}-P-[0-9]{6})"')


class Place(NamedTuple):
    """Files of a record: `folder` is that of its page, from the root of the site; empty: they lie flat."""

    files: SiteFiles
    folder: str


@dataclass
class Case:
    """A citation with the places that may hold its files; each is looked up when it is needed."""

    cited: Cited
    record: File | None = None
    """The frozen record, where it is what was given."""
    given: File | None = None
    """The record of the page, where that is what was given."""
    _waiting: Iterator[SiteFiles] = field(default_factory=lambda: iter(()))
    _places: list[Place] = field(default_factory=list)
    used: list[Place] = field(default_factory=list)
    """Those that gave a file."""
    asked: list[str] = field(default_factory=list)
    """Names of all that were looked at."""

    def places(self) -> Iterator[Place]:
        """Yield the places that hold files of the record; a whole site is the last that is asked."""
        yield from tuple(self._places)
        while not (self._places and self._places[-1].files.is_whole):
            files = next(self._waiting, None)
            if files is None:
                return
            self.asked.append(files.name)
            place = located(files, self.cited)
            if place:
                self._places.append(place)
                yield place

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


def find(citation: str, settings: Settings) -> Case:
    """Return what a citation names.

    Raises:
        CitationFault: it names nothing that can be checked.
        SiteFilesFault: a file cannot be read.
    """
    text = citation.strip()
    if not text:
        raise CitationFault(
            "the citation is empty; name a file, an address or an id like CA-P-007114"
        )
    if re.match(r"https?://", text, re.IGNORECASE):
        given = f"{settings.source.rstrip('/')}/"
        base = given if text.startswith(given) else settings.base_url
        return Case(read_url(text, base, settings.prefix), _waiting=others(settings, text))
    path = settings.folder / text
    try:
        if path.is_dir():
            return _of_files(Folder(path, text), settings)
        if path.exists():
            return _of_file(path, text, settings)
    except (OSError, ValueError):
        pass  # a name that no disk can have is an id, or none
    return Case(read_id(text, settings.prefix), _waiting=others(settings))


def others(settings: Settings, url: str = "") -> Iterator[SiteFiles]:
    """Yield the places to look at: the one that was named, or the site that was built here and the site itself."""
    if settings.source:
        yield _named(settings)
        return
    if settings.built and Folder(settings.built).is_whole:
        yield Folder(settings.built, f"{settings.built.name}/")
    base = settings.base_url or _base_of(url)
    if base and not settings.offline:
        yield Web(base, settings.fetch)


def _named(settings: Settings) -> SiteFiles:
    if settings.source.startswith(("https://", "http://")):
        if settings.offline:
            raise CitationFault(
                "--offline forbids requests, and --from names an address; name a folder"
            )
        return Web(f"{settings.source.rstrip('/')}/", settings.fetch)
    path = settings.folder / settings.source
    if path.is_dir():
        return Folder(path, settings.source)
    if not path.exists():
        raise CitationFault(f"--from: there is no {settings.source}")
    return Zip(read_file(path, settings.source), settings.source)


def _base_of(text: str) -> str:
    """Return the base URL of the first address of an atlas in a text; empty: there is none."""
    match = _BASE.search(text[:_LOOKED_AT])
    return match[1] if match else ""


def _of_files(files: SiteFiles, settings: Settings) -> Case:
    """Return the case of the one record that a folder or a zip is about."""
    proofs = [name for name in files.names() if name.rpartition("/")[2] == "proof.json"]
    if len(proofs) > 1:
        ids = sorted(filter(None, (_id_in(files.read(name) or b"") for name in proofs)))
        if len(set(ids)) > 1:
            shown = ", ".join(ids[:_MOST_NAMED]) + (", ..." if len(ids) > _MOST_NAMED else "")
            raise CitationFault(
                f"{files.name} holds {len(ids)} records; check one at a time, as in"
                f" `./run verify-citation {ids[0]} --from {files.name}`: {shown}"
            )
    number = _id_in(files.read(proofs[0]) or b"") if proofs else ""
    record = None
    if not number:
        content = files.read("record.json")
        record = File("record.json", content) if content else None
        number = str((tree_of(content or b"") or {}).get("id") or "")
    if not number:
        raise CitationFault(
            f"{files.name} holds no record: there is no proof.json in it that can be read, and no record.json"
        )
    cited = Cited(number)
    if record is None:
        cited = _with_revision(
            cited, files.read("record.json") if proofs == ["proof.json"] else None
        )
    return Case(cited, record, _waiting=_chain(files, settings))


def _with_revision(cited: Cited, flat: bytes | None) -> Cited:
    """Return a citation of the revision whose frozen record lies flat beside the proof."""
    tree = tree_of(flat or b"")
    number = revision_of(tree) if tree and "rubric" in tree and tree.get("id") == cited.id else 0
    return Cited(cited.id, number)


def _of_file(path: Path, name: str, settings: Settings) -> Case:
    content = read_file(path, name)
    if content.startswith(_ZIP):
        return _of_files(Zip(content, name), settings)
    around = site_around(path)
    files = Folder(*(around[:1] if around else (path.parent,)), name="")
    files.name = str(around[0].name if around else f"the folder of {name}")
    tree = tree_of(content)
    is_json = path.suffix == ".json" and content.lstrip()[:1] != b"["
    if is_json and ("proof" in path.name or (tree and "proofs" in tree)):
        number = _id_in(content)
        if not number:
            raise CitationFault(
                f"{name} holds no id of a record, so nobody can tell what it proves"
            )
        flat = None if around else files.read("record.json")
        cited = _with_revision(Cited(number), flat)
        return Case(cited, _waiting=_chain(_With(files, path, content), settings))
    if is_json and (
        "record" in path.name or re.search(r"\.r\d+\.json$", path.name) or _is_record(tree)
    ):
        return _of_record(File(path.name, content), tree, files, settings)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:
        raise CitationFault(f"{name} is no citation: it is neither text nor a zip")
    cited = read_text(text, settings.base_url, settings.prefix)
    return Case(cited, _waiting=_chain(files, settings, text))


def _of_record(
    file: File, tree: dict[str, object] | None, files: SiteFiles, settings: Settings
) -> Case:
    """Return the case of a record that was given: a frozen one, or the one of its page, which only names it."""
    told = (tree or {}).get("id")
    number = told if isinstance(told, str) else _id_in(file.content)
    if tree and "address" in tree and "rubric" not in tree:
        if not number:
            raise CitationFault(
                f"{file.name} is of a record that has no id yet, so nothing vouches for it"
            )
        cited = Cited(number, revision_of(tree) or 1)
        return Case(cited, given=file, _waiting=_chain(files, settings))
    proof = files.read("proof.json")
    if isinstance(files, Folder) and proof and not files.is_whole:
        number = _id_in(proof) or number  # the proof beside it says of what it should be
    if not number:
        raise CitationFault(f"{file.name} is no record of an atlas: there is no id in it")
    revision = revision_of(tree) if tree else 0
    return Case(Cited(number, max(revision, 0)), file, _waiting=_chain(files, settings))


class _With:
    """A folder with one file in place of the one that stands there: a proof that was named otherwise."""

    def __init__(self, files: SiteFiles, path: Path, content: bytes) -> None:
        self.name, self.is_whole = files.name, files.is_whole
        self._files, self._path, self._content = files, path, content

    def read(self, path: str) -> bytes | None:
        """Return a file; the proof is the one that was given."""
        return self._content if path.rpartition("/")[2] == "proof.json" else self._files.read(path)

    def names(self, below: str = "") -> Iterator[str]:
        """Yield the names of the folder."""
        return self._files.names(below)


def _chain(files: SiteFiles, settings: Settings, text: str = "") -> Iterator[SiteFiles]:
    yield files
    yield from others(settings, text)


def _is_record(tree: dict[str, object] | None) -> bool:
    return bool(tree) and {"id", "revision"} <= (tree or {}).keys()


def _id_in(content: bytes) -> str:
    """Return the first id of a record in JSON, whole or not; empty: there is none."""
    tree = tree_of(content)
    told = (tree or {}).get("id")
    if isinstance(told, str) and re.fullmatch(r"[A-Z]{2,8}-P-[0-9]{6}", told):
        return told
    match = _ID_INSIDE.search(content)
    return match[1].decode() if match else ""


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
    own = _id_in(files.read("proof.json") or b"")
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


def opened(proof: File | None) -> tuple[Inclusion, ...]:
    """Return the entries of a proof that can be read; nothing otherwise."""
    try:
        return decode_proof(proof.content)[1] if proof else ()
    except Wrong:
        return ()
