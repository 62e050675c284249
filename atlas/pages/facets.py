"""The ways to narrow a search: the values that a record is found under, in the words of its page.

Core. The provision's page gives them to the index, the search page offers and counts them: one
function, so that the two cannot disagree.
"""

from collections import Counter
from dataclasses import dataclass

from atlas import jurisdictions
from atlas.model import Confidence, Provision, Severity
from atlas.pages import parts
from atlas.pages.status import confidence
from atlas.publication import Publication

PLATFORM = "platform"
"""The one facet that is typed, not ticked: an atlas may hold hundreds."""

FACETS = ("severity", "confidence", "clause-type", PLATFORM, "regulation", "jurisdiction", "draft")
"""Names of all facets, in the order in which they are offered."""


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a facet."""

    word: str
    n: int
    """So many records have it."""
    grade: parts.Grade | None = None


@dataclass(frozen=True, slots=True)
class Facet:
    """A facet with the values that occur."""

    name: str
    values: tuple[Value, ...]


def facets(publication: Publication, of: Provision) -> tuple[tuple[str, str], ...]:
    """Return the pairs of facet and word under which a record is found.

    A record that no longer stands has no severity: its grade counts nowhere.
    """
    atlas, say = publication.atlas, publication.words.say
    laws = [atlas.regulations[m.id] for m in of.regulations if m.id in atlas.regulations]
    shelf = atlas.clause_types.get(of.clause_type)
    graded = parts.grade(publication, atlas.severity(of))
    return (
        *((("severity", graded.word if graded else say("parts.silent")),) if of.counts else ()),
        ("confidence", confidence(publication, of)),
        ("clause-type", shelf.name if shelf else of.clause_type),
        (PLATFORM, atlas.platforms[of.platform].name),
        *(("regulation", short) for short in dict.fromkeys(law.short for law in laws)),
        *(
            ("jurisdiction", jurisdictions.name(code))
            for code in dict.fromkeys(law.jurisdiction for law in laws)
        ),
        ("draft", say("parts.draft" if of.is_draft else "parts.reviewed")),
    )


def offered(publication: Publication) -> tuple[Facet, ...]:
    """Return every facet that has a value, with how many records have each."""
    pairs = Counter(
        pair for of in publication.atlas.provisions.values() for pair in facets(publication, of)
    )
    grades = [g for severity in Severity if (g := parts.grade(publication, severity))]
    by_word = {grade.word: grade for grade in grades}
    order = _order(publication)
    found = []
    for name in FACETS:
        words = sorted(
            (w for n, w in pairs if n == name),
            key=lambda w: (order.get((name, w), 0), w.casefold(), w),
        )
        values = tuple(
            Value(w, pairs[name, w], by_word.get(w) if name == "severity" else None) for w in words
        )
        found.append(Facet(name, values))
    return tuple(facet for facet in found if facet.values)


def _order(publication: Publication) -> dict[tuple[str, str], int]:
    """Return the place of each word that has one; all others go by the alphabet."""
    words = publication.words
    listed = {
        "severity": [*(parts.label(words, s) for s in Severity), words.say("parts.silent")],
        "confidence": [
            *(parts.label(words, c) for c in Confidence),
            words.say("provision.not-stated"),
            words.say("provision.not-reviewed"),
        ],
        "draft": [words.say("parts.reviewed"), words.say("parts.draft")],
    }
    return {
        (name, word): place for name, order in listed.items() for place, word in enumerate(order)
    }
