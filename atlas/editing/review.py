"""Enters that a person has reviewed a record. A line."""

import difflib
from dataclasses import dataclass
from datetime import date

from atlas.editing.days import refuse_early
from atlas.editing.fields import EditFault
from atlas.editing.opened import Opened, judge, where, write
from atlas.frontmatter import Value
from atlas.model import Confidence, Provision, State


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A record that was reviewed, and what its reviewer should hear."""

    path: str
    is_author: bool
    """Whether the reviewer is one of its authors."""
    needs_revision: bool
    """Whether the confidence differs from what was published."""


def review(
    atlas: Opened,
    of: Provision,
    by: str,
    on: date,
    confidence: Confidence | None = None,
) -> Reviewed:
    """Enter a review.

    Raises:
        EditFault: nobody is called so, or the record cannot be reviewed; nothing was written.
    """
    _refuse(atlas, of, by, on)
    record = atlas.sheet(of).add(("reviews",), dict[str, Value](by=by, on=on.isoformat()))
    if confidence:
        record = record.put(("confidence",), confidence.value)
    edits = {of.origin.path: record.text.encode()}
    judge(atlas, edits, on, edits)
    write(atlas.root, edits)
    is_new = confidence is not None and confidence is not of.confidence
    is_published = (of.id or "", of.number) in atlas.atlas.published.frozen
    is_author = of.analysis is not None and by in of.analysis.authors
    return Reviewed(of.origin.path, is_author, is_new and is_published)


def _refuse(atlas: Opened, of: Provision, by: str, on: date) -> None:
    people = atlas.atlas.people
    if by not in people:
        close = difflib.get_close_matches(by, people, n=1)
        hint = f"did you mean `{close[0]}`?" if close else "add them to data/people.yaml first"
        raise EditFault(f"`{by}` is the key of no person in data/people; {hint}")
    if of.state is State.WITHDRAWN:
        raise EditFault(f"{where(of, 'status')}: {of.origin.path} is withdrawn: nothing to review")
    refuse_early(atlas.atlas, of, on, follows_publication=False)
    for n, each in enumerate(of.reviews):
        if (each.by, each.on) == (by, on):
            raise EditFault(f"{where(of, 'reviews', n, 'by')}: `{by}` reviewed it on {on} already")
