"""Whether a page that came with status 200 is the document at all, judged by the last good text of it.

Core. Crash screens, challenges, half-loaded pages and other languages come as if all were well; whatever
is said here keeps them from being read. The figures beside the bounds were measured on 302 wrong and 20,985
right pages of 107 documents that an archive had fetched twice a day for nine months.
"""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from urllib.parse import urlsplit

from publicsuffixlist import PublicSuffixList

from atlas.extract.extracted import Extracted
from atlas.locate import Folded
from atlas.model import Body, DocumentState, Failed, Failure, TextSeen, Watched

SHORTEST = 500
"""Characters. 92 wrong pages have fewer (crash screens have 104 to 163), no right one has."""
SHORT = 4000
"""Characters below which words of errors and challenges count: longer documents may speak of them."""
SHORT_OF_LAST = 0.60
"""Of the last good length, beyond which those words do not count: without it 479 short right pages were held."""
SHRUNK = 0.50
"""Of the last good length. 185 wrong pages are shorter; 219 right ones, nearly all of two documents whose sections
fold away: they keep their quotations, and a page that has all of them is judged by the other rules."""
MANY_CLAUSES, VANISHED = 3, 0.90
"""Share of at least so many clauses that vanish together only with their page: all 302, and no right page."""
KEPT = 0.02
"""Share of the old text that any version of a document keeps."""
STILL_THERE = 0.50
"""Share of the old text that no wall in front of a document shows: with as much of it left, a form for signing in or a
new `noindex` beside it is no sign (a right page of the archive got one, with 55 % of its text left)."""
UNDECODABLE = 0.001
"""Share of characters that could not be decoded: one wrong byte is a slip, more a wrong charset."""


def suspicion(
    extracted: Extracted,
    bodies: tuple[Body, ...],
    watched: Watched,
    state: DocumentState,
    last_good: Folded | None,
    document: Folded,
    found: int,
    found_before: int,
) -> Failed | None:
    """Say why the page may be another than the document; None: nothing speaks against it.

    `found` and `found_before` count the quotations whose words are there now and were at the last good look. A
    document's first page is judged by what no other page is needed for. A changed title is no sign.
    """
    signs = [
        *_of_itself(extracted, bodies),
        *(
            _without_last(extracted, watched, found)
            if state.text is None or last_good is None
            else _against_last(
                extracted,
                state.text,
                watched,
                last_good,
                document,
                is_whole=0 < found_before <= found,
            )
        ),
        *_of_clauses(found, found_before),
    ]
    if not signs:
        return None
    return Failed(Failure.SUSPECT, f"{'; '.join(signs)}.")


def _of_itself(extracted: Extracted, bodies: tuple[Body, ...]) -> Iterator[str]:
    """Signs for which no earlier page is needed."""
    length = len(extracted.text)
    if length < SHORTEST:
        yield f"The page has {length} characters of text, fewer than {SHORTEST}"
    if extracted.undecodable > UNDECODABLE:
        yield f"{extracted.undecodable:.1%} of the characters could not be decoded"
    for body in bodies:
        asked, answered = registrable(body.url), registrable(body.final_url)
        if asked != answered:
            yield f"`{asked}` sent us on to `{answered}`, which is another site"


def _without_last(extracted: Extracted, watched: Watched, found: int) -> Iterator[str]:
    if len(extracted.text) >= SHORT:
        return
    if extracted.asks_to_sign_in:
        yield "A short page asks to sign in or to consent"
    phrase = _phrase(extracted.text)
    if phrase and watched.quotes and not found:
        yield f"A short page without any of the quotations says `{phrase}`"


