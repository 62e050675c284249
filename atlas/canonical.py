"""The canonical forms of a quotation, which is compared, and of a document's text, which is held, and their hashes.

Core. clause-v1 maps what typesetting changes (quotation marks, dashes, blanks, invisible
characters) to one form and keeps case, punctuation and numbers: a moved comma can matter.
text-v1 keeps quotation marks and dashes as published, since it is evidence.
"""

import hashlib
import re
import unicodedata

CLAUSE_FORM = "clause-v1"
TEXT_FORM = "text-v1"

_QUOTE = dict.fromkeys(map(ord, "\u2018\u2019\u201a\u201b\u2032\u00b4\u02bc"), "'") | dict.fromkeys(
    map(ord, "\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb"), '"'
)
_DASH = dict.fromkeys([*range(0x2010, 0x2016), 0x2212], "-")
_BULLET = dict.fromkeys([0x2022, 0x25CF, 0x25E6, 0x25AA, 0x2023, 0x2043], " ")
_DROP = dict.fromkeys(
    [
        0xAD,
        0x61C,
        0x180E,
        *range(0x200B, 0x2010),
        *range(0x202A, 0x202F),
        *range(0x2060, 0x2070),
        *range(0xFE00, 0xFE10),
        0xFEFF,
    ]
)
_MAP = {chr(code): mark or "" for code, mark in (_QUOTE | _DASH | _BULLET | _DROP).items()}
_INVISIBLE = re.compile(f"[{''.join(map(chr, _DROP))}]")
_CONTROLS = re.compile("[\0-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]")
"""Blanks of both forms that `str.split` takes for none; the others are its own:
U+0009-000D, 001C-0020, 0085, 00A0, 1680, 2000-200A, 2028, 2029, 202F, 205F, 3000."""


def clause_v1(text: str) -> str:
    """Return the text in form clause-v1: mapped, NFKC (UAX 15), mapped again, blanks collapsed."""
    if not text.isascii():
        text = _mapped(unicodedata.normalize("NFKC", _mapped(text)))
    return _tidy(text)


def clause_sha256(text: str) -> str:
    """Return the SHA-256 (FIPS 180-4) of the text's clause-v1 form in UTF-8, as 64 hexadecimal digits."""
    return hashlib.sha256(clause_v1(text).encode()).hexdigest()


def letters(text: str) -> str:
    """Return the letters, their marks, and the digits of the text's clause-v1 form, case-folded.

    Equal letters mean that two texts differ in case, punctuation or spacing alone. Marks count as
    letters do: in Devanagari or Thai they are the vowels.
    """
    folded = clause_v1(text).casefold()
    marks = "".join(c for c in set(folded) if unicodedata.category(c).startswith("M"))
    return re.sub(rf"[^\w{marks}]|_", "", folded)


def text_v1(text: str) -> str:
    """Return the text in form text-v1: tidy lines, each in NFC (UAX 15) and ended by a line feed.

    Every line of `text` is one block of the document. A line without anything to see is dropped.
    """
    # A line feed composes with nothing, so each line may be looked at alone: most have ASCII only.
    lines = [_composed(line).strip() for line in text.split("\n") if line]
    tidy = [_tidy(line) for line in lines if line]
    return "".join([f"{line}\n" for line in tidy if line])


def text_sha256(text: str) -> str:
    """Return the SHA-256 of the text's text-v1 form in UTF-8: what `sha256sum` prints for its file."""
    return hashlib.sha256(text_v1(text).encode()).hexdigest()


def _mapped(text: str) -> str:
    for character in _MAP.keys() & set(text):  # few are there, and what comes in is none of them
        text = text.replace(character, _MAP[character])
    return text


def _composed(line: str) -> str:
    return line if line.isascii() else unicodedata.normalize("NFC", _INVISIBLE.sub("", line))


def _tidy(line: str) -> str:
    if "  " not in line and line.isprintable():  # and so without any blank but spaces
        return line.strip()
    tidy = " ".join(line.split())
    return tidy if tidy.isprintable() else " ".join(_CONTROLS.sub(" ", tidy).split())
