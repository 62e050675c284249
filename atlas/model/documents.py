"""Who binds people and with what: platforms, their documents, and our own pages of prose.

Ground. As with provisions, `...Fields` is what the file holds and the place says the rest.
"""

from typing import Annotated

from pydantic import ConfigDict, Field

from atlas.model.fields import (
    Address,
    Day,
    DocumentId,
    Hostname,
    JurisdictionCode,
    Language,
    Line,
    Truth,
)
from atlas.model.record import TITLE_LENGTH, Record, Slugs
from atlas.model.vocabulary import DocumentKind
from atlas.problem import Origin


class Source(Record):
    """One address at which a document, or a part of it, is published."""

    url: Address
    """Where the document is read, https, without fragment."""
    select: Line | None = None
    """CSS selector of the part that is the document; left out: the whole page."""
    remove: tuple[Line, ...] = ()
    """CSS selectors of what is no part of the document."""
    render: Truth = False
    """Whether the page needs a browser to show its text."""


class DocumentFields(Record):
    """One published document in one edition: `_document.yaml`."""

    id: DocumentId | None = None
    """Permanent number; left out in a new document, given out once, never changed."""
    title: Annotated[Line, Field(max_length=TITLE_LENGTH)]
    """The document's own title."""
    kind: DocumentKind
    """What sort of document it is."""
    language: Language
    """Language of the text (BCP 47)."""
    region: JurisdictionCode | None = None
    """Where this edition applies; left out: not stated."""
    entity: Line | None = None
    """The legal entity that the document names; left out: not recorded."""
    edition_of: DocumentId | None = None
    """The document of which this is another edition."""
    sources: tuple[Source, ...] = ()
    """Where it is published; left out: address not recorded."""
    stated_date: Day | None = None
    """The date that the document states of itself: a claim, not an observation."""
    publish_text: Truth = False
    """Whether its full text may be published; left out: only quotations and hashes."""
    aliases: Slugs = ()
    """Old names of its folder; all addresses below them are kept."""


class Document(DocumentFields):
    """A document with what its place says."""

    model_config = ConfigDict(frozen=True, arbitrary_types_allowed=True)

    platform: str
    """Slug of the platform, from the path."""
    slug: str
    """Name of its folder."""
    origin: Origin = Field(repr=False)

    @property
    def key(self) -> tuple[str, str]:
        """Platform and slug."""
        return (self.platform, self.slug)


class PlatformFields(Record):
    """Who binds people: `_platform.yaml`."""

    name: Line
    """The name that people know."""
    entity: Line | None = None
    """Legal name; left out: not recorded."""
    homepage: Address | None = None
    """Its homepage; left out: not recorded."""
    jurisdiction: JurisdictionCode | None = None
    """Where the entity is established; left out: not recorded."""
    hostnames: tuple[Hostname, ...] = ()
    """Host names by which it is met."""
    aliases: Slugs = ()
    """Old names of its folder; all addresses below them are kept."""


class Platform(PlatformFields):
    """A platform with what its place says."""

    model_config = ConfigDict(frozen=True, arbitrary_types_allowed=True)

    slug: str
    """Name of its folder."""
    origin: Origin = Field(repr=False)


class ProseFields(Record):
    """A page of prose: the front matter of `content/<page>.md`."""

    title: Line
    """Heading of the page."""
    description: Line
    """One sentence for search engines and lists."""


class Prose(ProseFields):
    """A page of prose with its text."""

    model_config = ConfigDict(frozen=True, arbitrary_types_allowed=True)

    slug: str
    """File name without `.md`."""
    text: str
    """Markdown."""
    text_line: int
    """Line of the file on which `text` starts."""
    origin: Origin = Field(repr=False)
