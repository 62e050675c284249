"""The field tables of content/README.md, as the models say them."""

import re
from enum import Enum
from types import UnionType
from typing import Annotated, Union, get_args, get_origin

from pydantic import BaseModel

from atlas import model
from atlas.model import fields
from atlas.model.provision import Analysis, Example, Mapped, Review, RevisionNote, Status
from atlas.model.shelves import Licence

TABLES = {
    "provision": model.ProvisionFields,
    "regulations": Mapped,
    "examples": Example,
    "analysis": Analysis,
    "reviews": Review,
    "status": Status,
    "revision": RevisionNote,
    "document": model.DocumentFields,
    "sources": model.Source,
    "platform": model.PlatformFields,
    "prose": model.ProseFields,
    "clause-types": model.ClauseTypeFields,
    "stances": model.Stance,
    "regulations-file": model.RegulationFields,
    "categories": model.CategoryFields,
    "people": model.PersonFields,
    "addresses": model.OldAddressFields,
    "statement": model.StatementFields,
    "site": model.SiteFields,
    "licence": Licence,
    "timestamp-authorities": model.TimestampAuthority,
}

_KINDS = {
    fields.Text: "text",
    fields.Line: "one line",
    fields.Slug: "key",
    fields.Day: "date",
    fields.Instant: "time in UTC",
    fields.Address: "https address",
    fields.Truth: "true or false",
    fields.Number: "whole number",
    fields.Sha256: "SHA-256",
    fields.ProvisionId: "record id",
    fields.DocumentId: "document id",
    fields.Language: "language",
    fields.Hostname: "host name",
    fields.JurisdictionCode: "jurisdiction",
}


def table(shape):
    """Return one row a field: name, whether it is needed, what it takes, what it is."""
    rows = ["| field | needed | takes | what it is |", "| --- | --- | --- | --- |"]
    for name, field in shape.model_fields.items():
        needed = "yes" if field.is_required() else ""
        rows.append(
            f"| `{field.alias or name}` | {needed} | {_kind(shape.__annotations__.get(name))} | {field.description} |"
        )
    return "\n".join(rows)


def _kind(annotation):
    for known, words in _KINDS.items():
        if annotation == known:
            return words
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _kind(arguments[0]) if arguments[0] is not str else _kind_of_line(annotation)
    if origin in {Union, UnionType}:
        return _kind(next(a for a in arguments if a is not type(None)))
    if origin is tuple:
        return f"list of {_kind(arguments[0])}"
    if origin is dict:
        return "fields by key"
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return "fields"
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return ", ".join(f"`{member.value}`" for member in annotation)
    return "text"


def _kind_of_line(annotation):
    for known, words in _KINDS.items():
        if get_args(known)[1] in get_args(annotation):
            return words
    return "text"


def fill(text):
    """Return the guide with every table between its marks replaced by what the models say."""

    def replaced(match):
        return f"<!-- fields: {match[1]} -->\n\n{table(TABLES[match[1]])}\n\n<!-- end -->"

    return re.sub(r"<!-- fields: ([a-z-]+) -->.*?<!-- end -->", replaced, text, flags=re.DOTALL)
