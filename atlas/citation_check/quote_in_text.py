"""`quote-in-text`: the words of the quotation stand in the text of the document, part by part and in order.

Core. Simple on purpose: whoever reads it can do the same with the two files in hand, and a browser
and a script of twenty lines do.
"""

import re
from collections.abc import Iterable

from atlas.canonical import CLAUSE_FORM, clause_v1, letters
from atlas.citation_check.exhibit import Exhibit, leaf_named
from atlas.citation_check.found import Found, failed, not_checked, passed
from atlas.citation_check.texts import absent, held
from atlas.model import ClauseState

_ELLIPSIS = re.compile(r"[\[(] ?\.(?: ?\.){2,} ?[\])]|\.(?: ?\.){2,}")
_STANDS = {state.value for state in (ClauseState.INTACT, ClauseState.TYPOGRAPHY, ClauseState.MOVED)}


def found(of: Exhibit) -> Found:
    """Look for the quotation in each text of which the log says that it stood there."""
    texts = held(of)
    if not texts:
        return not_checked(absent(of))
    if of.quote is None:
        return not_checked("There is no quotation at hand to look for.")
    standing = [(entry, text) for entry, text in texts if entry.leaf.state in _STANDS]
    if not standing:
        return not_checked(
            f"The text at hand is one in which the words did not stand any more: {leaf_named(texts[0][0])}"
            f" says `{texts[0][0].leaf.state}`."
        )
    is_exact = True
    for entry, text in standing:
        content = text.content.decode("utf-8", "replace")
        exact = in_order(parts(clause_v1(of.quote)), clause_v1(content))
        is_exact = is_exact and exact
        if not exact and not in_order(map(letters, parts(clause_v1(of.quote))), letters(content)):
            return failed(
                f"The words of the quotation do not stand in `{text.name}`, and {leaf_named(entry)}"
                f" says `{entry.leaf.state}`."
            )
    name = standing[0][1].name
    how = f"in {CLAUSE_FORM}" if is_exact else "letter for letter, in other typography"
    return passed(f"The words of the quotation stand in `{name}`, {how}.")


def parts(clause: str) -> list[str]:
    """Return what stands between the ellipses of a quotation in clause-v1."""
    return [part for piece in _ELLIPSIS.split(clause) if (part := piece.strip())]


def in_order(wanted: Iterable[str], text: str) -> bool:
    """Return whether a text holds these words one after the other."""
    at = 0
    for part in wanted:
        at = text.find(part, at)
        if at < 0:
            return False
        at += len(part)
    return True
