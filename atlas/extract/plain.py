"""The text of a plain text file: paragraphs become lines.

Core. A file that is wrapped at a margin has its paragraphs between empty lines; in one that is not,
every line is a paragraph.
"""

import re

from atlas.extract.charset import decode
from atlas.extract.extracted import Reading
from atlas.model import Body, Failed, Failure

_MARGIN = 100
"""Characters beyond which a line was not wrapped by hand."""
_ITEM = re.compile(
    r"\s*(?:[-*\u2022\u25cf\u25e6\u25aa]|\(?(?:\d{1,3}|[A-Za-z]|[ivxIVX]{1,5})[.)])\s"
)
"""What a list item begins with."""


def read(body: Body) -> Reading | Failed:
    """Return what a plain text file says; a file with a NUL in it is none."""
    decoded = decode(body.content, body.content_type, is_html=False)
    if "\0" in decoded.text:
        return Failed(Failure.WRONG_TYPE, "It came as plain text, and is a binary file.")
    return Reading(
        paragraphs(decoded.text), characters=len(decoded.text), undecodable=decoded.undecodable
    )


def paragraphs(text: str) -> str:
    """Return one paragraph a line."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n\n").split("\n")
    if any(len(line) > _MARGIN for line in lines):
        return "\n".join(lines)
    joined: list[str] = []
    for line in lines:
        starts = not line.strip() or _ITEM.match(line)
        joined.append(("\n" if starts else " ") + line.strip())
    return "".join(joined)
