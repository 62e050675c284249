"""An old address says where it leads, or why there is nothing any more, and not both."""

from collections.abc import Iterator
from datetime import date

from atlas.checks.check import Check
from atlas.model import Atlas
from atlas.problem import Problem


def _find(atlas: Atlas, _as_of: date) -> Iterator[Problem]:
    for old in atlas.records.addresses:
        if old.to and old.gone:
            message = f"`{old.key}` cannot lead on and be gone"
            hint = "keep `to` where something takes its place, and `gone` where nothing does"
            yield old.origin.problem(CHECK.code, old.origin.at_key("gone"), message, hint)
        elif not old.to and not old.gone:
            message = f"`{old.key}` leads nowhere, and there is no word on why"
            hint = "write `to:` with an address of this site, or `gone:` with a sentence"
            yield old.origin.problem(CHECK.code, old.origin.at_key(), message, hint)


CHECK = Check("to-or-gone", __doc__, _find)
