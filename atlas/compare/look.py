"""One look, from what came back to what it means: extract, fingerprint, locate, compare.

Core. The sentence of the verifier without its two ends: fetching comes before, recording after.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from atlas.canonical import text_sha256
from atlas.compare.clause import At, judged
from atlas.compare.finding import Finding, Outcome
from atlas.compare.place import Place, located, searched, was_located
from atlas.compare.terms import terms_seen
from atlas.extract import Extracted, extract, recipe
from atlas.fold import after
from atlas.guard import suspicion
from atlas.locate import Folded, find, folded
from atlas.model import (
    ClauseStanding,
    DocumentState,
    Entry,
    Failed,
    Failure,
    Fetched,
    LookFailed,
    Quote,
    Stamp,
    TextRef,
    TextSeen,
    Watched,
)


def verify(
    watched: Watched, fetched: Fetched, state: DocumentState, held: str | None, stamp: Stamp
) -> Finding:
    """Return what one look at a document adds to what is known of it. Pure: nothing is read, nothing written.

    `held` is the last good text, `state.text`'s; None where there is none yet. The same input gives
    the same entries, and the same look once more (same bytes, same instant, the state that followed)
    gives none.

    A look that failed, and a page that the guard suspects, say nothing of any clause: they add at
    most one line with the reason, and confirm, count and end nothing. A 304 is a good look at `held`.
    A clause that was found before is judged by `compare.clause`: a change is shown as `differs` at
    once and confirmed by further looks. A quotation that was never found, a new record's or one that a
    person has edited, is looked for in the whole text; what resembles it is noted without ever being
    confirmed, and it is shown as `never-observed` and needs a person until it is found or edited.
    """
    if fetched.failed:
        return _failed(watched, state, stamp, fetched.failed)
    if fetched.not_modified:
        return _not_modified(watched, state, held, stamp)
    extracted = extract(fetched.bodies, watched.sources)
    if isinstance(extracted, Failed):
        return _failed(watched, state, stamp, extracted)
    document, last_good = _folded(extracted.text), _folded(held) if held is not None else None
    seen = _text_seen(watched, fetched, state, held, extracted)
    places = _places(watched, state, document, is_technical=seen.technical)
    suspect = _suspicion(watched, fetched, state, extracted, last_good, document, places, seen)
    if suspect:
        finding = _failed(watched, state, stamp, suspect)
        return replace(finding, quarantined=extracted.text, guard=(suspect.detail,))
    new, outcomes = _compared(watched, state, stamp, seen, document, last_good, places)
    if state.text is None or state.text.text.sha256 != seen.text.sha256 or seen.technical:
        new = (seen, *new)
    text = None if extracted.text == held else extracted.text
    return _finding(watched, state, stamp, new, text=text, outcomes=outcomes)


def _not_modified(
    watched: Watched, state: DocumentState, held: str | None, stamp: Stamp
) -> Finding:
    """A 304 stands for the text that we hold: it is looked at again, since the records may be other ones."""
    if held is None or state.text is None:
        detail = "The source answered `304 Not Modified`, and there is no text of ours that it stands for."
        return _failed(watched, state, stamp, Failed(Failure.NO_TEXT, detail))
    document = _folded(held)
    places = _places(watched, state, document, is_technical=False)
    seen = replace(state.text, technical=False)
    new, outcomes = _compared(watched, state, stamp, seen, document, document, places)
    return _finding(watched, state, stamp, new, outcomes=outcomes)


def _failed(watched: Watched, state: DocumentState, stamp: Stamp, failed: Failed) -> Finding:
    repeats = state.trouble is not None and state.trouble.reason is failed.reason
    new = () if repeats else (LookFailed(watched.document, failed.reason, failed.detail),)
    return _finding(watched, state, stamp, new, failed=failed)


def _finding(
    watched: Watched,
    state: DocumentState,
    stamp: Stamp,
    new: Sequence[Entry],
    *,
    failed: Failed | None = None,
    text: str | None = None,
    outcomes: tuple[Outcome, ...] = (),
) -> Finding:
    for entry in new:
        state = after(state, stamp, entry)
    return Finding(
        watched.document,
        stamp.observed_at,
        tuple(new),
        state,
        failed=failed,
        text=text,
        outcomes=outcomes,
    )


# --- The text and where the clauses stand in it ---

_folded = lru_cache(maxsize=2)(folded)
"""Most looks meet the very text of the look before."""


def _text_seen(
    watched: Watched,
    fetched: Fetched,
    state: DocumentState,
    held: str | None,
    extracted: Extracted,
) -> TextSeen:
    last = state.text
    sha256 = last.text.sha256 if last and extracted.text == held else text_sha256(extracted.text)
    repeats = last is not None and last.text.sha256 == sha256
    read_by = recipe(watched.sources)
    # A validator stands for one address; a text joined from several has none.
    alone = fetched.bodies[0] if len(fetched.bodies) == 1 else None
    return TextSeen(
        document=watched.document,
        text=TextRef(sha256, len(extracted.text)),
        previous=last.text.sha256 if last else None,
        raw_sha256=extracted.raw_sha256,
        title=extracted.title,
        language=extracted.language,
        extractor=extracted.extractor,
        final_urls=tuple(body.final_url for body in fetched.bodies),
        known=last.known if last and repeats else sha256 in state.known_texts,
        technical=last is not None
        and (last.extractor, last.recipe or read_by) != (extracted.extractor, read_by),
        recipe=read_by,
        etag=alone.etag if alone else None,
        last_modified=alone.last_modified if alone else None,
        announced=extracted.announced,
        is_noindex=extracted.is_noindex,
    )


def _known(state: DocumentState, quote: Quote) -> ClauseStanding | None:
    """Return what is known of this very quotation: one that a person has edited is another."""
    known = next((c for c in state.clauses if c.record == quote.record), None)
    return known if known and known.quote_sha256 == quote.sha256 else None


def _places(
    watched: Watched, state: DocumentState, document: Folded, *, is_technical: bool
) -> tuple[Place | None, ...]:
    return tuple(
        located(quote, _known(state, quote), document, is_technical=is_technical)
        for quote in watched.quotes
    )


def _suspicion(
    watched: Watched,
    fetched: Fetched,
    state: DocumentState,
    extracted: Extracted,
    last_good: Folded | None,
    document: Folded,
    places: Sequence[Place | None],
    seen: TextSeen,
) -> Failed | None:
    """Return why the page may be another than the document, before anything is said of its clauses."""
    before = [
        place
        for quote, place in zip(watched.quotes, places, strict=True)
        if was_located(_known(state, quote))
    ]
    # On a first page, and for new records, nothing stood before: then all that is there speaks for the page.
    found = sum(place is not None for place in (before or places))
    if _is_vouched_for(watched, state, last_good, places):
        state, last_good = replace(state, text=None), None
    suspect = suspicion(
        extracted, fetched.bodies, watched, state, last_good, document, found, len(before)
    )
    if suspect is None and seen.technical and found < len(before):
        lost = len(before) - found
        detail = (
            f"The page was read by another method, address or selector than before, and {lost} of"
            f" {len(before)} clauses are not found: that may be our doing, not the platform's."
        )
        return Failed(Failure.SUSPECT, detail)
    return suspect


def _is_vouched_for(
    watched: Watched,
    state: DocumentState,
    last_good: Folded | None,
    places: Sequence[Place | None],
) -> bool:
    """Whether a person has put words of this very page into the records: the way out for a document that was replaced.

    The page is then judged as a first one. All edited quotations have to stand in it, and none in the last good text.
    """
    sought = {clause.record: clause.quote_sha256 for clause in state.clauses}
    edited = [
        (quote, place)
        for quote, place in zip(watched.quotes, places, strict=True)
        if sought.get(quote.record, quote.sha256) != quote.sha256
    ]
    return bool(edited and last_good) and all(
        place and place.state.is_found and last_good and not find(quote.text, last_good)
        for quote, place in edited
    )


def _compared(
    watched: Watched,
    state: DocumentState,
    stamp: Stamp,
    seen: TextSeen,
    document: Folded,
    last_good: Folded | None,
    places: Sequence[Place | None],
) -> tuple[tuple[Entry, ...], tuple[Outcome, ...]]:
    """Return what a good look adds of clauses and silences, and what each clause is shown as."""
    is_last = state.text is not None and state.text.text.sha256 == seen.text.sha256
    at = At(
        watched.document,
        stamp.observed_at,
        seen.text.sha256,
        is_known_again=seen.known,
        is_technical=seen.technical,
    )
    new: list[Entry] = []
    outcomes: list[Outcome] = []
    for quote, found in zip(watched.quotes, places, strict=True):
        known = _known(state, quote)
        place = found or searched(quote, known, document, last_good, seen)
        line, outcome = judged(quote, known, place, at)
        outcomes.append(outcome)
        new += [line] if line else []
    if last_good and not (is_last or seen.known or seen.technical):
        new += terms_seen(watched, document, last_good)
    return tuple(new), tuple(outcomes)
