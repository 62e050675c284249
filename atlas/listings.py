"""The listings that a page of prose can ask for with a line `[[name]]`, so that no rule is written twice.

Core. Each vocabulary is listed by its own name, except `state`, which people know as `status`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from atlas.model import (
    Basis,
    ClauseState,
    Confidence,
    DocumentKind,
    Method,
    RegulationStatus,
    Relation,
    Severity,
    State,
)

VOCABULARIES: Mapping[str, type[StrEnum]] = {
    "severity": Severity,
    "confidence": Confidence,
    "basis": Basis,
    "relation": Relation,
    "method": Method,
    "status": State,
    "document-kind": DocumentKind,
    "regulation-status": RegulationStatus,
    "clause-state": ClauseState,
}
"""Listings that print a closed list of the record format, by the name that asks for them."""

FRESHNESS, USER_AGENT, CONTACT = "freshness", "user-agent", "contact"
FINGERPRINT = "fingerprint"
"""Not a list but a box in which a reader computes the hash of a quotation."""

LISTINGS = (*VOCABULARIES, FRESHNESS, USER_AGENT, CONTACT, FINGERPRINT)
"""Every name that a page of prose may ask for."""

_LINE = re.compile(r"\[\[([^\[\]]*)\]\]\s*")
_HEADING = re.compile(r"##\s+(.+?)(?:\s+#+)?\s*")
_FENCE = re.compile(r" {0,3}(```|~~~)")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of prose: Markdown, or a second-level heading, or the name of a listing that takes its place."""

    line: int
    """Where it starts, from 0."""
    text: str = ""
    heading: str = ""
    listing: str = ""


def pieces(text: str) -> list[Piece]:
    """Cut Markdown at its `##` headings, and at the lines that hold only `[[name]]`, known or not."""
    found: list[Piece] = []
    pending: list[str] = []
    fenced = False
    lines = text.split("\n")
    for number, line in enumerate(lines):
        fenced ^= bool(_FENCE.match(line))
        cut = None if fenced else _cut(line, number)
        if cut is None:
            pending.append(line)
        else:
            found += [_markdown(pending, number), cut]
            pending = []
    found.append(_markdown(pending, len(lines)))
    return [piece for piece in found if piece.heading or piece.listing or piece.text.strip()]


def _cut(line: str, number: int) -> Piece | None:
    if heading := _HEADING.fullmatch(line):
        return Piece(number, heading=heading[1])
    if asked := _LINE.fullmatch(line):
        return Piece(number, listing=asked[1].strip() or asked[0].strip())
    return None


def _markdown(lines: list[str], end: int) -> Piece:
    return Piece(end - len(lines), "\n".join(lines))
