"""The revisions of a record in order: what was frozen of each, when it was published, and what the next one changed.

Core. A revision that was published is the bytes that were frozen then. One that was not yet is frozen from
the record, or from its former text beside it, with the names of today.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import pairwise

from atlas import frozen
from atlas.model import Atlas, Entered, Provision
from atlas.places import places

_REMEMBERED = 16_384
"""The revisions of so many records are remembered: pages of each language ask for the same ones."""


@dataclass(frozen=True, slots=True)
class Revision:
    """One revision of a record that has an id."""

    number: int
    on: date | None
    """Day that it gives itself; None: it is the first, or nothing of it is left."""
    because: str | None
    """What changed and why, as its author says; None: it is the first, is withheld, or nothing of it is left."""
    first_published: date | None
    """None: not published yet."""
    until: date | None
    """Day on which the next one was published in its place; None: none was."""
    changed: tuple[str, ...]
    """Names of the fields in which it differs from the one before; empty where it is withheld."""
    content: bytes | None = field(repr=False)
    """Its frozen form; None: nothing of it is left."""
    sha256: str | None
    """Of its frozen form; known of a published one even where nothing else is left."""
    tree: Mapping[str, object] = field(repr=False)
    """Its frozen form, read; empty where it is withheld, or nothing of it is left."""

    @property
    def written(self) -> date | None:
        """Day on which its analysis was written; None where it does not say so."""
        day = self.text("analysis", "written")
        return date.fromisoformat(day) if day else None

    def text(self, *path: str) -> str:
        """Return a text of the frozen form, or nothing."""
        found: object = self.tree
        for step in path:
            found = found.get(step) if isinstance(found, Mapping) else None
        return found if isinstance(found, str) else ""


@dataclass(frozen=True, slots=True)
class Correction:
    """Spelling that was put right without a revision."""

    before: str
    """Words as they were frozen; empty where words were added."""
    after: str
    """Words as they stand now; empty where words were taken out."""


def revisions(atlas: Atlas, of: Provision) -> tuple[Revision, ...]:
    """Return every revision of a record, the first one first; none without an id."""
    return _revisions(atlas, of.key) if of.id else ()


@lru_cache(_REMEMBERED)
def _revisions(atlas: Atlas, key: tuple[str, str, str]) -> tuple[Revision, ...]:
    of = atlas.provisions[key]
    entries = [_entered(atlas, of, number) for number in range(1, of.number + 1)]
    dates = [entry.first_published if entry else None for entry in entries]
    contents = [_content(atlas, of, number) for number in range(1, of.number + 1)]
    trees = [json.loads(content) if content else {} for content in contents]
    changes = [(), *(frozen.changed(a, b) if a and b else () for a, b in pairwise(trees))]
    return tuple(
        Revision(
            number=number,
            on=_day(tree),
            because=None if of.withheld else _note(tree).get("because"),
            first_published=first,
            until=until,
            changed=() if of.withheld else changed,
            content=content,
            sha256=hashlib.sha256(content).hexdigest()
            if content
            else entry.sha256
            if entry
            else None,
            tree={} if of.withheld else tree,
        )
        for number, (entry, first, until, content, tree, changed) in enumerate(
            zip(entries, dates, [*dates[1:], None], contents, trees, changes, strict=True), 1
        )
    )


def corrections(atlas: Atlas, of: Provision) -> tuple[Correction, ...]:
    """Return which words of our sentences differ from the frozen ones of the current revision, in their order."""
    published = atlas.published.frozen.get((of.id or "", of.number))
    if published is None or of.withheld:
        return ()
    before = frozen.analysis_words(json.loads(published))
    after = frozen.analysis_words(frozen.freeze(atlas, of))
    pieces = SequenceMatcher(a=before, b=after, autojunk=False).get_opcodes()
    return tuple(
        Correction(" ".join(before[i:i_end]), " ".join(after[j:j_end]))
        for kind, i, i_end, j, j_end in pieces
        if kind != "equal"
    )


def _entered(atlas: Atlas, of: Provision, number: int) -> Entered | None:
    """Return the first line of the ledger of addresses for a frozen form, under any name that the record has had."""
    known = (
        atlas.published.addresses.get(f"{place}r{number}/record.json")
        for place in places(atlas, of)
    )
    return min((e for e in known if e), key=lambda e: e.first_published, default=None)


def _content(atlas: Atlas, of: Provision, number: int) -> bytes | None:
    published = atlas.published.frozen.get((of.id or "", number))
    if published is not None:
        return published
    return next((frozen.frozen_bytes(atlas, text) for text in _texts(atlas, of, number)), None)


def _texts(atlas: Atlas, of: Provision, number: int) -> Iterator[Provision]:
    """Yield the record as its files give it under a number; a former one has the id that the record was given since."""
    if of.withheld:
        return
    if number == of.number:
        yield of
    for former in atlas.former_of.get(of.key, ()):
        if former.stands_for == number:
            yield former.model_copy(update={"id": of.id})


def _note(tree: Mapping[str, object]) -> dict[str, str]:
    note = tree.get("revision")
    return note if isinstance(note, dict) else {}


def _day(tree: Mapping[str, object]) -> date | None:
    written = _note(tree).get("on")
    return date.fromisoformat(written) if written else None
