"""Whose turn it is: one connection to a host at a time, a pause after it, and an end to it after failures.

Edge. A turn is for one request. Whoever has one asks for no other before giving it back, so that two
documents that lead to each other's hosts cannot wait for each other.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from atlas.fetch.failing import NotFetched
from atlas.fetch.settings import FetchSettings
from atlas.model import Failure

FAILURES = 3
"""So many looks at a host fail one after the other, and it is left alone for the rest of the run."""

LONGEST_PAUSE = 120.0
"""Seconds: a `Crawl-delay` or `Retry-After` is kept up to here."""


@dataclass(slots=True)
class _Host:
    pause: float
    next_at: float = 0.0
    failures: int = 0
    left_alone: str = ""
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)


class Hosts:
    """Every host that the run has met."""

    def __init__(self, settings: FetchSettings) -> None:
        self._settings = settings
        self._hosts: dict[str, _Host] = {}

    @asynccontextmanager
    async def turn(self, host: str, pause: float | None = None) -> AsyncIterator[None]:
        """Wait until the host may be asked, and keep others from it meanwhile.

        `pause` (seconds) stands for the host's own after this request. Raises NotFetched where the host is left alone.
        """
        at = self._at(host)
        async with at.lock:
            while not at.left_alone and (wait := at.next_at - self._now()) > 0:
                await self._settings.clock.sleep(wait)
            if at.left_alone:
                raise NotFetched(Failure.UNREACHABLE, at.left_alone)
            try:
                yield
            finally:
                rest = at.pause if pause is None else pause
                jitter = self._settings.jitter * self._settings.chance() if pause is None else 0.0
                at.next_at = max(at.next_at, self._now() + rest + jitter)

    def next_at(self, host: str) -> float:
        """Return from when on, on the run's clock, the host may be asked; 0: it never was."""
        return self._hosts[host].next_at if host in self._hosts else 0.0

    def hold(self, host: str, seconds: float) -> None:
        """Ask the host nothing for some time."""
        at = self._at(host)
        at.next_at = max(at.next_at, self._now() + seconds)

    def slow_down(self, host: str, seconds: float) -> None:
        """Make every pause at least so long, as its robots.txt wishes."""
        at = self._at(host)
        at.pause = max(at.pause, min(seconds, LONGEST_PAUSE))

    def leave_alone(self, host: str, why: str) -> None:
        """Ask the host nothing more in this run; `why` is a sentence."""
        self._at(host).left_alone = why

    def answered(self, host: str) -> None:
        """Note that a look went well."""
        self._at(host).failures = 0

    def failed(self, host: str) -> None:
        """Note that a look came to nothing by the host's own fault."""
        at = self._at(host)
        at.failures += 1
        if at.failures >= FAILURES and not at.left_alone:
            at.left_alone = f"`{host}` failed {FAILURES} times in a row and was left alone for the rest of the run."

    def _at(self, host: str) -> _Host:
        if host not in self._hosts:
            self._hosts[host] = _Host(self._settings.pause)
        return self._hosts[host]

    def _now(self) -> float:
        return self._settings.clock.monotonic()
