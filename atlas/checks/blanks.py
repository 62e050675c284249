"""Texts with a part of them blanked out: every other character keeps its place.

Core. A check that must not look inside code or quotations searches the blanked text and points
into the original with the same indexes.
"""

import re

_CODE = re.compile(
    r"""
    ^[ \t]*(?P<fence>`{3,}(?=[^`\n]*$)|~{3,})[^\n]*$.*?(?:^[ \t]*(?P=fence)[`~]*[ \t]*$|\Z)
    | \\[!-/:-@\[-`{-~]
    | (?<!`)(?P<ticks>`+)(?!`)(?:(?!\n[ \t]*\n).)+?(?<!`)(?P=ticks)(?!`)
    """,
    re.VERBOSE | re.MULTILINE | re.DOTALL,
)
_QUOTATION = re.compile(
    r"""
    ^[ ]{0,3}>[^\n]*$
    | "(?:[^"\n]|\n(?![ \t]*\n))*"
    | “[^“”]*” | „[^„“”]*[“”] | «[^«»]*»
    """,
    re.VERBOSE | re.MULTILINE,
)
_QUOTATION_MARKS = '>"\u201c\u201e\u00ab'


def without_code(text: str) -> str:
    """Blank out code fences, code spans and escaped characters of Markdown."""
    if "`" not in text and "\\" not in text and "~~~" not in text:
        return text
    return _CODE.sub(_blank, text)


def without_quotations(text: str) -> str:
    """Blank out block quotations and what stands in double quotation marks."""
    if not any(mark in text for mark in _QUOTATION_MARKS):
        return text
    return _QUOTATION.sub(_blank, text)


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match[0])
