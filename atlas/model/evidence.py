"""What was seen of documents and clauses, when and by whom: the lines of the ledger and their words.

Ground. A line is a `Stamp` (who looked, when) and one `Entry` (what was new). Instants are aware
and in UTC, hashes 64 lower-case hexadecimal digits.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

ADDED = {"added": True}
"""Metadata of a field that came after the first lines were written: a line without it says its default, and a
line that says its default is written without it, so that what was written before stays as it is."""


class ClauseState(StrEnum):
    """What looks say of one clause. A page that is no good look says nothing of it: see `Failure`."""

    NEVER_OBSERVED = "never-observed"
    INTACT = "intact"
    TYPOGRAPHY = "typography"
    """Letters and digits are the same; case, punctuation or spacing differ."""
    MOVED = "moved"
    """The same words in another place."""
    SCATTERED = "scattered"
    """All parts of the quotation are there, too far apart to be one clause: a person must look."""
    DIFFERS = "differs"
    """Seen changed, not yet confirmed by further looks."""
    REWORDED = "reworded"
    REWRITTEN = "rewritten"
    REMOVED = "removed"

    @property
    def is_found(self) -> bool:
        """Whether the words themselves were found."""
        return self in {ClauseState.INTACT, ClauseState.TYPOGRAPHY, ClauseState.MOVED}

    @property
    def is_former(self) -> bool:
        """Whether, once confirmed, the quotation is no longer the platform's words."""
        return self in {ClauseState.REWORDED, ClauseState.REWRITTEN, ClauseState.REMOVED}


class Failure(StrEnum):
    """Why a look told us nothing of the clauses. Never to be shown as `unchanged`."""

    UNREACHABLE = "unreachable"
    TRUNCATED = "truncated"
    TOO_LARGE = "too-large"
    WRONG_TYPE = "wrong-type"
    NO_TEXT = "no-text"
    BAD_CERTIFICATE = "bad-certificate"
    BAD_SELECTOR = "bad-selector"
    REFUSED_ADDRESS = "refused-address"
    """The address, or one that it redirects to, is none that we go to."""
    NOT_PERMITTED = "not-permitted"
    """robots.txt forbids it, or could not be read."""
    NO_BROWSER = "no-browser"
    """The document needs a browser, and none is installed with the program."""
    SUSPECT = "suspect"
    """A page came that may be another than the document."""
    NO_ADDRESS = "no-address"
    """No source is recorded, so nobody can look."""
    NO_ID = "no-id"
    """The document or the record has no id yet, so nothing can be recorded of it."""


class Freshness(StrEnum):
    """How old the last good look is at the as-of date, by `verified_days` and `due_days` of the site."""

    VERIFIED = "verified"
    DUE = "due"
    STALE = "stale"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class TextRef:
    """A text of the document in form text-v1, by its hash."""

    sha256: str
    characters: int
    form: str = "text-v1"


@dataclass(frozen=True, slots=True)
class Wording:
    """Words of the document that stand where the quotation stood."""

    text: str = field(repr=False)
    sha256: str
    """clause-v1."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """Who looked and when: what all lines of the ledger have."""

    run: str
    """Name of the run: its start, `20261122T051700Z`, and what else makes it unique."""
    recorded_at: datetime
    observed_at: datetime
    vantage: str
    """Where the fetcher stood: `region EU, language en, ClauseAtlasBot/1.0`; `not stated` where it is not known."""
    held_by: str = "us"
    """Who holds the text: `us`, or the name of an archive."""


@dataclass(frozen=True, slots=True)
class TextSeen:
    """A good look whose text is not the one of the look before. Kind `text`."""

    document: str
    text: TextRef
    previous: str | None
    """Hash of the text before; None: the first."""
    raw_sha256: tuple[str, ...]
    """Of each source's body. Provenance only, never compared."""
    title: str
    language: str
    """What the page says of itself; empty where it says nothing."""
    extractor: str
    """Name of the method that made the text: `html-v1`."""
    final_urls: tuple[str, ...]
    known: bool = False
    """Whether this very text was seen before."""
    technical: bool = False
    """Whether our way of reading made the difference, not the platform."""
    recipe: str = field(default="", metadata=ADDED)
    """Digest of the addresses and selectors that it was read by (`extract.recipe`); empty: not recorded."""
    etag: str | None = None
    last_modified: str | None = None
    announced: str | None = None
    """The date that the document states of itself, ISO 8601, where one was recognised."""
    is_noindex: bool = False
    """Whether the page asks search engines to leave it out: only one that begins to is suspect."""


@dataclass(frozen=True, slots=True)
class ClauseSeen:
    """A clause stands otherwise than at the look before, or was looked for the first time. Kind `clause`."""

    document: str
    record: str
    quote_sha256: str
    """clause-v1 of the quotation that was looked for."""
    state: ClauseState
    """What this look found, never `differs`: that is a change without `confirmed`."""
    confirmed: bool
    """Whether enough looks agree; what was found intact needs one."""
    text_sha256: str
    first_seen_at: datetime
    """When the first of the agreeing looks took place."""
    looks: int = 1
    """How many agree."""
    score: float | None = None
    """Likeness of the wording to the quotation, 0 to 1; None where the words were found."""
    wording: Wording | None = None
    """What stands there now, where it is other than the quotation."""
    lookalike: Wording | None = None
    """A passage that resembles the removed one and was there before: never taken for it."""
    prefix: str = ""
    """32 characters before the words."""
    suffix: str = ""
    copies: int = 1
    """How many times the words stand in the document."""


@dataclass(frozen=True, slots=True)
class TermSeen:
    """A term to look for appeared in a document that was recorded as silent. Kind `term`."""

    document: str
    record: str
    term: str
    passage: str = field(repr=False)
    """The new block that holds it."""


@dataclass(frozen=True, slots=True)
class LookFailed:
    """A look that told us nothing, for another reason than the one before. Kind `failed`."""

    document: str
    reason: Failure
    detail: str


@dataclass(frozen=True, slots=True)
class Archived:
    """An archived copy was asked for. Kind `archived`."""

    document: str
    url: str
    address: str | None
    """The copy's own address, found and read back; None: not archived."""
    captured_at: datetime | None
    clause_in_memento: bool | None
    """Whether every clause stands in the copy; None: not read back."""
    reason: str = ""
    """Why there is no copy."""


@dataclass(frozen=True, slots=True)
class RunEnded:
    """All that repeated: the last line of every run. Kind `run`."""

    good: tuple[str, ...]
    """Documents of which a good look found nothing new."""
    failed: Mapping[Failure, tuple[str, ...]]
    """Documents of which a look failed for the same reason as the look before."""
    extractors: tuple[str, ...]
    unicode: str
    """Version of the Unicode tables."""
    program: str
    """Version of this program."""


Entry = TextSeen | ClauseSeen | TermSeen | LookFailed | Archived | RunEnded


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One line of the ledger."""

    seq: int
    prev: str
    """SHA-256 of the line before, without its line feed; 64 zeros for the first."""
    stamp: Stamp
    entry: Entry
