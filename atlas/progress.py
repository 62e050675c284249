"""Shows people how far a command has come; the one owner of rich.

Edge. On a terminal a bar appears once a command has taken a second; elsewhere each stage that took
longer than that leaves one plain line. Everything goes to standard error. Nothing here starts a
thread, since pages are drawn by forked workers.
"""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

PATIENCE = 1.0
"""Seconds after which people want to know."""

_REFRESH = 0.1


class Stages:
    """The stages of one command, as they begin, advance and end."""

    def __init__(self) -> None:
        self._start = time.monotonic()
        self._name, self._began, self._steps, self._done = "", self._start, 0, 0
        self._shown = 0.0
        self._bars: Progress | None = None
        self._bar: TaskID | None = None

    @property
    def seconds(self) -> float:
        """Seconds since the command began."""
        return time.monotonic() - self._start

    def begin(self, name: str, steps: int = 0) -> None:
        """Say that a stage begins; `steps` is how many things it has to do, 0 when not known."""
        self.end()
        self._name, self._began, self._steps, self._done = name, time.monotonic(), steps, 0
        self._show()

    def advance(self) -> None:
        """Say that one step of the stage is done."""
        self._done += 1
        self._show()

    def end(self) -> None:
        """Say that the stage, if any, is over."""
        took = time.monotonic() - self._began
        if self._bars is not None and self._bar is not None:
            self._bars.remove_task(self._bar)
            self._bar = None
        elif self._name and took >= PATIENCE and not sys.stderr.isatty():
            sys.stderr.write(f"{self._name}: {took:.1f} s\n")
            sys.stderr.flush()
        self._name = ""

    def close(self) -> None:
        """Take away what is shown."""
        self.end()
        if self._bars is not None:
            self._bars.stop()

    def _show(self) -> None:
        now = time.monotonic()
        if not sys.stderr.isatty() or self.seconds < PATIENCE or now - self._shown < _REFRESH:
            return
        self._shown = now
        if self._bars is None:
            from rich.console import Console  # noqa: PLC0415  a quick command need not pay its 61 ms
            from rich.progress import Progress  # noqa: PLC0415

            self._bars = Progress(console=Console(stderr=True), auto_refresh=False, transient=True)
            self._bars.start()
        if self._bar is None:
            self._bar = self._bars.add_task(self._name, total=self._steps or None)
        self._bars.update(self._bar, completed=self._done)
        self._bars.refresh()


@contextmanager
def progress() -> Iterator[Stages]:
    """Give the stages of a command; whatever is shown is gone when the block ends."""
    stages = Stages()
    try:
        yield stages
    finally:
        stages.close()
