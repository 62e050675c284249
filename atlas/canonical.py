"""The canonical form of a quotation, in which clauses are compared, and its hash.

Core. clause-v1 maps what typesetting changes (quotation marks, dashes, blanks, invisible
characters) to one form and keeps case, punctuation and numbers: a moved comma can matter.
"""

import hashlib
import re
import unicodedata

CLAUSE_FORM = "clause-v1"

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
_MAP = _QUOTE | _DASH | _BULLET | _DROP
_BLANKS = re.compile(
    "[\u0000-\u0020\u007f-\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+"
)


def clause_v1(text: str) -> str:
    """Return the text in form clause-v1: mapped, NFKC (UAX 15), mapped again, blanks collapsed."""
    mapped = unicodedata.normalize("NFKC", text.translate(_MAP)).translate(_MAP)
    return _BLANKS.sub(" ", mapped).strip(" ")


def clause_sha256(text: str) -> str:
    """Return the SHA-256 (FIPS 180-4) of the text's clause-v1 form in UTF-8, as 64 hexadecimal digits."""
    return hashlib.sha256(clause_v1(text).encode()).hexdigest()
