"""APA: a reference of the American Psychological Association's style, 7th edition (webpage on a website).

Core. A name is given as it is printed, unless its parts are known: then it is the family's part and initials.
"""

import re

from atlas.citing.cited import Cited, Name
from atlas.citing.wording import archived, bracketed, listed, placed, stopped
from atlas.words import Words

_TWO = 2
_WORD = re.compile(r"[^\s.-][^\s-]*")
"""One given name, or a part of one between hyphens."""


def apa(words: Words, of: Cited) -> str:
    """Return a reference in APA style; the site is not named again where it is the author."""
    say = words.say
    notes = (*of.cautions, say("citation.claimed") if of.is_claim else "", *of.described)
    title = "".join(
        (
            of.title,
            bracketed((*of.identified, placed(words, of.pinpoint, "apa"))),
            bracketed(notes, " [", "]"),
        )
    )
    parts = (
        stopped(_authors(words, of.names)),
        f"({_day(words, of)}).",
        stopped(title),
        stopped(of.site) if of.site else "",
        of.url or say("citation.no-address"),
        bracketed(archived(words, of), "[", "]"),
    )
    return " ".join(part for part in parts if part)


def _authors(words: Words, names: tuple[Name, ...]) -> str:
    """Return names as the style joins them: after one that is turned round stands a comma, also between two."""
    printed = tuple(map(_author, names))
    if len(names) == _TWO and names[0].given:
        return words.say("citation.apa-and").join(printed)
    return listed(words, printed, "apa")


def _author(name: Name) -> str:
    return f"{name.family}, {_initials(name.given)}" if name.given else name.printed


def _initials(given: str) -> str:
    """Return the first letters of given names, `J.-P. M.`; words that begin with none that is large stay whole."""
    return _WORD.sub(lambda word: f"{word[0][0]}." if word[0][0].isupper() else word[0], given)


def _day(words: Words, of: Cited) -> str:
    if of.day is None:
        return words.say("citation.undated")
    month = words.say(f"date.month.{of.day.month}")
    return words.say("citation.apa-day", day=of.day.day, month=month, year=of.day.year)
