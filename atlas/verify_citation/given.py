"""Cases of files that were given: a folder or a zip of them, or one file with those around it."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from atlas.citation_check.exhibit import File, tree_of
from atlas.citation_check.frozen_record import revision_of
from atlas.citation_check.reading import CitationFault, Cited, read_text
from atlas.site_files import Folder, SiteFiles, Zip, read_file, site_around
from atlas.verify_citation.contents import Kind, id_in, kind_of
from atlas.verify_citation.owner import owned
from atlas.verify_citation.places import Beside, Case, Place
from atlas.verify_citation.settings import Settings
from atlas.verify_citation.sources import others

MOST = 200
"""Revisions of records that are checked in one run."""
_ZIP = b"PK"
_PUBLISHED = re.compile(r"(.+/)?(?:proof\.json|r([1-9][0-9]{0,5})/record\.json)").fullmatch


def of_files(files: SiteFiles, settings: Settings) -> tuple[Case, ...]:
    """Return a case of each revision that a folder or a zip holds, by id, the newest first.

    Raises:
        CitationFault: it holds none, or more than are checked in one run.
    """
    settings = owned(files, settings)
    names = tuple(files.names())
    cases = list(_published(files, names, settings))
    known = {case.cited.id for case in cases}
    cases += [c for c in _saved(_flat(files, names), files, settings) if c.cited.id not in known]
    if not cases:
        raise CitationFault(
            f"{files.name} holds no record: there is no proof.json in it that can be read, and no record.json"
        )
    return _in_order(cases)


def of_file(path: Path, name: str, settings: Settings) -> tuple[Case, ...]:
    """Return the cases of one file: several where it is a zip, or a proof beside several revisions.

    Raises:
        CitationFault: it names nothing that can be checked.
        SiteFilesFault: it cannot be read.
    """
    content = read_file(path, name)
    if content.startswith(_ZIP) or path.suffix.lower() == ".zip":
        return of_files(Zip(content, name), settings)
    around = site_around(path)
    files = Folder(around[0] if around else path.parent)
    files.name = str(around[0].name if around else f"the folder of {name}")
    settings = owned(files, settings)
    file, kind = File(path.name, content), kind_of(path.name, content)
    if kind in {Kind.PROOF, Kind.FROZEN, Kind.PAGE}:
        if kind is Kind.PROOF and not id_in(content):
            raise CitationFault(
                f"{name} holds no id of a record, so nobody can tell what it proves"
            )
        return _in_order(_of_one(file, kind, files, settings, is_placed=bool(around)))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:
        raise CitationFault(f"{name} is no citation: it is neither text nor a zip")
    cited = read_text(text, settings.base_url, settings.prefix)
    return (Case(cited, settings, waiting=_chain(files, settings, text)),)


def _in_order(cases: Iterable[Case]) -> tuple[Case, ...]:
    ordered = sorted(cases, key=lambda case: (case.cited.id, -case.cited.revision))
    for newer, case in pairwise(ordered):
        case.is_newest = newer.cited.id != case.cited.id
    return tuple(ordered)


def _chain(files: SiteFiles, settings: Settings, text: str = "") -> Iterator[SiteFiles]:
    yield files
    yield from others(settings, text)


def _published(files: SiteFiles, names: Sequence[str], settings: Settings) -> Iterator[Case]:
    """Yield a case of each frozen record that stands where the site has it: beside the proof, in `r<n>/`."""
    numbers: dict[str, set[int]] = defaultdict(set)
    for match in filter(None, map(_PUBLISHED, names)):
        folder, number = match.groups()
        if folder or number:
            numbers[folder or ""] |= {int(number)} if number else set()
    count = sum(max(1, len(each)) for each in numbers.values())
    if count > MOST:
        raise CitationFault(
            f"{files.name} holds {count:,} revisions of records, and one run checks at most {MOST}; name the"
            " records by their ids, with `--from` for the place"
        )
    for folder in sorted(numbers):
        paths = [f"{folder}proof.json", *(f"{folder}r{n}/record.json" for n in numbers[folder])]
        contents = (files.read(path) or b"" for path in paths if path in set(names))
        number = next(filter(None, map(id_in, contents)), "")
        if not number:
            raise CitationFault(
                f"{files.name}: no id of a record is in {paths[0]}, so nobody can tell what it proves"
            )
        for revision in numbers[folder] or {0}:
            place = Place(files, folder)
            cited, waiting = Cited(number, revision), others(settings)
            yield Case(cited, settings, found=[place], asked=[files.name], waiting=waiting)


def _flat(files: SiteFiles, names: Sequence[str]) -> Mapping[Kind, list[File]]:
    """Return what lies beside each other in a folder or zip, told apart by what is in it."""
    found: dict[Kind, list[File]] = defaultdict(list)
    for name in [one for one in names if "/" not in one and one.endswith(".json")][: 4 * MOST]:
        content = files.read(name) or b""
        if kind := kind_of(name, content):
            found[kind].append(File(name, content))
    return found


def _saved(
    lying: Mapping[Kind, list[File]], files: SiteFiles, settings: Settings
) -> Iterator[Case]:
    """Yield a case of each record whose files lie beside each other, whatever they are called."""
    proofs, frozen, pages = (lying.get(kind, []) for kind in (Kind.PROOF, Kind.FROZEN, Kind.PAGE))
    only = proofs[0] if len(proofs) == 1 and len(frozen) == 1 else None
    done = set()
    for file in frozen:
        proof = only or _of_id(proofs, id_in(file.content))
        number = (id_in(proof.content) if proof else "") or id_in(file.content)
        if not number:
            raise CitationFault(f"{file.name} is no record of an atlas: there is no id in it")
        done.add(number)
        case = _case(number, lying, files, settings)
        case.record, revision = file, revision_of(tree_of(file.content) or {})
        case.cited = Cited(number, max(0, revision))
        yield case
    for file in (*pages, *proofs):
        number = id_in(file.content)
        if number and number not in done:
            done.add(number)
            case = _case(number, lying, files, settings)
            if page := _of_id(pages, number):
                case.given = page
                case.cited = Cited(number, revision_of(tree_of(page.content) or {}) or 1)
            yield case


def _case(
    number: str, lying: Mapping[Kind, list[File]], files: SiteFiles, settings: Settings
) -> Case:
    """Return the case of a record with those of the files that are of it."""
    evidence = [file for file in lying.get(Kind.EVIDENCE, []) if _tells_of(file, number)]
    own = {
        Kind.PROOF: _of_id(lying.get(Kind.PROOF, []), number),
        Kind.PAGE: _of_id(lying.get(Kind.PAGE, []), number),
        Kind.EVIDENCE: next(iter(evidence), None),
    }
    beside = Beside(files, {kind.value: file.content for kind, file in own.items() if file})
    found, waiting = [Place(beside, "")], others(settings)
    return Case(Cited(number), settings, found=found, asked=[files.name], waiting=waiting)


def _of_id(files: Sequence[File], number: str) -> File | None:
    return next((file for file in files if id_in(file.content) == number), None)


def _tells_of(evidence: File, number: str) -> bool:
    records: Any = (tree_of(evidence.content) or {}).get("records")
    return isinstance(records, list) and any(
        isinstance(record, dict) and record.get("id") == number for record in records
    )


def _of_one(
    file: File,
    kind: Kind,
    files: SiteFiles,
    settings: Settings,
    *,
    is_placed: bool,
) -> Iterator[Case]:
    """Yield the cases of one file: of a proof those of every revision of its record that lies beside it."""
    number = id_in(file.content)
    if kind is Kind.PAGE and not number:
        raise CitationFault(
            f"{file.name} is of a record that has no id yet, so nothing vouches for it"
        )
    lying = {} if is_placed else dict(_flat(files, tuple(files.names())))
    own = {k: [one for one in each if id_in(one.content) == number] for k, each in lying.items()}
    if kind is not Kind.FROZEN or len(lying.get(Kind.FROZEN, [])) > 1:
        lying |= {k: own.get(k, []) for k in (Kind.PROOF, Kind.FROZEN, Kind.PAGE)}
    if kind is Kind.PAGE:
        lying[Kind.FROZEN] = []
    lying[kind] = [file]
    for case in _saved(lying, files, settings):
        if kind is not Kind.FROZEN or case.record is file:
            if is_placed:
                case.found, case.waiting = [], _chain(files, settings)
            yield case
