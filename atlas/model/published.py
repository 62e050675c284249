"""What was published, as the machine files under `data/published/` say it: ids, addresses, frozen records, the log.

Ground. None of it is ever taken back: an id is given once, an address leads somewhere for ever, a
frozen record keeps its bytes, and the log of leaves only grows.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from atlas.model.vocabulary import State


class IdKind(StrEnum):
    """What an id was given to."""

    PROVISION = "provision"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True)
class Given:
    """A line of `ids.tsv`."""

    id: str
    kind: IdKind
    path: str
    """The file to which it was given; the record may have moved since."""
    given_on: date


class AddressKind(StrEnum):
    """What is at an address."""

    PAGE = "page"
    """A page, or a file beside one."""
    REDIRECT = "redirect"
    GONE = "gone"
    """A page that says why nothing else is there."""


@dataclass(frozen=True, slots=True)
class Entered:
    """A line of `urls/<platform or _site>.tsv`: an address that was published."""

    address: str
    """From the root of the site, as in `/platform/acme/`; never with a base path."""
    kind: AddressKind
    target: str
    """Address that a redirect leads to; nothing otherwise."""
    id: str
    """Of the record or document to which the address belongs; nothing where it belongs to none."""
    first_published: date
    sha256: str
    """Of a frozen record's bytes; nothing for everything else."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """A leaf of the log: what one revision of a record was, where its clause stood, and what became of the record.

    Of what people say of a record it has hashes alone, since nothing that it has can be taken out again.
    """

    id: str
    revision: int
    record_sha256: str
    """Of the bytes of `r<n>/record.json`."""
    clause_sha256: str | None
    """Of the quotation, in clause-v1; None: the record is silent."""
    document: str
    text_sha256: str | None
    """Of the document's text (text-v1) when the clause came to stand so; None: it was never found."""
    state: str
    """A `ClauseState`."""
    since: datetime | None
    """The look at which it came to stand so; None: it was never found."""
    status: State = State.ACTIVE
    status_sha256: str | None = None
    """Of the `status` of the record; None: it has none."""
    statements: Mapping[str, str] = field(default_factory=dict)
    """What others say of the record: a SHA-256 each, by name (`dispute-1`)."""


@dataclass(frozen=True, slots=True)
class Root:
    """A line of `roots.jsonl`: what all leaves added up to at one publishing."""

    size: int
    """How many leaves it stands for: the first so many of the log."""
    root: str
    """Merkle tree hash of these leaves (RFC 9162, 2.1.1), in hexadecimal."""
    at: datetime
    prev: str
    """SHA-256 of the previous line's bytes without its line feed; 64 zeros in the first one."""


@dataclass(frozen=True, slots=True)
class Published:
    """All that `data/published/` holds, read and compared with its sums."""

    given: Mapping[str, Given] = field(default_factory=dict)
    """By id."""
    addresses: Mapping[str, Entered] = field(default_factory=dict)
    """By address."""
    frozen: Mapping[tuple[str, int], bytes] = field(default_factory=dict, repr=False)
    """Bytes of `r<n>/record.json`, by id and number of the revision."""
    leaves: tuple[Leaf, ...] = field(default=(), repr=False)
    """In order of the log."""
    roots: tuple[Root, ...] = ()
    """In order of size."""
    anchors: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    """Time stamps and attestations of roots, by file name below `data/published/anchors/`."""

    @property
    def logged(self) -> frozenset[str]:
        """Ids of the records that have a leaf."""
        return frozenset(leaf.id for leaf in self.leaves)

    @property
    def last(self) -> Mapping[str, Leaf]:
        """The last leaf of each record that has one, by id."""
        return {leaf.id: leaf for leaf in self.leaves}


NOTHING_PUBLISHED = Published()
