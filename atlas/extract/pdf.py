"""The text of a PDF file.

Core; the one owner of pypdfium2. A PDF knows lines and no paragraphs: a line goes on in the next one
unless it ends a sentence and the next begins like one.
"""

import ctypes
import re

import pypdfium2
from pypdfium2 import raw

from atlas.extract.extracted import Reading
from atlas.model import Body, Failed, Failure

_PAGES = 1_000
_CHARACTERS = 5_000_000
_HYPHEN = re.compile(r"[\x02\ufffe]\s*")
"""What PDFium gives for a hyphen at the end of a line."""
_END = re.compile(r"[.:;!?][\"'\u201d\u2019)\]]*\s*$")
_START = re.compile(
    r"\s*[\"'\u201c\u2018(\[]*(?:[^\W\d_a-z]|\d|[\u2022\u25cf\u25e6\u25aa\u2013-]|\(?[a-z]\))"
)


def read(body: Body) -> Reading | Failed:
    """Return what a PDF says. One that is locked, scanned, broken or too long gives a `Failed`."""
    try:
        document = pypdfium2.PdfDocument(body.content)
    except pypdfium2.PdfiumError as error:
        return _unopened(error.err_code)
    try:
        return _read(document)
    except pypdfium2.PdfiumError:
        return Failed(
            Failure.TRUNCATED, "A page of the PDF could not be read: the file is damaged."
        )
    finally:
        document.close()


def _unopened(code: int | None) -> Failed:
    if code in {raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY}:
        return Failed(
            Failure.NO_TEXT,
            "The PDF is encrypted and opens with a password only, so its text is locked.",
        )
    return Failed(Failure.TRUNCATED, "The PDF could not be opened: the file is damaged or cut off.")


def _read(document: pypdfium2.PdfDocument) -> Reading | Failed:
    pages = len(document)
    if pages > _PAGES:
        return Failed(
            Failure.TOO_LARGE,
            f"The PDF has {pages:,} pages; we read documents of up to {_PAGES:,}.",
        )
    texts: list[str] = []
    characters = 0
    for number in range(pages):
        text = _page(document, number)
        characters += len(text)
        if characters > _CHARACTERS:
            return Failed(
                Failure.TOO_LARGE, f"The PDF has more than {_CHARACTERS:,} characters of text."
            )
        texts.append(text)
    if pages and not any(text.strip() for text in texts):
        named = "1 page" if pages == 1 else f"{pages:,} pages"
        return Failed(
            Failure.NO_TEXT, f"The PDF has {named} and no text: it is probably a scan of paper."
        )
    return Reading(
        lines=_paragraphs("\n".join(texts)),
        title=" ".join(document.get_metadata_value("Title").split()),
        language=_language(document),
        characters=characters,
        undecodable=sum(text.count("\ufffd") for text in texts),
    )


def _page(document: pypdfium2.PdfDocument, number: int) -> str:
    page = document[number]
    try:
        text_page = page.get_textpage()
        try:
            return str(text_page.get_text_bounded(errors="replace"))
        finally:
            text_page.close()
    finally:
        page.close()


def _paragraphs(text: str) -> str:
    lines = _HYPHEN.sub("-", text).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    joined: list[str] = []
    previous = ""
    for line in lines:
        ends = not line.strip() or (_END.search(previous[-40:]) and _START.match(line))
        joined.append(("\n" if ends else " ") + line)
        previous = line or previous
    return "".join(joined)


def _language(document: pypdfium2.PdfDocument) -> str:
    """Return what the PDF says of its language; empty where it, or this PDFium, says nothing."""
    ask = getattr(raw, "FPDFCatalog_GetLanguage", None)
    if ask is None:
        return ""
    size = min(ask(document, None, 0), 80)
    buffer = ctypes.create_string_buffer(max(2, size))
    ask(document, ctypes.cast(buffer, ctypes.POINTER(raw.FPDF_WCHAR)), size)
    return buffer.raw[: max(0, size - 2)].decode("utf-16-le", "replace").strip()
