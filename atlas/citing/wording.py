"""What several forms word alike: days, lists of names, the place of a clause, the stop at an end.

Core.
"""

import re
from datetime import date, datetime

from atlas.citing.cited import Cited
from atlas.words import Words

_STOPPED = re.compile(r"[.?!…][”’»)\]]?$")


def day(words: Words, when: date) -> str:
    """Return a day in words: `9 May 2026`."""
    month = words.say(f"date.month.{when.month}")
    return words.say("date.day", day=when.day, month=month, year=when.year)


def instant(words: Words, when: datetime) -> str:
    """Return a moment in words, in UTC: `9 May 2026, 14:35 UTC`."""
    return words.say("date.instant", day=day(words, when.date()), time=f"{when:%H:%M}")


def listed(words: Words, names: tuple[str, ...], style: str) -> str:
    """Return names as a style joins them: `A, B and C`, with its own word before the last one."""
    if len(names) == 1:
        return names[0]
    two = len(names) == 2
    last = words.say(f"citation.{style}-and-two" if two else f"citation.{style}-and")
    return f"{', '.join(names[:-1])}{last}{names[-1]}"


def placed(words: Words, pinpoint: str, style: str) -> str:
    """Return where a clause stands: a bare number with the style's word before it, all else as it is counted."""
    if not pinpoint[:1].isdigit():
        return pinpoint
    return words.say(f"citation.{style}-section", section=pinpoint)


def noted(words: Words, of: Cited) -> tuple[str, ...]:
    """Return all that is said of what is cited besides who wrote it, its title and its address, in order."""
    told = (
        placed(words, of.pinpoint, "plain"),
        *of.identified,
        *of.cautions,
        of.dated or words.say("citation.undated"),
        *of.described,
    )
    return tuple(part for part in told if part)


def archived(words: Words, of: Cited) -> tuple[str, ...]:
    """Return where the copy is, in words, or nothing where there is none."""
    return (words.say("citation.archived", url=of.archived),) if of.archived else ()


def stopped(text: str) -> str:
    """Return a text with a stop at its end, unless it has one."""
    return text if _STOPPED.search(text) else f"{text}."


def bracketed(parts: tuple[str, ...], opening: str = " (", closing: str = ")") -> str:
    """Return parts in brackets, or nothing where there are none."""
    told = "; ".join(part for part in parts if part)
    return f"{opening}{told}{closing}" if told else ""
