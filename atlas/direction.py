"""Keeps text of another direction from reordering the sentence that it stands in.

Core. A name in Arabic or Hebrew inside a left-to-right sentence pulls the punctuation beside it to its own
side (Unicode Standard Annex 9); `<bdi>` isolates it. Text without such letters is returned as it is.
"""

import re
from unicodedata import bidirectional

from markupsafe import Markup, escape

_RIGHT_TO_LEFT = frozenset({"R", "AL"})
_NUMBER = r"(?>[\s-]?\d+(?:[.,:/-]\d+)*)(?!(?:-|\s*)[^\W_])"


def isolated(text: str) -> Markup:
    """Return text as HTML, each stretch of right-to-left letters in a `<bdi>` of its own.

    A stretch reaches from its first such letter to its last, over blanks, digits and marks between them, and over a
    number at its end, as the name of an article has one: read from the right it comes last, so it stands leftmost. A
    number that a word follows is the sentence's own.
    """
    safe = escape(text)
    letters = "".join(sorted({c for c in text if bidirectional(c) in _RIGHT_TO_LEFT}))
    if isinstance(text, Markup) or not letters:
        return safe
    one = f"[{re.escape(letters)}]"
    reach = rf"{one}(?:[^A-Za-z<>&;\"“”„«»()]*{one})?"
    stretch = re.compile(rf"{reach}(?:{_NUMBER})?", re.DOTALL)
    return Markup(stretch.sub(r"<bdi>\g<0></bdi>", str(safe)))  # noqa: S704  escaped above
