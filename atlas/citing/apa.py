"""APA: a reference of the American Psychological Association's style, 7th edition (webpage on a website).

Core. Names are given as they are printed: initials would need to know which part is the family's.
"""

from atlas.citing.cited import Cited
from atlas.citing.wording import archived, bracketed, listed, placed, stopped
from atlas.words import Words


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
        stopped(listed(words, of.authors, "apa")),
        f"({_day(words, of)}).",
        stopped(title),
        stopped(of.site) if of.site else "",
        of.url or say("citation.no-address"),
        bracketed(archived(words, of), "[", "]"),
    )
    return " ".join(part for part in parts if part)


def _day(words: Words, of: Cited) -> str:
    if of.day is None:
        return words.say("citation.undated")
    month = words.say(f"date.month.{of.day.month}")
    return words.say("citation.apa-day", day=of.day.day, month=month, year=of.day.year)
