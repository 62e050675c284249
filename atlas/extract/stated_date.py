"""The date that a document states of itself: "Effective October 8, 2025", "Stand: 5. Mai 2026".

Core. It is a claim of the document, and only taken over where it is clear: a date that could be read two
ways, or two dates for one thing, give none.
"""

import re
from collections.abc import Iterable
from datetime import date
from itertools import pairwise

_TOP, _BOTTOM = 80, 15
"""How many blocks at the start, and else at the end, are looked through."""
_LONG = 240
"""Characters from which on a block is no statement about the document, but part of it."""

_YEAR = re.compile(r"\d{4}")

_MONTHS = {
    name: number
    for number, names in enumerate(
        [
            "january jan januar jänner janvier enero gennaio",
            "february feb februar février febrero febbraio",
            "march mar märz mars marzo",
            "april apr avril abril aprile",
            "may mai mayo maggio",
            "june jun juni juin junio giugno",
            "july jul juli juillet julio luglio",
            "august aug août agosto",
            "september sep sept septembre septiembre settembre",
            "october oct oktober okt octobre octubre ottobre",
            "november nov novembre noviembre",
            "december dec dezember dez décembre diciembre dicembre",
        ],
        start=1,
    )
    for name in names.split()
}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DATE = (
    rf"(?:(?P<month>{_MONTH})\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})"
    rf"|(?P<day2>\d{{1,2}})(?:st|nd|rd|th|er|\.|º)?\s+(?:of\s+|de\s+)?(?P<month2>{_MONTH})\.?,?\s+(?:de\s+)?(?P<year2>\d{{4}})"
    r"|(?P<iso>\d{4}-\d{2}-\d{2})"
    r"|(?P<day3>\d{1,2})\.\s?(?P<month3>\d{1,2})\.\s?(?P<year3>\d{4})"
    r"|(?P<one>\d{1,2})/(?P<two>\d{1,2})/(?P<year4>\d{4})"
    r"|(?P<year5>\d{4})年(?P<month5>\d{1,2})月(?P<day5>\d{1,2})日)(?!\d)"
)
_LINK = (
    r"(?:\s+(?:date|as\s+of|from|on|since|in|of|am|ab|vom|seit|du|le|depuis|à\s+compter\s+du|el|desde|del?|dal))*"
    r"\s*[:\-\u2013\u2014|]?\s*(?:the\s+)?"
)
_EFFECTIVE = (
    r"(?:effective|in\s+effect|into\s+effect|in\s+force|takes\s+effect|applies|applicable"
    r"|gültig|wirksam|inkrafttreten|in\s+kraft|en\s+vigueur|date\s+d.effet|vigente|entrada\s+en\s+vigor|in\s+vigore)"
)
_UPDATED = (
    r"(?:(?:last\s+)?(?:updated|modified|revised|amended|changed|reviewed)|last\s+(?:update|revision|modification)"
    r"|update|revision|version|published|posted|issued|dated"
    r"|stand|fassung\s+vom|(?:zuletzt|letzte)\s+(?:aktualisiert|geändert|aktualisierung|änderung)"
    r"|(?:dernière\s+)?mise\s+à\s+jour|mis\s+à\s+jour|última\s+(?:actualización|modificación)|actualizado"
    r"|ultimo\s+aggiornamento)"
)
_CLAIMS = tuple(
    re.compile(rf"(?<!\w){words}(?!\w){_LINK}{_DATE}", re.IGNORECASE)
    for words in (_EFFECTIVE, _UPDATED)
)
"""What takes effect on a day comes before what was written on one."""


def announced(text: str) -> str | None:
    """Return the date that a text (text-v1) states of itself, ISO 8601; None where it is not clear."""
    blocks = text.splitlines()
    for part in (blocks[:_TOP], blocks[_TOP:][-_BOTTOM:]):
        statements = list(_statements(part))
        for claim in _CLAIMS:
            dates = {_day(found) for said in statements for found in claim.finditer(said)}
            if dates:
                return dates.pop() if len(dates) == 1 else None
    return None


def _statements(blocks: list[str]) -> Iterable[str]:
    """Yield each short block that holds a year; and one without it, as a label, with the next."""
    for block, after in pairwise([*blocks, ""]):
        if len(block) <= _LONG and _YEAR.search(block):
            yield block
        elif len(block) <= 40 and len(after) <= 40 and _YEAR.search(after):
            yield f"{block} {after}"


def _day(found: re.Match[str]) -> str | None:
    if found["iso"]:
        return _iso(*map(int, found["iso"].split("-")))
    if found["month"]:
        return _iso(int(found["year"]), _MONTHS[found["month"].lower()], int(found["day"]))
    if found["month2"]:
        return _iso(int(found["year2"]), _MONTHS[found["month2"].lower()], int(found["day2"]))
    if found["year3"]:
        return _iso(int(found["year3"]), int(found["month3"]), int(found["day3"]))
    if found["year5"]:
        return _iso(int(found["year5"]), int(found["month5"]), int(found["day5"]))
    one, two, year = int(found["one"]), int(found["two"]), int(found["year4"])
    if one <= 12 and two <= 12 and one != two:  # either may be the month
        return None
    return _iso(year, min(one, two) if one != two else one, max(one, two))


def _iso(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None
