"""A clause counts as due for at least as many days as it counts as verified."""

from collections.abc import Iterator
from datetime import date

from atlas.checks.check import Check
from atlas.model import Atlas
from atlas.problem import Problem


def _find(atlas: Atlas, _as_of: date) -> Iterator[Problem]:
    site = atlas.records.site
    if site and site.due_days < site.verified_days:
        message = f"`due_days` is {site.due_days}, and `verified_days` is {site.verified_days}"
        hint = "both count from the last good look: write more days here, or fewer there"
        yield site.origin.problem(CHECK.code, ("due_days",), message, hint)


CHECK = Check("threshold-order", __doc__, _find)
