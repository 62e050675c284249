"""What became of a record: its revisions, every status that it came to have, and what others say of it.

Core. Of status and statements the log has hashes alone; their words are those of the files, where they are
still the ones that were published.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from atlas.model import Atlas, Leaf, Provision, State, Statement, Status
from atlas.record_form import sha256_of, statement, statement_name, status, status_sha256
from atlas.revisions import Revision, revisions

_REMEMBERED = 8
_RISING = (State.ACTIVE, State.DISPUTED, State.SUPERSEDED, State.WITHDRAWN)
"""From what readers may rely on to what they may not; above all of them is what the law forbids to show."""


@dataclass(frozen=True, slots=True)
class Stood:
    """A status that a record came to have."""

    state: State
    status: Status | None
    """Its words; None: it is active again, or they are in none of its files any more."""
    sha256: str | None
    """Of its words; None: it is active again."""
    entered: date | None
    """Day of the publishing that entered it; None: none did yet."""


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody says of a record."""

    name: str
    """Of its file: `dispute-1`."""
    statement: Statement | None
    """None: its words are in no file any more."""
    sha256: str
    entered: date | None
    """Day of the publishing that entered it; None: none did yet."""


@lru_cache(_REMEMBERED)
def last_leaves(atlas: Atlas) -> Mapping[str, Leaf]:
    """Return the last leaf of each record that has one, by id."""
    return atlas.published.last


def takes_back(atlas: Atlas, of: Provision) -> bool:
    """Return whether a record's status is less than that of its last leaf, or another one of the same kind."""
    last = last_leaves(atlas).get(of.id or "")
    if last is None:
        return False
    was_withheld = (last.id, last.revision) not in atlas.published.frozen
    was, now = _rank(last.status, was_withheld), _rank(of.state, bool(of.withheld))
    return now < was or (now == was and status_sha256(of) != last.status_sha256)


def became(atlas: Atlas, of: Provision) -> tuple[Revision | Stood | Said, ...]:
    """Return all of it in the order of publishing; last what was not published yet."""
    return tuple(_became(atlas, of))


def _became(atlas: Atlas, of: Provision) -> Iterator[Revision | Stood | Said]:
    numbered, logged = [*revisions(atlas, of)], _logged(atlas).get(of.id or "", ())
    statuses = [one.status for one in (of, *atlas.former_of.get(of.key, ())) if one.status]
    words = {sha256_of(status(one)): one for one in statuses}
    said = {sha256_of(statement(one)): one for one in atlas.statements_on.get(of.key, ())}
    stood: tuple[State, str | None] = State.ACTIVE, None
    known: set[str] = set()
    for leaf, day in logged:
        while numbered and numbered[0].number <= leaf.revision:
            yield numbered.pop(0)
        if (leaf.status, leaf.status_sha256) != stood:
            stood = leaf.status, leaf.status_sha256
            yield Stood(leaf.status, words.get(leaf.status_sha256 or ""), leaf.status_sha256, day)
        for name in sorted(leaf.statements.keys() - known):
            sha256 = leaf.statements[name]
            yield Said(name, said.get(sha256), sha256, day)
        known |= leaf.statements.keys()
    yield from numbered
    if (of.state, status_sha256(of)) != stood:
        yield Stood(of.state, of.status, status_sha256(of), None)
    for sha256, one in said.items():
        if statement_name(one) not in known:
            yield Said(statement_name(one), one, sha256, None)


@lru_cache(_REMEMBERED)
def _logged(atlas: Atlas) -> Mapping[str, tuple[tuple[Leaf, date | None], ...]]:
    """Return the leaves of each record, by id, with the day of the first root that holds each."""
    published = atlas.published
    sizes = [root.size for root in published.roots]
    days = [*(root.at.date() for root in published.roots), None]
    found: defaultdict[str, tuple[tuple[Leaf, date | None], ...]] = defaultdict(tuple)
    for index, leaf in enumerate(published.leaves):
        found[leaf.id] += ((leaf, days[bisect_right(sizes, index)]),)
    return found


def _rank(state: State, is_withheld: bool) -> int:  # noqa: FBT001  of one of two kinds
    return len(_RISING) if is_withheld else _RISING.index(state)
