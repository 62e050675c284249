"""The shape of `evidence.json`: what was seen of one document, for programs of others.

Ground. Hashes are SHA-256 in lower-case hexadecimal digits, of the form that stands beside them;
instants are `2026-11-22T05:17:00Z`. The JSON Schema is made from these classes.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DocumentShown:
    """The document that was looked at."""

    id: str
    address: str
    """Of its page, from the root of the site."""
    platform: str
    title: str
    language: str
    region: str | None
    edition_of: str | None
    """Id of the document of which this is another edition. Nothing here is about that one."""
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Forms:
    """How the hashed forms are called."""

    text: str
    """Of a document's text."""
    clause: str
    """Of a quotation."""


@dataclass(frozen=True, slots=True)
class Recompute:
    """How a stranger makes the hashes again."""

    text: str
    """Command for a file that holds a text."""
    clause: str
    """Command for a file that holds a quotation."""
    forms: str | None
    """Where the forms are defined, from the root of the site; null where the atlas has no such page."""


@dataclass(frozen=True, slots=True)
class LooksShown:
    """How often somebody looked."""

    all: int
    good: int
    """Those that said something of the words. Any other says nothing of them, and never `unchanged`."""
    first: str | None
    last: str | None
    last_good: str | None


@dataclass(frozen=True, slots=True)
class TroubleShown:
    """Why looks fail at present."""

    reason: str
    detail: str
    since: str


@dataclass(frozen=True, slots=True)
class TextShown:
    """A text that a look found first, or found again after another."""

    sha256: str
    form: str
    characters: int
    since: str
    run: str
    previous: str | None
    known: bool
    """Whether this very text was seen before."""
    technical: bool
    """Whether another extractor made the difference, not the platform."""
    extractor: str
    raw_sha256: tuple[str, ...]
    """Of the bodies as they came: provenance only, never compared."""
    held_by: str
    """`us`: the file is in the repository of the atlas. Otherwise the key of an archive."""
    address: str | None
    """Where we publish the text, from the root of the site; null where only its hash may be published."""


@dataclass(frozen=True, slots=True)
class WordingShown:
    """Words that stand where the quotation stood."""

    text: str
    sha256: str
    form: str


@dataclass(frozen=True, slots=True)
class SightingShown:
    """A look at which a clause stood otherwise than before."""

    observed_at: str
    run: str
    vantage: str
    held_by: str
    state: str
    confirmed: bool
    first_seen_at: str
    looks: int
    score: float | None
    quote_sha256: str
    """Of the quotation that was looked for."""
    text_sha256: str
    wording: WordingShown | None
    prefix: str
    suffix: str
    copies: int


@dataclass(frozen=True, slots=True)
class RecordShown:
    """What was seen of one record's quotation."""

    id: str
    address: str
    quote_sha256: str
    form: str
    state: str
    """As of the build: `differs` while a change is being confirmed."""
    former: bool
    """Whether the quotation is confirmed to be no longer the platform's words."""
    first_seen: str | None
    last_seen: str | None
    last_good: str | None
    sightings: tuple[SightingShown, ...]


@dataclass(frozen=True, slots=True)
class CopyShown:
    """An archived copy that was asked for."""

    asked_at: str
    url: str
    address: str | None
    """Of a copy that was found and read back; null: not archived, because of `reason`."""
    captured_at: str | None
    clause_in_memento: bool | None
    reason: str


@dataclass(frozen=True, slots=True)
class VersionElsewhere:
    """A version that an archive of others holds."""

    observed_at: str
    address: str
    commit: str
    text_sha256: str
    method: str
    """How the text was made of what the archive holds."""
    technical: bool
    clauses: Mapping[str, str]
    """Hash (clause-v1) of the words found for each record's quotation, by id; empty: not found."""


@dataclass(frozen=True, slots=True)
class SpanShown:
    """What an archive of others holds: it records changes only, and no look of it is a look of ours."""

    held_by: str
    first_at: str
    last_at: str
    versions: int
    observations: tuple[VersionElsewhere, ...]


@dataclass(frozen=True, slots=True)
class EvidenceFile:
    """`evidence.json`, beside the page of a document."""

    format: int
    fictional: bool
    document: DocumentShown
    forms: Forms
    recompute: Recompute
    looks: LooksShown
    trouble: TroubleShown | None
    texts: tuple[TextShown, ...]
    """Oldest first."""
    records: tuple[RecordShown, ...]
    archived: tuple[CopyShown, ...]
    held_by_others: tuple[SpanShown, ...]
