"""RIS: tagged lines that reference managers import, of the type for web pages (`ELEC`).

Core. Lines end in CR LF, as the format's specification has it (RIS Format Specifications, 2001).
"""

from collections.abc import Iterator

from atlas.citing.cited import Cited, Name
from atlas.citing.wording import archived, noted
from atlas.words import Words


def ris(words: Words, of: Cited) -> str:
    """Return an entry. What has no tag of its own stands in the notes."""
    return "".join(f"{tag}  - {value}\r\n" for tag, value in _lines(words, of))


def _lines(words: Words, of: Cited) -> Iterator[tuple[str, str]]:
    yield "TY", "ELEC"
    yield "ID", of.key
    yield from (("AU", _author(name)) for name in of.names)
    yield "TI", of.title
    if of.site:
        yield "T2", of.site
    if of.day:
        yield "PY", f"{of.day:%Y}"
        yield "DA", f"{of.day:%Y/%m/%d}"
    if of.number:
        yield "AN", of.number
    if of.revision:
        yield "ET", str(of.revision)
    if of.pinpoint:
        yield "SE", of.pinpoint
    yield "LA", of.language
    yield "N1", "; ".join((*noted(words, of), *archived(words, of)))
    if of.url:
        yield "UR", of.url.replace(";", "%3B")  # a semicolon parts two addresses
    yield "ER", ""


def _author(name: Name) -> str:
    """Return the family's part, a comma and the rest, where that is known."""
    parts = (name.family, name.given) if name.family else (name.printed,)
    return ", ".join(filter(None, map(_name, parts)))


def _name(name: str) -> str:
    """Return a name without commas: what stands before the first one is taken for the family's."""
    return " ".join(name.replace(",", " ").split())
