"""From the text of fields to checked values, with every fault in a sentence and at its place.

Core. pydantic judges; this module says what it found in the words of the record format.
"""

import difflib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from atlas.frontmatter import Fields
from atlas.model import (
    CategoryFields,
    ClauseTypeFields,
    DocumentFields,
    PersonFields,
    PlatformFields,
    ProseFields,
    ProvisionFields,
    RegulationFields,
    SiteFields,
)
from atlas.problem import FIRST_LINE, Place, Problem

UNREAD = "unread"
"""What stands in a salvaged record for a field that it needs and that could not be read."""

_NOUNS: Mapping[type[BaseModel], str] = {
    ProvisionFields: "a provision",
    DocumentFields: "a document",
    PlatformFields: "a platform",
    ProseFields: "a page of prose",
    ClauseTypeFields: "a clause type",
    RegulationFields: "a regulation",
    CategoryFields: "a category",
    PersonFields: "a person",
    SiteFields: "the site",
}
_FORMS: Mapping[str, str] = {
    "authority": "write a host name, a comma and a year, as in `atlas.example,2026`",
    "branch": "write the name of a branch, as in `main`",
    "contact": "write an e-mail address, as in `atlas@atlas.example`",
    "id_prefix": "write two to eight capital letters, as in `CA`",
    "repository": "write owner and name with a slash between them, as in `someone/atlas`",
}
"""What a field with a form of its own looks like, by its name."""

_ASCII_ONLY = frozenset(
    {"invalid-hostname", "invalid-id", "invalid-jurisdiction", "invalid-language", "invalid-slug"}
)


def validate(fields: Fields, shape: type[BaseModel]) -> tuple[dict[str, Any] | None, list[Problem]]:
    """Return the checked values of `shape`, by field, or every fault of the fields."""
    try:
        record = shape.model_validate(fields.values)
    except ValidationError as error:
        return None, _field_problems(error.errors(), fields, shape)
    return {name: getattr(record, name) for name in shape.model_fields}, []


def salvage(fields: Fields, shape: type[BaseModel]) -> dict[str, Any]:
    """Return what can be read of fields that have faults: the sound ones; UNREAD in place of needed ones."""
    sound = {name: value for name, value in fields.values.items() if name in shape.model_fields}
    try:
        shape.model_validate(sound)
    except ValidationError as error:
        for fault in error.errors():
            sound.pop(str(fault["loc"][0]), None)
    needed = {
        name for name, field in shape.model_fields.items() if field.is_required()
    } - sound.keys()
    record = shape.model_validate({**sound, **dict.fromkeys(needed, UNREAD)})
    return {name: getattr(record, name) for name in shape.model_fields}


def noun(shape: type[BaseModel]) -> str:
    """Return what a record of this shape is called: `a provision`."""
    return _NOUNS[shape]


def _field_problems(
    errors: list[ErrorDetails], fields: Fields, shape: type[BaseModel]
) -> list[Problem]:
    problems = []
    explained: set[tuple[Place, str]] = set()
    for error in sorted(errors, key=lambda e: e["type"] != "extra_forbidden"):
        place = tuple(p for p in error["loc"] if p != "[key]")
        if error["type"] == "missing" and (place[:-1], str(place[-1])) in explained:
            continue
        problem, meant = _field_problem(error, place, fields, shape)
        problems.append(problem)
        if meant:
            explained.add((place[:-1], meant))
    return problems


