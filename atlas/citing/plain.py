"""One sentence that anybody can read and copy: who, what, which revision, since when, where.

Core.
"""

from atlas.citing.cited import Cited
from atlas.citing.wording import archived, noted, stopped
from atlas.words import Words


def plain(words: Words, of: Cited) -> str:
    """Return a citation in plain words."""
    told = (
        *of.authors,
        of.site,
        words.say("citation.quoted", title=of.title),
        *noted(words, of),
    )
    sentence = stopped(words.say("citation.join").join(part for part in told if part))
    address = of.url or words.say("citation.no-address")
    return " ".join((sentence, address, *archived(words, of)))
