"""A look at a document: what is watched in it, and what its sources answered.

Ground. What a look makes of it is `evidence`.
"""

from dataclasses import dataclass, field
from datetime import datetime

from atlas.model.documents import Source
from atlas.model.evidence import Failure


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation that is watched, by the id of its record."""

    record: str
    text: str = field(repr=False)
    sha256: str
    """clause-v1."""


@dataclass(frozen=True, slots=True)
class Silence:
    """A record that found silence, with the terms whose appearance calls for a look."""

    record: str
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Watched:
    """One document with all that is to be found in it."""

    document: str
    """Its id."""
    platform: str
    """Slug of the platform."""
    sources: tuple[Source, ...]
    language: str
    """Language of the text (BCP 47)."""
    quotes: tuple[Quote, ...]
    silences: tuple[Silence, ...] = ()


@dataclass(frozen=True, slots=True)
class Body:
    """What one source answered: the body after transfer and content decoding."""

    url: str
    final_url: str
    status: int
    content_type: str
    """The header as it came; empty where there was none."""
    content: bytes = field(repr=False)
    redirects: tuple[str, ...] = ()
    """Addresses passed on the way, without the first and with the last."""
    moved_for_good: bool = False
    """Whether every redirect was permanent (301, 308): then a new address is proposed."""
    etag: str | None = None
    last_modified: str | None = None
    browser: str | None = None
    """Name and version of the browser that drew the page, where one did."""


@dataclass(frozen=True, slots=True)
class Failed:
    """Why nothing usable came back."""

    reason: Failure
    detail: str
    """One sentence for a reader: what happened, with figures."""
    status: int | None = None
    """The HTTP status that a server refused with; None where it is not that which failed."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """One look at a document's sources."""

    document: str
    observed_at: datetime
    bodies: tuple[Body, ...] = ()
    """One for each source, in order; empty where the look failed or nothing was modified."""
    failed: Failed | None = None
    not_modified: bool = False
    """The source answered 304 for the text that we hold."""
