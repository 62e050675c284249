"""We do not say that a clause is illegal or unlawful: that is for a court.

Words of others in quotation marks are theirs, and so is the clause.
"""

import re
from collections.abc import Iterator
from datetime import date

from atlas.checks.blanks import without_quotations
from atlas.checks.check import Check
from atlas.checks.places import Passage, field_passage, our_words
from atlas.model import Atlas
from atlas.problem import Origin, Problem

_VERDICT = re.compile(
    r"(?<!\w)(?:illegal(?:ly|ity|ities)?|unlawful(?:ly|ness)?)(?!\w)", re.IGNORECASE
)
_HINT = "say what a law may ask for, as in `may be at odds with`; words of the document go in quotation marks"


def _find(atlas: Atlas, _as_of: date) -> Iterator[Problem]:
    for provision in atlas.records.provisions:
        for text, passage in our_words(provision):
            if _may_hold_one(text):
                yield from _judge(provision.origin, passage())
    for clause_type in atlas.records.clause_types:
        for key, stance in clause_type.stances.items():
            if _may_hold_one(stance.reason):
                place = ("stances", key, "reason")
                yield from _judge(
                    clause_type.origin, field_passage(clause_type.origin, stance.reason, *place)
                )


CHECK = Check("verdict", __doc__, _find, judges_text=True)


def _may_hold_one(text: str) -> bool:
    lower = text.lower()
    return "illegal" in lower or "unlawful" in lower


def _judge(origin: Origin, passage: Passage) -> Iterator[Problem]:
    for match in _VERDICT.finditer(without_quotations(passage.text)):
        span = passage.span(*match.span())
        yield origin.problem(CHECK.code, span, f"`{match[0]}` is a verdict", _HINT)
