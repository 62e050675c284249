"""Small logs, for tests of the proofs: records as they stand in a small world, published at some instants."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from atlas import proof
from atlas.model import Leaf, Published, State

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)


def leaf(number=1, **others):
    """Return the leaf of a record that nobody has looked at."""
    told = {
        "id": f"SA-P-{100000 + number}",
        "revision": 1,
        "record_sha256": "a" * 64,
        "clause_sha256": "b" * 64,
        "document": "SA-D-00001",
        "text_sha256": None,
        "state": "never-observed",
        "since": None,
        "status": State.ACTIVE,
        "status_sha256": None,
        "statements": {},
    }
    return Leaf(**{**told, **others})


def published(*publishings):
    """Return what is published after each of these lists of leaves was, an hour apart."""
    log = Published()
    for number, leaves in enumerate(publishings):
        log = appended(log, leaves, AT + timedelta(hours=number))
    return log


def appended(log, leaves, at=AT):
    """Return the log after one publishing."""
    new, root = proof.grown(log, leaves, at)
    roots = (*log.roots, root) if root else log.roots
    return replace(log, leaves=(*log.leaves, *new), roots=roots)
