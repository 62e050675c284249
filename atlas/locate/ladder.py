"""The rungs on which the very words of a quotation are found: intact, typography, moved, scattered.

Core. Found is only what has equal letters between word boundaries and reads the same numbers;
nothing here goes by likeness.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from atlas.canonical import clause_v1
from atlas.locate.boundaries import ends_here, figures, negation_before, starts_here
from atlas.locate.document import Folded, letters_of
from atlas.locate.quotation import SHORTEST_PART, Part, parts_of
from atlas.model import ClauseSeen, ClauseState

NEIGHBOUR = 32
"""Characters of clause-v1 that are kept on each side of the words."""
NEAREST = 16
"""Of these, the ones beside the words: what is further off may be of another block, which stayed."""
REACH_FACTOR, REACH_MORE = 3, 1000
"""A quotation's parts may span this many times its length and so many characters; beyond, they are scattered."""
MOST_PLACES = 20_000
"""Places of one part that are looked at, so that a text made of one word costs no more than another."""
MOST_TRIES = 20_000
"""Places of one part that are tried at all."""


@dataclass(frozen=True, slots=True)
class Found:
    """Where the words of a quotation stand."""

    state: ClauseState
    """Intact, typography, moved or scattered."""
    start: int
    end: int
    """Span of the folded text, in characters."""
    text: str = field(repr=False)
    """What stands there."""
    copies: int
    """How many times the words stand in the document."""
    prefix: str
    suffix: str
    """32 characters of clause-v1 before and after."""
    negation: str = ""
    """A negating word directly before the words (`do not`), which the quotation leaves out; empty: none."""


def find(quote: str, document: Folded, before: ClauseSeen | None = None) -> Found | None:
    """Find the words of a quotation, or say None; with the first good look at hand, say whether they moved.

    Of several copies the one is taken whose neighbours are those of the look before, then the shortest span,
    then the first.
    """
    whole = clause_v1(quote)
    letters = letters_of(whole)
    if not letters:
        return None
    parts = parts_of(quote)
    # An ellipsis may be the platform's own, so the words are looked for as they stand first.
    tries = [(Part(whole, letters),)] + ([parts] if parts and parts[0].clause != whole else [])
    for places_of, state in (
        (_places_by_clause, ClauseState.INTACT),
        (_places_by_letters, ClauseState.TYPOGRAPHY),
    ):
        for each in tries:
            spans = _chains(each, document, places_of)
            if spans:
                return _found(whole, each, spans, state, document, before)
    return None


def _found(
    whole: str,
    parts: tuple[Part, ...],
    spans: Sequence[tuple[int, int]],
    state: ClauseState,
    document: Folded,
    before: ClauseSeen | None,
) -> Found:
    reach = REACH_FACTOR * len(whole) + REACH_MORE
    near = [span for span in spans if span[1] - span[0] <= reach]
    start, end = min(
        near or spans,
        key=lambda span: (-_agreeing(span, document, before), span[1] - span[0], span[0]),
    )
    if not near or _are_weak(parts):
        state = ClauseState.SCATTERED
    elif _has_moved((start, end), document, before):
        state = ClauseState.MOVED
    first, last = document.span(start, end)
    return Found(
        state=state,
        start=first,
        end=last,
        text=document.text[first:last],
        copies=_apart(near or spans),
        prefix=prefix_at(document, start),
        suffix=suffix_at(document, end),
        negation=negation_before(document.clause, start),
    )


def prefix_at(document: Folded, start: int) -> str:
    """The 32 characters of clause-v1 before a place in it."""
    return document.clause[max(0, start - NEIGHBOUR) : start]


def suffix_at(document: Folded, end: int) -> str:
    """The 32 characters of clause-v1 after a place in it."""
    return document.clause[end : end + NEIGHBOUR]


# --- Places and chains of places ---


def _places_by_clause(part: Part, document: Folded) -> Iterator[tuple[int, int]]:
    """Where the part stands character by character."""
    clause, wanted = document.clause, part.clause
    at = clause.find(wanted)
    while at >= 0:
        end = at + len(wanted)
        if starts_here(document, at) and (part.is_cut or ends_here(document, end)):
            yield at, end
            at = clause.find(wanted, end)
        else:
            yield -1, -1
            at = clause.find(wanted, at + 1)


