"""One look at a document's sources: permission, turn, exchange, redirects, further tries.

Edge. `Fetcher.fetch` never raises for what a server or a network does: it returns what came, or why
nothing did.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from types import TracebackType
from typing import Self

from atlas.fetch.address import Target, checked
from atlas.fetch.browser import Browser
from atlas.fetch.conditional import Validators, validators
from atlas.fetch.exchange import Answer, Asking, Exchange
from atlas.fetch.failing import NotFetched
from atlas.fetch.hosts import Hosts
from atlas.fetch.redirects import Reached, follow
from atlas.fetch.retries import Patience, tried
from atlas.fetch.robots import READ, Robots
from atlas.fetch.settings import FetchSettings
from atlas.model import Body, DocumentState, Failed, Failure, Fetched, Source, Watched

_DOCUMENTS = "text/html, application/xhtml+xml, application/pdf, text/markdown;q=0.9, text/plain;q=0.9, */*;q=0.5"
_NOT_WANTED = {401, 403, 451}
_GONE = {404, 410}


class Fetcher:
    """Fetches politely and safely, as its settings say. An async context manager, good for one run."""

    def __init__(self, settings: FetchSettings) -> None:
        self.settings = settings
        self._exchange = Exchange(settings)
        self._hosts = Hosts(settings)
        self._robots = Robots(settings, self._hosts, self._ask_robots)
        self._browser = Browser(settings, self._part)

    async def __aenter__(self) -> Self:
        """Open."""
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the browser, where one was needed, and every connection."""
        await self._browser.aclose()
        await self._exchange.__aexit__(kind, error, trace)

    async def fetch(
        self,
        watched: Watched,
        state: DocumentState,
        extractor_is_current: bool,  # noqa: FBT001 - a fact beside three others
        last_full: datetime | None,
    ) -> Fetched:
        """Look at all sources of a document once.

        `extractor_is_current`: whether the text that we hold was read as we would read it today, the
        selectors included; `last_full`: when a whole page last came. Both decide whether `not modified` is an answer.
        """
        if not watched.sources:
            return self._failed(
                watched, Failed(Failure.NO_ADDRESS, "No address of the document is recorded.")
            )
        held = validators(
            watched,
            state,
            last_full,
            self.settings.clock.now(),
            extractor_is_current=extractor_is_current,
        )
        bodies = []
        try:
            for source in watched.sources:
                body = await self._source(source, watched.language, held)
                if body is None:
                    return Fetched(watched.document, self.settings.clock.now(), not_modified=True)
                bodies.append(body)
        except NotFetched as error:
            if error.host is not None:
                self._hosts.failed(error.host)
            return self._failed(watched, error.failed)
        return Fetched(watched.document, self.settings.clock.now(), tuple(bodies))

    async def call(self, url: str, asking: Asking) -> Answer:
        """Make one request of an interface for programs, in its host's turn.

        No robots.txt, no redirects, no further tries. Raises NotFetched.
        """
        target = checked(url)
        async with self._hosts.turn(target.host):
            return await self._exchange.ask(target, replace(asking, whatever_status=True))

    def next_at(self, host: str) -> float:
        """Return from when on, on the clock of the settings, a host may be asked."""
        return self._hosts.next_at(host)

    def _failed(self, watched: Watched, failed: Failed) -> Fetched:
        return Fetched(watched.document, self.settings.clock.now(), failed=failed)

    async def _source(self, source: Source, language: str, held: Validators | None) -> Body | None:
        """Return the body of one source; None: not modified."""
        asked = {"Accept": _DOCUMENTS, "Accept-Language": language}
        patience = Patience(self.settings.patience)

        async def ask(target: Target) -> Answer:
            await self._robots.check(target)
            extra = held.headers_for(target.url) if held else {}
            answer = await self._ask(target, Asking(headers={**asked, **extra}), patience)
            if answer.status == 304 and not extra:
                anew = {**asked, "Cache-Control": "no-cache"}
                answer = await self._ask(target, Asking(headers=anew), patience)
                if answer.status == 304:
                    raise _unasked(target)
            return answer

        reached = await follow(source.url, ask)
        if reached.answer.status == 304:
            self._hosts.answered(reached.target.host)
            return None
        body = _body(source, reached)
        self._hosts.answered(reached.target.host)
        return await self._browser.drawn(source, body, language) if source.render else body

    async def _ask(self, target: Target, asking: Asking, patience: Patience) -> Answer:
        clock = self.settings.clock

        async def once() -> Answer:
            async with self._hosts.turn(target.host):
                began = clock.monotonic()
                deadline = min(self.settings.deadline, patience.left)
                if deadline <= 0:
                    raise _too_long(target, self.settings.patience)
                try:
                    return await self._exchange.ask(target, replace(asking, deadline=deadline))
                finally:
                    patience.spend(clock.monotonic() - began)

        return await tried(once, target.host, self._hosts, self.settings, patience)

    async def _ask_robots(self, target: Target) -> Answer:
        return await self._ask(target, Asking(keep=READ), Patience(self.settings.patience))

    async def _part(self, url: str, headers: Mapping[str, str]) -> Answer:
        """Get a part of a page that a browser draws: same checks, no wait of seconds before each of its scripts."""

        async def ask(target: Target) -> Answer:
            await self._robots.check(target)
            async with self._hosts.turn(target.host, pause=0.1):
                return await self._exchange.ask(target, Asking(headers=headers))

        return (await follow(url, ask)).answer


def _body(source: Source, reached: Reached) -> Body:
    answer, target = reached.answer, reached.target
    if answer.status != 200:
        raise unusable(answer.status, target.host)
    return Body(
        url=source.url,
        final_url=target.url,
        status=answer.status,
        content_type=answer.headers.get("content-type", ""),
        content=answer.content,
        redirects=reached.passed,
        moved_for_good=reached.moved_for_good,
        etag=answer.headers.get("etag"),
        last_modified=answer.headers.get("last-modified"),
    )


def unusable(status: int, host: str) -> NotFetched:
    """Return what an answer of another status than 200 comes to, live or out of a capture."""
    troubled = None
    if status in _NOT_WANTED:
        detail, troubled = f"`{host}` refused to show the page ({status}).", host
    elif status in _GONE:
        detail = f"`{host}` says that there is no such page ({status})."
    else:
        detail = f"`{host}` answered {status}, which is no page."
    return NotFetched(Failure.UNREACHABLE, detail, host=troubled, status=status)


def _too_long(target: Target, patience: float) -> NotFetched:
    detail = (
        f"The page took more than {patience:,.0f} seconds, redirects and further tries included."
    )
    return NotFetched(Failure.UNREACHABLE, detail, host=target.host)


def _unasked(target: Target) -> NotFetched:
    return NotFetched(
        Failure.UNREACHABLE,
        f"`{target.host}` answered that nothing changed (304) although it was asked for the whole page.",
        status=304,
    )
