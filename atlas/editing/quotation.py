"""Puts other words into the quotation of a record, and leaves every other byte of meaning alone.

A line: ruamel.yaml edits, because it keeps comments and order; our own strict reader then reads
both texts, and an edit that changed anything else is thrown away.
"""

import io
from datetime import UTC, datetime

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.resolver import VersionedResolver
from ruamel.yaml.scalarstring import LiteralScalarString

from atlas.frontmatter import read_markdown
from atlas.model import SourceFile
from atlas.problem import Fault

_FENCE = "---\n"
_CLAUSE, _CAPTURED, _RECORDED = "clause", "captured_at", "recorded_hash"
_TOUCHED = {_CLAUSE, _CAPTURED, _RECORDED}
_UNBROKEN = 1_000_000
"""Columns before the writer would break a line: never."""


class EditFault(Fault):
    """A record cannot be edited without touching what it must not touch; says why."""


def requote(text: str, words: str, seen_at: datetime) -> str:
    """Return a record's text with `words` as its quotation, captured at `seen_at`.

    A hash that was recorded elsewhere belongs to the former words, so its line goes.

    Raises:
        EditFault: the text is no record with a quotation, or the edit would change more.
    """
    head, body = _parted(text)
    editor = _editor()
    try:
        fields = editor.load(head)
    except YAMLError as error:
        raise EditFault(f"its front matter cannot be read: {error}") from error
    if _CLAUSE not in fields:
        raise EditFault("it has no quotation to change")
    fields[_CLAUSE] = LiteralScalarString(words.rstrip("\n"))
    captured = seen_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    if _CAPTURED in fields:
        fields[_CAPTURED] = captured
    else:
        fields.insert(list(fields).index(_CLAUSE), _CAPTURED, captured)
    fields.pop(_RECORDED, None)
    written = io.StringIO()
    editor.dump(fields, written)
    edited = f"{_FENCE}{written.getvalue()}{_FENCE}{body}"
    _compare(text, edited, words, captured)
    return edited


def _parted(text: str) -> tuple[str, str]:
    """Return the front matter without its fences, and what follows it."""
    head, fence, body = text.removeprefix(_FENCE).partition(f"\n{_FENCE}")
    if not text.startswith(_FENCE) or not fence:
        raise EditFault("it does not begin with front matter between two lines of `---`")
    return f"{head}\n", body


def _editor() -> YAML:
    editor = YAML(typ="rt")
    editor.preserve_quotes = True
    editor.width = _UNBROKEN
    editor.indent(mapping=2, sequence=4, offset=2)
    editor.Resolver = _EverythingIsText
    return editor


class _EverythingIsText(VersionedResolver):
    """Guesses no types, as our own reader does not: `NO` is Norway and 007 keeps its zeros."""

    @property
    def versioned_resolver(self) -> dict[str, object]:
        """Return the rules by which a plain value would become something else: none."""
        return {}


def _compare(before: str, after: str, words: str, captured: str) -> None:
    old, new = _fields(before), _fields(after)
    kept = {key: value for key, value in old.items() if key not in _TOUCHED}
    if {key: value for key, value in new.items() if key not in _TOUCHED} != kept:
        raise EditFault("the edit would change more than the quotation")
    if new.get(_CAPTURED) != captured or str(new.get(_CLAUSE, "")).split() != words.split():
        raise EditFault("the words cannot be written as a quotation")


def _fields(text: str) -> dict[str, object]:
    fields, problems = read_markdown(SourceFile("record.md", text.encode()))
    if fields is None or problems:
        raise EditFault(problems[0].message if problems else "it has no front matter")
    return dict(fields.values)
