"""From bytes to characters: a byte order mark, then what the header says, then what the page says, then a guess.

Core. The order of the WHATWG Encoding Standard, with one exception: bytes that are valid UTF-8 and were
called Latin-1 are UTF-8, because the other way round they would be gibberish.
"""

import codecs
import re
from dataclasses import dataclass

_MARKS = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}
_IN_HEADER = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_IN_PAGE = re.compile(rb"<meta\s[^>]{0,400}?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_PAGE_START = 4096
"""How many bytes of a page are looked at for what it says of itself."""

_WINDOWS = "cp1252"
_LATIN = {"ascii", "iso8859-1", "latin-1", _WINDOWS}
"""What the web means by these is windows-1252."""
_KNOWN = {
    *(
        "utf-8",
        "utf-16",
        "utf-16-le",
        "utf-16-be",
        "koi8-r",
        "koi8-u",
        "mac-roman",
        "cp866",
        "cp874",
    ),
    *("gbk", "gb2312", "gb18030", "big5", "euc_jp", "iso2022_jp", "shift_jis", "cp932", "euc_kr"),
    *(f"cp125{number}" for number in range(9)),
    *(f"iso8859-{number}" for number in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)),
    *_LATIN,
}
"""Encodings that pages may name; Python knows others that are none."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """Characters, how they were found, and how many could not be."""

    text: str
    encoding: str
    undecodable: int
    content: bytes
    """What was decoded: the body without its mark."""

    @property
    def utf_8(self) -> bytes:
        """The characters in UTF-8: the very bytes that came, where they are that."""
        if self.encoding == "utf-8" and not self.undecodable:
            return self.content
        return self.text.encode("utf-8", "ignore")


def decode(content: bytes, content_type: str, *, is_html: bool) -> Decoded:
    """Return the characters of a body; what fits no character becomes U+FFFD and is counted."""
    for mark, encoding in _MARKS.items():
        if content.startswith(mark):
            return _decoded(content[len(mark) :], encoding)
    named = _IN_HEADER.search(content_type)
    encoding = _known(named[1]) if named else ""
    if not encoding and is_html and (said := _IN_PAGE.search(content, 0, _PAGE_START)):
        encoding = _known(said[1].decode("ascii", "replace"))
        if encoding.startswith("utf-16"):  # it was readable as bytes, so it is not
            encoding = "utf-8"
    if (not encoding or encoding == _WINDOWS) and _is_utf_8(content):
        encoding = "utf-8"
    return _decoded(content, encoding or _WINDOWS)


def _known(label: str) -> str:
    try:
        name = codecs.lookup(label).name
    except LookupError:
        return ""
    if name in _LATIN:
        return _WINDOWS
    return {"utf-16": "utf-16-le", "gb2312": "gbk"}.get(name, name) if name in _KNOWN else ""


def _is_utf_8(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _decoded(content: bytes, encoding: str) -> Decoded:
    text = content.decode(encoding, "replace")
    undecodable = text.count("\ufffd") if "\ufffd" in text else 0  # it is seldom there
    return Decoded(text, encoding, undecodable, content)
