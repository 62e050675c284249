"""What follows from the lines of the ledger: histories, states, and all that is held under `data/evidence/`.

Ground. A `History` is all that is known of one document from looks of one holder; a `DocumentState`
is what the next look is compared with.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from atlas.model.evidence import Archived, ClauseSeen, Failure, Stamp, TermSeen, TextSeen


@dataclass(frozen=True, slots=True)
class Pending:
    """A change that was seen and is being confirmed."""

    seen: ClauseSeen
    """As it was at the first of the agreeing looks."""
    looks: int
    last_at: datetime


@dataclass(frozen=True, slots=True)
class ClauseStanding:
    """Where one clause stands."""

    record: str
    quote_sha256: str
    standing: ClauseSeen | None
    """The last confirmed sighting; None: there is none."""
    pending: Pending | None = None


@dataclass(frozen=True, slots=True)
class Trouble:
    """A document of which looks fail at present."""

    reason: Failure
    detail: str
    since: datetime
    """First of the failed looks without a good one between."""


@dataclass(frozen=True, slots=True)
class DocumentState:
    """What the next look at a document is compared with: `documents/<id>.json`. Derived from the ledger alone."""

    document: str
    text: TextSeen | None = None
    """Of the last good look. The file of that text is never overwritten."""
    known_texts: tuple[str, ...] = ()
    """Hashes of all good texts, in order of first sight."""
    clauses: tuple[ClauseStanding, ...] = ()
    trouble: Trouble | None = None
    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class Look:
    """One look at a document, whatever came of it."""

    at: datetime
    run: str
    failure: Failure | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Sighting:
    """A line of the ledger about one clause, with its stamp."""

    stamp: Stamp
    seen: ClauseSeen


@dataclass(frozen=True, slots=True)
class TextSighting:
    """A line of the ledger about a document's text, with its stamp."""

    stamp: Stamp
    seen: TextSeen


@dataclass(frozen=True, slots=True)
class History:
    """All that is known of one document from looks of one holder, oldest first."""

    document: str
    looks: tuple[Look, ...] = ()
    texts: tuple[TextSighting, ...] = ()
    clauses: Mapping[str, tuple[Sighting, ...]] = field(default_factory=dict)
    """By id of the record."""
    archived: tuple[tuple[Stamp, Archived], ...] = ()
    terms: tuple[tuple[Stamp, TermSeen], ...] = ()
    state: DocumentState | None = None
    """Where it all ends; None: no look."""


@dataclass(frozen=True, slots=True)
class ImportedObservation:
    """One change that an archive of others recorded: facts and addresses, no text."""

    observed_at: datetime
    address: str
    """Where that archive holds the version."""
    commit: str
    text_sha256: str
    """text-v1 of the plain text that we made of the version."""
    method: str
    """How that text was made of what the archive holds, by name."""
    clauses: Mapping[str, str]
    """clause-v1 hash of the words found for each record's quotation; empty where they were not found."""
    technical: bool = False
    """Whether the archive itself calls the change technical."""


@dataclass(frozen=True, slots=True)
class ArchiveSpan:
    """From when to when an archive of others fetched a document, recording changes only."""

    held_by: str
    """Key of the archive: `open-terms-archive`."""
    document: str
    first_at: datetime
    last_at: datetime
    """The last day up to which its history was read; no change recorded is known until then."""
    versions: int
    observations: tuple[ImportedObservation, ...]
    """Those in which a watched clause changed, and the first."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Everything under `data/evidence/`, checked and folded."""

    histories: Mapping[str, History] = field(default_factory=dict)
    """Our own looks, by document id."""
    spans: Mapping[str, tuple[ArchiveSpan, ...]] = field(default_factory=dict)
    """What others hold, by document id."""
    texts: Mapping[str, str] = field(default_factory=dict)
    """Path of each text that we hold, from the root of the atlas, by its hash, which was recomputed."""


NO_EVIDENCE = Evidence()
