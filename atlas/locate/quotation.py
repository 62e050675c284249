"""A quotation in the parts between its ellipses, as they are looked for.

Core. `...`, `…`, `[...]` and `(...)` stand for words left out; the last part may be cut in the middle of a word.
"""

import re
from dataclasses import dataclass

from atlas.canonical import clause_v1
from atlas.locate.document import letters_of

SHORTEST_PART = 20
"""Letters or digits that a part between ellipses holds at least: fewer stand anywhere by chance."""


@dataclass(frozen=True, slots=True)
class Part:
    """Words without a gap."""

    clause: str
    """In clause-v1."""
    letters: str
    is_cut: bool = False
    """Whether the last word may go on."""


def parts_of(quote: str) -> tuple[Part, ...]:
    """Split a quotation at its ellipses; parts without letters or digits are dropped."""
    clause = clause_v1(quote)
    pieces = _ELLIPSIS.split(clause)
    # `websit...` is cut inside a word, `website ...` after it, and `30...` must not become 300.
    is_cut = len(pieces) > 1 and not pieces[-1].strip() and pieces[-2][-1:].isalpha()
    parts = [Part(piece.strip(), letters_of(piece)) for piece in pieces if letters_of(piece)]
    if parts and is_cut:
        parts[-1] = Part(parts[-1].clause, parts[-1].letters, is_cut=True)
    return tuple(parts)


def short_parts(quote: str) -> tuple[str, ...]:
    """The parts of a quotation that are too short to prove anything; a quotation in one piece has none."""
    parts = parts_of(quote)
    if len(parts) < 2:
        return ()
    return tuple(
        part.clause
        for number, part in enumerate(parts, 1)
        if len(part.letters) < SHORTEST_PART and not (part.is_cut and number == len(parts))
    )


_ELLIPSIS = re.compile(r"[\[(] ?\.(?: ?\.){2,} ?[\])]|\.(?: ?\.){2,}")
