"""BibTeX: an `@online` entry, sound in classic BibTeX (where it is taken for `@misc`) and in biblatex.

Core. The file is UTF-8. Braces in a value are written as commands: BibTeX counts them even after a backslash.
"""

import re

from atlas.citing.cited import Cited, Name
from atlas.citing.wording import archived, noted
from atlas.words import Words

_SPECIAL = str.maketrans(
    {
        "\\": r"{\textbackslash}",
        "{": r"{\textbraceleft}",
        "}": r"{\textbraceright}",
        "%": r"\%",
        "&": r"\&",
        "$": r"\$",
        "#": r"\#",
        "_": r"\_",
        "^": r"{\textasciicircum}",
        "~": r"{\textasciitilde}",
        "<": r"{\textless}",
        ">": r"{\textgreater}",
        "|": r"{\textbar}",
        "`": r"{\textasciigrave}",
        '"': '"{}',  # else German babel takes it and the next letter for an umlaut
    }
)
_LIGATURE = re.compile(r"-(?=-)|'(?=')")
"""What TeX joins with the next mark to another one."""
_GIVEN = re.compile(r"[^\W\d_]+\.?(?:[ -][^\W\d_]+\.?)*").fullmatch
"""Given names that BibTeX reads as such: letters, with blanks, hyphens and stops between them."""
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
"""Names that every style defines: a month in the language of the bibliography."""
_NOT_IN_ADDRESSES = re.compile(r"[{}\\^|`\"<>\s]")


def bibtex(words: Words, of: Cited) -> str:
    """Return an entry. Title and family names are in a second pair of braces, so that no style takes them apart."""
    authors = " and ".join(map(_author, of.names))
    values = {
        "author": f"{{{authors}}}",
        "title": f"{{{{{escaped(of.title)}}}}}",
        "organization": f"{{{escaped(of.site)}}}" if of.site else "",
        "version": f"{{{of.revision}}}" if of.revision else "",
        "year": f"{{{of.day.year}}}" if of.day else "",
        "month": _MONTHS[of.day.month - 1] if of.day else "",
        "note": f"{{{escaped('; '.join((*noted(words, of), *archived(words, of))))}}}",
        "url": f"{{{address(of.url)}}}" if of.url else "",
    }
    lines = [f"  {name} = {value},\n" for name, value in values.items() if value]
    return f"@online{{{of.key},\n{''.join(lines)}}}\n"


def _author(name: Name) -> str:
    """Return a name in braces, or the family's part in them, a comma and the rest, which styles may shorten."""
    if not (name.family and name.given):
        return f"{{{escaped(name.family or name.printed)}}}"
    is_plain = _GIVEN(name.given) and "and" not in name.given.casefold().split()
    given = escaped(name.given)
    return f"{{{escaped(name.family)}}}, {given if is_plain else f'{{{given}}}'}"


def escaped(text: str) -> str:
    """Return text that TeX prints as it is."""
    return _LIGATURE.sub(r"\g<0>{}", text.translate(_SPECIAL))


def address(url: str) -> str:
    """Return an address for a verbatim field: what no address may hold is encoded, all else stands as it is."""
    return _NOT_IN_ADDRESSES.sub(
        lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode()), url
    )
