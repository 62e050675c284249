"""A name, a title or a claim holds no character that cannot be seen.

Names are compared, searched and copied, and one letter more that nobody sees makes another name.
A quotation keeps what the platform wrote: its page sets it apart, and comparing leaves such
characters out. What turns the direction of text is refused everywhere, by the reader.
"""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date

from atlas.checks.check import Check
from atlas.checks.places import field_passage
from atlas.model import Atlas, Provision
from atlas.problem import Origin, Place, Problem
from atlas.source_text import FORBIDDEN, name_of

_BLANK_LETTERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
"""Letters and marks that show nothing."""

_SHOWN = frozenset(
    "\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd"
)
"""Signs that Unicode calls formats and that are drawn (prepended concatenation marks)."""

_JOINERS = frozenset("\u200c\u200d")


def _find(atlas: Atlas, _as_of: date) -> Iterator[Problem]:
    for origin, place, text in _labels(atlas):
        if text.isascii():
            continue
        hidden = next((n for n, c in enumerate(text) if _is_hidden(c, text[:n])), None)
        if hidden is not None:
            span = field_passage(origin, text, *place).span(hidden, hidden + 1)
            message = f"{name_of(text[hidden])} cannot be seen"
            hint = "take it out: names are compared and searched letter by letter"
            yield origin.problem(CHECK.code, span, message, hint)


CHECK = Check("invisible-character", __doc__, _find, judges_text=True)


def _is_hidden(character: str, before: str) -> bool:
    if character in _JOINERS:
        # Persian, the scripts of India and emoji are written with joiners, after a character of their own.
        return not re.search(r"[^\x00-\u02ff\u2000-\u200f]$", before)
    if FORBIDDEN.match(character):
        return False  # the reader has said so
    is_format = unicodedata.category(character) == "Cf" and character not in _SHOWN
    return is_format or character in _BLANK_LETTERS


def _labels(atlas: Atlas) -> Iterator[tuple[Origin, Place, str]]:
    records = atlas.records
    for provision in records.provisions:
        for place, text in _of_provision(provision):
            if text:
                yield provision.origin, place, text
    named = (
        (records.documents, ("title", "entity")),
        (records.platforms, ("name", "entity")),
        (records.prose, ("title", "description")),
        (records.clause_types, ("name",)),
        (records.regulations, ("name", "short")),
        (records.categories, ("name",)),
        (records.people, ("name", "sort_name")),
        ((records.site,) if records.site else (), ("title", "tagline")),
    )
    for group, names in named:
        for record in group:
            for name in names:
                if text := getattr(record, name):
                    yield record.origin, (name,), text
    for clause_type in records.clause_types:
        for key, stance in clause_type.stances.items():
            yield clause_type.origin, ("stances", key, "name"), stance.name


def _of_provision(of: Provision) -> Iterator[tuple[Place, str | None]]:
    yield ("title",), of.title
    yield ("claim",), of.claim
    yield ("section",), of.section
    for n, mapped in enumerate(of.regulations):
        yield ("regulations", n, "article"), mapped.article
    for n, example in enumerate(of.examples):
        yield ("examples", n, "platform"), example.platform
        yield ("examples", n, "document"), example.document
