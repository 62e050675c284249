"""Archived copies: which are due, and whether what was quoted stands in them. A line."""

import asyncio
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import pairwise

from atlas.archive import NOT_CONFIGURED, ArchiveSettings, Copy, save
from atlas.examine import Progress
from atlas.extract import Extracted, extract
from atlas.fetch import FetchSettings
from atlas.fold import after
from atlas.locate import find, folded
from atlas.model import Archived, Body, ClauseSeen, DocumentState, Entry, History, Watched
from atlas.verify.known import Known
from atlas.verify.recording import Added


def archived(
    added: Sequence[Added],
    known: Known,
    settings: ArchiveSettings | None,
    fetch: FetchSettings,
    progress: Progress,
) -> list[Added]:
    """Ask for a copy of each document that is due, and return what each adds with what came of it.

    A document is due at its first good look and at each confirmed change of a clause, until it was asked for once.
    Without an account that is what is noted, once; with one, such documents are due again. What the budget of time
    leaves over is due in the next run.
    """
    watched = {one.document: one for one in known.watched}
    due = [one for one in added if one.document in watched and _is_due(one, known, settings)]
    copies: dict[str, Copy] = {}
    if settings is None:
        urls = [source.url for one in due for source in watched[one.document].sources]
        copies = {url: Copy(url, reason=NOT_CONFIGURED) for url in urls}
    elif due:
        progress.begin("archive", sum(len(watched[one.document].sources) for one in due))
        asyncio.run(
            _asked([watched[one.document] for one in due], settings, fetch, progress, copies)
        )
    found = {
        one.document: tuple(_judged(one, watched[one.document], known, copies))
        for one in due
        if all(source.url in copies for source in watched[one.document].sources)
    }
    return [replace(one, entries=(*one.entries, *found.get(one.document, ()))) for one in added]


async def _asked(
    documents: Iterable[Watched],
    settings: ArchiveSettings,
    fetch: FetchSettings,
    progress: Progress,
    copies: dict[str, Copy],
) -> None:
    def done(copy: Copy) -> None:
        copies[copy.url] = copy
        progress.advance()

    urls = [source.url for watched in documents for source in watched.sources]
    await save(urls, settings, fetch, done)


def _is_due(added: Added, known: Known, settings: ArchiveSettings | None) -> bool:
    if added.failure:
        return False
    before, history = known.state(added.document), known.histories.get(added.document)
    if before.text is None or any(_is_change(entry, before) for entry in added.entries):
        return True
    asked = history.archived[-1] if history and history.archived else None
    if history is None or asked is None or asked[0].observed_at < _last_event(history):
        return True
    return settings is not None and asked[1].reason == NOT_CONFIGURED


def _is_change(entry: Entry, before: DocumentState) -> bool:
    """Return whether a line confirms that a clause stands otherwise than was confirmed before."""
    if not isinstance(entry, ClauseSeen) or not entry.confirmed:
        return False
    clauses = (c.standing for c in before.clauses if c.record == entry.record)
    standing = next(clauses, None)
    return standing is not None and _words(standing) != _words(entry)


def _words(seen: ClauseSeen) -> tuple[str, str]:
    """Return what tells two standings apart: the quotation, and the words found where they are others."""
    other = "" if seen.state.is_found else (seen.wording.sha256 if seen.wording else "removed")
    return (seen.quote_sha256, other)


def _last_event(history: History) -> datetime:
    """Return the instant of the first good look, or of the last confirmed change since."""
    changes = [
        now.stamp.observed_at
        for sightings in history.clauses.values()
        for before, now in pairwise(s for s in sightings if s.seen.confirmed)
        if _words(now.seen) != _words(before.seen)
    ]
    return max([history.texts[0].stamp.observed_at, *changes])


def _judged(
    added: Added, watched: Watched, known: Known, copies: Mapping[str, Copy]
) -> Iterator[Archived]:
    found = [copies[source.url] for source in watched.sources]
    bodies = tuple(copy.body for copy in found if copy.body)
    is_in = None
    if len(bodies) == len(found):
        state = known.state(added.document)
        for entry in added.entries:
            state = after(state, added.stamp, entry)
        is_in = _holds(watched, bodies, state)
    for copy in found:
        yield Archived(
            watched.document,
            copy.url,
            copy.address,
            copy.captured_at,
            is_in if copy.address else None,
            copy.reason,
        )


def _holds(watched: Watched, bodies: tuple[Body, ...], state: DocumentState) -> bool | None:
    """Return whether every clause, as it reads at present, stands in a copy; None: there is none to look for."""
    words = [*_present(watched, state)]
    if not words:
        return None
    # Selectors and kinds are those of the document: the copy was read back as the platform served it.
    extracted = extract(bodies, watched.sources)
    if not isinstance(extracted, Extracted):
        return False
    document = folded(extracted.text)
    return all(find(each, document) is not None for each in words)


def _present(watched: Watched, state: DocumentState) -> Iterator[str]:
    """Yield the words that stand for each quotation: its own, or those that took their place."""
    known = {clause.record: clause.standing for clause in state.clauses}
    for quote in watched.quotes:
        standing = known.get(quote.record)
        if standing is None or standing.quote_sha256 != quote.sha256:
            continue
        if standing.state.is_found:
            yield quote.text
        elif standing.wording:
            yield standing.wording.text
