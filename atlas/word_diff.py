"""What changed between two wordings, word by word, for the eye.

Core. Words are matched by a longest common subsequence, so that a word that still stands is not struck out
and written again. Small edits with large meaning are told apart: numbers, negations, what may and must be
done, and ways out. Nothing is decided by it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from typing import Literal

from atlas.locate.alignment import matches

Kind = Literal["same", "removed", "added", "omitted", "elided"]
Weight = Literal["", "number", "negation", "modal", "opt-out"]


@dataclass(frozen=True, slots=True)
class Part:
    """A run of words and blanks as they are written."""

    kind: Kind
    text: str
    weight: Weight = ""
    """Why a removed or added word matters more than others; empty: it does not."""
    stands_for: str = ""
    """Of our omission: the words of the other wording that stand where it leaves some out."""


def word_diff(old: str, new: str) -> tuple[Part, ...]:
    """Compare two wordings, of which one may be a quotation with omissions (`[...]`, `…`).

    What is same, removed and omitted joins to `old`, with what each elided part stands for; what is same,
    added and elided joins to `new`, with what each omitted part stands for: both to the character.
    An omission that the other wording does not have is ours: `omitted` when it stands in `old`, `elided` in `new`
    (where `old` has none), and never removed or added. The words in its place were not quoted, so they are no
    change either, unless words beside it have changed: then nobody can say which of them are new, and only
    what follows the mark before the omission is taken for what it leaves out. A last word that an omission
    cuts (`publi[...]`) is the same as the word there that begins with it.
    """
    if OMISSION.search(new) and not OMISSION.search(old):
        return tuple(_mirrored(_compared(new, old)))
    return tuple(_compared(old, new))


def _mirrored(parts: Iterator[Part]) -> Iterator[Part]:
    """Tell the way back, removed before added."""
    turned = [replace(part, kind=_MIRROR[part.kind]) for part in parts]
    for _, run in groupby(turned, key=lambda part: part.kind in ("removed", "added")):
        yield from sorted(run, key=lambda part: part.kind == "added")


_MIRROR: dict[Kind, Kind] = {
    "same": "same",
    "removed": "added",
    "added": "removed",
    "omitted": "elided",
}


def _compared(old: str, new: str) -> Iterator[Part]:
    before, after = _tokens(old), _tokens(new)
    words = [[at for at, token in enumerate(side) if _is_word(token)] for side in (before, after)]
    pairs = matches([before[i] for i in words[0]], [after[j] for j in words[1]])
    anchors = [(-1, -1), *((words[0][i], words[1][j]) for i, j in pairs)]
    anchors.append((len(before), len(after)))
    parts: list[Part] = []
    for (i, j), (i_end, j_end) in pairwise(anchors):
        parts += _same(before[i : i + 1] if i >= 0 else ())
        parts += _gap(before[i + 1 : i_end], after[j + 1 : j_end], is_last=i_end == len(before))
    yield from _joined(parts)


def _gap(before: Sequence[str], after: Sequence[str], *, is_last: bool) -> Iterator[Part]:
    """Tell what stands between two words that are the same; of the words in here, none is."""
    head = _alike(before, after)
    tail = _alike(before[head:][::-1], after[head:][::-1])
    yield from _same(before[:head])
    inner = before[head : len(before) - tail], after[head : len(after) - tail]
    yield from _changed(*inner, is_last=is_last and not tail)
    yield from _same(before[len(before) - tail :])


def _changed(before: Sequence[str], after: Sequence[str], *, is_last: bool) -> Iterator[Part]:
    rest = "".join(after)
    if is_last and len(before) > 1 and _is_omission(before[-1]):
        cut = before[-2]
        at = next((j for j, token in enumerate(after) if _goes_on(cut, token)), None)
        if at is not None:
            yield from _changed(before[:-2], after[:at], is_last=False)
            yield Part("same", cut)
            yield Part("omitted", before[-1], stands_for="".join(after[at:])[len(cut) :])
            return
    if not any(map(_is_omission, before)):
        yield from _weighted("removed", before)
        yield from _weighted("added", after)
        return
    end = _last_mark(before)
    if end is not None and before[end] in after:
        at = after.index(before[end])
        yield from _gap(before[: end + 1], after[: at + 1], is_last=False)
        yield from _changed(before[end + 1 :], after[at + 1 :], is_last=False)
        return
    # With no word removed, what stands here is what was left out; else all of it may be new.
    is_ours = not any(_is_word(token) for token in before)
    for is_sign, run in groupby(before, key=_is_omission):
        tokens = list(run)
        if is_sign or is_ours:
            # Blanks and marks beside our sign are of the quotation's setting.
            yield Part("omitted", "".join(tokens), stands_for=rest if is_ours else "")
            rest = ""
        else:
            yield from _weighted("removed", tokens)
    if not is_ours:
        yield from _weighted("added", after)


def _last_mark(before: Sequence[str]) -> int | None:
    """The place of the mark right before an only omission, where no words follow that one."""
    signs = [at for at, token in enumerate(before) if _is_omission(token)]
    if len(signs) != 1 or any(map(_is_word, before[signs[0] :])):
        return None
    at = signs[0] - 1
    while at >= 0 and before[at].isspace():
        at -= 1
    return at if at >= 0 and not _is_word(before[at]) else None


def _goes_on(cut: str, word: str) -> bool:
    return cut[-1:].isalpha() and word.startswith(cut)


def _alike(before: Sequence[str], after: Sequence[str]) -> int:
    """How many tokens are the same at the beginning."""
    pairs = enumerate(zip(before, after, strict=False))
    return next((n for n, (a, b) in pairs if a != b), min(len(before), len(after)))


def _same(tokens: Sequence[str]) -> Iterator[Part]:
    if tokens:
        yield Part("same", "".join(tokens))


def _joined(parts: list[Part]) -> Iterator[Part]:
    """Join neighbours that nothing tells apart."""
    for (kind, weight), run in groupby(parts, key=lambda part: (part.kind, part.weight)):
        each = list(run)
        text, stands_for = "".join(p.text for p in each), "".join(p.stands_for for p in each)
        yield Part(kind, text, weight, stands_for)


def _is_omission(token: str) -> bool:
    return OMISSION.fullmatch(token) is not None


def _is_word(token: str) -> bool:
    return token[0].isalnum()


OMISSION = re.compile(r"[\[(] ?(?:…|\.(?: ?\.){2,}) ?[\])]|…|\.(?: ?\.){2,}")
"""The signs for words left out, as they are written."""


def _weighted(kind: Kind, tokens: Sequence[str]) -> list[Part]:
    """Parts of one weight each; opt-out words may be several words, so they are found in the whole."""
    text = "".join(tokens)
    weights: list[Weight] = [""] * len(text)
    for weight, pattern in _WEIGHTS:
        for hit in pattern.finditer(text):
            weights[hit.start() : hit.end()] = [weight] * (hit.end() - hit.start())
    runs = groupby(zip(text, weights, strict=True), key=lambda pair: pair[1])
    return [Part(kind, "".join(c for c, _ in run), weight) for weight, run in runs]


def _tokens(text: str) -> list[str]:
    return _TOKEN.findall(text)


# A word with its inner apostrophes and hyphens (`don't`, `opt-out`), a number with its separators, blanks, one mark.
_TOKEN = re.compile(
    OMISSION.pattern
    + r"|\d+(?:[.,:/]\d+)*|[\u3040-\u30ff\u3400-\u9fff]|(?:[^\W\d_\u3040-\u30ff\u3400-\u9fff][\u0300-\u036f]*)+"
    r"(?:['’\-‑](?:[^\W\d_\u3040-\u30ff\u3400-\u9fff][\u0300-\u036f]*)+)*|\s+|.",
    re.DOTALL,
)


def _words(*words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(words)})(?!\w)", re.IGNORECASE)


# The later ones win: `may not` is a negation, `opt-out` one way out.
_WEIGHTS: tuple[tuple[Weight, re.Pattern[str]], ...] = (
    (
        "modal",
        _words(
            "may",
            "might",
            "can",
            "could",
            "shall",
            "should",
            "will",
            "would",
            "must",
            "required",
            "entitled",
            "darf",
            "dürfen",
            "kann",
            "können",
            "muss",
            "müssen",
            "soll",
            "sollen",
            "wird",
            "werden",
            "peut",
            "peuvent",
            "doit",
            "doivent",
            "puede",
            "pueden",
            "debe",
            "deben",
        ),
    ),
    (
        "negation",
        _words(
            "not",
            "no",
            "never",
            "none",
            "neither",
            "nor",
            "without",
            "unless",
            "except",
            "excluding",
            "cannot",
            "only",
            r"\w+n['’]t",
            "nicht",
            r"kein\w{0,2}",
            "nie",
            "niemals",
            "ohne",
            "außer",
            "sofern nicht",
            "ne",
            "pas",
            "jamais",
            "sans",
            "sauf",
            "nunca",
            "sin",
            "salvo",
            "لا",
            "لن",
            "لم",
            "ليس",
            "إلا",
            "دون",
        ),
    ),
    ("negation", re.compile("[不未没無无非勿]")),
    (
        "opt-out",
        _words(
            r"opt(?:s|ed|ing)?[ \-‑](?:out|in)",
            r"unsubscrib\w+",
            r"withdraw\w*",
            r"object(?:s|ed|ing|ion)?",
            r"revok\w+",
            r"consent\w*",
            r"widersprech\w*",
            r"widerspruch\w*",
            r"widerruf\w*",
            r"einwillig\w*",
            r"s['’]opposer",
            r"retirer",
            r"consentement",
            r"oponer\w*",
            r"consentimiento",
        ),
    ),
    ("opt-out", re.compile("退出|撤回|同意|إلغاء الاشتراك|الانسحاب|موافقة")),
    ("number", re.compile(r"[$€£¥]?\d+(?:[.,:/]\d+)*(?: ?[%‰])?")),
)
