"""Only a record that was published has a revision or a correction: a new one is its own first form.

A record without an id was never published. One that was published and lost its id is told by `changed-id`.
"""

from collections.abc import Iterator
from datetime import date

from atlas import urls
from atlas.checks.check import Check
from atlas.model import Atlas
from atlas.problem import Problem

_NAMES = ("revision", "corrected_on")


def _find(atlas: Atlas, _as_of: date) -> Iterator[Problem]:
    for of in atlas.records.provisions:
        if of.id is None and urls.provision(of) not in atlas.published.addresses:
            for name in _NAMES:
                if getattr(of, name) is not None:
                    message = (
                        f"this record has no id, so it was never published and has no `{name}`"
                    )
                    hint = (
                        f"take `{name}` out, as out of every copy of a record; where this is a record that"
                        " was published, write its `id` again"
                    )
                    yield of.origin.problem(CHECK.code, of.origin.at_key(name), message, hint)


CHECK = Check("unpublished-revision", __doc__, _find, compares=True)
