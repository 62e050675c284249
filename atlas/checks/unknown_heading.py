"""A record has the headings of the record format and no others.

Only Questions has headings within it, one `###` a question.
"""

import re
from collections.abc import Iterator
from datetime import date

from atlas.checks.blanks import without_code
from atlas.checks.check import Check
from atlas.checks.headings import HEADINGS, QUESTIONS, meant
from atlas.checks.places import section_passage
from atlas.model import Atlas, Provision, Section
from atlas.problem import Problem

_WITHIN = re.compile(r"^ {0,3}(?P<marks>#{1,6})(?:[ \t]+(?P<words>\S[^\n]*))?$", re.MULTILINE)
_UNDERLINED = re.compile(r"(?<=\S\n)^ {0,3}(?P<line>=+|-{2,})[ \t]*$", re.MULTILINE)


def _find(atlas: Atlas, _as_of: date) -> Iterator[Problem]:
    for provision in atlas.records.provisions:
        for section in provision.sections:
            if section.heading not in HEADINGS:
                yield _unknown(provision, section)
            yield from _within(provision, section)


CHECK = Check("unknown-heading", __doc__, _find, judges_text=True)


def _unknown(of: Provision, section: Section) -> Problem:
    close = meant(section.heading)
    hint = f"did you mean `## {close}`?" if close else f"the headings are: {', '.join(HEADINGS)}"
    return of.origin.problem(
        CHECK.code, section.span, f"`{section.heading}` is not a heading of a record", hint
    )


def _within(of: Provision, section: Section) -> Iterator[Problem]:
    if "#" not in section.text and "==" not in section.text and "--" not in section.text:
        return
    passage, text = section_passage(section), without_code(section.text)
    for match in _WITHIN.finditer(text):
        if match["marks"] == "###" and section.heading in {QUESTIONS, meant(section.heading)}:
            continue
        words = section.text[slice(*match.span("words"))].strip() if match["words"] else ""
        hint = (
            "write it as a sentence; only the section Questions has headings within it, with `###`"
        )
        yield of.origin.problem(
            CHECK.code,
            passage.span(*match.span()),
            f"`{words}` is a heading within a section",
            hint,
        )
    for match in _UNDERLINED.finditer(text):
        hint = "leave an empty line above it for a rule, or take it out"
        message = f"`{match['line']}` makes a heading of the line above it"
        yield of.origin.problem(CHECK.code, passage.span(*match.span("line")), message, hint)
