"""Spreads work over processes that share what this one already holds.

Edge. Workers are forked, so that the joined atlas is shared and never copied; where forking is not
to be had, or the work is small, everything runs here. Results come back in the order of the items.
"""

import gc
import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import TypeVar, cast

T = TypeVar("T")
R = TypeVar("R")

SMALL = 200
"""Fewer items than this are not worth a second process."""

_shared: tuple[Callable[..., object], Sequence[object]] | None = None


def fan_out(work: Callable[[T], R], items: Sequence[T], workers: int | None = None) -> Iterator[R]:
    """Yield `work(item)` for every item, in order; `workers` defaults to the processors at hand."""
    global _shared  # noqa: PLW0603  forked workers find what they share here, without pickling it
    workers = workers or len(os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else [0])
    can_fork = (
        "fork" in multiprocessing.get_all_start_methods()
        and multiprocessing.active_children() == []
    )
    if workers <= 1 or len(items) < SMALL or not can_fork:
        yield from map(work, items)
        return
    _shared = (work, items)
    gc.freeze()
    try:
        chunk = max(1, len(items) // (workers * 4))
        with ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("fork")) as pool:
            yield from cast("Iterator[R]", pool.map(_one, range(len(items)), chunksize=chunk))
    finally:
        gc.unfreeze()
        _shared = None


def _one(number: int) -> object:
    work, items = cast("tuple[Callable[..., object], Sequence[object]]", _shared)
    return work(items[number])
