"""A former revision says what it said when it was published: its file is compared with what was frozen then.

Compared is what may change only with a revision. Of the analysis so many words may differ as spelling may, where the
file says that it was put right; a grade that the file leaves out was the stance's, whatever that carries now.
"""

import json
from collections.abc import Iterator
from datetime import date

from atlas import frozen
from atlas.checks.check import Check
from atlas.model import Atlas, FormerRevision
from atlas.problem import FIRST_LINE, Problem


def _find(atlas: Atlas, _as_of: date) -> Iterator[Problem]:
    for former in atlas.records.former:
        record = atlas.provisions.get(former.key)
        published = atlas.published.frozen.get(((record and record.id) or "", former.stands_for))
        if published is not None:
            for name in _edited(former, json.loads(published)):
                yield _problem(former, name)


CHECK = Check("former-revision-edited", __doc__, _find, compares=True)


def _edited(of: FormerRevision, then: frozen.Tree) -> Iterator[str]:
    """Yield the names of the fields in which a file differs from what was frozen."""
    now = frozen.own_words(of)
    for name in frozen.changed(then, now):
        is_left_out = name == "severity" and of.severity is None
        is_spelling = name == "analysis" and of.corrected_on and frozen.is_spelling(then, now)
        if not (is_left_out or is_spelling):
            yield name


def _problem(of: FormerRevision, name: str) -> Problem:
    what = "the text" if name == "analysis" else f"`{name}`"
    message = f"{what} is not what revision {of.stands_for} said when it was published"
    hint = (
        f"put the file back as it was, which `git log -p -- {of.origin.path}` shows; what has to change"
        " now changes the record, with `./run revise`"
    )
    if name == "analysis" or not getattr(of, name):
        return Problem(CHECK.code, of.origin.path, FIRST_LINE, message, hint)
    return of.origin.problem(CHECK.code, of.origin.at_key(name), message, hint)
