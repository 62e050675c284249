"""What stands in a document where one quotation is looked for: its words, known other words, or the likeliest new ones.

Core. A place says nothing yet of change: that is for `clause`, which knows what stood before.
"""

from dataclasses import dataclass, replace

from atlas.canonical import clause_sha256
from atlas.locate import Folded, Found, find, search
from atlas.locate.boundaries import negation_before
from atlas.locate.ladder import NEIGHBOUR
from atlas.model import ClauseSeen, ClauseStanding, ClauseState, Quote, TextSeen, Wording


@dataclass(frozen=True, slots=True)
class Place:
    """What one look finds of one quotation."""

    state: ClauseState
    wording: Wording | None = None
    """What stands there, where it is other than the quotation."""
    score: float | None = None
    lookalike: Wording | None = None
    start: int | None = None
    end: int | None = None
    prefix: str = ""
    suffix: str = ""
    copies: int = 1


def located(
    quote: Quote, known: ClauseStanding | None, document: Folded, *, is_technical: bool = False
) -> Place | None:
    """Return where the quotation's own words stand, or else words already known to stand in their place.

    After an extractor's upgrade neighbours may differ without anybody having moved anything, so that
    look compares none; where it finds a negation beside the words that was not there, it finds nothing.
    """
    standing = known.standing if known else None
    found = find(quote.text, document, None if is_technical else standing)
    if found:
        place = _of_quotation(found, quote, standing)
        return None if is_technical and place.state is ClauseState.REWORDED else place
    for seen in (standing, known.pending.seen if known and known.pending else None):
        if seen and seen.wording and not seen.state.is_found:
            again = find(seen.wording.text, document)
            if again and again.state is not ClauseState.SCATTERED:
                return _of_wording(again, seen, seen.wording)
    return None


def was_located(known: ClauseStanding | None) -> bool:
    """Whether the last good look found words for the clause: its own, or others in their place."""
    if known is None:
        return False
    last = known.pending.seen if known.pending else known.standing
    if last is None or last.state is ClauseState.SCATTERED:
        return last is not None
    return last.state.is_found or last.wording is not None


def searched(
    quote: Quote,
    known: ClauseStanding | None,
    document: Folded,
    last_good: Folded | None,
    text: TextSeen,
) -> Place:
    """Return what stands in the place of words that are not there any more.

    Only blocks that are new can hold it. A text that was judged before is judged as it was then, so that a
    better search never makes a change of what did not change.
    Without an earlier text of a clause that was seen, nothing can be told apart from a lookalike, and
    none is taken for it. An extractor's upgrade makes blocks new, so that look finds nothing else either.
    """
    standing = known.standing if known else None
    for seen in (known.pending.seen if known and known.pending else None, standing):
        is_judged = seen and (seen.text_sha256 == text.text.sha256 or text.technical)
        if seen and is_judged and not seen.state.is_found:
            return _as_before(seen)
    former = standing.wording if standing and standing.state.is_former else None
    wordings = (quote.text, former.text) if former else (quote.text,)
    candidate = search(wordings, document, last_good if standing else None)
    if candidate.state is ClauseState.REMOVED or (standing and candidate.uncertain):
        near = candidate.lookalike or candidate.wording
        return Place(ClauseState.REMOVED, score=candidate.score, lookalike=near)
    return Place(
        candidate.state,
        candidate.wording,
        candidate.score,
        candidate.lookalike,
        candidate.start,
        candidate.end,
        candidate.prefix,
        candidate.suffix,
    )


def _as_before(seen: ClauseSeen) -> Place:
    return Place(seen.state, seen.wording, seen.score, seen.lookalike)


def _of_quotation(found: Found, quote: Quote, standing: ClauseSeen | None) -> Place:
    here = Place(
        found.state,
        start=found.start,
        end=found.end,
        prefix=found.prefix,
        suffix=found.suffix,
        copies=found.copies,
    )
    if standing and found.negation.casefold() != _negation_in(standing.prefix).casefold():
        # `may` became `may not` just outside of the quotation: all its words are there, and mean the opposite.
        words, lead = len(quote.text.split()), _last_words(found.prefix)
        text = " ".join((*lead, found.text))
        return replace(
            here,
            state=ClauseState.REWORDED,
            wording=Wording(text, clause_sha256(text)),
            score=2 * words / (2 * words + len(lead)),
        )
    if found.state is ClauseState.TYPOGRAPHY:
        return replace(here, wording=Wording(found.text, clause_sha256(found.text)))
    return here


def _of_wording(found: Found, seen: ClauseSeen, wording: Wording) -> Place:
    return Place(
        seen.state,
        wording,
        seen.score,
        seen.lookalike,
        found.start,
        found.end,
        found.prefix,
        found.suffix,
        found.copies,
    )


def _negation_in(prefix: str) -> str:
    return negation_before(prefix, len(prefix))


def _last_words(prefix: str) -> tuple[str, ...]:
    """The last three words of a prefix, without one that may be cut."""
    words = prefix.split()
    return tuple(words[1:][-3:] if len(prefix) >= NEIGHBOUR else words[-3:])
