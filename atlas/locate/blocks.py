"""Which blocks of a document are new against an earlier text of it.

Core. Blocks are compared by letters, digits and figures (10.5 is not 105), as a multiset: a second copy
of an old block is new.
"""

from collections import Counter
from collections.abc import Iterator

from atlas.locate.boundaries import figures
from atlas.locate.document import Folded


def novel_blocks(document: Folded, last_good: Folded) -> tuple[str, ...]:
    """The new blocks as they are written, in order; blocks without letters or digits are never new."""
    return tuple(document.blocks[number] for number in novel_numbers(document, last_good))


def novel_numbers(document: Folded, last_good: Folded) -> tuple[int, ...]:
    """The numbers of the new blocks, in order."""
    left = Counter(_marks(last_good))
    novel = []
    for number, mark in enumerate(_marks(document)):
        if not mark[0]:
            continue
        if left[mark]:
            left[mark] -= 1
        else:
            novel.append(number)
    return tuple(novel)


def _marks(document: Folded) -> Iterator[tuple[str, tuple[str, ...]]]:
    """What tells each block from others."""
    return zip(document.keys, map(figures, document.clauses), strict=True)
