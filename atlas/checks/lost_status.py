"""A status that was published is neither taken back nor rewritten without a revision that says why.

From active over disputed and superseded to withdrawn a record goes freely, and from each of them to one
whose words the law forbids to show. What was published last is what the log has of the record.
"""

from collections.abc import Iterator
from datetime import date

from atlas.became import last_leaves, takes_back
from atlas.checks.check import Check
from atlas.checks.whereabouts import given_away
from atlas.model import Atlas, Leaf, Provision, Published
from atlas.problem import FIRST_LINE, Problem


def _find(atlas: Atlas, _as_of: date) -> Iterator[Problem]:
    elsewhere = {stray.id for stray in given_away(atlas)}
    for number, last in last_leaves(atlas).items():
        of = None if number in elsewhere else atlas.by_id.get(number)
        # A higher revision says why; of a lower one `vanished-address` tells.
        if of and of.number == last.revision and takes_back(atlas, of):
            yield _problem(of, last, atlas.published)


CHECK = Check("lost-status", __doc__, _find, compares=True)


def _problem(of: Provision, last: Leaf, published: Published) -> Problem:
    was, is_shown = last.status.value, (last.id, last.revision) in published.frozen
    if of.state is not last.status:
        message = f"this record was published as {was}, and here it is {of.state.value}"
    elif not (is_shown or of.withheld):
        message = "this record was published as one whose words are withheld, and here they are not"
    else:
        message = f"this is not the status with which the record was published as {was}"
    hint = f"write it as it was: `git log -p -- {of.origin.path}` shows it"
    if is_shown:
        hint += (
            f'; where it holds no more, `./run revise {of.id} --because "..."` tells readers why'
        )
    span = of.origin.at_key("status") if of.status else FIRST_LINE
    return Problem(CHECK.code, of.origin.path, span, message, hint)
