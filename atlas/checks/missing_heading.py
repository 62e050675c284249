"""A record says why the clause matters or what it does to people: `## Why it matters` or `## Consumer impact`."""

from collections.abc import Iterator
from datetime import date

from atlas.checks.check import Check
from atlas.checks.headings import REQUIRED, meant
from atlas.model import Atlas
from atlas.problem import FIRST_LINE, Problem


def _find(atlas: Atlas, _as_of: date) -> Iterator[Problem]:
    for provision in atlas.records.provisions:
        if provision.withheld:
            continue
        # One that is only misspelled is `unknown-heading`, which names the right one.
        if any(s.heading in REQUIRED or meant(s.heading) in REQUIRED for s in provision.sections):
            continue
        span = provision.sections[0].span if provision.sections else FIRST_LINE
        message = "neither `## Why it matters` nor `## Consumer impact` stands below the fields"
        yield Problem(
            CHECK.code,
            provision.origin.path,
            span,
            message,
            "add at least one of them, with a text beneath",
        )


CHECK = Check("missing-heading", __doc__, _find, judges_text=True)
