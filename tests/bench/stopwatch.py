"""How long single calls take, gathered while other things are measured."""

import statistics
import time
from collections import defaultdict

from bench.row import Row

_TAKEN = defaultdict(list)

MEDIAN = {"find": 2.0, "search": 20.0}
"""Milliseconds in the middle that are tolerated on a shared machine, folding a document's words included."""


def timed(name, function, *arguments):
    """Call a function and remember how long it took."""
    began = time.perf_counter()
    result = function(*arguments)
    _TAKEN[name].append((time.perf_counter() - began) * 1000)
    return result


def rows(thorough=True):  # noqa: FBT002  like all others
    """Return the speeds of all that was timed since the program began, whatever the counts."""
    del thorough
    return [
        Row(
            f"speed of {name}",
            f"median <= {MEDIAN[name]:.0f} ms",
            f"median {statistics.median(taken):.2f} ms, p95 {_p95(taken):.2f} ms ({len(taken)} calls)",
            statistics.median(taken) <= MEDIAN[name],
        )
        for name, taken in sorted(_TAKEN.items())
    ]


def _p95(taken):
    return sorted(taken)[int(len(taken) * 0.95)]
