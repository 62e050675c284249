"""Keeps text of another direction from reordering the sentence that it stands in.

Core. A name in Arabic or Hebrew inside a left-to-right sentence pulls the punctuation beside it to its own
side (Unicode Standard Annex 9); `<bdi>` isolates it. Text without such letters is returned as it is.
"""

import re
from unicodedata import bidirectional

from markupsafe import Markup, escape

_RIGHT_TO_LEFT = frozenset({"R", "AL"})


def isolated(text: str) -> Markup:
    """Return text as HTML, each stretch of right-to-left letters in a `<bdi>` of its own.

    A stretch reaches from its first such letter to its last, over blanks, digits and marks between them.
    """
    safe = escape(text)
    letters = "".join(sorted({c for c in text if bidirectional(c) in _RIGHT_TO_LEFT}))
    if isinstance(text, Markup) or not letters:
        return safe
    one = f"[{re.escape(letters)}]"
    stretch = re.compile(rf"{one}(?:[^A-Za-z<>&;\"“”„«»()]*{one})?", re.DOTALL)
    return Markup(stretch.sub(r"<bdi>\g<0></bdi>", str(safe)))  # noqa: S704  escaped above
