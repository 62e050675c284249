"""A provision, field by field: the record that the atlas is made of.

Ground. A class named `...Fields` is what a file may hold (the JSON Schemas are generated from it);
the class without that ending adds what the place says: a provision's platform, document and slug
come from its path. What absence means stands beside each optional field.
"""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from atlas.model.fields import (
    Address,
    Day,
    DocumentId,
    Instant,
    Line,
    Number,
    ProvisionId,
    Sha256,
    Slug,
    Text,
)
from atlas.model.record import CLAIM_LENGTH, TITLE_LENGTH, Record, Slugs
from atlas.model.vocabulary import (
    NOT_ADDRESSED,
    Basis,
    Confidence,
    Method,
    Relation,
    Severity,
    State,
)
from atlas.problem import Origin, Span


class Mapped(Record):
    """A regulation that may apply to a clause, and why."""

    id: Slug
    """Key of a regulation in `data/regulations`."""
    article: Line | None = None
    """Article, section or recital; left out: the regulation as a whole."""
    why: Text
    """One sentence: what in this clause touches that regulation."""


class Example(Record):
    """Another platform's wording, picked by a person."""

    record: ProvisionId | None = None
    """Id of the other provision; left out: the four fields below say where the words stand."""
    platform: Line | None = None
    """Name of the other platform, where its clause is no record yet."""
    document: Line | None = None
    """Title of the other document, where its clause is no record yet."""
    source_url: Address | None = None
    """Address of the other document, where its clause is no record yet."""
    clause: Text | None = None
    """The other words, plain text, where they are no record yet."""
    relation: Relation
    """How the other wording relates to this one."""
    note: Text
    """One sentence: why it stands here."""


class Analysis(Record):
    """Who wrote our sentences about the clause, when and how."""

    written: Day
    """Day on which the analysis was written."""
    method: Method
    """Written by a person, by a person with a machine's help, or by a machine."""
    authors: tuple[Slug, ...] = ()
    """Keys of people in `data/people`; left out: not named."""
    interests: Line | None = None
    """Interests that the authors declare for this record; left out: none declared."""


class Review(Record):
    """One person's review of the record."""

    by: Slug
    """Key of a person in `data/people`."""
    on: Day
    """Day of the review."""


class Status(Record):
    """Where a record stands when it is no longer simply active."""

    state: State
    """`superseded`, `withdrawn` or `disputed`."""
    on: Day | None = None
    """Since when; needed to withdraw."""
    reason: Text | None = None
    """One sentence; needed to withdraw."""
    replaced_by: ProvisionId | None = None
    """The record that takes its place; needed to supersede."""
    withheld: Text | None = None
    """One sentence: why the law forbids to show the words; then quotation and analysis are taken out of the file."""


class RevisionNote(Record):
    """That the record was published before and has changed in meaning since."""

    number: Annotated[Number, Field(ge=2)]
    """2 for the first change, and so on."""
    on: Day
    """Day of this revision."""
    because: Text
    """One sentence: what changed and why."""


class ProvisionFields(Record):
    """One clause of a document: the front matter of `<provision>.md`."""

    id: ProvisionId | None = None
    """Permanent number; left out in a new record, given out once, never changed."""
    title: Annotated[Line, Field(max_length=TITLE_LENGTH)]
    """Short label for lists, breadcrumb and citation, without the platform's name."""
    claim: Annotated[Line, Field(max_length=CLAIM_LENGTH)]
    """One plain sentence of at most 120 characters: the heading of the page."""
    clause_type: Slug
    """Key of a clause type in `data/clause-types`."""
    stance: Slug
    """One of the clause type's stances, or `not-addressed`."""
    severity: Severity | None = None
    """Left out: the severity of the stance."""
    severity_reason: Text | None = None
    """Why the grade differs from the stance's, or why it does not; needed when it differs."""
    basis: Basis = Basis.EXPLICIT
    """What the reading rests on; left out: explicit."""
    read: tuple[DocumentId, ...] = ()
    """Documents that were read in full; needed when the basis is silent."""
    confidence: Confidence | None = None
    """A reviewer's certainty about the reading; only with a review."""
    section: Line | None = None
    """Where in the document the clause stands; left out: not recorded."""
    regulations: tuple[Mapped, ...] = ()
    """Regulations that may apply, each with its reason."""
    examples: tuple[Example, ...] = ()
    """Other platforms' wordings picked by a person; never counted."""
    captured_at: Instant | None = None
    """When the quotation was taken, in UTC; left out: not recorded."""
    recorded_hash: Sha256 | None = None
    """A hash recorded elsewhere, of bytes that we do not hold: shown as recorded, never as verified."""
    analysis: Analysis | None = None
    """Who wrote our sentences; left out: not recorded."""
    reviews: tuple[Review, ...] = ()
    """Reviews by people; without one on or after the day of its revision the record is a draft."""
    status: Status | None = None
    """Left out: active."""
    revision: RevisionNote | None = None
    """Left out: the first revision."""
    corrected_on: Day | None = None
    """Day on which spelling was last put right without a revision; left out: never."""
    aliases: Slugs = ()
    """Old slugs of this record; each keeps its address."""
    related: tuple[ProvisionId, ...] = ()
    """Ids of records worth reading beside this one."""
    clause: Text | None = None
    """The quotation, plain text, `[...]` where words are left out; absent only when silent."""


class Section(BaseModel):
    """One `##` section of a record's text."""

    model_config = ConfigDict(frozen=True)

    heading: str
    """The heading as written."""
    text: str
    """Markdown beneath it, without leading and trailing empty lines."""
    span: Span
    """Where the heading stands."""
    text_line: int
    """Line of the file on which `text` starts."""


class Provision(ProvisionFields):
    """A provision with what its place says."""

    model_config = ConfigDict(frozen=True, arbitrary_types_allowed=True)

    platform: str
    """Slug of the platform, from the path."""
    document: str
    """Slug of the document, from the path."""
    slug: str
    """File name without `.md`."""
    preamble: Section | None = None
    """Text before the first heading: there should be none."""
    sections: tuple[Section, ...] = ()
    """The text below the front matter, cut at `##`."""
    origin: Origin = Field(repr=False)

    @property
    def key(self) -> tuple[str, str, str]:
        """Platform, document and slug: what names the record before it has an id."""
        return (self.platform, self.document, self.slug)

    @property
    def state(self) -> State:
        """Active unless a status says otherwise."""
        return self.status.state if self.status else State.ACTIVE

    @property
    def counts(self) -> bool:
        """Whether the record is counted at all: active or disputed ones are."""
        return self.state in {State.ACTIVE, State.DISPUTED}

    @property
    def is_draft(self) -> bool:
        """Whether nobody has reviewed it as it stands: who read a former revision has not read this one."""
        since = self.revision.on if self.revision else None
        return not any(since is None or review.on >= since for review in self.reviews)

    @property
    def is_silent(self) -> bool:
        """Whether the record says that the documents say nothing."""
        return self.basis is Basis.SILENT or self.stance == NOT_ADDRESSED

    @property
    def withheld(self) -> str:
        """Why the law forbids to show the words; nothing where they are shown."""
        return (self.status.withheld if self.status else None) or ""

    @property
    def number(self) -> int:
        """Number of the revision that this is."""
        return self.revision.number if self.revision else 1

    def section_text(self, heading: str) -> str:
        """Return the Markdown under `heading`, or nothing."""
        return next((s.text for s in self.sections if s.heading == heading), "")