def _against_last(
    extracted: Extracted,
    seen: TextSeen,
    watched: Watched,
    last_good: Folded,
    document: Folded,
    *,
    is_whole: bool,
) -> Iterator[str]:
    """Signs against a page beside the last good one; `is_whole`: every quotation that stood there stands here."""
    length, before = len(extracted.text), max(1, len(last_good.text))
    share, kept = length / before, kept_share(document, last_good)
    if share < SHRUNK and not is_whole:
        yield f"The text has {length} characters, the last good one had {before}"
    phrase = _phrase(extracted.text) if length < SHORT and share < SHORT_OF_LAST else ""
    if phrase:
        yield f"The page is short and says `{phrase}`"
    yield from _of_language(extracted.language, seen.language, watched.language)
    if kept < KEPT:
        yield f"{kept:.1%} of the last good text is left"
    if _kinds(extracted.extractor) != _kinds(seen.extractor):
        yield f"It was {_kinds(seen.extractor)} and is now {_kinds(extracted.extractor)}"
    if kept >= STILL_THERE:
        return
    if extracted.is_noindex and not seen.is_noindex:
        yield f"It now asks search engines to leave it out, and {kept:.0%} of the last good text is left"
    if extracted.asks_to_sign_in:
        yield f"It asks to sign in or to consent, and {kept:.0%} of the last good text is left"


def _of_language(now: str, before: str, recorded: str) -> Iterator[str]:
    """Another language than before; of a page that never said one, another than the record's."""
    expected = _primary(before) or (_primary(recorded) if now else "")
    if _primary(now) != expected:
        said = f"`{now}`" if now else "nothing"
        yield f"The page says {said} of its language, where `{before or recorded}` was expected"


def _of_clauses(found: int, before: int) -> Iterator[str]:
    if before >= MANY_CLAUSES and before - found >= VANISHED * before:
        yield f"{before - found} of {before} quotations vanished together"


def kept_share(document: Folded, last_good: Folded) -> float:
    """The share of the last good text, by letters and digits, that the document still has.

    Counted by whole blocks; where almost none is left, by five words in a row, for a document of one long
    block is not another because of one word.
    """
    left = Counter(document.keys)
    total = kept = 0
    for key in last_good.keys:
        total += len(key)
        if left[key]:
            left[key] -= 1
            kept += len(key)
    share = kept / total if total else 1.0
    return share if share >= KEPT else max(share, _kept_words(document, last_good))


def registrable(url: str) -> str:
    """The domain that somebody registered (`example.co.uk`); hosts without one, and IP addresses, as they are."""
    host = (urlsplit(url).hostname or "").rstrip(".")
    is_address = ":" in host or host.rpartition(".")[2].isdigit()
    return host if is_address else _suffixes().privatesuffix(host) or host


def _kept_words(document: Folded, last_good: Folded) -> float:
    before = _fives(last_good.words.words)
    return len(before & _fives(document.words.words)) / len(before) if before else 0.0


def _fives(words: tuple[str, ...]) -> set[tuple[str, ...]]:
    return set(zip(*(words[shift:] for shift in range(5)), strict=False))


def _phrase(text: str) -> str:
    hit = _PHRASES.search(text)
    return hit[0] if hit else ""


def _primary(language: str) -> str:
    return re.split("[-_]", language.strip().casefold())[0]


def _kinds(extractor: str) -> str:
    """The kinds of an extractor's name without their versions: a new version is no other kind of file."""
    return " and ".join(re.sub(r"-v\d+$", "", name) for name in extractor.split("+"))


@cache
def _suffixes() -> PublicSuffixList:
    return PublicSuffixList()


_PHRASE_LIST = (
    # Crash screens and errors.
    "application error",
    "client-side exception",
    "something went wrong",
    "an error (?:has )?occurred",
    "internal server error",
    "bad gateway",
    "gateway time-?out",
    "service (?:is )?(?:temporarily )?unavailable",
    "temporarily unavailable",
    "too many requests",
    "reference ?#",
    "page (?:was |could )?not (?:be )?found",
    "page (?:doesn't|doesn’t|does not) exist",
    r"\b404\b",
    "seite (?:wurde )?nicht gefunden",
    "page introuvable",
    "página no encontrada",
    "ein fehler ist aufgetreten",
    "une erreur est survenue",
    # Challenges and walls.
    "just a moment",
    "checking your browser",
    "verify (?:that )?you are (?:a )?human",
    "not a robot",
    "captcha",
    "unusual traffic",
    "access (?:to this page )?(?:is |has been )?denied",
    "request (?:was |has been )?blocked",
    "(?:enable|requires) javascript",
    "javascript is (?:disabled|required)",
    "(?:enable|requires) cookies",
    "before you continue",
    "(?:sign|log) in to continue",
)
_PHRASES = re.compile("|".join(_PHRASE_LIST), re.IGNORECASE)
