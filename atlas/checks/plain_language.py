"""Consumer impact is short and easy: at most 60 words, with a Flesch reading ease of 50 or more.

A warning, for atlases in English only: the formula (Flesch 1948) is made for that language.
"""

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from atlas.checks.blanks import without_code
from atlas.checks.check import Check
from atlas.checks.headings import IMPACT
from atlas.model import Atlas
from atlas.problem import Problem

_MOST_WORDS = 60
_LEAST_EASE = 50
_WORD = re.compile(r"[^\W\d_]+(?:['\u2019-][^\W\d_]+)*")
_SENTENCE_END = re.compile(
    r"[.!?]+(?=[\s\"\u201d\u2019)]|$)|\n[ \t]*\n|\n(?=[ \t]*(?:[-*+]|\d+[.)])[ \t])"
)
_SILENT = re.compile(
    r"(?:[aeiouy]l|[^aeiouyl])e$|(?:[aeiouy]l|[^aeiouyltd])ed$|(?:[aeiouy]l|[^aeiouylscxzhg])es$"
)
_LINK_TARGET = re.compile(r"\]\([^()\s]*\)")


def _find(atlas: Atlas, _as_of: date) -> Iterator[Problem]:
    site = atlas.records.site
    if site is None or site.language.partition("-")[0] != "en":
        return
    for provision in atlas.records.provisions:
        for section in provision.sections:
            if section.heading != IMPACT:
                continue
            words, ease = _measure(section.text)
            if words and (words > _MOST_WORDS or ease < _LEAST_EASE):
                message = f"{words} words with a reading ease of {ease:.0f}"
                hint = f"aim at {_MOST_WORDS} words or fewer and an ease of {_LEAST_EASE} or more"
                yield provision.origin.problem(
                    CHECK.code, section.span, message, hint, blocks=False
                )


CHECK = Check("plain-language", __doc__, _find, judges_text=True)


def _measure(text: str) -> tuple[int, float]:
    """Return the number of words and the Flesch reading ease."""
    text = _LINK_TARGET.sub("]", without_code(text))
    words = _WORD.findall(text)
    if not words:
        return 0, 100.0
    sentences = sum(1 for piece in _SENTENCE_END.split(text) if _WORD.search(piece))
    syllables = sum(map(_syllables, words))
    return len(words), 206.835 - 1.015 * len(words) / sentences - 84.6 * syllables / len(words)


@lru_cache(maxsize=20_000)
def _syllables(word: str) -> int:
    """Count groups of vowels, without a silent e at the end (`file`, `hopes`, but not `table`)."""
    word = word.lower()
    groups = len(re.findall(r"[aeiouyà-öø-ÿ]+", word))
    if groups > 1 and _SILENT.search(word):
        groups -= 1
    return max(1, groups)
