"""Where a text of Markdown links to, and where in it each target stands. Core."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from atlas.checks.blanks import without_code
from atlas.checks.places import Passage, section_passage
from atlas.model import Atlas
from atlas.problem import Origin, Span

_TARGET = r"(?:<[^<>\n]*>|[^\s()<>]*(?:\([^\s()]*\)[^\s()<>]*)*)"
_LINK = re.compile(
    rf"""
    (?P<image>!?) \[ (?:[^\[\]]|\[[^\[\]]*\])* \] \( [ \t]*\n?[ \t]* (?P<inline>{_TARGET})
    | ^[ ]{{0,3}} \[ [^\[\]\n]+ \] : [ \t]*\n?[ \t]* (?P<definition><[^<>\n]*>|\S+)
    | < (?P<address>[A-Za-z][A-Za-z0-9+.-]{{1,31}}:[^\s<>]*) >
    """,
    re.VERBOSE | re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Target:
    """What a link leads to."""

    written: str
    """As it stands in the text."""
    meant: str
    """As a browser reads it, without the entities of HTML."""
    span: Span


def passages(atlas: Atlas) -> Iterator[tuple[Origin, Passage]]:
    """Yield every text that is Markdown: the sections of records, and pages of prose."""
    for provision in atlas.records.provisions:
        for section in provision.sections:
            yield provision.origin, section_passage(section)
    for page in atlas.records.prose:
        yield page.origin, Passage(page.text, page.origin.at(), page.text_line, 1)


def targets(passage: Passage) -> Iterator[Target]:
    """Yield where a text links to; images are none."""
    if not any(mark in passage.text for mark in ("](", "]:", "<")):
        return
    for match in _LINK.finditer(without_code(passage.text)):
        if match["image"]:
            continue
        group = next(g for g in ("inline", "definition", "address") if match[g] is not None)
        start, end = match.span(group)
        written = passage.text[start:end].removeprefix("<").removesuffix(">")
        span = passage.span(start, end) if end > start else passage.span(*match.span())
        yield Target(written, html.unescape(written), span)
