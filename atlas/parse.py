"""From fields to records, or problems: the one crossing from untyped to typed.

Core. Parsing never stops at the first fault: every file is read, every field is judged, and what
could not be parsed is remembered by name so that a reference to it is no second fault.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

from pydantic import BaseModel

from atlas import misplaced
from atlas.frontmatter import Fields, read_markdown, read_yaml
from atlas.misplaced import DOCUMENT_FILE, PLATFORM_FILE, SITE_FILE
from atlas.model import (
    NO_EVIDENCE,
    NOTHING_PUBLISHED,
    Category,
    CategoryFields,
    ClauseType,
    ClauseTypeFields,
    Document,
    DocumentFields,
    FormerRevision,
    OldAddress,
    OldAddressFields,
    Person,
    PersonFields,
    Platform,
    PlatformFields,
    Prose,
    ProseFields,
    Provision,
    ProvisionFields,
    Records,
    Regulation,
    RegulationFields,
    Site,
    SiteFields,
    SourceFile,
    Statement,
    StatementFields,
    StatementKind,
)
from atlas.problem import FIRST_LINE, Origin, Problem
from atlas.sections import split_sections
from atlas.validate import UNREAD, noun, salvage, validate

_SHELVES: Mapping[str, tuple[str, type[BaseModel], type[BaseModel]]] = {
    "data/clause-types": ("clause_types", ClauseTypeFields, ClauseType),
    "data/regulations": ("regulations", RegulationFields, Regulation),
    "data/categories": ("categories", CategoryFields, Category),
    "data/people": ("people", PersonFields, Person),
    "data/addresses": ("addresses", OldAddressFields, OldAddress),
}
_BESIDE = 6
"""Parts of the path of a file in the folder beside a record."""
_FORMER = re.compile(r"r([1-9]\d{0,3})\.md")
_STATEMENT = re.compile(rf"({'|'.join(StatementKind)})-([1-9]\d{{0,3}})\.md")


@dataclass(slots=True)
class _Parsing:
    problems: list[Problem] = field(default_factory=list)
    records: dict[str, list[Any]] = field(default_factory=dict)
    unparsed: set[str] = field(default_factory=set)
    files: list[str] = field(default_factory=list)
    site: Site | None = None


def parse(files: Iterable[SourceFile]) -> tuple[Records, list[Problem]]:
    """Return every record that could be parsed, and every problem of the files' form."""
    parsing = _Parsing()
    for file in sorted(files, key=lambda f: f.path):
        _parse_file(parsing, file)
    kinds = {kind: tuple(found) for kind, found in parsing.records.items()}
    records = Records(
        site=parsing.site,
        unparsed=frozenset(parsing.unparsed),
        files=tuple(parsing.files),
        evidence=NO_EVIDENCE,  # machine files are `held`'s
        published=NOTHING_PUBLISHED,  # likewise
        **kinds,
    )
    return records, parsing.problems


def _parse_file(parsing: _Parsing, file: SourceFile) -> None:
    path = PurePosixPath(file.path)
    parts = path.parts
    parsing.files.append(file.path)
    if file.path == SITE_FILE:
        _parse_site(parsing, file)
    elif shelf := _shelf(path):
        _parse_shelf(parsing, file, shelf)
    elif parts[:2] == ("content", "platform") and len(parts) == 4 and path.name == PLATFORM_FILE:
        _parse_yaml(parsing, file, "platforms", PlatformFields, Platform, {"slug": parts[2]})
    elif parts[:2] == ("content", "platform") and len(parts) == 5 and path.name == DOCUMENT_FILE:
        _parse_yaml(
            parsing,
            file,
            "documents",
            DocumentFields,
            Document,
            {"platform": parts[2], "slug": parts[3]},
        )
    elif parts[:2] == ("content", "platform") and len(parts) == 5 and path.suffix == ".md":
        _parse_provision(parsing, file)
    elif _is_beside(path) and (found := _FORMER.fullmatch(path.name)):
        _parse_former(parsing, file, int(found[1]))
    elif _is_beside(path) and (found := _STATEMENT.fullmatch(path.name)):
        _parse_statement(parsing, file, StatementKind(found[1]), int(found[2]))
    elif parts[0] == "content" and len(parts) == 2 and path.suffix == ".md":
        _parse_prose(parsing, file)
    else:
        parsing.problems.append(
            Problem(
                "misplaced-file",
                file.path,
                FIRST_LINE,
                "nothing is published from a file of this name in this place",
                misplaced.right_place(path, _SHELVES),
            )
        )


def _shelf(path: PurePosixPath) -> str | None:
    """Return the shelf that a file is, or a part of: `data/people.yaml`, `data/people/editors.yaml`."""
    name = str(path.with_suffix("") if len(path.parts) == 2 else path.parent)
    return name if path.suffix == ".yaml" and name in _SHELVES else None


def _parse_yaml(
    parsing: _Parsing,
    file: SourceFile,
    kind: str,
    shape: type[BaseModel],
    placed: type[BaseModel],
    place: dict[str, Any],
) -> None:
    fields, problems = read_yaml(file)
    parsing.problems += problems
    if fields is None:
        parsing.unparsed.add(file.path)
        return
    values = _validate(parsing, fields, shape)
    if values is None:
        _remember(parsing, file.path, fields)
    else:
        parsing.records.setdefault(kind, []).append(
            placed.model_construct(**values, **place, origin=fields.origin)
        )


