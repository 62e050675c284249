"""How alike two runs of words are, and the densest span of one that resembles the other.

Core. The owner of rapidfuzz. Likeness is 2m / (words of the quotation + words of the span), where m
counts the words that stand in both in the same order (a longest common subsequence).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import LCSseq


@dataclass(frozen=True, slots=True)
class Aligned:
    """The span of a window that resembles a quotation most."""

    score: float
    start: int
    end: int
    """Words of the window."""
    before: int
    after: int
    """How many words of the quotation have no match before the first and after the last that has one."""


def align(quote: Sequence[str], window: Sequence[str]) -> Aligned | None:
    """Align a quotation with a window of a document and trim the window; None: no word in common."""
    pairs = matches(quote, window)
    if not pairs:
        return None
    first, last, score = _densest([j for _, j in pairs], len(quote))
    return Aligned(
        score=score,
        start=pairs[first][1],
        end=pairs[last][1] + 1,
        before=pairs[first][0],
        after=len(quote) - pairs[last][0] - 1,
    )


def matches(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Return the places of the words that stand in both in the same order: a longest common subsequence."""
    return [
        pair
        for code in LCSseq.opcodes(old, new)
        if code.tag == "equal"
        for pair in zip(
            range(code.src_start, code.src_end), range(code.dest_start, code.dest_end), strict=True
        )
    ]


def _densest(matched: Sequence[int], words: int) -> tuple[int, int, float]:
    """First and last match of the span with the highest score, and that score.

    The best ratio by Dinkelbach's method: each round is a best run of 2 - score * (width of a match), linear
    in the matches, and the score rises until it stays.
    """
    first, last = 0, len(matched) - 1
    score = 2 * len(matched) / (words + matched[-1] - matched[0] + 1)
    while True:
        best, best_span = float("-inf"), (first, last)
        total, begin = 0.0, 0
        for at, place in enumerate(matched):
            step = 2 - score * (place - matched[at - 1]) if at else 0.0
            if at == 0 or total + step < 2 - score:
                total, begin = 2 - score, at
            else:
                total += step
            if total > best:
                best, best_span = total, (begin, at)
        first, last = best_span
        again = 2 * (last - first + 1) / (words + matched[last] - matched[first] + 1)
        if again <= score + 1e-12:
            return first, last, max(score, again)
        score = again
