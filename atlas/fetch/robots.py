"""What robots.txt permits (RFC 9309).

Edge, owner of protego. What a site cannot say clearly is taken as a no: a robots.txt that fails, or that
cannot be reached, means that we do not look in this run. One that does not exist (4xx) permits. Where not
even a connection to the host came about, that is the document's own failure, by its own name.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from protego import Protego

from atlas.fetch.address import Target
from atlas.fetch.exchange import Answer
from atlas.fetch.failing import NotFetched
from atlas.fetch.hosts import Hosts
from atlas.fetch.redirects import follow
from atlas.fetch.settings import FetchSettings
from atlas.model import Failed, Failure

READ = 500 * 2**10
"""Bytes that are read of it (RFC 9309, 2.5); what comes after them counts as not written."""

_KEPT = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class _Rules:
    read_at: datetime
    said: Protego | None
    """None: it could not be read."""
    failed: Failed | None = None
    host: str | None = None
    """The host at fault, where no connection to it was made."""


class Robots:
    """The robots.txt of every origin that the run has met, asked for once in 24 hours.

    `ask` gets one of its addresses, at most `READ` bytes of it, with further tries and the host's turn.
    """

    def __init__(
        self, settings: FetchSettings, hosts: Hosts, ask: Callable[[Target], Awaitable[Answer]]
    ) -> None:
        self._settings = settings
        self._hosts = hosts
        self._ask = ask
        self._rules: dict[str, _Rules] = {}
        self._locks: dict[str, asyncio.Lock] = {}

    async def check(self, target: Target) -> None:
        """Raise NotFetched (not permitted) where the site does not want us there, or did not say."""
        rules = await self._of(target)
        if rules.failed is not None:
            raise NotFetched(rules.failed.reason, rules.failed.detail, host=rules.host)
        if rules.said and not rules.said.can_fetch(target.url, self._settings.product):
            raise NotFetched(
                Failure.NOT_PERMITTED,
                f"The robots.txt of `{target.host}` does not permit `{self._settings.product}` to read the page.",
            )

    async def _of(self, target: Target) -> _Rules:
        lock = self._locks.setdefault(target.origin, asyncio.Lock())
        async with lock:
            known = self._rules.get(target.origin)
            now = self._settings.clock.now()
            if known is None or now - known.read_at >= _KEPT:
                known = await self._read(target, now)
                self._rules[target.origin] = known
            return known

    async def _read(self, target: Target, now: datetime) -> _Rules:
        try:
            reached = await follow(f"{target.origin}/robots.txt", self._ask)
        except NotFetched as error:
            if error.unconnected and error.host == target.host:
                return _Rules(now, None, error.failed, error.host)
            return _Rules(now, None, _unread(target, error.failed.detail))
        status = reached.answer.status
        if 400 <= status < 500:  # the busy ones (408, 429) came as a fault, after further tries
            return _Rules(now, Protego.parse(""))
        if status != 200:
            return _Rules(now, None, _unread(target, f"The answer was {status}."))
        said = Protego.parse(reached.answer.content.decode("utf-8-sig", "replace"))
        delay = said.crawl_delay(self._settings.product)
        if delay is not None:
            self._hosts.slow_down(target.host, delay)
        return _Rules(now, said)


def _unread(target: Target, why: str) -> Failed:
    return Failed(
        Failure.NOT_PERMITTED,
        f"The robots.txt of `{target.host}` could not be read, so the page was not asked for. {why}",
    )
