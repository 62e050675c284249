"""From the bytes of a file to its text: size, encoding, line ends and characters are judged here.

Core.
"""

import re

from atlas.model import SourceFile
from atlas.problem import FIRST_LINE, Problem, Span

LARGEST_FILE = 64 * 1024
"""Bytes that a record may have."""

_FORBIDDEN = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]"
)


def read_text(file: SourceFile) -> tuple[str | None, list[Problem]]:
    """Return the text of a file of at most 64 KiB: UTF-8, LF, without control characters."""
    if len(file.content) > LARGEST_FILE:
        message = (
            f"the file holds {len(file.content):,} bytes; a record has at most {LARGEST_FILE:,}"
        )
        return None, [
            Problem(
                "file-too-large", file.path, FIRST_LINE, message, "quote less, or split the record"
            )
        ]
    try:
        text = file.content.decode("utf-8")
    except UnicodeDecodeError as error:
        before = file.content[: error.start].decode("utf-8")
        span = _span_at(before, len(before))
        return None, [
            Problem(
                "not-utf-8", file.path, span, "this byte is not UTF-8", "save the file as UTF-8"
            )
        ]
    problems = []
    if text.startswith("\ufeff"):
        problems.append(
            Problem(
                "byte-order-mark",
                file.path,
                FIRST_LINE,
                "the file begins with a byte order mark",
                "save it as UTF-8 without BOM",
            )
        )
        text = text[1:]
    if "\r" in text:
        span = _span_at(text, text.index("\r"))
        problems.append(
            Problem(
                "line-endings",
                file.path,
                span,
                "the lines end in CR LF",
                "save the file with Unix line endings (LF)",
            )
        )
        text = text.replace("\r\n", "\n")
        if "\r" in text:
            return None, problems  # what is a line is anybody's guess
    for match in list(_FORBIDDEN.finditer(text))[:10]:
        message = f"the character U+{ord(match[0]):04X} may not stand here"
        problems.append(
            Problem(
                "forbidden-character",
                file.path,
                _span_at(text, match.start()),
                message,
                "take it out; it cannot be seen",
            )
        )
    if problems and any(p.code == "forbidden-character" for p in problems):
        return None, problems
    return text, problems


def _span_at(text: str, index: int) -> Span:
    line = text.count("\n", 0, index) + 1
    column = index - (text.rfind("\n", 0, index) + 1) + 1
    return Span(line, column, column + 1)
