"""A line `[[name]]` on a page of prose names one of the lists that the program can put there."""

import difflib
import re
from collections.abc import Iterator
from datetime import date

from atlas.checks.blanks import without_code
from atlas.checks.check import Check
from atlas.checks.places import Passage
from atlas.listings import LISTINGS
from atlas.model import Atlas
from atlas.problem import Problem

_LISTING = re.compile(r"\[\[(?P<name>[^\[\]\n]*)\]\](?!\()")


def _find(atlas: Atlas, _as_of: date) -> Iterator[Problem]:
    for page in atlas.records.prose:
        if "[[" not in page.text:
            continue
        passage = Passage(page.text, page.origin.at(), page.text_line, 1)
        for match in _LISTING.finditer(without_code(page.text)):
            fault = _fault(match, page.text)
            if fault:
                yield page.origin.problem(CHECK.code, passage.span(*match.span()), *fault)


CHECK = Check("unknown-listing", __doc__, _find)


def _fault(match: re.Match[str], text: str) -> tuple[str, str] | None:
    name = match["name"].strip()
    if name not in LISTINGS:
        close = difflib.get_close_matches(name.lower(), list(LISTINGS), 1, 0.6)
        hint = (
            f"did you mean `[[{close[0]}]]`?"
            if close
            else f"the lists are: {', '.join(sorted(LISTINGS))}"
        )
        return f"there is no list `{name}`", hint
    start, end = text.rfind("\n", 0, match.start()) + 1, text.find("\n", match.end())
    if text[start : end if end >= 0 else len(text)].rstrip() != match[0]:
        return (
            f"the list `{name}` is asked for within a line",
            f"put `{match[0]}` alone on a line, at its very beginning",
        )
    return None
