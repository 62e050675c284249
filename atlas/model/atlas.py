"""All that was parsed (`Records`), and all of it joined (`Atlas`).

Ground. Records hold keys and ids, never each other; the atlas holds the joins, so that one
question has one answer.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from atlas.model.beside import FormerRevision, Statement
from atlas.model.documents import Document, Platform, Prose
from atlas.model.history import NO_EVIDENCE, Evidence
from atlas.model.provision import Provision
from atlas.model.published import NOTHING_PUBLISHED, Published
from atlas.model.shelves import (
    Category,
    ClauseType,
    OldAddress,
    Person,
    Regulation,
    Site,
    Stance,
)
from atlas.model.vocabulary import Severity


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file as it stands on disk: path from the root of the atlas (`/` between names), and bytes."""

    path: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Records:
    """Everything parsed, not yet joined; in order of path or of the registry."""

    site: Site | None = None
    platforms: tuple[Platform, ...] = ()
    documents: tuple[Document, ...] = ()
    provisions: tuple[Provision, ...] = ()
    prose: tuple[Prose, ...] = ()
    clause_types: tuple[ClauseType, ...] = ()
    regulations: tuple[Regulation, ...] = ()
    categories: tuple[Category, ...] = ()
    people: tuple[Person, ...] = ()
    former: tuple[FormerRevision, ...] = ()
    """Records as they stood before later revisions."""
    statements: tuple[Statement, ...] = ()
    """What others say of records."""
    addresses: tuple[OldAddress, ...] = ()
    """Addresses that people say lead elsewhere, or nowhere any more."""
    damaged: tuple[Provision, ...] = ()
    """Provisions of which some field could not be parsed: what can be read of them is still checked."""
    unparsed: frozenset[str] = frozenset()
    """Paths, ids and keys of what is there but could not be parsed: a reference to one is no fault."""
    files: tuple[str, ...] = ()
    """Paths of all files that were examined."""
    evidence: Evidence = field(default=NO_EVIDENCE, repr=False)
    """What was seen of the documents."""
    published: Published = field(default=NOTHING_PUBLISHED, repr=False)
    """What was ever published."""


@dataclass(frozen=True, slots=True, eq=False)
class Atlas:
    """Everything joined: look up by key or id, and back again. Made by `link`.

    Equal to itself only, so that figures can be remembered per atlas.

    Look-ups of what is not there answer None or nothing; `checks` says what is missing. Provisions
    stand in order of platform name, document and file; lists of them keep that order.
    """

    records: Records
    platforms: Mapping[str, Platform]
    documents: Mapping[tuple[str, str], Document]
    provisions: Mapping[tuple[str, str, str], Provision]
    clause_types: Mapping[str, ClauseType]
    regulations: Mapping[str, Regulation]
    categories: Mapping[str, Category]
    people: Mapping[str, Person]
    by_id: Mapping[str, Provision]
    document_by_id: Mapping[str, Document]
    by_platform: Mapping[str, tuple[Provision, ...]]
    by_document: Mapping[tuple[str, str], tuple[Provision, ...]]
    by_clause_type: Mapping[str, tuple[Provision, ...]]
    by_regulation: Mapping[str, tuple[Provision, ...]]
    by_category: Mapping[str, tuple[Provision, ...]]
    by_jurisdiction: Mapping[str, tuple[Regulation, ...]]
    by_severity: Mapping[Severity, tuple[Provision, ...]]
    documents_of: Mapping[str, tuple[Document, ...]]
    clause_types_of: Mapping[str, tuple[ClauseType, ...]]
    parts_of: Mapping[str, tuple[Regulation, ...]]
    statements_on: Mapping[tuple[str, str, str], tuple[Statement, ...]]
    """By record: responses first, each kind in order of number."""
    former_of: Mapping[tuple[str, str, str], tuple[FormerRevision, ...]]
    """By record, in order of number."""

    @property
    def evidence(self) -> Evidence:
        """What was seen of the documents."""
        return self.records.evidence

    @property
    def published(self) -> Published:
        """What was ever published."""
        return self.records.published

    @property
    def site(self) -> Site:
        """The site's settings; asking for them where none were parsed is a fault of ours."""
        if self.records.site is None:
            raise LookupError("data/site.yaml was not parsed")
        return self.records.site

    def stance(self, provision: Provision) -> Stance | None:
        """Return the stance, or None for `not-addressed` and for one that is not on the shelf."""
        shelf = self.clause_types.get(provision.clause_type)
        return shelf.stances.get(provision.stance) if shelf else None

    def severity(self, provision: Provision) -> Severity | None:
        """Return the effective severity: the record's own, else the stance's; None when silent."""
        if provision.is_silent:
            return None
        stance = self.stance(provision)
        return provision.severity or (stance.severity if stance else None)
