"""What one run of the verifier came to, as `verify-report.json` holds it: for people, scripts and the merge of shards.

Ground. Instants are in UTC and hashes 64 lower-case hexadecimal digits; forms are named in the fields' descriptions.
"""

from datetime import datetime
from enum import StrEnum
from typing import Literal

from atlas.model.evidence import ClauseState, Failure
from atlas.model.record import Record


class LookOutcome(StrEnum):
    """What a run found of one document, in a word."""

    FIRST = "first"
    """The first good look: a text is held from now on."""
    UNCHANGED = "unchanged"
    """A good look that found nothing new, and every quotation as it is quoted."""
    NOTHING_NEW = "nothing-new"
    """A good look that found nothing new, and not every quotation as it is quoted: those differ as before."""
    TEXT_CHANGED = "text-changed"
    """The text is another; no clause has other words than before."""
    CLAUSE_CHANGED = "clause-changed"
    """A clause stands otherwise than at the look before, confirmed or not."""
    FAILED = "failed"
    """The look told us nothing."""


class SourceReport(Record):
    """What one address answered."""

    url: str
    """As it stands in the document's file."""
    final_url: str
    """Where the redirects led."""
    redirects: tuple[str, ...]
    """Addresses passed on the way, the last included."""
    moved_for_good: bool
    """Whether every redirect was permanent."""
    status: int
    """HTTP status."""
    content_type: str
    """The header as it came."""
    bytes: int
    """Of the body after transfer and content decoding."""
    raw_sha256: str
    """Of those bytes. Provenance only, never compared."""


class FailureReport(Record):
    """Why a look told us nothing, and what follows."""

    reason: Failure
    """Kind of failure."""
    label: str
    """The kind in words."""
    detail: str
    """What happened, with figures."""
    status: int | None = None
    """The HTTP status that a server refused with; none where it is not that which failed."""
    next: str
    """What happens now, or what a person can do."""


class ClauseReport(Record):
    """What the look says of one record's quotation."""

    record: str
    """Id of the record."""
    state: ClauseState
    """What is shown: `differs` until enough looks agree."""
    found: ClauseState
    """What this look found."""
    before: ClauseState | None = None
    """What was shown before this look; none where the record was never looked for."""
    confirmed: bool
    """Whether the state is settled."""
    changed: bool
    """Whether this look confirmed a change."""
    needs_person: bool
    """Whether no further look will settle it."""
    looks: int
    """How many looks agree."""
    old_sha256: str
    """clause-v1 of the words that stood until now; empty once they were removed."""
    new_sha256: str | None
    """clause-v1 of the words found; none where nothing was."""
    wording: str | None
    """The words found, where they are other than the quotation."""
    score: float | None
    """Likeness of those words to the quotation, 0 to 1."""
    start: int | None
    """Where the words start in the text (text-v1), in characters."""
    end: int | None
    """Where they end."""
    prefix: str
    """32 characters before them."""
    suffix: str
    """32 characters after them."""


class TermReport(Record):
    """A term that appeared in a document which a record calls silent."""

    record: str
    """Id of the record."""
    term: str
    """The term of its clause type."""
    passage: str
    """The new passage that holds it."""


class ArchiveReport(Record):
    """An archived copy that was asked for."""

    url: str
    """The source."""
    address: str | None
    """The copy, found and read back."""
    clause_in_memento: bool | None
    """Whether every clause stands in the copy; none: it was not read back."""
    reason: str
    """Why there is no copy."""


class DocumentReport(Record):
    """What the run says of one document."""

    document: str
    """Its id."""
    platform: str
    """Slug of its platform."""
    observed_at: datetime
    """When the look took place."""
    milliseconds: int
    """How long the sources took to answer, and the look to be judged; waiting for a host's turn included."""
    outcome: LookOutcome
    """In a word."""
    not_modified: bool
    """Whether the source answered that what we hold still stands (304)."""
    failure: FailureReport | None
    """Why the look told us nothing."""
    guard: tuple[str, ...]
    """What speaks against the page being the document."""
    sources: tuple[SourceReport, ...]
    """What each address answered."""
    text_sha256: str | None
    """Of the good text (text-v1) that is held after the look."""
    text_is_technical: bool
    """Whether another way of reading made the text differ, not the platform."""
    clauses: tuple[ClauseReport, ...]
    """One for each quotation; none where the look failed, or the source answered 304."""
    terms: tuple[TermReport, ...]
    """Terms that appeared where there was silence."""
    archived: tuple[ArchiveReport, ...]
    """Copies that were asked for."""


class NotWatched(Record):
    """A document, or a record, that nobody can look at."""

    what: str
    """Its id, or its path while it has none."""
    reason: Failure
    """Kind of failure."""
    label: str
    """The kind in words."""
    detail: str
    """What is missing."""
    next: str
    """What a person can do."""


class LeftOut(Record):
    """A capture that was not judged, since the ledger does not go back in time."""

    document: str
    """Id of the document."""
    captured_at: datetime
    """When the capture was made."""
    last_look_at: datetime
    """When the document's last recorded look took place."""
    because: str
    """`already recorded` or `older than the last look`."""


class Carried(Record):
    """What a shard found, for the job that records it."""

    based_on: str
    """SHA-256 of the last line of the ledger that the shard compared with; 64 zeros where there was none."""
    ledger: str
    """The new lines as JSON Lines, chained among themselves."""
    texts: dict[str, str]
    """New good texts in form text-v1, by hash."""


class RunReport(Record):
    """One run of the verifier: `verify-report.json`."""

    format: Literal[1] = 1
    """Number of this shape; it grows only when a field changes its meaning or goes."""
    run: str
    """Name of the run."""
    started_at: datetime
    """When it began."""
    ended_at: datetime
    """When the last look was judged."""
    program: str
    """Version of the program."""
    extractors: tuple[str, ...]
    """Ways of reading that were used, by name and version."""
    unicode: str
    """Version of the Unicode tables."""
    vantage: str
    """Where the fetcher stood."""
    repository: str | None
    """The running repository; none where it is not known."""
    shard: str | None
    """Which part of all documents, `2/4`; none: the whole."""
    recorded: bool
    """Whether the machine files were written."""
    because: str
    """Why nothing was recorded; empty where it was."""
    trustworthy: bool
    """Whether the run says something of the world: few enough documents suspect, and of five or more one answered."""
    doubt: str = ""
    """Why it is not trustworthy; empty where it is."""
    complete: bool
    """Whether every document that was chosen was looked at; not where the run was stopped."""
    captures: str | None
    """Name of the file of captures, where one was kept."""
    archive: str
    """`on`, or why no archived copies were asked for."""
    counts: dict[str, int]
    """How many documents had each outcome, and each kind of failure."""
    documents: tuple[DocumentReport, ...]
    """In order of id."""
    not_watched: tuple[NotWatched, ...]
    """What nobody can look at."""
    left_out: tuple[LeftOut, ...] = ()
    """Captures that are not after the last recorded look at their document."""
    carried: Carried | None = None
    """Only in the report of a shard."""
