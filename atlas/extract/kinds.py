"""What kind of file a body is: by what it was sent as, and by its first bytes, which have to agree.

Core. A file that is another than it was said to be is no look at the document.
"""

from enum import StrEnum
from urllib.parse import urlsplit

from atlas.model import Body, Failed, Failure


class Kind(StrEnum):
    """The kinds of file that are read."""

    HTML = "html"
    PDF = "pdf"
    PLAIN = "plain"
    MARKDOWN = "markdown"

    @property
    def named(self) -> str:
        """How a sentence calls it."""
        return _NAMES[self]


_NAMES = {
    Kind.HTML: "an HTML page",
    Kind.PDF: "a PDF file",
    Kind.PLAIN: "plain text",
    Kind.MARKDOWN: "Markdown",
}
_DECLARED = {
    "text/html": Kind.HTML,
    "application/xhtml+xml": Kind.HTML,
    "application/pdf": Kind.PDF,
    "application/x-pdf": Kind.PDF,
    "text/plain": Kind.PLAIN,
    "text/markdown": Kind.MARKDOWN,
    "text/x-markdown": Kind.MARKDOWN,
}
_UNDECLARED = {"", "application/octet-stream", "binary/octet-stream"}
"""Types that say nothing; then the first bytes alone decide."""
_FOREIGN = {
    b"\x89PNG": "a PNG picture",
    b"\xff\xd8\xff": "a JPEG picture",
    b"GIF8": "a GIF picture",
    b"PK\x03\x04": "a ZIP archive or an office document",
    b"\xd0\xcf\x11\xe0": "an office document",
    b"\x1f\x8b": "a gzip file",
    b"{\\rtf": "an RTF document",
}
_HTML_STARTS = (b"<!doctype html", b"<html", b"<head", b"<body", b"<?xml")


def kind_of(body: Body) -> Kind | Failed:
    """Return the kind of a body, or `wrong-type` where it is none that we read or not the one it was said to be."""
    media_type = body.content_type.partition(";")[0].strip().lower()
    seen = _seen(body.content)
    if isinstance(seen, str) and not isinstance(seen, Kind):
        return Failed(Failure.WRONG_TYPE, f"It came as `{media_type}`, and is {seen}.")
    if media_type in _UNDECLARED:
        return seen or Failed(
            Failure.WRONG_TYPE, "It came without a type, and its bytes are no HTML page and no PDF."
        )
    declared = _DECLARED.get(media_type)
    if declared is None:
        return Failed(
            Failure.WRONG_TYPE,
            f"It came as `{media_type[:80]}`, which is no HTML, PDF, Markdown or plain text.",
        )
    if (seen or declared) is not declared or (declared is Kind.PDF and seen is None):
        actual = seen.named if seen else "something else"
        return Failed(Failure.WRONG_TYPE, f"It came as `{media_type}`, and is {actual}.")
    if declared is Kind.PLAIN and urlsplit(body.final_url).path.endswith((".md", ".markdown")):
        return Kind.MARKDOWN
    return declared


def _seen(content: bytes) -> Kind | str | None:
    """Return what the first bytes are: a kind, the name of one that we do not read, or None for text."""
    if b"%PDF-" in content[:1024]:
        return Kind.PDF
    start = content[:4096].removeprefix(b"\xef\xbb\xbf").lstrip()
    for magic, name in _FOREIGN.items():
        if start.startswith(magic):
            return name
    while start.startswith(b"<!--"):
        start = start.partition(b"-->")[2].lstrip()
    return Kind.HTML if start.lower().startswith(_HTML_STARTS) else None
