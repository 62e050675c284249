"""Values of the evidence as JSON and back, strictly: what is read is what was written, or a `Wrong` says where not.

Core. The shapes are the dataclasses of `model.evidence` and `model.history`: every field is written by its name, also
where it is empty. Canonical JSON has its keys in order and no blanks; instants are whole seconds in UTC.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime
from enum import StrEnum
from functools import cache
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

import orjson

Tree = dict[str, Any]

_DOCUMENT = re.compile(r"[A-Z]{2,8}-D-[0-9]{5,6}").fullmatch
_RECORD = re.compile(r"[A-Z]{2,8}-P-[0-9]{6}").fullmatch
_STATEMENT = re.compile(r"(?:dispute|response)-[1-9][0-9]{0,8}").fullmatch
_SHA256 = re.compile(r"[0-9a-f]{64}").fullmatch
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}").fullmatch
_INSTANT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z").fullmatch

_FORMS: Mapping[str, tuple[Callable[[str], object], str]] = {
    "document": (_DOCUMENT, "an id like `CA-D-00011`"),
    "good": (_DOCUMENT, "ids like `CA-D-00011`"),
    "failed": (_DOCUMENT, "ids like `CA-D-00011`"),
    **dict.fromkeys(("record", "id"), (_RECORD, "an id like `CA-P-007114`")),
    **dict.fromkeys(
        (
            *("prev", "sha256", "quote_sha256", "text_sha256", "raw_sha256", "previous"),
            *("known_texts", "record_sha256", "clause_sha256", "root", "path"),
            *("status_sha256", "statements"),
        ),
        (_SHA256, "a SHA-256: 64 hexadecimal digits in lower case"),
    ),
    "announced": (_DATE, "a date like `2026-11-22`"),
    "statements.": (_STATEMENT, "an object with names like `dispute-1`"),
}
"""What a string, or each string of a list, in a field of this name looks like; with a full stop, its keys."""


class Wrong(ValueError):
    """A tree is not of the shape that it claims; says what and, by the name of a key, where."""

    def __init__(self, key: str, sentence: str) -> None:
        """Tell the innermost key, empty for the whole, and a sentence about it."""
        super().__init__(sentence)
        self.key = key


def dump(tree: Tree) -> bytes:
    """Return canonical JSON in one line, without a line feed; instants of whole seconds in UTC may be given as such."""
    return orjson.dumps(tree, option=orjson.OPT_SORT_KEYS | orjson.OPT_UTC_Z)


def dump_lines(tree: Tree) -> bytes:
    """Return the same as a file that people can compare line by line: indented, with a final line feed."""
    return orjson.dumps(
        tree, option=orjson.OPT_SORT_KEYS | orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE
    )


def load(line: bytes, *, is_indented: bool = False) -> Tree:
    """Return the object that canonical JSON stands for, in one line or indented.

    Raises:
        Wrong: it is no JSON, no object, or not in canonical form.
    """
    try:
        tree = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        raise Wrong("", f"this is not JSON: {error.msg} at character {error.pos + 1}") from error
    if not isinstance(tree, dict):
        raise Wrong("", "this is no object")
    if (dump_lines if is_indented else dump)(tree) != line:
        raise Wrong("", "this is not in canonical form: keys in order, each once, no blanks")
    return tree


def tree_of(value: object) -> Any:  # noqa: ANN401  what JSON can hold
    """Return a value as what JSON can hold.

    Raises:
        ValueError: an instant is not of whole seconds in UTC.
    """
    if is_dataclass(value) and not isinstance(value, type):
        added = _added(value.__class__)
        told = {name: getattr(value, name) for name in _names(value.__class__)}
        return {n: tree_of(v) for n, v in told.items() if n not in added or v != added[n]}
    if isinstance(value, datetime):
        return _instant(value)
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, tuple):
        return [tree_of(item) for item in value]
    if isinstance(value, Mapping):
        return {str(key): tree_of(item) for key, item in value.items()}
    return value


def value_of(kind: type, tree: object) -> Any:  # noqa: ANN401  a value of `kind`
    """Return the value of a dataclass that a tree stands for.

    Raises:
        Wrong: a key is missing, unknown, or of the wrong type or form.
    """
    return _decoder(kind, "")(tree)


def keys_of(kind: type) -> tuple[str, ...]:
    """Return the keys that the tree of a dataclass may have."""
    return _names(kind)


def needed_of(kind: type) -> set[str]:
    """Return the keys that it must have."""
    return set(_names(kind)) - _added(kind).keys()


def _instant(value: datetime) -> str:
    if value.utcoffset() is None or value.utcoffset() or value.microsecond:
        raise ValueError(f"{value!r} is not a whole second in UTC")
    return value.replace(tzinfo=None).isoformat() + "Z"


@cache
def _names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


@cache
def _added(kind: type) -> Mapping[str, object]:
    """Return the fields that came after the first lines were written, with what their absence says."""
    return {field.name: field.default for field in fields(kind) if field.metadata.get("added")}


_Decoder = Callable[[object], Any]


@cache
def _decoder(kind: Any, key: str) -> _Decoder:  # noqa: ANN401  a type or a generic alias
    """Return what reads a tree as a value of a type, for a field of this name."""
    origin, inside = get_origin(kind), get_args(kind)
    if origin is UnionType:
        (plain,) = (one for one in inside if one is not type(None))
        decode = _decoder(plain, key)
        return lambda tree: None if tree is None else decode(tree)
    if origin is tuple:
        return _list(_decoder(inside[0], key), key)
    if origin is not None and issubclass(origin, Mapping):
        of_keys = f"{key}." if f"{key}." in _FORMS else ""
        return _mapping(_decoder(inside[0], of_keys), _decoder(inside[1], key), key)
    if isinstance(kind, type) and is_dataclass(kind):
        return _record(kind, key)
    if issubclass(kind, StrEnum):
        return _choice(kind, key)
    if kind is datetime:
        return _moment(key)
    if kind is str and key in _FORMS:
        return _form(key, *_FORMS[key])
    return _plain(kind, key)


def _plain(kind: type, key: str) -> _Decoder:
    noun = {
        str: "a text",
        int: "a whole number",
        float: "a number with a fraction",
        bool: "true or false",
    }

    def decode(tree: object) -> object:
        if type(tree) is not kind:
            raise Wrong(key, f"`{key}` is not {noun[kind]}")
        return tree

    return decode


def _form(key: str, fits: Callable[[str], object], told: str) -> _Decoder:
    key = key.rstrip(".")

    def decode(tree: object) -> object:
        if type(tree) is not str or not fits(tree):
            raise Wrong(key, f"`{key}` is not {told}")
        return tree

    return decode


def _choice(kind: type[StrEnum], key: str) -> _Decoder:
    members = {member.value: member for member in kind}

    def decode(tree: object) -> object:
        if not isinstance(tree, str) or tree not in members:
            raise Wrong(key, f"`{key or tree}` is none of {', '.join(members)}")
        return members[tree]

    return decode


def _moment(key: str) -> _Decoder:
    def decode(tree: object) -> object:
        if isinstance(tree, str) and _INSTANT(tree):
            try:
                return datetime.fromisoformat(tree).astimezone(UTC)
            except ValueError:
                pass
        raise Wrong(key, f"`{key}` is not an instant like `2026-11-22T05:17:00Z`")

    return decode


def _list(decode_item: _Decoder, key: str) -> _Decoder:
    def decode(tree: object) -> object:
        if not isinstance(tree, list):
            raise Wrong(key, f"`{key}` is not a list")
        return tuple([decode_item(item) for item in tree])

    return decode


def _mapping(decode_key: _Decoder, decode_item: _Decoder, key: str) -> _Decoder:
    def decode(tree: object) -> object:
        if not isinstance(tree, dict):
            raise Wrong(key, f"`{key}` is not an object")
        return {decode_key(name): decode_item(item) for name, item in tree.items()}

    return decode


def _record(kind: type, key: str) -> _Decoder:
    hints = get_type_hints(kind)
    decoders = {name: _decoder(hints[name], name) for name in _names(kind)}

    def decode(tree: object) -> object:
        if not isinstance(tree, dict):
            raise Wrong(key, f"`{key}` is not an object")
        if tree.keys() != decoders.keys():
            for name in sorted(decoders.keys() - tree.keys() - _added(kind).keys()):
                raise Wrong(key, f"the key `{name}` is missing")
            for name in sorted(tree.keys() - decoders.keys()):
                raise Wrong(name, f"`{name}` is not a key of this")
        return kind(**{name: decoders[name](told) for name, told in tree.items()})

    return decode
