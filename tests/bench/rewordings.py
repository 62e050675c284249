"""Paragraphs that were really replaced: found again, and never shown as the same clause."""

import random
import re
import unicodedata

from archive import evidence

from atlas.locate import find, folded, search
from atlas.model import ClauseState
from bench.row import Row, share

CROWD = 8
"""Other paragraphs of the document in which the new one is looked for."""


def rows(thorough):
    """Return the rows about the replaced pairs; every third pair where not `thorough`."""
    pairs = evidence("pairs.json.gz")["replaced"]
    chosen = pairs if thorough else pairs[::3]
    return [_found(chosen, pairs), _never_same(chosen)]


def _found(chosen, pairs):
    rng = random.Random(1)
    found = 0
    for pair in chosen:
        others = [other["new"] for other in rng.sample(pairs, CROWD) if other["doc"] != pair["doc"]]
        before = folded("\n".join([*others[:4], pair["old"], *others[4:]]))
        after = folded("\n".join([*others[:4], pair["new"], *others[4:]]))
        found += _is_found(pair, after, before)
    return Row(
        "replaced paragraphs found at score 0.5",
        ">= 96 %",
        share(found, len(chosen)),
        found / len(chosen) >= 0.96,
    )


def _is_found(pair, after, before):
    """Whether words of the new paragraph are taken for the old one."""
    if find(pair["old"], after):
        return True
    wording = search((pair["old"],), after, before).wording
    return wording is not None and _bare(wording.text) in _bare(pair["new"])


def _never_same(chosen):
    """All pairs, and each old paragraph with its meaning changed by one word."""
    wrong, tries = [], 0
    for pair in chosen:
        for after in (pair["new"], *_opposites(pair["old"])):
            tries += 1
            seen = find(pair["old"], folded(f"Before it all.\n{after}\nAfter it all."))
            if seen and not stands_in(pair["old"], after):
                wrong.append(f"{seen.state}: {pair['old'][:100]!r} in {after[:100]!r}")
            assert seen is None or seen.state is not ClauseState.SCATTERED
    return Row(
        "other words shown as the same clause",
        "0",
        f"{len(wrong)} of {tries} pairs and one-word edits",
        not wrong,
        tuple(wrong),
    )


def _opposites(text):
    """Yield the text with one number, one modal, one word, and one `not` other than it was."""
    number = re.search(r"(?<!\w)\d+(?!\w)", text)
    if number:
        yield f"{text[: number.start()]}1{text[number.start() :]}"
        yield f"{text[: number.end()]}.5{text[number.end() :]}"
    modal = re.search(r"\b(?:may|will|can|must)\b", text)
    if modal:
        yield f"{text[: modal.end()]} not{text[modal.end() :]}"
    words = list(re.finditer(r"\w+", text))[1:-1]
    if words:
        middle = words[len(words) // 2]
        yield text[: middle.start()] + text[middle.end() :]
        yield f"{text[: middle.end()]}s{text[middle.end() :]}"


def stands_in(quote, text):
    """Whether the letters, digits and numbers of a quotation stand in a text between word boundaries.

    Another way to the answer than the one that is measured: one pattern for all characters, no folding of blocks.
    """
    letters = [re.escape(c) for c in _form(quote) if c.isalnum()]
    pattern = r"[\W_]*".join(letters)
    hit = re.search(rf"(?<!\w){pattern}(?!\w)", _form(text))
    return bool(hit) and _numbers(hit[0]) == _numbers(quote)


def _form(text):
    return (
        unicodedata.normalize("NFKC", text).casefold().replace("\u00ad", "").replace("\u200b", "")
    )


def _numbers(text):
    return re.findall(r"\d+(?:[.,:/']\d+)*", unicodedata.normalize("NFKC", text))


def _bare(text):
    return "".join(c for c in _form(text) if c.isalnum())
