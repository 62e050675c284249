"""What is cited, as every form reads it: our revision, or the platform's clause.

Core. Its words are in the language of the records, whatever language the page around them is in.
"""

from dataclasses import dataclass, fields, replace
from datetime import date
from itertools import zip_longest
from typing import Any, NamedTuple


class Name(NamedTuple):
    """Whoever wrote what is cited, as styles that begin with the family's part need it."""

    printed: str
    family: str
    """Empty where nobody says which part of the name it is."""
    given: str


@dataclass(frozen=True, slots=True)
class Cited:
    """One citable thing. What is not known is empty."""

    key: str
    """Names it in a bibliography: `CA-P-007114-r1`, `CA-P-007114-clause`."""
    authors: tuple[str, ...]
    """As they are printed, never empty."""
    title: str
    within: str
    """The atlas in which it stands; empty for a clause."""
    number: str
    """Permanent number of the record; empty for a clause."""
    revision: int
    """Number of the revision; 0 for a clause."""
    pinpoint: str
    """Where in its document the clause stands, as its document counts; empty for a record."""
    day: date | None
    is_claim: bool
    """Whether the day is what the document says of itself."""
    dated: str
    """What the day is, in words."""
    identified: tuple[str, ...]
    """Number and revision of a record, in words."""
    described: tuple[str, ...]
    """Edition of a clause and when it was taken, in words."""
    cautions: tuple[str, ...]
    """What a reader must know of it, in words: that it is a draft, that it is former."""
    url: str
    """Where it stands; empty where the address of a document is not recorded."""
    archived: str
    """A copy that was found, read back and holds the clause; empty where there is none."""
    language: str
    """Of the title (BCP 47)."""
    sort_names: tuple[str, ...] = ()
    """Of each author the name with the family's part first, `Ray, Jo`, where that is known; empty: of none."""

    @property
    def is_by_the_atlas(self) -> bool:
        """Whether the atlas itself is its author, and need not be named twice."""
        return self.authors == (self.within,)

    @property
    def names(self) -> tuple[Name, ...]:
        """The authors, each with the parts of the name that are known."""
        parts = zip_longest(self.authors, self.sort_names, fillvalue="")
        return tuple(Name(printed, *_parts(by)) for printed, by in parts)

    @property
    def site(self) -> str:
        """The atlas, where it is not named as the author already."""
        return "" if self.is_by_the_atlas else self.within


def on_one_line(cited: Cited) -> Cited:
    """Return it with every stretch of blanks and line ends as one blank: no form has a place for others."""
    texts: dict[str, Any] = {f.name: _blanks(getattr(cited, f.name)) for f in fields(cited)}
    return replace(cited, **texts)


def _parts(sort_name: str) -> tuple[str, str]:
    family, _, given = sort_name.partition(",")
    return (family.strip(), given.strip()) if family.strip() else ("", "")


def _blanks(value: object) -> object:
    if isinstance(value, str):
        return " ".join(value.split())
    return tuple(map(_blanks, value)) if isinstance(value, tuple) else value
