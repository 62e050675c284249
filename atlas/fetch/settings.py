"""What the fetcher is told before it starts: who it says it is, its bounds, its clock and its network.

Edge. Whatever waits or looks at the time does so through `Clock`, and whatever turns a name into
addresses is a `Resolver`: a test brings its own, so that it needs neither patience nor the internet.
"""

import asyncio
import random
import socket
import ssl
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import NamedTuple, Protocol


class Endpoint(NamedTuple):
    """Where a connection goes: an address (not a name) and a port."""

    address: str
    port: int


Resolver = Callable[[str, int], Awaitable[Sequence[Endpoint]]]
"""From a host name and a port to all addresses of it; raises OSError where there are none."""


class Clock(Protocol):
    """Time, as far as the fetcher knows of it."""

    def now(self) -> datetime:
        """Return the instant, aware, in UTC."""

    def monotonic(self) -> float:
        """Return seconds since some moment, never fewer than before."""

    async def sleep(self, seconds: float) -> None:
        """Wait."""


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        """Return the instant, aware, in UTC."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Return seconds since the machine started."""
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        """Wait, while others go on."""
        await asyncio.sleep(seconds)


async def resolved_by_system(host: str, port: int) -> Sequence[Endpoint]:
    """Return every address that the system's resolver knows of a name."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(Endpoint(str(at[0]), int(at[1])) for *_, at in found))


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchSettings:
    """How one run fetches. Sizes are in bytes, times in seconds."""

    user_agent: str
    """`ClauseAtlasBot/1.0 (+address of the page about the bot)`: `user_agent` of the site's settings."""
    deadline: float = 30.0
    """For one whole exchange: resolving, connecting, asking, and the last byte of the answer."""
    patience: float = 360.0
    """For all exchanges and waits that one source needs, its redirects and further tries included."""
    wire_limit: int = 10 * 2**20
    """Of a body as it is sent."""
    body_limit: int = 20 * 2**20
    """Of a body once inflated."""
    header_limit: int = 200
    """How many header fields an answer may have."""
    header_size_limit: int = 64 * 2**10
    """Of all header fields together."""
    pause: float = 5.0
    """Between two requests to a host."""
    jitter: float = 2.0
    """At most so much is added to a pause, at random."""
    hosts_at_once: int = 50
    drawing: float = 60.0
    """For a browser to draw one page."""
    browser_program: str | None = None
    """Path of the browser for documents with `render`; None: the one that Playwright installed."""
    browser_arguments: tuple[str, ...] = ()
    clock: Clock = field(default_factory=SystemClock)
    chance: Callable[[], float] = random.random
    """A number from 0 up to 1, for jitter."""
    resolve: Resolver = resolved_by_system
    tls: ssl.SSLContext | None = None
    """None: the public certificate authorities, with names verified."""
    private_addresses: frozenset[str] = frozenset()
    """Addresses that are gone to although they are not public. For tests only; the program never passes any."""

    @property
    def product(self) -> str:
        """Name under which robots.txt speaks of us (RFC 9309, 2.2.1)."""
        return self.user_agent.split("/", 1)[0].strip()
