"""Analysis and prose are Markdown without HTML tags and without images.

Code spans, code fences and addresses in angle brackets are no markup.
"""

import re
from collections.abc import Iterator
from datetime import date

from atlas.checks.blanks import without_code
from atlas.checks.check import Check
from atlas.checks.places import Passage, section_passage
from atlas.model import Atlas
from atlas.problem import Origin, Problem

_MARKUP = re.compile(
    r"""
    (?P<image> !\[ (?:[^\[\]]|\[[^\[\]]*\])* \] (?:\([^()\n]*\)|\[[^\[\]\n]*\]) )
    | (?P<comment> <!--.*?(?:-->|\Z) )
    | (?P<tag> <(?P<name>/?[A-Za-z][A-Za-z0-9-]*) (?:\s[^<>]*)? /?> | <(?:\?|![A-Za-z\[]) [^<>\n]* >? )
    | (?P<open> ^[ ]{0,3}</?[A-Za-z][A-Za-z0-9-]*(?=[ \t]|$)[^<>\n]* )
    """,
    re.VERBOSE | re.MULTILINE | re.DOTALL,
)
_LONGEST = 40


def _find(atlas: Atlas, _as_of: date) -> Iterator[Problem]:
    for provision in atlas.records.provisions:
        for section in provision.sections:
            yield from _judge(provision.origin, section_passage(section))
    for page in atlas.records.prose:
        yield from _judge(page.origin, Passage(page.text, page.origin.at(), page.text_line, 1))


CHECK = Check("raw-markup", __doc__, _find, judges_text=True)


def _judge(origin: Origin, passage: Passage) -> Iterator[Problem]:
    if "<" not in passage.text and "![" not in passage.text:
        return
    opened: set[str] = set()
    for match in _MARKUP.finditer(without_code(passage.text)):
        if match["name"] and match["name"].lower() in opened:
            continue  # the tag that closes one that is reported
        first = match[0].partition("\n")[0].rstrip()
        shown = first if len(first) <= _LONGEST else first[:_LONGEST] + "…"
        span = passage.span(match.start(), match.start() + len(first))
        if match["image"]:
            yield origin.problem(
                CHECK.code, span, f"`{shown}` is an image", "say in words what it shows"
            )
        else:
            opened.add("/" + (match["name"] or "").lower())
            kind = "an HTML comment" if match["comment"] else "an HTML tag"
            hint = "use Markdown, or put it in backticks if it is to be read as it stands"
            yield origin.problem(CHECK.code, span, f"`{shown}` is {kind}", hint)