def _places_by_letters(part: Part, document: Folded) -> Iterator[tuple[int, int]]:
    """Where the part's letters and digits stand between word boundaries, its numbers reading the same."""
    words, wanted = document.words, part.letters
    first_of = document.word_at_letter
    at = words.letters.find(wanted)
    while at >= 0:
        first, last = first_of(at), first_of(at + len(wanted) - 1)
        start, end = words.starts[first], words.ends[last]
        beyond = words.places[last] + len(words.words[last]) - (at + len(wanted))
        if (
            words.places[first] == at
            and (beyond == 0 or part.is_cut)
            and starts_here(document, start)
            and (part.is_cut or ends_here(document, end))
            and figures(document.clause[start : end - beyond]) == figures(part.clause)
        ):
            end = max(start + 1, end - beyond)
            yield start, _with_closing(document.clause, end, part.clause)
            at = words.letters.find(wanted, at + len(wanted))
        else:
            yield -1, -1
            at = words.letters.find(wanted, at + 1)


def _with_closing(clause: str, end: int, wanted: str) -> int:
    """Take in the mark that closes a sentence where the quotation has one."""
    if wanted[-1:] in _CLOSING and clause[end : end + 1] in _CLOSING and clause[end : end + 1]:
        return end + 1
    return end


def _chains(
    parts: tuple[Part, ...],
    document: Folded,
    places_of: Callable[[Part, Folded], Iterator[tuple[int, int]]],
) -> list[tuple[int, int]]:
    """Spans that hold all parts in order: for each place of the first part the nearest end of the last."""
    chains: list[tuple[int, int]] = []
    # From the last part to the first, so that every place is looked at once.
    for number, part in enumerate(reversed(parts)):
        places = _bounded(places_of(part, document))
        if not places:
            return []
        if number == 0:
            chains = places
            continue
        linked, following = [], 0
        for start, end in places:
            while following < len(chains) and chains[following][0] < end:
                following += 1
            if following == len(chains):
                break
            linked.append((start, chains[following][1]))
        chains = linked
    return chains


def _bounded(places: Iterator[tuple[int, int]]) -> list[tuple[int, int]]:
    kept: list[tuple[int, int]] = []
    for tries, place in enumerate(places):
        if place[0] >= 0:
            kept.append(place)
        if len(kept) == MOST_PLACES or tries == MOST_TRIES:
            break
    return kept


def _apart(spans: Sequence[tuple[int, int]]) -> int:
    """How many spans stand beside one another."""
    count, end = 0, -1
    for span in sorted(spans, key=lambda span: span[1]):
        if span[0] >= end:
            count, end = count + 1, span[1]
    return count


def _are_weak(parts: tuple[Part, ...]) -> bool:
    """Whether a part between ellipses is so short that it may stand there by chance."""
    return len(parts) > 1 and any(
        len(part.letters) < SHORTEST_PART and not part.is_cut for part in parts
    )


# --- Neighbours ---


def _agreeing(span: tuple[int, int], document: Folded, before: ClauseSeen | None) -> int:
    """How many of the two neighbours are those of the look before."""
    if before is None:
        return 0
    return (letters_of(prefix_at(document, span[0])) == letters_of(before.prefix)) + (
        letters_of(suffix_at(document, span[1])) == letters_of(before.suffix)
    )


def _has_moved(span: tuple[int, int], document: Folded, before: ClauseSeen | None) -> bool:
    """Whether neither neighbour is beside the words any more, and one stands on the other side of them.

    A neighbour that is gone was edited, one that stands further off on its side has something new between.
    """
    if before is None or _agreeing(span, document, before):
        return False
    earlier, later = document.clause[: span[0]], document.clause[span[1] :]
    return _only_in(before.prefix[-NEAREST:].strip(), later, earlier) or _only_in(
        before.suffix[:NEAREST].strip(), earlier, later
    )


def _only_in(neighbour: str, here: str, there: str) -> bool:
    return len(letters_of(neighbour)) >= 8 and neighbour in here and neighbour not in there


_CLOSING = frozenset(".;:,!?)\"'")
