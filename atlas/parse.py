"""From fields to records, or problems: the one crossing from untyped to typed.

Core. Parsing never stops at the first fault: every file is read, every field is judged, and what
could not be parsed is remembered by name so that a reference to it is no second fault.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

from pydantic import BaseModel

from atlas.frontmatter import Fields, read_markdown, read_yaml
from atlas.model import (
    Category,
    CategoryFields,
    ClauseType,
    ClauseTypeFields,
    Document,
    DocumentFields,
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
    Section,
    Site,
    SiteFields,
    SourceFile,
)
from atlas.problem import FIRST_LINE, Origin, Problem, Span
from atlas.validate import UNREAD, noun, salvage, validate

PLATFORM_FILE = "_platform.yaml"
DOCUMENT_FILE = "_document.yaml"

_REGISTRIES: Mapping[str, tuple[str, type[BaseModel], type[BaseModel]]] = {
    "data/clause-types.yaml": ("clause_types", ClauseTypeFields, ClauseType),
    "data/regulations.yaml": ("regulations", RegulationFields, Regulation),
    "data/categories.yaml": ("categories", CategoryFields, Category),
    "data/people.yaml": ("people", PersonFields, Person),
}
SITE_FILE = "data/site.yaml"


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
        site=parsing.site, unparsed=frozenset(parsing.unparsed), files=tuple(parsing.files), **kinds
    )
    return records, parsing.problems


def _parse_file(parsing: _Parsing, file: SourceFile) -> None:
    path = PurePosixPath(file.path)
    parts = path.parts
    parsing.files.append(file.path)
    if file.path == SITE_FILE:
        _parse_site(parsing, file)
    elif file.path in _REGISTRIES:
        _parse_registry(parsing, file)
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
    elif parts[0] == "content" and len(parts) == 2 and path.suffix == ".md":
        _parse_prose(parsing, file)
    else:
        parsing.problems.append(
            Problem(
                "misplaced-file",
                file.path,
                FIRST_LINE,
                "nothing is published from a file of this name in this place",
                "a provision is content/platform/<platform>/<document>/<provision>.md; see content/README.md",
            )
        )


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


def _parse_registry(parsing: _Parsing, file: SourceFile) -> None:
    kind, shape, placed = _REGISTRIES[file.path]
    fields, problems = read_yaml(file)
    parsing.problems += problems
    if fields is None:
        parsing.unparsed.add(file.path)
        return
    for key, entry in fields.values.items():
        origin = Origin(file.path, fields.origin.values, fields.origin.keys, (key,))
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


def split_sections(body: str, first_line: int) -> tuple[Section | None, tuple[Section, ...]]:
    """Cut a record's text at its `##` headings; code fences are left whole.

    Returns what stands before the first heading, as a section without one, and the sections.
    """
    lines = body.split("\n")
    starts = list(_headings(lines))
    ends = [*starts[1:], len(lines)][: len(starts)]
    sections = [
        _section(lines, first_line, start, end) for start, end in zip(starts, ends, strict=True)
    ]
    before = next((n for n in range(starts[0] if starts else len(lines)) if lines[n].strip()), None)
    if before is None:
        return None, tuple(sections)
    text = "\n".join(lines[before : starts[0] if starts else len(lines)]).rstrip()
    span = Span(first_line + before, 1, len(lines[before]) + 1)
    return Section(heading="", text=text, span=span, text_line=first_line + before), tuple(sections)


def _headings(lines: list[str]) -> Iterator[int]:
    fence = ""
    for number, line in enumerate(lines):
        mark = re.match(r" {0,3}(`{3,}|~{3,})(.*)", line)
        if fence:
            # A fence is closed by at least as many of the marks that opened it, alone on a line (CommonMark 4.5).
            fence = "" if mark and mark[1].startswith(fence) and not mark[2].strip() else fence
        elif mark:
            fence = mark[1]
        elif re.match(r"##(?!#)", line):
            yield number


def _section(lines: list[str], first_line: int, start: int, end: int) -> Section:
    text_start = next((n for n in range(start + 1, end) if lines[n].strip()), end)
    return Section(
        heading=lines[start].lstrip("#").strip(),
        text="\n".join(lines[text_start:end]).rstrip(),
        span=Span(first_line + start, 1, len(lines[start]) + 1),
        text_line=first_line + text_start,
    )


def _remember(parsing: _Parsing, path: str, fields: Fields) -> None:
    parsing.unparsed.add(path)
    if isinstance(fields.values.get("id"), str):
        parsing.unparsed.add(str(fields.values["id"]))


def _validate(parsing: _Parsing, fields: Fields, shape: type[BaseModel]) -> dict[str, Any] | None:
    values, problems = validate(fields, shape)
    parsing.problems += problems
    return values
