"""What others say of a published record stays beside it word for word, as long as its own words may be shown.

What is wrong in it is put right by a further statement. What was published last is what the log has
of the record.
"""

from collections.abc import Collection, Iterator
from datetime import date

from atlas.became import last_leaves
from atlas.checks.check import Check
from atlas.checks.whereabouts import given_away
from atlas.model import Atlas, Leaf, Provision
from atlas.problem import FIRST_LINE, Problem
from atlas.record_form import statements_sha256


def _find(atlas: Atlas, _as_of: date) -> Iterator[Problem]:
    elsewhere = {stray.id for stray in given_away(atlas)}
    for number, last in last_leaves(atlas).items():
        of = atlas.by_id.get(number) if last.statements and number not in elsewhere else None
        if of and not of.withheld:
            yield from _lost(atlas, of, last)


CHECK = Check("lost-statement", __doc__, _find, compares=True)


def _lost(atlas: Atlas, of: Provision, last: Leaf) -> Iterator[Problem]:
    folder, now = of.origin.path.removesuffix(".md"), statements_sha256(atlas, of)
    for name, sha256 in last.statements.items():
        path = f"{folder}/{name}.md"
        if now.get(name) == sha256 or path in atlas.records.unparsed:
            continue
        if name in now:
            message = f"this is not what was published with {of.id} under this name"
        else:
            message = f"this was published with {of.id}, and its file is gone"
        hint = (
            f"bring it back: `git log -p -- {path}` shows it; where it has to be put right, a further"
            f" file `{_further(name, now)}` says so"
        )
        yield Problem(CHECK.code, path, FIRST_LINE, message, hint)


def _further(name: str, now: Collection[str]) -> str:
    """Return the name of the file of a further statement of the same kind."""
    kind = name.partition("-")[0]
    taken = [int(one.rpartition("-")[2]) for one in {name, *now} if one.startswith(f"{kind}-")]
    return f"{kind}-{max(taken) + 1}.md"
