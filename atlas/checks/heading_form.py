"""A heading begins its line, and a blank stands between its marks and its words."""

import re
from collections.abc import Iterator
from datetime import date

from atlas.checks.blanks import without_code
from atlas.checks.check import Check
from atlas.checks.headings import HEADINGS
from atlas.checks.places import Passage, section_passage
from atlas.model import Atlas, Provision, Section
from atlas.problem import Problem

_MARKED = re.compile(
    r"^(?P<blanks>[ \t]*)(?P<marks>#{2,6})(?P<gap>[ \t]*)(?P<words>[^\s#][^\n]*)$", re.MULTILINE
)
_TOO_FEW = re.compile(rf"^ {{0,3}}#[ \t]*(?P<words>{'|'.join(HEADINGS)})[ \t]*$", re.MULTILINE)
_GLUED = "a blank is missing between the marks of this heading and its words"
_DEEPEST_INDENT = 3
"""Blanks that may stand before a heading (CommonMark 4.2); after more of them it is code."""


def _find(atlas: Atlas, _as_of: date) -> Iterator[Problem]:
    for provision in atlas.records.provisions:
        for section in (*([provision.preamble] if provision.preamble else []), *provision.sections):
            yield from _of_heading(provision, section)
            yield from _within(provision, section)
    for page in atlas.records.prose:
        if "##" in page.text:
            passage = Passage(page.text, page.origin.at(), page.text_line, 1)
            for match in _MARKED.finditer(without_code(page.text)):
                if not match["gap"] and len(match["blanks"]) <= _DEEPEST_INDENT:
                    yield page.origin.problem(
                        CHECK.code, passage.span(*match.span()), *_glued(match)
                    )


CHECK = Check("heading-form", __doc__, _find, judges_text=True)


def _of_heading(of: Provision, section: Section) -> Iterator[Problem]:
    """Judge the line of a section's own heading, of which its span and its words are known."""
    if not section.heading:
        return
    written = section.span.end_column - section.span.column
    if section.span.column > 1:
        yield of.origin.problem(CHECK.code, section.span, *_indented("##", section.heading))
    elif written == len("##") + len(section.heading):
        message, hint = _GLUED, f"write `## {section.heading}`"
        yield of.origin.problem(CHECK.code, section.span, message, hint)


def _within(of: Provision, section: Section) -> Iterator[Problem]:
    if "#" not in section.text:
        return
    passage, text = section_passage(section), without_code(section.text)
    for match in _MARKED.finditer(text):
        span = passage.span(match.start("marks"), match.end())
        if match["blanks"] and (
            len(match["blanks"]) <= _DEEPEST_INDENT or match["words"].strip() in HEADINGS
        ):
            yield of.origin.problem(
                CHECK.code, span, *_indented(match["marks"], match["words"].strip())
            )
        elif not match["blanks"] and not match["gap"]:
            yield of.origin.problem(CHECK.code, span, *_glued(match))
    for match in _TOO_FEW.finditer(text):
        message = f"`# {match['words']}` has one mark, and a heading of a record has two"
        span = passage.span(*match.span())
        yield of.origin.problem(CHECK.code, span, message, f"write `## {match['words']}`")


def _glued(match: re.Match[str]) -> tuple[str, str]:
    return _GLUED, f"write `{match['marks']} {match['words'].strip()}`"


def _indented(marks: str, words: str) -> tuple[str, str]:
    return (
        "blanks stand before this heading",
        f"write `{marks} {words}` at the beginning of the line",
    )