def _field_problem(
    error: ErrorDetails, place: Place, fields: Fields, shape: type[BaseModel]
) -> tuple[Problem, str | None]:
    """Return the problem, and for an unknown field the field that was probably meant."""
    origin, name = fields.origin, str(place[-1]) if place else ""
    owner, called = _owner(shape, place[:-1])
    context = error.get("ctx") or {}
    if error["type"] == "extra_forbidden":
        known = list(_field_names(owner)) if owner else []
        meant = next(iter(difflib.get_close_matches(name, known, 1, 0.6)), None)
        hint = f"did you mean `{meant}`?" if meant else f"the fields are: {', '.join(known)}"
        return origin.problem(
            "unknown-field", origin.at_key(*place), f"`{name}` is not a field of {called}", hint
        ), meant
    if error["type"] == "missing":
        span = origin.at_key(*place[:-1]) if place[:-1] or origin.inside else FIRST_LINE
        message = f"{called} needs the field `{name}`"
        return origin.problem("missing-field", span, message, f"add a line `{name}: ...`"), None
    if error["type"] == "enum":
        return _unknown_value(error, place, fields), None
    if error["type"] in {
        "tuple_type",
        "list_type",
        "dict_type",
        "model_type",
        "model_attributes_type",
    }:
        wanted = (
            "a list: one line `- ...` an entry"
            if "tuple" in error["type"] or "list" in error["type"]
            else "fields"
        )
        if place and isinstance(place[-1], int):
            inner, called = _owner(shape, place)
            first = next(iter(_field_names(inner)), "name") if inner else "name"
            hint = f"write `- {first}: ...`, and its other fields on the lines below, indented"
            return origin.problem("wrong-shape", place, f"{called} holds fields", hint), None
        return origin.problem(
            "wrong-shape",
            place,
            f"`{name}` holds {wanted}",
            "write it on the lines below, indented",
        ), None
    if error["type"] in {
        "string_too_long",
        "too_short",
        "too_long",
        "greater_than_equal",
        "less_than_equal",
        "string_pattern_mismatch",
    }:
        return _out_of_bounds(error, place, fields), None
    if "message" in context:
        hint = str(context.get("hint", ""))
        if error["type"] in _ASCII_ONLY:
            hint = _lookalike(str(error["input"])) + hint
        span = origin.at_key(*place) if "[key]" in error["loc"] else origin.at(*place)
        return origin.problem(error["type"], span, str(context["message"]), hint), None
    return origin.problem(
        "invalid-value", place, f"`{name}`: {error['msg']}", "compare with content/README.md"
    ), None


def _unknown_value(error: ErrorDetails, place: Place, fields: Fields) -> Problem:
    value = error["input"]
    choices = re.findall(r"'([^']+)'", str((error.get("ctx") or {}).get("expected", "")))
    if not isinstance(value, str):
        return fields.origin.problem(
            "wrong-shape", place, f"`{place[-1]}` holds one word", f"one of: {', '.join(choices)}"
        )
    begun = [choice for choice in choices if value and choice.startswith(value.lower())]
    meant = begun or difflib.get_close_matches(value.lower(), choices, 1, 0.5)
    hint = (
        f"did you mean `{meant[0]}`? " if meant else ""
    ) + f"the words are: {', '.join(choices)}"
    return fields.origin.problem(
        "unknown-value", place, f"there is no {str(place[-1]).replace('_', ' ')} `{value}`", hint
    )


def _out_of_bounds(error: ErrorDetails, place: Place, fields: Fields) -> Problem:
    context, name = error.get("ctx") or {}, place[-1]
    if error["type"] in {"string_too_long", "too_long"}:
        message = f"`{name}` has {len(str(error['input']).strip())} characters; {context['max_length']} are allowed"
        return fields.origin.problem("too-long", place, message, "say it more briefly")
    if error["type"] == "string_pattern_mismatch":
        message = f"`{error['input']}` has not the form of `{name}`"
        return fields.origin.problem(
            "invalid-value", place, message, _FORMS.get(str(name), "compare with content/README.md")
        )
    if error["type"] == "too_short":
        return fields.origin.problem(
            "empty-value", place, f"`{name}` is empty", "name at least one"
        )
    bound = context.get("ge", context.get("le"))
    word = "at least" if "ge" in context else "at most"
    return fields.origin.problem(
        "invalid-number",
        place,
        f"`{name}` is {word} {bound}",
        f"write {bound} or more" if "ge" in context else f"write {bound} or less",
    )


def _lookalike(value: str) -> str:
    """Return words on the first letter of another script, which may look like one of ours."""
    letter = next((c for c in value if c.isalpha() and not c.isascii()), None)
    if letter is None:
        return ""
    return f"`{letter}` is {unicodedata.name(letter, 'a foreign letter').lower()}; "


def _owner(shape: type[BaseModel], place: Place) -> tuple[type[BaseModel] | None, str]:
    """Return the model that the fields at `place` belong to, and what to call it."""
    owner: Any = shape
    called = noun(shape)
    for step in place:
        if isinstance(owner, type) and issubclass(owner, BaseModel) and isinstance(step, str):
            found = next((f for n, f in owner.model_fields.items() if step in {n, f.alias}), None)
            owner = _inner_model(found.annotation) if found else None
            called = (
                f"an entry of `{step}`"
                if found and get_origin(found.annotation) in {tuple, dict}
                else f"`{step}`"
            )
    return (owner if isinstance(owner, type) and issubclass(owner, BaseModel) else None), called


def _inner_model(annotation: object) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((m for m in map(_inner_model, get_args(annotation)) if m is not None), None)


def _field_names(shape: type[BaseModel]) -> Iterable[str]:
    return (f.alias or name for name, f in shape.model_fields.items())
