"""Lets a published record have its spelling put right without a revision.

A line. Only our own sentences, and only so few of their words that nothing can mean anything else.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from atlas import revisions
from atlas.editing.days import refuse_early
from atlas.editing.fields import EditFault
from atlas.editing.opened import Opened, judge, where, write
from atlas.editing.revise import last_published, now
from atlas.frozen import SPELLING_SHARE, analysis_words, changed, is_spelling, words_changed
from atlas.model import Provision


@dataclass(frozen=True, slots=True)
class Corrected:
    """A record whose spelling was put right, and in which words."""

    id: str
    path: str
    words: Sequence[revisions.Correction]


def correct(atlas: Opened, of: Provision, on: date) -> Corrected:
    """Enter the day on which the spelling of a record was put right.

    Raises:
        EditFault: more than spelling has changed, or nothing has; nothing was written.
    """
    number, frozen = last_published(atlas.atlas, of)
    if of.number != number:
        raise EditFault(
            f"{where(of, 'revision', 'number')}: revision {of.number} is not published yet, so its"
            " spelling is part of it: nothing more to do"
        )
    refuse_early(atlas.atlas, of, on)
    before, after = json.loads(frozen), now(atlas.atlas, of)
    differ = changed(before, after)
    if not differ:
        raise EditFault(
            f"{of.origin.path} says what was published as revision {number}: edit it first"
        )
    if differ != ("analysis",):
        fields = ", ".join(f"`{name}`" for name in differ if name != "analysis")
        raise EditFault(
            f"{of.origin.path} differs in {fields}, and only the text below the front matter may be"
            " put right without a revision: whatever else was published is cited to the letter;"
            f' ./run revise {of.id} --because "what changed and why"'
        )
    if not is_spelling(before, after):
        raise EditFault(
            f"{of.origin.path}: {_figure(words_changed(before, after), len(analysis_words(before)))};"
            f' ./run revise {of.id} --because "what changed and why"'
        )
    record = atlas.sheet(of).put(("corrected_on",), on.isoformat())
    edits = {of.origin.path: record.text.encode()}
    judge(atlas, edits, on, edits)
    write(atlas.root, edits)
    return Corrected(of.id or "", of.origin.path, revisions.corrections(atlas.atlas, of))


def _figure(count: int, whole: int) -> str:
    return (
        f"{count:,} of {whole:,} words differ from what was published ({count / whole:.1%}),"
        f" and {SPELLING_SHARE:.0%} may be put right without a revision"
    )
