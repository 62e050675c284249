"""What was read out of the bodies of one document.

Core. The text is in form text-v1; what else the page says of itself serves the guard and the reader.
"""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Extracted:
    """The text of one look at a document, from all its sources in order."""

    text: str = field(repr=False)
    """text-v1, never empty."""
    title: str
    """Of the first source that has one; empty where none has."""
    language: str
    """What the page says of itself, as it says it (`en-US`); empty where it says nothing."""
    extractor: str
    """Name of the method: `html-v1`, `pdf-v1`, `plain-v1` or `markdown-v1`; several are joined by `+` in order."""
    kinds: tuple[str, ...]
    """What each source was: `html`, `pdf`, `plain` or `markdown`."""
    raw_sha256: tuple[str, ...]
    """Of each source's body: provenance, never compared."""
    is_noindex: bool = False
    """Whether a source asks search engines to leave it out."""
    asks_to_sign_in: bool = False
    """Whether a source is hardly more than a form that asks for a password or for consent."""
    undecodable: float = 0.0
    """Share of characters that could not be decoded, 0 to 1."""
    announced: str | None = None
    """The date that the document states of itself, ISO 8601; None where it was not clear."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What one body says, before it is joined with the others."""

    lines: str = field(repr=False)
    """One block of the document a line; in text-v1 once it is joined with the others."""
    title: str = ""
    language: str = ""
    is_noindex: bool = False
    asks_to_sign_in: bool = False
    characters: int = 0
    """How many were decoded."""
    undecodable: int = 0
    """How many of them could not be."""
