"""What stands in a folder beside a record: its former revisions, and what others say of it.

Ground. A record `deleted-chats.md` has them in the folder `deleted-chats/`.
"""

from enum import StrEnum

from pydantic import ConfigDict, Field

from atlas.model.fields import Address, Day, Line
from atlas.model.provision import Provision
from atlas.model.record import Record
from atlas.problem import Origin


class FormerRevision(Provision):
    """A record as it stood before a later revision: `<slug>/r<n>.md` beside it, written by `./run revise`."""

    stands_for: int
    """Number of the revision, from the name of its file."""


class StatementKind(StrEnum):
    """What somebody says of a record."""

    RESPONSE = "response"
    """The platform answers."""
    DISPUTE = "dispute"
    """Somebody says that the record is wrong."""


class StatementFields(Record):
    """What somebody else says of a record: the front matter of `<slug>/response-1.md` or `dispute-1.md`."""

    by: Line
    """Who says so, as it is to be printed."""
    on: Day
    """Day on which it was said."""
    source_url: Address | None = None
    """Where it was said in public; left out: it was sent to us."""


class Statement(StatementFields):
    """A statement with what its place says, and its words."""

    model_config = ConfigDict(frozen=True, arbitrary_types_allowed=True)

    platform: str
    document: str
    provision: str
    """Slug of the record that it is about."""
    kind: StatementKind
    number: int
    text: str
    """Their words: plain text, empty lines between paragraphs."""
    text_line: int
    """Line of the file on which `text` starts."""
    origin: Origin = Field(repr=False)

    @property
    def about(self) -> tuple[str, str, str]:
        """Key of the record that it is about."""
        return (self.platform, self.document, self.provision)
