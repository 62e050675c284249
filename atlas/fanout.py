"""Spreads work over processes that share what this one already holds.

Edge. Workers are forked, so that the joined atlas is shared and never copied; where forking is not
to be had, or the work is small, everything runs here. Results come back in the order of the items.
"""

import ctypes
import gc
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import TypeVar, cast

T = TypeVar("T")
R = TypeVar("R")

_PR_SET_PDEATHSIG = 1

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
        fork = multiprocessing.get_context("fork")
        with ProcessPoolExecutor(
            workers, mp_context=fork, initializer=_obey, initargs=(os.getpid(),)
        ) as pool:
            yield from cast("Iterator[R]", pool.map(_one, range(len(items)), chunksize=chunk))
    finally:
        gc.unfreeze()
        _shared = None


def _obey(parent: int) -> None:
    """Leave it to the parent to be interrupted or told to stop, and end with it, however it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    if sys.platform == "linux":
        # A worker holds both ends of the pipe that it reads from, so it would wait for ever (prctl(2)).
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:
            os.kill(os.getpid(), signal.SIGKILL)


def _one(number: int) -> object:
    work, items = cast("tuple[Callable[..., object], Sequence[object]]", _shared)
    return work(items[number])
