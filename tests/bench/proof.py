"""The log of a large atlas: all leaves hashed, and the path of each made, as a build does it."""

import time
from datetime import UTC, datetime, timedelta

from atlas import proof
from atlas.model import Leaf, Published, Root
from atlas.proof import merkle
from bench.row import Row

RECORDS, BOUND = 100_000, 2.0
SHORT = 10_000
PUBLISHINGS = 400
"""Roots that the leaves are spread over: more than one a day for a year."""


def rows(thorough=True):  # noqa: FBT002  like all others
    """Return how long the log and all paths of 100,000 records take, and the files made of them."""
    records = RECORDS if thorough else SHORT
    bound = BOUND * records / RECORDS
    log = _log(records)
    took = []
    for _ in range(3):
        began = time.process_time()
        entries = proof.inclusions(log)
        took.append(time.process_time() - began)
    some = [entry for number in sorted(entries)[:: records // 100] for entry in entries[number]]
    began = time.process_time()
    size = sum(len(proof.encode_proof(number, of)) for number, of in entries.items())
    written = time.process_time() - began
    return [
        Row(
            f"log and paths of {records:,} records",
            f"<= {bound:g} s",
            f"{min(took):.2f} s of a processor, best of three",
            len(entries) == records and all(map(proof.holds, some)) and min(took) <= bound,
            (f"{PUBLISHINGS} roots; {written:.2f} s more for {size / 1e6:.0f} MB of proof.json",),
        )
    ]


def _log(records):
    """Return a log of one leaf a record, published in equal parts."""
    since = datetime(2026, 11, 22, 5, 17, tzinfo=UTC)
    leaves = tuple(
        Leaf(
            f"CA-P-{n:06}", 1, f"{n:064x}", f"{n:064x}", "CA-D-00001", f"{n:064x}", "intact", since
        )
        for n in range(records)
    )
    tree, step = merkle.tree(map(proof.leaf_line, leaves)), records // PUBLISHINGS
    roots = tuple(
        Root(size, merkle.head(tree, size).hex(), since + timedelta(hours=size // step), "0" * 64)
        for size in range(step, records + 1, step)
    )
    return Published(leaves=leaves, roots=roots)
