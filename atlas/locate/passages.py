"""The passages of some blocks that resemble a wording most.

Core. Runs of three words that both have vote for where the wording would begin, rare ones more than
common ones; the four best places are aligned word by word. The work is linear in the blocks' length.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from atlas.locate.alignment import align
from atlas.locate.document import Folded, words_of

WINDOWS = 4
"""Places that are aligned."""
ENOUGH = 0.5
"""Likeness at which shorter runs of words need not vote as well."""
MOST_IN_WORDING, MOST_IN_RUNS = 8, 64
"""Places of one run of words that vote: a text that repeats itself costs no more than another."""


@dataclass(frozen=True, slots=True)
class Run:
    """Blocks that stand one after another."""

    clause: str
    """In clause-v1."""
    at: int
    """Where they start in the document's clause-v1 text."""
    words: tuple[str, ...]
    starts: Sequence[int]
    ends: Sequence[int]
    breaks: frozenset[int]
    """Numbers of the words with which blocks begin."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A span of the document's clause-v1 text that resembles a wording."""

    score: float
    start: int
    end: int


def runs_of(document: Folded, numbers: Sequence[int]) -> tuple[Run, ...]:
    """Join the blocks with these numbers, which are sorted, to runs; empty blocks part nothing."""
    runs: list[list[int]] = []
    wanted = set(numbers)
    adjacent = False
    for number, clause in enumerate(document.clauses):
        if not clause:
            continue
        if number in wanted and adjacent:
            runs[-1].append(number)
        elif number in wanted:
            runs.append([number])
        adjacent = number in wanted
    return tuple(_run(document, run) for run in runs)


def best_passages(wording: Sequence[str], runs: Sequence[Run]) -> list[Passage]:
    """The passages that resemble a wording, best first: at most twelve."""
    passages: dict[tuple[int, int], Passage] = {}
    for width in (3, 2, 1):
        for run, first, last in _windows(wording, runs, width):
            aligned = align(wording, run.words[first:last])
            if aligned is not None:
                span = _to_sentences(
                    run,
                    (first + aligned.start, first + aligned.end),
                    (aligned.before, aligned.after),
                )
                passage = Passage(aligned.score, run.at + span[0], run.at + span[1])
                passages[passage.start, passage.end] = passage
        if any(passage.score >= ENOUGH for passage in passages.values()):
            break
    return sorted(passages.values(), key=lambda passage: (-passage.score, passage.start))


def _run(document: Folded, numbers: Sequence[int]) -> Run:
    clause = " ".join(document.clauses[number] for number in numbers)
    words = document.words if clause == document.clause else words_of(clause)
    at = document.clause_starts[numbers[0]]
    breaks = (bisect_left(words.starts, document.clause_starts[number] - at) for number in numbers)
    return Run(clause, at, words.words, words.starts, words.ends, frozenset(breaks))


def _windows(
    wording: Sequence[str], runs: Sequence[Run], width: int
) -> Iterator[tuple[Run, int, int]]:
    """The windows for which most runs of `width` words vote, weighted by how rare these are."""
    places: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for at, gram in _grams(wording, width):
        if len(places[gram]) < MOST_IN_WORDING:
            places[gram].append(at)
    hits: dict[tuple[str, ...], list[tuple[int, int]]] = defaultdict(list)
    for number, run in enumerate(runs):
        for at, gram in _grams(run.words, width):
            if gram in places and len(hits[gram]) < MOST_IN_RUNS:
                hits[gram].append((number, at))
    step = min(max(4, len(wording) // 4), 100)
    votes: dict[tuple[int, int], float] = defaultdict(float)
    for gram, found in hits.items():
        for number, at in found:
            for place in places[gram]:
                votes[number, (at - place) // step] += 1 / len(found) / len(places[gram])
    slack = min(max(8, len(wording) // 2), 400)
    for (number, shelf), _ in sorted(votes.items(), key=lambda item: (-item[1], item[0]))[:WINDOWS]:
        begin = shelf * step
        yield (
            runs[number],
            max(0, begin - slack),
            min(len(runs[number].words), begin + step + len(wording) + slack),
        )


def _grams(words: Sequence[str], width: int) -> Iterator[tuple[int, tuple[str, ...]]]:
    return enumerate(zip(*(words[shift:] for shift in range(width)), strict=False))


def _to_sentences(run: Run, span: tuple[int, int], missing: tuple[int, int]) -> tuple[int, int]:
    """The characters of a span of words, widened to its sentence's ends where the wording goes on there.

    Where the first words of a clause were exchanged, the new ones are part of the new wording.
    """
    first, last = span[0], span[1] - 1
    reach = 2 * missing[0] + 3 if missing[0] else 0
    for at in range(first, max(-1, first - reach - 1), -1):
        if _begins_sentence(run, at):
            first = at
            break
    reach = 2 * missing[1] + 3 if missing[1] else 0
    for at in range(last, min(len(run.words), last + reach + 1)):
        if _begins_sentence(run, at + 1):
            last = at
            break
    end = run.ends[last]
    closing = _CLOSING.match(run.clause, end)
    return run.starts[first], closing.end() if closing else end


def _begins_sentence(run: Run, word: int) -> bool:
    return (
        word in {0, len(run.words)}
        or word in run.breaks
        or bool(_ENDS_SENTENCE.search(run.clause, run.ends[word - 1], run.starts[word]))
    )


_ENDS_SENTENCE = re.compile(r"[.;:!?]['\")\]]* |[。！？；؟۔।]")
_CLOSING = re.compile(r"[.;:,!?。！？；؟۔।'\")\]]+")
