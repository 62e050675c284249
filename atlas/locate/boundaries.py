"""Where words end and numbers read otherwise: what keeps a part of other words from being taken for a clause.

Core. `30 days` is not in `130 days`, `exclusive` not in `non-exclusive`, `do` not in `don't`.
"""

import re
import unicodedata

from atlas.locate.document import Folded, is_word_character, stands_alone


def starts_here(document: Folded, at: int) -> bool:
    """Whether a quotation may begin at this place of the clause-v1 text."""
    clause = document.clause
    if at == 0:
        return True
    before, first = clause[at - 1], clause[at]
    if not is_word_character(first):
        return True
    if is_word_character(before):
        return stands_alone(before) or stands_alone(first)
    head = clause[max(0, at - 4) : at]
    if first.isdigit() and _NUMBER_GOES_ON_TO.search(head):
        return False
    hyphen = _HYPHEN_BEFORE.search(head)
    return hyphen is None or _is_dash(document, at - len(hyphen[0]) + 1)


def ends_here(document: Folded, end: int) -> bool:
    """Whether a quotation may end before this place of the clause-v1 text."""
    clause = document.clause
    if end >= len(clause):
        return True
    last, after = clause[end - 1], clause[end]
    if not is_word_character(last):
        return True
    if is_word_character(after):
        return stands_alone(last) or stands_alone(after)
    tail = clause[end : end + 3]
    if last.isdigit() and _NUMBER_GOES_ON.match(tail):
        return False
    if _APOSTROPHE_AFTER.match(tail):
        return False
    return _HYPHEN_AFTER.match(tail) is None or _is_dash(document, end)


def figures(clause: str) -> tuple[str, ...]:
    """The numbers of a text with what changes their size, and its signs of currency, in order.

    `15 %` and `1.5 %` have the same digits, `$30` and `€30` the same letters.
    """
    return tuple(
        re.sub(" ", "", hit[0])
        for hit in _FIGURE.finditer(clause)
        if hit[0][0].isdigit() or hit[0] in "%‰٪" or unicodedata.category(hit[0]) == "Sc"
    )


def negation_before(clause: str, at: int) -> str:
    """A negating word directly before a place, in any of the languages known here; empty: none."""
    hit = _NEGATION_BEFORE.search(clause[max(0, at - 24) : at])
    return hit[1] or hit[2] if hit else ""


def _is_dash(document: Folded, at: int) -> bool:
    """Whether the hyphen at this place of the clause-v1 text was printed as a dash, which separates words."""
    return document.text[document.original(at)] in "\u2012\u2013\u2014\u2015"


_NUMBER_GOES_ON_TO = re.compile(r"\d[.,:/'\u066b\u066c]$")
_NUMBER_GOES_ON = re.compile(r"[.,:/'\u066b\u066c]\d| ?[%‰\u066a]")
_HYPHEN_BEFORE = re.compile(r"[^\W_]- ?$")
_HYPHEN_AFTER = re.compile(r"- ?[^\W_]")
_APOSTROPHE_AFTER = re.compile(r"'[^\W_]")
_FIGURE = re.compile(r"\d+(?:[.,:/'\u066b\u066c]\d+)*|[^\w\s]")
_NEGATION_BEFORE = re.compile(
    r"(?<!\w)((?:do|does|did|will|shall|may|must|can|could|would|should|is|are|was|were|has|have)(?: not|n't)|cannot"
    r"|not|never|no|without|nicht|kein\w*|nie|ohne|niemals|ne|pas|jamais|sans|nunca|sin|non|mai|senza|niet|geen"
    r"|لا|لن|لم|ليس)[ ,:]*$|([不未没無无非勿])$",
    re.IGNORECASE,
)