def _parse_provision(parsing: _Parsing, file: SourceFile) -> None:
    fields, problems = read_markdown(file)
    parsing.problems += problems
    if fields is None:
        parsing.unparsed.add(file.path)
        return
    values, kind = _validate(parsing, fields, ProvisionFields), "provisions"
    if values is None:
        _remember(parsing, file.path, fields)
        parsing.unparsed.add(UNREAD)
        values, kind = salvage(fields, ProvisionFields), "damaged"
    path = PurePosixPath(file.path)
    preamble, sections = split_sections(fields.body, fields.body_line)
    parsing.records.setdefault(kind, []).append(
        Provision.model_construct(
            **values,
            platform=path.parts[2],
            document=path.parts[3],
            slug=path.stem,
            preamble=preamble,
            sections=sections,
            origin=fields.origin,
        )
    )


def _is_beside(path: PurePosixPath) -> bool:
    return path.parts[:2] == ("content", "platform") and len(path.parts) == _BESIDE


def _parse_former(parsing: _Parsing, file: SourceFile, number: int) -> None:
    fields, problems = read_markdown(file)
    parsing.problems += problems
    values = _validate(parsing, fields, ProvisionFields) if fields else None
    if fields is None or values is None:
        parsing.unparsed.add(file.path)
        return
    path = PurePosixPath(file.path)
    preamble, sections = split_sections(fields.body, fields.body_line)
    parsing.records.setdefault("former", []).append(
        FormerRevision.model_construct(
            **values,
            platform=path.parts[2],
            document=path.parts[3],
            slug=path.parts[4],
            stands_for=number,
            preamble=preamble,
            sections=sections,
            origin=fields.origin,
        )
    )


def _parse_statement(parsing: _Parsing, file: SourceFile, kind: StatementKind, number: int) -> None:
    fields, problems = read_markdown(file)
    parsing.problems += problems
    values = _validate(parsing, fields, StatementFields) if fields else None
    if fields is None or values is None:
        parsing.unparsed.add(file.path)
        return
    path = PurePosixPath(file.path)
    parsing.records.setdefault("statements", []).append(
        Statement.model_construct(
            **values,
            platform=path.parts[2],
            document=path.parts[3],
            provision=path.parts[4],
            kind=kind,
            number=number,
            text=fields.body,
            text_line=fields.body_line,
            origin=fields.origin,
        )
    )


def _parse_prose(parsing: _Parsing, file: SourceFile) -> None:
    fields, problems = read_markdown(file)
    parsing.problems += problems
    values = _validate(parsing, fields, ProseFields) if fields else None
    if fields is None or values is None:
        parsing.unparsed.add(file.path)
        return
    parsing.records.setdefault("prose", []).append(
        Prose.model_construct(
            **values,
            slug=PurePosixPath(file.path).stem,
            text=fields.body,
            text_line=fields.body_line,
            origin=fields.origin,
        )
    )


def _parse_site(parsing: _Parsing, file: SourceFile) -> None:
    fields, problems = read_yaml(file)
    parsing.problems += problems
    values = _validate(parsing, fields, SiteFields) if fields else None
    if fields is None or values is None:
        parsing.unparsed.add(file.path)
    else:
        parsing.site = Site.model_construct(**values, origin=fields.origin)


def _parse_shelf(parsing: _Parsing, file: SourceFile, shelf: str) -> None:
    kind, shape, placed = _SHELVES[shelf]
    fields, problems = read_yaml(file)
    parsing.problems += problems
    if fields is None:
        parsing.unparsed |= {file.path, shelf}
        return
    there = {record.key: record.origin for record in parsing.records.get(kind, [])}
    for key, entry in fields.values.items():
        origin = Origin(file.path, fields.origin.values, fields.origin.keys, (key,))
        if key in there:
            message = f"`{key}` is given twice; first in {there[key].path}"
            hint = "keep one of the two"
            parsing.problems.append(origin.problem("repeated-key", origin.at_key(), message, hint))
            continue
        if not isinstance(entry, dict):
            hint = f"write the fields of {noun(shape)} beneath it, indented by two spaces"
            parsing.problems.append(
                origin.problem("wrong-shape", origin.at_key(), f"`{key}` has no fields", hint)
            )
            parsing.unparsed.add(key)
            continue
        values = _validate(parsing, Fields(entry, origin), shape)
        if values is None:
            parsing.unparsed.add(key)
        else:
            parsing.records.setdefault(kind, []).append(
                placed.model_construct(**values, key=key, origin=origin)
            )


def _remember(parsing: _Parsing, path: str, fields: Fields) -> None:
    parsing.unparsed.add(path)
    if isinstance(fields.values.get("id"), str):
        parsing.unparsed.add(str(fields.values["id"]))


def _validate(parsing: _Parsing, fields: Fields, shape: type[BaseModel]) -> dict[str, Any] | None:
    values, problems = validate(fields, shape)
    parsing.problems += problems
    return values
