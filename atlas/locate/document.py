"""A document folded once for all its quotations: blocks, clause-v1 text, letters, and the way back to the text.

Core. Offsets that leave this package count characters of the text that was folded.
"""

import re
import unicodedata
from array import array
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate

from atlas.canonical import clause_v1


def folded(text: str) -> "Folded":
    """Fold a text, one block a line, in time linear in its length."""
    blocks = text.split("\n")
    clauses = [clause_v1(block) for block in blocks]
    return Folded(
        text=text,
        blocks=tuple(blocks),
        clauses=tuple(clauses),
        clause=" ".join(clause for clause in clauses if clause),
    )


@dataclass(frozen=True)
class Words:
    """The words of a clause-v1 text: where each stands in it and in its letters."""

    words: tuple[str, ...]
    """Case-folded; a character of a script that puts no blanks between words is a word of its own."""
    starts: Sequence[int]
    ends: Sequence[int]
    """Offsets in the clause-v1 text."""
    letters: str
    """All words without anything between them."""
    places: Sequence[int]
    """Where each word starts in `letters`."""


@dataclass(frozen=True)
class Folded:
    """A text in the forms in which quotations are looked for. What is costly is made when first asked for."""

    text: str = field(repr=False)
    blocks: tuple[str, ...] = field(repr=False)
    """Lines of the text."""
    clauses: tuple[str, ...] = field(repr=False)
    """Each block in clause-v1; empty where nothing is left."""
    clause: str = field(repr=False)
    """The whole text in clause-v1."""

    @cached_property
    def words(self) -> Words:
        """The words of `clause`."""
        return words_of(self.clause)

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """The letters and digits of each block, by which blocks are told apart."""
        return tuple(letters_of(clause) for clause in self.clauses)

    @cached_property
    def block_starts(self) -> Sequence[int]:
        """Where each block starts in `text`."""
        starts, at = array("L"), 0
        for block in self.blocks:
            starts.append(at)
            at += len(block) + 1
        return starts

    @cached_property
    def clause_starts(self) -> Sequence[int]:
        """Where each block starts in `clause`; an empty one where the next one does."""
        starts, at = array("L"), 0
        for clause in self.clauses:
            starts.append(at)
            at += len(clause) + 1 if clause else 0
        return starts

    @cached_property
    def _ways_back(self) -> dict[int, Sequence[int]]:
        return {}

    def block_at(self, at: int) -> int:
        """The number of the block in which a character of `clause` stands."""
        return bisect_right(self.clause_starts, at) - 1

    def block_of_text(self, at: int) -> int:
        """The number of the block in which a character of `text` stands."""
        return bisect_right(self.block_starts, at) - 1

    def word_at_letter(self, place: int) -> int:
        """The number of the word to which a letter of `words.letters` belongs."""
        return bisect_right(self.words.places, place) - 1

    def original(self, at: int) -> int:
        """Where the character `at` of `clause` stands in `text`."""
        block = self.block_at(at)
        way = self._ways_back.get(block)
        if way is None:
            way = self._ways_back[block] = _way_back(self.blocks[block], self.clauses[block])
        inside = min(at - self.clause_starts[block], len(way) - 1)
        return self.block_starts[block] + way[inside]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span of `text` that became `clause[start:end]`, which is not empty."""
        first, last = self.original(start), self.original(end - 1) + 1
        while last < len(self.text) and unicodedata.combining(self.text[last]):
            last += 1
        return first, last


def words_of(clause: str) -> Words:
    """Split a clause-v1 text into words, in one pass."""
    spans = [hit.span() for hit in _WORD.finditer(clause)]
    # All at once, since a word at a time costs ten times as much; no word holds a line feed.
    words = "\n".join([clause[start:end] for start, end in spans]).casefold().split("\n")
    return Words(
        words=tuple(words) if spans else (),
        starts=array("L", [start for start, _ in spans]),
        ends=array("L", [end for _, end in spans]),
        letters="".join(words),
        places=array("L", [0, *accumulate(map(len, words))][: len(spans)]),
    )


def letters_of(clause: str) -> str:
    """The case-folded letters and digits of a clause-v1 text, with the marks that belong to them."""
    return "".join(_WORD.findall(clause)).casefold()


def is_word_character(character: str) -> bool:
    """Whether a character is a letter, a digit, or a mark on one."""
    return character.isalnum() or unicodedata.category(character)[0] == "M"


def stands_alone(character: str) -> bool:
    """Whether a word may begin or end anywhere beside this character, for its script sets no blanks."""
    return _ALONE.match(character) is not None


def _way_back(block: str, clause: str) -> Sequence[int]:
    """For each character of a block's clause-v1 form, where in the block it came from.

    A character and the marks on it are normalised together; no wider context is needed for texts in NFC.
    """
    if block == clause:
        return array("L", range(len(block)))
    way, last = array("L"), " "
    for hit in _CLUSTER.finditer(block):
        cluster, at = hit[0], hit.start()
        if _PLAIN.fullmatch(cluster) and not (last == " " and cluster[0] == " "):
            way.extend(range(at, hit.end()))
            last = cluster[-1]
            continue
        # Letters on both sides keep a blank from being trimmed.
        for character in clause_v1(f"x{cluster}x")[1:-1]:
            if character != " " or last != " ":
                way.append(at)
                last = character
    if last == " " and way:
        way.pop()
    if len(way) != len(clause):
        # Not in NFC, as text-v1 always is: spread evenly rather than point outside.
        return array("L", (i * len(block) // max(1, len(clause)) for i in range(len(clause))))
    return way


def _ranges(code_points: list[int]) -> str:
    """Write sorted code points as the inside of a character class."""
    ranges: list[tuple[int, int]] = []
    for point in code_points:
        if ranges and ranges[-1][1] == point - 1:
            ranges[-1] = (ranges[-1][0], point)
        else:
            ranges.append((point, point))
    return "".join(f"\\U{first:08x}-\\U{last:08x}" for first, last in ranges)


# Thai, Lao, Tibetan, Burmese, Khmer, kana, Han: no blanks between words.
_BLANKLESS = (
    "\u0e00-\u0eff\u0f00-\u0fff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
# What clause-v1 leaves alone, and single characters with the marks on them.
_PLAIN = re.compile(" ?[!-~]+(?: [!-~]+)*")
# A vowel sign of Hindi is a mark, and a word without it another word.
_MARKS = _ranges([point for point in range(0x10000) if unicodedata.category(chr(point))[0] == "M"])
_CLUSTER = re.compile(f" ?[!-~]+(?: [!-~]+)*(?![{_MARKS}])|[\\s\\S][{_MARKS}]*")
_ALONE = re.compile(f"[{_BLANKLESS}]")
_WORD = re.compile(
    f"(?=[{_BLANKLESS}])\\w[{_MARKS}]*|[^\\W_{_BLANKLESS}]+(?:[{_MARKS}]+[^\\W_{_BLANKLESS}]*)*"
)
