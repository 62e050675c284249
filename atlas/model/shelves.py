"""The shelves that records stand on: clause types, regulations, categories, people, and the site itself.

Ground. Each is written in one file under `data/`, as a mapping from key to fields, so that no key
can be given twice.
"""

from typing import Annotated

from pydantic import ConfigDict, Field

from atlas.model.fields import (
    Address,
    Day,
    JurisdictionCode,
    Language,
    Line,
    Number,
    Slug,
    Text,
    Truth,
)
from atlas.model.record import Languages, Record, Slugs
from atlas.model.vocabulary import RegulationStatus, Severity
from atlas.problem import Origin


class Stance(Record):
    """What a clause of a type can say."""

    name: Line
    """Label, in sentence case."""
    severity: Severity
    """The grade that a clause of this stance carries unless its record says otherwise."""
    reason: Text
    """One sentence: why it carries that grade."""


class ClauseTypeFields(Record):
    """The shelf that makes platforms comparable: one entry of `data/clause-types`."""

    name: Line
    """Label, in sentence case."""
    summary: Text
    """One sentence: what clauses of this type decide."""
    scope_in: Text
    """One sentence: what belongs here."""
    scope_out: Text
    """One sentence: what does not, and where it belongs."""
    categories: Annotated[Slugs, Field(min_length=1)]
    """Keys of categories in `data/categories`."""
    look_for: Annotated[tuple[Line, ...], Field(min_length=1)]
    """Terms by which such a clause is found in a document."""
    related: Slugs = ()
    """Keys of clause types that a reader may confuse with this one."""
    stances: dict[Slug, Stance]
    """The closed list of stances, mildest first; `not-addressed` is built in and never listed."""


class ClauseType(ClauseTypeFields):
    """A clause type with its key."""

    model_config = ConfigDict(frozen=True, arbitrary_types_allowed=True)

    key: str
    origin: Origin = Field(repr=False)


class RegulationFields(Record):
    """A law or other instrument: one entry of `data/regulations`."""

    name: Line
    """Official name."""
    short: Line
    """The name that people use."""
    jurisdiction: JurisdictionCode
    """ISO 3166 code, or EU."""
    url: Address
    """Official address of the text."""
    part_of: Slug | None = None
    """Key of the regulation of which this is a part."""
    status: RegulationStatus | None = None
    """Left out: not confirmed."""
    applies_from: Day | None = None
    """First day of application; left out: not confirmed."""
    checked_on: Day | None = None
    """Day on which status and dates were looked up; needed with either."""
    note: Text | None = None
    """One sentence that a reader needs beside the name."""


class Regulation(RegulationFields):
    """A regulation with its key."""

    model_config = ConfigDict(frozen=True, arbitrary_types_allowed=True)

    key: str
    origin: Origin = Field(repr=False)


class CategoryFields(Record):
    """A family of clause types: one entry of `data/categories`."""

    name: Line
    """Label, in sentence case."""
    summary: Text
    """One sentence: what the family has in common."""


class Category(CategoryFields):
    """A category with its key."""

    model_config = ConfigDict(frozen=True, arbitrary_types_allowed=True)

    key: str
    origin: Origin = Field(repr=False)


class PersonFields(Record):
    """Somebody who writes or reviews: one entry of `data/people`."""

    name: Line
    """As it is to be printed."""
    sort_name: Line | None = None
    """The family's part, a comma and the rest, `Ray, Jo`: styles that begin with it; left out: cited as printed."""
    url: Address | None = None
    """Where to read about the person; left out: none given."""
    interests: Text | None = None
    """Standing interests that a reader should know; left out: none declared."""


class Person(PersonFields):
    """A person with a key."""

    model_config = ConfigDict(frozen=True, arbitrary_types_allowed=True)

    key: str
    origin: Origin = Field(repr=False)


class OldAddressFields(Record):
    """Where an address leads under which nothing is published any more: one entry of `data/addresses`."""

    to: Line | None = None
    """Address of this site that takes its place, as in `/clause-type/training/`."""
    gone: Text | None = None
    """One sentence: why there is nothing any more, and nothing in its place."""
    on: Day
    """Since when."""


class OldAddress(OldAddressFields):
    """An old address with where it was said; its key is the address."""

    model_config = ConfigDict(frozen=True, arbitrary_types_allowed=True)

    key: str
    origin: Origin = Field(repr=False)


class TimestampAuthority(Record):
    """Who puts a time to the roots of the log (RFC 3161): one entry of `timestamp_authorities` in `data/site.yaml`."""

    name: Slug
    """Short name, part of the names of its files."""
    url: Address
    """Where it is asked."""


class Licence(Record):
    """Under which terms our own words may be used."""

    name: Line
    """Its usual name."""
    url: Address
    """Its text."""


class SiteFields(Record):
    """The site itself: `data/site.yaml`."""

    model_config = ConfigDict(serialize_by_alias=True)

    schema_number: Annotated[Number, Field(ge=1, le=1, alias="schema")]
    """Number of the record format; this program reads 1."""
    title: Line
    """Name of the atlas."""
    tagline: Line
    """Heading of the home page."""
    description: Text
    """One or two sentences: what the atlas is."""
    language: Language
    """Language in which records are written, and of the interface unless a reader chooses another (BCP 47)."""
    translations: Languages = ()
    """Further languages of the interface, each with its words in `templates/words.<language>.yaml`; left out: none."""
    address: Address
    """Where the site is published, with a final slash; a path is allowed."""
    authority: Annotated[Line, Field(pattern=r"^[a-z0-9.-]+,\d{4}(-\d{2}){0,2}$")]
    """Host name and year for tag URIs (RFC 4151); never changes."""
    repository: Annotated[Line, Field(pattern=r"^[\w.-]+/[\w.-]+$")]
    """Owner and name of the repository that numbers and publishes."""
    branch: Annotated[Line, Field(pattern=r"^[\w-]+([./][\w-]+)*$")] = "main"
    """Branch that is published; left out: main."""
    id_prefix: Annotated[Line, Field(pattern=r"^[A-Z]{2,8}$")]
    """What ids begin with."""
    first_number: Annotated[Number, Field(ge=1, le=999_999)]
    """First number that is given out."""
    licence: Licence
    """Under which terms our own words may be used."""
    contact: Annotated[Line, Field(pattern=r"^[\w.+-]+@[a-zA-Z0-9-]+(\.[a-zA-Z0-9-]+)+$")]
    """E-mail address for corrections and security reports."""
    user_agent: Line
    """How the verifier names itself to the servers that it asks."""
    security_expires: Day
    """When `security.txt` expires (RFC 9116)."""
    verified_days: Annotated[Number, Field(ge=1)]
    """A clause counts as verified for so many days after the last good look."""
    due_days: Annotated[Number, Field(ge=1)]
    """A clause counts as due for so many days, and as stale from then on."""
    timestamp_authorities: tuple[TimestampAuthority, ...] = ()
    """Who is asked to put a time to each root of the log (RFC 3161); left out: nobody."""
    fictional: Truth = False
    """Whether all of it is invented, which every page then says; left out: it is not."""


class Site(SiteFields):
    """The site with where its settings were read."""

    model_config = ConfigDict(frozen=True, arbitrary_types_allowed=True, validate_by_name=True)

    origin: Origin = Field(repr=False)
