"""From the bytes of a file to its text: size, encoding, line ends and characters are judged here.

Core.
"""

import re
import unicodedata

from atlas.model import SourceFile
from atlas.problem import FIRST_LINE, Problem, Span

LARGEST_FILE = 64 * 1024
"""Bytes that a file may have which anybody may send us."""
LARGEST_WORDS = 256 * 1024
"""Bytes that the words of the interface may have: templates are the program's, and reviewed as code is."""

FORBIDDEN = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]"
)
"""Control characters, zero-width spaces, line ends of other sorts, and what turns the direction of text."""

_MOST_FORBIDDEN = 10
"""A file with more of them is of another kind altogether."""

_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_USUAL_NAMES = {
    "\x00": "NUL",
    "\x07": "BELL",
    "\x1b": "ESCAPE",
    "\x7f": "DELETE",
    "\x85": "NEXT LINE",
}
_SHORTER = (
    (r"data/site\.yaml$", "say it more briefly"),
    (r"content/platform/.*\.md$", "quote less, or split the record"),
    (
        r"data/[^/]+\.yaml$",
        "divide it: a shelf may be a folder of files, such as data/people/editors.yaml",
    ),
    (r"data/", "divide it into more files"),
    (r"content/.*\.md$", "make two pages of it"),
    (r"templates/", "take out what no template uses"),
)
"""How a file that is too large can be made smaller, by what its path looks like."""


def read_text(file: SourceFile) -> tuple[str | None, list[Problem]]:
    """Return the text of a file of at most 64 KiB (words: 256): UTF-8, LF, without control characters."""
    largest = LARGEST_WORDS if file.path.startswith("templates/") else LARGEST_FILE
    if len(file.content) > largest:
        message = f"the file holds {len(file.content):,} bytes; {largest:,} are allowed"
        hint = next((h for form, h in _SHORTER if re.match(form, file.path)), "say it more briefly")
        return None, [Problem("file-too-large", file.path, FIRST_LINE, message, hint)]
    try:
        text = file.content.decode("utf-8")
    except UnicodeDecodeError as error:
        return None, [_not_utf8(file, error.start)]
    problems = []
    if text.startswith("\ufeff"):
        message = "the file begins with a byte order mark"
        problems.append(
            Problem(
                "byte-order-mark", file.path, FIRST_LINE, message, "save it as UTF-8 without BOM"
            )
        )
        text = text[1:]
    if "\r" in text:
        problems.append(_line_ends(file.path, text))
        text = text.replace("\r\n", "\n")
        if "\r" in text:
            return None, problems  # what is a line is anybody's guess
    forbidden = [
        Problem(
            "forbidden-character",
            file.path,
            _span_at(text, match.start()),
            f"{name_of(match[0])} may not stand here",
            "take it out; it cannot be seen",
        )
        for match, _ in zip(FORBIDDEN.finditer(text), range(_MOST_FORBIDDEN), strict=False)
    ]
    return (None if forbidden else text), [*problems, *forbidden]


def name_of(character: str) -> str:
    """Return what a character that cannot be seen is called: `U+200B (zero width space)`."""
    kind = "a control character" if unicodedata.category(character) == "Cc" else "no character"
    name = unicodedata.name(character, _USUAL_NAMES.get(character, kind))
    return f"U+{ord(character):04X} ({name.lower()})"


def _not_utf8(file: SourceFile, start: int) -> Problem:
    before = file.content[:start].decode("utf-8")
    span, hint = _span_at(before, len(before)), "save the file as UTF-8"
    if file.content.startswith(_UTF_16):
        return Problem("not-utf-8", file.path, span, "the file is UTF-16", hint)
    return Problem("not-utf-8", file.path, span, "this byte is not UTF-8", hint)


def _line_ends(path: str, text: str) -> Problem:
    lone = re.search(r"\r(?!\n)", text)
    start = lone.start() if lone else text.index("\r")
    message = (
        "a lone CR stands here, which some read as the end of a line"
        if lone
        else "the lines end in CR LF"
    )
    hint = "save the file with Unix line endings (LF)"
    return Problem("line-endings", path, _span_at(text, start), message, hint)


def _span_at(text: str, index: int) -> Span:
    line = text.count("\n", 0, index) + 1
    column = index - (text.rfind("\n", 0, index) + 1) + 1
    return Span(line, column, column + 1)
