"""Terms that appear in a document which a record calls silent: each calls for a person's look.

Core.
"""

import re
from collections.abc import Iterator

from atlas.canonical import clause_v1
from atlas.locate import Folded, novel_blocks
from atlas.model import TermSeen, Watched

LONGEST_PASSAGE = 1000
"""Characters of a block that are kept around a term."""


def terms_seen(watched: Watched, document: Folded, last_good: Folded) -> Iterator[TermSeen]:
    """Yield one line for each silent record and new block that holds one of its terms: the shelf's first that it holds.

    Terms are whole words in clause-v1, whatever their case; between their words any blank will do.
    """
    if not watched.silences:
        return
    for block in dict.fromkeys(novel_blocks(document, last_good)):
        clause = clause_v1(block)
        for silence in watched.silences:
            for term in silence.terms:
                hit = _whole_words(term).search(clause)
                if hit:
                    passage = _around(clause, hit.start(), hit.end())
                    yield TermSeen(watched.document, silence.record, term, passage)
                    break


def _whole_words(term: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(clause_v1(term))}(?!\w)", re.IGNORECASE)


def _around(block: str, start: int, end: int) -> str:
    if len(block) <= LONGEST_PASSAGE:
        return block
    first = max(0, (start + end - LONGEST_PASSAGE) // 2)
    last = min(len(block), first + LONGEST_PASSAGE)
    return (
        f"{'... ' if first else ''}{block[first:last].strip()}{' ...' if last < len(block) else ''}"
    )
