"""The figures of the atlas: one function a figure, so that two pages can never disagree.

Core. A platform is *reviewed* for a clause type when it has any active or disputed record of it,
a silent one included. Named examples are never counted.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from atlas.model import NOT_ADDRESSED, Atlas, Provision, Severity

_REMEMBERED = 256
"""Clause types of which figures are remembered, so that a page need not count all records again."""


@dataclass(frozen=True, slots=True)
class Prevalence:
    """How widespread a clause type is among the platforms that were reviewed for it."""

    in_force: tuple[str, ...]
    """Slugs of platforms that have such a clause, by name."""
    reviewed: tuple[str, ...]
    """Slugs of all platforms reviewed for it, by name."""
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


def never_verified(records: Iterable[Provision]) -> tuple[Provision, ...]:
    """Return those of some records that quote words which nobody has looked for since: all, without observations."""
    return tuple(p for p in records if not p.is_silent)


@lru_cache(_REMEMBERED)
def counted(atlas: Atlas, clause_type: str) -> tuple[Provision, ...]:
    """Return the records of a clause type that count: the active and the disputed."""
    return tuple(that_count(atlas.by_clause_type.get(clause_type, ())))


@lru_cache(_REMEMBERED)
def prevalence(atlas: Atlas, clause_type: str) -> Prevalence:
    """Return k (in force) and n (reviewed) of a clause type, as lists of platforms."""
    records = counted(atlas, clause_type)
    return Prevalence(
        in_force=_platforms(p for p in records if not p.is_silent),
        reviewed=_platforms(records),
        provisions=sum(not p.is_silent for p in records),
        drafts=sum(p.is_draft for p in records),
    )


def leading(atlas: Atlas, platform: str, clause_type: str) -> Provision | None:
    """Return the record by which a platform counts for a clause type: its most severe, else a silent one."""
    records = _by_platform(atlas, clause_type).get(platform, ())
    return min(records, key=lambda p: (-severity_rank(atlas, p), p.id or "~", p.key), default=None)


def stance_platforms(atlas: Atlas, clause_type: str) -> dict[str, tuple[str, ...]]:
    """Return the reviewed platforms by the stance of their leading record; stances in the shelf's order."""
    shelf = atlas.clause_types.get(clause_type)
    stances = [*(shelf.stances if shelf else ()), NOT_ADDRESSED]
    leaders = _leaders(atlas, clause_type)
    return {s: tuple(p.platform for p in leaders if p.stance == s) for s in stances}


def standing(atlas: Atlas, clause_type: str) -> dict[Severity | None, tuple[str, ...]]:
    """Return the reviewed platforms by the grade of their leading record; None holds the silent ones."""
    leaders = _leaders(atlas, clause_type)
    grades: list[Severity | None] = [*Severity, None]
    return {g: tuple(p.platform for p in leaders if atlas.severity(p) is g) for g in grades}


def elsewhere(atlas: Atlas, provision: Provision) -> tuple[Provision, ...]:
    """Return the counted, quoting records of the same clause type on other platforms."""
    return tuple(
        p
        for p in counted(atlas, provision.clause_type)
        if p.platform != provision.platform and not p.is_silent
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
    """Return the quoting records of a clause type by platform, platforms by name."""
    found = {
        slug: tuple(
            _Candidate(p, _kind(atlas, p), p.stance, -severity_rank(atlas, p), p.id or "~")
            for p in records
            if not p.is_silent
        )
        for slug, records in _by_platform(atlas, clause_type).items()
    }
    return {slug: candidates for slug, candidates in found.items() if candidates}


@lru_cache(_REMEMBERED)
def _by_platform(atlas: Atlas, clause_type: str) -> dict[str, tuple[Provision, ...]]:
    """Return the counted records of a clause type by platform, platforms by name."""
    records = counted(atlas, clause_type)
    return {slug: tuple(p for p in records if p.platform == slug) for slug in _platforms(records)}


def _leaders(atlas: Atlas, clause_type: str) -> list[Provision]:
    found = (leading(atlas, slug, clause_type) for slug in prevalence(atlas, clause_type).reviewed)
    return [p for p in found if p is not None]


def _platforms(records: Iterable[Provision]) -> tuple[str, ...]:
    # Records stand in order of platform name, so the first of each keeps that order.
    return tuple(dict.fromkeys(p.platform for p in records))


def _kind(atlas: Atlas, provision: Provision) -> str | None:
    document = atlas.documents.get((provision.platform, provision.document))
    return document.kind if document else None
