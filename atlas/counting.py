"""The figures of the atlas: one function a figure, so that two pages can never disagree.

Core. A platform is *reviewed* for a clause type when it has any active or disputed record of it,
a silent one included. One whose only quotation is *former*, since looks agree that the words are
gone, counts among the reviewed and not among those that have such a clause. Named examples are
never counted.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

from atlas.model import NOT_ADDRESSED, Atlas, ClauseState, Provision, Severity
from atlas.stability import is_former, sightings
from atlas.stability import standing as standing_of

_REMEMBERED = 256
"""Clause types of which figures are remembered, so that a page need not count all records again."""


class Stands(StrEnum):
    """Whether quoted words are still the platform's, in one word."""

    VERIFIED = "verified"
    """Found by a look that is recent enough."""
    DIFFERS = "differs"
    """Seen changed, and being confirmed."""
    FAILING = "failing"
    """Found by a look that is recent enough, and looks fail since."""
    FORMER = "former"
    """Confirmed to be no longer the platform's words."""
    UNKNOWN = "unknown"
    """Nobody can say: no look was good, or none lately, or it needs a person."""


NOT_CONFIRMED = (Stands.DIFFERS, Stands.FAILING, Stands.UNKNOWN)
"""What is said of a quotation of which nobody can say that it stands; one that is former is known not to."""


@dataclass(frozen=True, slots=True)
class Prevalence:
    """How widespread a clause type is among the platforms that were reviewed for it."""

    in_force: tuple[str, ...]
    """Slugs of platforms that have such a clause, by name."""
    reviewed: tuple[str, ...]
    """Slugs of all platforms reviewed for it, by name."""
    former: tuple[str, ...]
    """Slugs of platforms that had one, and whose words have changed or gone since; reviewed, not in force."""
    provisions: int
    """Counted records of the type that quote a clause."""
    drafts: int
    """Counted records of the type, silent ones included, that nobody has reviewed."""


def that_count(records: Iterable[Provision]) -> tuple[Provision, ...]:
    """Return those of some records that count: the active and the disputed."""
    return tuple(p for p in records if p.counts)


def drafts(records: Iterable[Provision]) -> tuple[Provision, ...]:
    """Return those of some records that nobody has reviewed."""
    return tuple(p for p in records if p.is_draft)


def documents(records: Iterable[Provision]) -> frozenset[tuple[str, str]]:
    """Return the keys of the documents that some records are of."""
    return frozenset((p.platform, p.document) for p in records)


def never_verified(atlas: Atlas, records: Iterable[Provision]) -> tuple[Provision, ...]:
    """Return those of some records that quote words which no good look has searched for since."""
    return tuple(p for p in records if not p.is_silent and not sightings(atlas, p))


def former(atlas: Atlas, records: Iterable[Provision]) -> tuple[Provision, ...]:
    """Return those of some records whose quotation is no longer the platform's words."""
    return tuple(p for p in records if is_former(atlas, p))


def stands(atlas: Atlas, provision: Provision, as_of: date) -> Stands | None:
    """Return whether a quotation still stands at a day; None where there is none, and in an atlas without evidence."""
    if provision.is_silent or not atlas.evidence.histories:
        return None
    if is_former(atlas, provision):
        return Stands.FORMER
    found = standing_of(atlas, provision, as_of)
    if found.state is ClauseState.DIFFERS:
        return Stands.DIFFERS
    if not found.is_verified:
        return Stands.UNKNOWN
    return Stands.FAILING if found.trouble else Stands.VERIFIED


def not_confirmed(atlas: Atlas, records: Iterable[Provision], as_of: date) -> tuple[Provision, ...]:
    """Return those of some records whose quotation is neither confirmed to stand at a day nor former."""
    return tuple(p for p in records if stands(atlas, p, as_of) in NOT_CONFIRMED)


def pending(atlas: Atlas, records: Iterable[Provision], as_of: date) -> tuple[Provision, ...]:
    """Return those of some records whose clause was seen changed, or back, which is being confirmed at a day."""
    return tuple(
        p
        for p in records
        if not p.is_silent and standing_of(atlas, p, as_of).state is ClauseState.DIFFERS
    )


@lru_cache(_REMEMBERED)
def counted(atlas: Atlas, clause_type: str) -> tuple[Provision, ...]:
    """Return the records of a clause type that count: the active and the disputed."""
    return tuple(that_count(atlas.by_clause_type.get(clause_type, ())))


@lru_cache(_REMEMBERED)
def prevalence(atlas: Atlas, clause_type: str) -> Prevalence:
    """Return k (in force) and n (reviewed) of a clause type, as lists of platforms."""
    records = counted(atlas, clause_type)
    leaders = _leaders(atlas, clause_type)
    return Prevalence(
        in_force=_platforms(p for p in leaders if _is_in_force(atlas, p)),
        reviewed=_platforms(records),
        former=_platforms(p for p in leaders if is_former(atlas, p)),
        provisions=sum(not p.is_silent for p in records),
        drafts=sum(p.is_draft for p in records),
    )


