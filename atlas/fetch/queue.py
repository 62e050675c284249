"""Many documents in a polite order: the host that has rested longest comes next.

Edge. One process, one event loop. Each host has one document under way at most; up to fifty hosts
are asked at once. What is finished is handed over at once, so that a run that is stopped keeps it.
"""

import asyncio
import heapq
from collections import defaultdict, deque
from collections.abc import Awaitable, Callable, Iterable

from atlas.fetch.address import checked
from atlas.fetch.failing import NotFetched
from atlas.model import Fetched, Watched


async def visit(
    documents: Iterable[Watched],
    fetch_one: Callable[[Watched], Awaitable[Fetched]],
    found: Callable[[Fetched], None],
    *,
    next_at: Callable[[str], float],
    hosts_at_once: int,
) -> None:
    """Fetch each document, in any order of hosts and in the given order within one.

    `found` gets each result the moment it is there, before anything else is awaited. When the task is
    cancelled (Ctrl-C), what is under way is dropped and what was found stays found. `next_at` is `Fetcher.next_at`.
    """
    waiting: defaultdict[str, deque[Watched]] = defaultdict(deque)
    for document in documents:
        waiting[_host(document)].append(document)
    rested = [(next_at(host), number, host) for number, host in enumerate(waiting)]
    heapq.heapify(rested)

    async def worker() -> None:
        while rested:
            _, number, host = heapq.heappop(rested)
            found(await fetch_one(waiting[host].popleft()))
            if waiting[host]:
                heapq.heappush(rested, (next_at(host), number, host))

    async with asyncio.TaskGroup() as group:
        for _ in range(min(hosts_at_once, len(waiting))):
            group.create_task(worker())


def _host(document: Watched) -> str:
    """Return the host of the first source; of what has none, the document is its own."""
    try:
        return checked(document.sources[0].url).host
    except (IndexError, NotFetched):
        return f"({document.document})"
