"""Bluebook: an internet source as The Bluebook, 21st edition, has it in rule 18.2.

Core. Its typefaces are the writer's to set. Where there is no day, rule 18.2.2(c) wants the day of the last
visit after the address, which the reader adds.
"""

from atlas.citing.cited import Cited
from atlas.citing.wording import bracketed, placed
from atlas.words import Words

_MANY = 3
"""From so many authors on, the first one stands for all (rule 15.1)."""


def bluebook(words: Words, of: Cited) -> str:
    """Return a citation in Bluebook style; the site's name stands for its author where both are one."""
    parts = (
        "" if of.is_by_the_atlas else _authors(words, of.authors),
        _placed(words, of),
        of.within,
        *of.identified,
    )
    source = words.say("citation.join").join(part for part in parts if part)
    address = of.url or words.say("citation.no-address-short")
    copy = f" [{of.archived}]" if of.archived else ""
    notes = (*of.cautions, words.say("citation.claimed") if of.is_claim else "", *of.described)
    return f"{source}{_day(words, of)}, {address}{copy}{bracketed(notes)}."


def _authors(words: Words, names: tuple[str, ...]) -> str:
    if len(names) < _MANY:
        return words.say("citation.bluebook-and").join(names)
    return words.say("citation.bluebook-others", name=names[0])


def _placed(words: Words, of: Cited) -> str:
    """Return the title with its section sign, or with a place that its document counts otherwise."""
    place = placed(words, of.pinpoint, "bluebook")
    join = " " if place.startswith("§") else words.say("citation.join")
    return f"{of.title}{join}{place}" if place else of.title


def _day(words: Words, of: Cited) -> str:
    if of.day is None:
        return ""
    month = words.say(f"citation.bluebook-month.{of.day.month}")
    day = words.say("citation.bluebook-day", day=of.day.day, month=month, year=of.day.year)
    return f" ({day})"
