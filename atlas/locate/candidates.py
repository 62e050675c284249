"""Other words in a clause's place: reworded, rewritten, or removed.

Core. Only blocks that are new against the last good text can hold a rewording, so that a sibling which
was there all along is never taken for the clause; it is named as a lookalike instead.
"""

from dataclasses import dataclass, field

from atlas.canonical import clause_sha256, clause_v1
from atlas.locate.blocks import novel_numbers
from atlas.locate.boundaries import ends_here, starts_here
from atlas.locate.document import Folded, letters_of, words_of
from atlas.locate.ladder import find, prefix_at, suffix_at
from atlas.locate.passages import Passage, Run, best_passages, runs_of
from atlas.model import ClauseState, Wording

REWORDED_FROM = 0.80
REWRITTEN_FROM = 0.50
"""Likeness from which a candidate is shown as a rewording. It chooses a label, never the record's fate."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """What stands where a clause stood."""

    state: ClauseState
    """Reworded, rewritten or removed."""
    score: float
    """Likeness of the best candidate to the wording that it resembles most, 0 to 1."""
    wording: Wording | None
    """What stands there now; None: removed."""
    start: int
    end: int
    """Span of the folded text, in characters; empty where the clause is removed."""
    lookalike: Wording | None = field(default=None, repr=False)
    """A passage that resembles the removed clause and stood there before."""
    uncertain: bool = False
    """Whether no earlier text was at hand, so that any passage could be taken for the clause."""
    prefix: str = ""
    suffix: str = ""
    """32 characters of clause-v1 before and after the wording."""


def search(wordings: tuple[str, ...], document: Folded, last_good: Folded | None) -> Candidate:
    """Find what resembles one of the wordings (the quotation first) in the new blocks of a document.

    Without an earlier text all blocks are searched, and the answer is uncertain: it names a passage only where
    that is close, since platforms share the wording of many a clause that is not the same clause.
    """
    least = REWRITTEN_FROM if last_good else REWORDED_FROM
    numbers = _places_to_look(wordings, document, last_good)
    runs = runs_of(document, numbers)
    best = _best(wordings, runs, document, last_good)
    if best is not None and best.score >= least:
        start, end = _whole_words(best, document)
        first, last = document.span(start, end)
        return Candidate(
            state=ClauseState.REWORDED if best.score >= REWORDED_FROM else ClauseState.REWRITTEN,
            score=best.score,
            wording=_wording(document.text[first:last]),
            start=first,
            end=last,
            uncertain=last_good is None,
            prefix=prefix_at(document, start),
            suffix=suffix_at(document, end),
        )
    return Candidate(
        state=ClauseState.REMOVED,
        score=0.0 if best is None else best.score,
        wording=None,
        start=0,
        end=0,
        lookalike=_lookalike(wordings, document, numbers),
        uncertain=last_good is None,
    )


def _places_to_look(
    wordings: tuple[str, ...], document: Folded, last_good: Folded | None
) -> tuple[int, ...]:
    """Numbers of the blocks that may hold a rewording: new ones, and those that the clause itself was made of.

    Where one item of a quoted list is edited, only that block is new, but the clause is all of them.
    """
    if last_good is None:
        return tuple(range(len(document.blocks)))
    own: set[str] = set()
    for wording in wordings:
        found = find(wording, last_good)
        if found is not None:
            first, last = (last_good.block_of_text(at) for at in (found.start, found.end - 1))
            if first != last:
                own.update(last_good.keys[first : last + 1])
    novel = set(novel_numbers(document, last_good))
    return tuple(n for n, key in enumerate(document.keys) if n in novel or (key and key in own))


def _best(
    wordings: tuple[str, ...], runs: tuple[Run, ...], document: Folded, last_good: Folded | None
) -> Passage | None:
    best: Passage | None = None
    for wording in wordings:
        for passage in best_passages(words_of(clause_v1(wording)).words, runs):
            if best is not None and passage.score <= best.score:
                break
            if last_good is None or _is_new(passage, wordings, document, last_good):
                best = passage
                break
    return best


def _is_new(
    passage: Passage, wordings: tuple[str, ...], document: Folded, last_good: Folded
) -> bool:
    """Whether a passage did not stand, word for word, elsewhere in the last good text.

    A block may be new for one of its sentences while its others are as old as any lookalike.
    """
    letters = letters_of(document.clause[passage.start : passage.end])
    before = last_good.words.letters.count(letters)
    if not before:
        return True
    for wording in wordings:
        found = find(wording, last_good)
        if found is not None:
            before -= letters_of(clause_v1(found.text)).count(letters)
    return document.words.letters.count(letters) > before


def _whole_words(passage: Passage, document: Folded) -> tuple[int, int]:
    """Widen a passage until it begins and ends where a quotation may, so that it will be found again."""
    start, end = passage.start, passage.end
    while start > 0 and not starts_here(document, start):
        start -= 1
    while end < len(document.clause) and not ends_here(document, end):
        end += 1
    return start, end


def _lookalike(
    wordings: tuple[str, ...], document: Folded, numbers: tuple[int, ...]
) -> Wording | None:
    searched = set(numbers)
    runs = runs_of(document, tuple(n for n in range(len(document.blocks)) if n not in searched))
    best: Passage | None = None
    for wording in wordings:
        for passage in best_passages(words_of(clause_v1(wording)).words, runs)[:1]:
            if passage.score >= REWRITTEN_FROM and (best is None or passage.score > best.score):
                best = passage
    if best is None:
        return None
    first, last = document.span(best.start, best.end)
    return _wording(document.text[first:last])


def _wording(text: str) -> Wording:
    return Wording(text=text, sha256=clause_sha256(text))
