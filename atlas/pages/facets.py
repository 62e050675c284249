"""The ways to narrow a search: the values that a record is found under, and the words for them.

Core. The provision's page gives the values to the index, the search page offers and counts them:
one function, so that the two cannot disagree. A value is a key, the same in every language of the
interface, so that one index and one address of a search serve them all.
"""

from collections import Counter
from dataclasses import dataclass

from atlas import counting
from atlas.counting import Stands
from atlas.model import Confidence, Provision, Severity
from atlas.pages import parts
from atlas.pages.status import NOT_REVIEWED, NOT_STATED, certainty, certainty_word
from atlas.publication import Publication

PLATFORM = "platform"
"""The one facet that is typed, not ticked: an atlas may hold hundreds. Its values are names."""

WORDING = "wording"
"""Whether the words still stand; offered where anybody has looked at anything."""

FACETS = (
    *("severity", "confidence", WORDING, "clause-type", PLATFORM, "regulation"),
    *("jurisdiction", "draft"),
)
"""Names of all facets, in the order in which they are offered."""

SILENT, DRAFT, REVIEWED = "silent", "draft", "reviewed"

_WRITTEN = frozenset(("clause-type", "regulation"))
"""Facets whose values are called what people wrote in a record."""

_LISTED = {
    "severity": (*(severity.value for severity in Severity), SILENT),
    "confidence": (*(confidence.value for confidence in Confidence), NOT_STATED, NOT_REVIEWED),
    WORDING: tuple(stands.value for stands in Stands),
    "draft": (REVIEWED, DRAFT),
}
"""The order of values where it is not the alphabet's."""

_NO_DAY = "0000-00-00"
"""Sorts before every day: Pagefind leaves out what has nothing to be sorted by."""


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a facet."""

    key: str
    """What the index and the address of a search have for it."""
    word: str
    n: int
    """So many records have it."""
    grade: parts.Grade | None = None


@dataclass(frozen=True, slots=True)
class Facet:
    """A facet with the values that occur."""

    name: str
    values: tuple[Value, ...]
    written: bool
    """Whether the words of the values are records', not the interface's."""


@dataclass(frozen=True, slots=True)
class Index:
    """What search knows of the page besides its words."""

    filters: tuple[tuple[str, str], ...]
    meta: tuple[tuple[str, str], ...]
    sort: tuple[str, ...]
    """`name:value`."""


def facets(publication: Publication, of: Provision) -> tuple[tuple[str, str], ...]:
    """Return the pairs of facet and key under which a record is found.

    A record that no longer stands has no severity: its grade counts nowhere.
    """
    atlas = publication.atlas
    laws = [atlas.regulations[m.id] for m in of.regulations if m.id in atlas.regulations]
    severity, stands = atlas.severity(of), counting.stands(atlas, of, publication.as_of)
    return (
        *((("severity", severity.value if severity else SILENT),) if of.counts else ()),
        ("confidence", certainty(of)),
        *(((WORDING, stands.value),) if stands and of.counts else ()),
        ("clause-type", of.clause_type),
        (PLATFORM, atlas.platforms[of.platform].name),
        *(("regulation", key) for key in dict.fromkeys(law.key for law in laws)),
        *(("jurisdiction", code) for code in dict.fromkeys(law.jurisdiction for law in laws)),
        ("draft", DRAFT if of.is_draft else REVIEWED),
    )


def index(publication: Publication, of: Provision, row: parts.Row) -> Index:
    """Return what search knows of a record, given as a row of a list."""
    document = publication.atlas.documents[of.platform, of.document]
    meta = [
        ("platform", row.platform.text),
        ("document", row.document.text),
        ("document-id", document.id or ""),
        ("language", document.language),
        ("severity", row.grade.key if row.grade else "silent"),
        ("clause-type", row.clause_type.text),
        ("stance", parts.stance_name(publication, of)),
        ("state", row.state),
        ("former", "former" if row.former else ""),
        ("draft", DRAFT if of.is_draft else ""),
        ("captured", of.captured_at.date().isoformat() if of.captured_at else ""),
    ]
    sort = (
        f"severity:{parts.rank(publication.atlas.severity(of))}",
        f"platform:{row.platform.text}",
        f"captured:{of.captured_at.date().isoformat() if of.captured_at else _NO_DAY}",
    )
    return Index(facets(publication, of), tuple(pair for pair in meta if pair[1]), sort)


def offered(publication: Publication) -> tuple[Facet, ...]:
    """Return every facet that has a value, with how many records have each."""
    pairs = Counter(
        pair for of in publication.atlas.provisions.values() for pair in facets(publication, of)
    )
    found = []
    for name in FACETS:
        values = sorted(
            (
                _value(publication, name, key, n)
                for (facet, key), n in pairs.items()
                if facet == name
            ),
            key=lambda value: _place(name, value),
        )
        found.append(Facet(name, tuple(values), name in _WRITTEN))
    return tuple(facet for facet in found if facet.values)


def _value(publication: Publication, name: str, key: str, n: int) -> Value:
    severities = {severity.value: severity for severity in Severity}
    grade = parts.grade(publication, severities.get(key)) if name == "severity" else None
    return Value(key, grade.word if grade else _word(publication, name, key), n, grade)


def _word(publication: Publication, name: str, key: str) -> str:
    atlas, words = publication.atlas, publication.words
    if name in {"severity", "draft"}:
        return words.say(f"parts.{key}")
    if name == WORDING:
        return words.say(f"wording.{key}")
    if name == "confidence":
        return certainty_word(words, key)
    if name == "clause-type":
        shelf = atlas.clause_types.get(key)
        return shelf.name if shelf else key
    if name == "regulation":
        return atlas.regulations[key].short
    return parts.place(words, key) if name == "jurisdiction" else key


def _place(name: str, value: Value) -> tuple[int, str, str]:
    listed = _LISTED.get(name, ())
    return (
        listed.index(value.key) if value.key in listed else 0,
        value.word.casefold(),
        value.word,
    )