def leading(atlas: Atlas, platform: str, clause_type: str) -> Provision | None:
    """Return the record by which a platform counts for a clause type.

    It is the most severe of those in force, else a silent one, else the most severe former one.
    """
    records = _by_platform(atlas, clause_type).get(platform, ())

    def place(of: Provision) -> tuple[bool, int, str, tuple[str, str, str]]:
        return (is_former(atlas, of), -severity_rank(atlas, of), of.id or "~", of.key)

    return min(records, key=place, default=None)


def stance_platforms(atlas: Atlas, clause_type: str) -> dict[str, tuple[str, ...]]:
    """Return the reviewed platforms by the stance of their leading record, in the shelf's order; the former apart."""
    shelf = atlas.clause_types.get(clause_type)
    stances = [*(shelf.stances if shelf else ()), NOT_ADDRESSED]
    leaders = _current_leaders(atlas, clause_type)
    return {s: tuple(p.platform for p in leaders if p.stance == s) for s in stances}


def standing(atlas: Atlas, clause_type: str) -> dict[Severity | None, tuple[str, ...]]:
    """Return the reviewed platforms by the grade of their leading record, former ones apart; None holds the silent."""
    leaders = _current_leaders(atlas, clause_type)
    grades: list[Severity | None] = [*Severity, None]
    return {g: tuple(p.platform for p in leaders if atlas.severity(p) is g) for g in grades}


def elsewhere(atlas: Atlas, provision: Provision) -> tuple[Provision, ...]:
    """Return the counted records of the same clause type on other platforms whose clause is in force."""
    return tuple(
        p
        for p in counted(atlas, provision.clause_type)
        if p.platform != provision.platform and _is_in_force(atlas, p)
    )


def peers(atlas: Atlas, provision: Provision) -> tuple[Provision, ...]:
    """Return the record to compare with on each other platform, best first.

    Per platform the same document kind goes first, then the same stance, then the highest severity,
    then the lowest id; platforms go by same stance, severity and name.
    """
    kind, stance = _kind(atlas, provision), provision.stance

    def fit(other: _Candidate) -> tuple[bool, bool, int, str, tuple[str, str, str]]:
        return (other.kind != kind, other.stance != stance, other.below, other.id, other.record.key)

    groups = _candidates(atlas, provision.clause_type)
    chosen = [min(found, key=fit) for slug, found in groups.items() if slug != provision.platform]
    # Platforms stand by name already, and sorting keeps that order where stance and severity are equal.
    return tuple(c.record for c in sorted(chosen, key=lambda c: (c.stance != stance, c.below)))


def is_unique(atlas: Atlas, provision: Provision) -> bool:
    """Return whether others were reviewed and none has such a clause; an example marked `same` forbids it."""
    others = [
        s for s in prevalence(atlas, provision.clause_type).reviewed if s != provision.platform
    ]
    return (
        bool(others)
        and not elsewhere(atlas, provision)
        and not any(e.relation == "same" for e in provision.examples)
    )


def severity_rank(atlas: Atlas, provision: Provision) -> int:
    """Return 4 for critical down to 0 for none, and -1 for a silent record."""
    severity = atlas.severity(provision)
    return -1 if severity is None else severity.rank


@dataclass(frozen=True, slots=True)
class _Candidate:
    """What decides whether a record is the one to compare with."""

    record: Provision
    kind: str | None
    stance: str
    below: int
    """Less for the more severe."""
    id: str


@lru_cache(_REMEMBERED)
def _candidates(atlas: Atlas, clause_type: str) -> dict[str, tuple[_Candidate, ...]]:
    """Return the records of a clause type whose clause is in force by platform, platforms by name."""
    found = {
        slug: tuple(
            _Candidate(p, _kind(atlas, p), p.stance, -severity_rank(atlas, p), p.id or "~")
            for p in records
            if _is_in_force(atlas, p)
        )
        for slug, records in _by_platform(atlas, clause_type).items()
    }
    return {slug: candidates for slug, candidates in found.items() if candidates}


@lru_cache(_REMEMBERED)
def _by_platform(atlas: Atlas, clause_type: str) -> dict[str, tuple[Provision, ...]]:
    """Return the counted records of a clause type by platform, platforms by name."""
    records = counted(atlas, clause_type)
    return {slug: tuple(p for p in records if p.platform == slug) for slug in _platforms(records)}


def _is_in_force(atlas: Atlas, of: Provision) -> bool:
    """Return whether a record quotes words that, as far as anybody knows, still bind."""
    return not of.is_silent and not is_former(atlas, of)


def _leaders(atlas: Atlas, clause_type: str) -> list[Provision]:
    found = (leading(atlas, slug, clause_type) for slug in _by_platform(atlas, clause_type))
    return [p for p in found if p is not None]


def _current_leaders(atlas: Atlas, clause_type: str) -> list[Provision]:
    return [p for p in _leaders(atlas, clause_type) if not is_former(atlas, p)]


def _platforms(records: Iterable[Provision]) -> tuple[str, ...]:
    # Records stand in order of platform name, so the first of each keeps that order.
    return tuple(dict.fromkeys(p.platform for p in records))


def _kind(atlas: Atlas, provision: Provision) -> str | None:
    document = atlas.documents.get((provision.platform, provision.document))
    return document.kind if document else None
