"""OSCOLA: a website as the Oxford University Standard for the Citation of Legal Authorities, 4th edition, has it.

Core. It ends with the address, after which the reader writes on which day it was read.
"""

from atlas.citing.cited import Cited
from atlas.citing.wording import day, listed, placed
from atlas.words import Words

_MANY = 4
"""From so many authors on, the first one stands for all."""


def oscola(words: Words, of: Cited) -> str:
    """Return a citation in OSCOLA style; the site is not named again where it is the author."""
    say = words.say
    when = (
        of.dated
        if of.is_claim
        else day(words, of.day)
        if of.day
        else say("citation.oscola-undated")
    )
    about = (of.site, *of.identified, *of.cautions, when, *of.described)
    parts = (
        _authors(words, of.authors) + ",",
        say("citation.oscola-title", title=of.title),
        f"({say('citation.join').join(part for part in about if part)})",
        placed(words, of.pinpoint, "oscola"),
        f"<{of.url}>" if of.url else f"({say('citation.no-address-short')})",
        say("citation.archived", url=f"<{of.archived}>") if of.archived else "",
    )
    return " ".join(part for part in parts if part)


def _authors(words: Words, names: tuple[str, ...]) -> str:
    if len(names) < _MANY:
        return listed(words, names, "oscola")
    return words.say("citation.oscola-others", name=names[0])
