"""One request and its answer, with a deadline around all of it and a bound on everything that comes.

Edge, owner of httpx with its neighbours `address` and `transport`. A deadline for each read would
not do: a server that sends a byte a second keeps every read short and the whole without end.
"""

import asyncio
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Self

import httpx

from atlas.fetch.address import Target
from atlas.fetch.failing import NotFetched
from atlas.fetch.inflate import Inflating
from atlas.fetch.settings import FetchSettings
from atlas.fetch.transport import BROKEN_OFF, NOT_HTTP, UNCONNECTED, Transport
from atlas.model import Failure


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered to one request."""

    url: str
    status: int
    headers: Mapping[str, str]
    """Names in lower case."""
    content: bytes = field(repr=False)
    """Inflated; empty unless the status is 200 or all was asked for."""


@dataclass(frozen=True, slots=True)
class Asking:
    """How to ask."""

    method: str = "GET"
    headers: Mapping[str, str] = field(default_factory=dict)
    content: bytes | None = field(default=None, repr=False)
    deadline: float | None = None
    """Seconds; None: as the settings say."""
    keep: int | None = None
    """Only so many bytes of the body are wanted, and a longer one is no fault."""
    whatever_status: bool = False
    """Whether the body is wanted although the status is not 200."""


class Exchange:
    """Asks over the checked network. An async context manager: closing it closes what is open."""

    def __init__(self, settings: FetchSettings) -> None:
        self._settings = settings
        self._transport = Transport(settings)

    async def __aenter__(self) -> Self:
        """Open."""
        return self

    async def __aexit__(self, *_: object) -> None:
        """Close."""
        await self._transport.aclose()

    async def ask(self, target: Target, asking: Asking) -> Answer:
        """Return the answer, of whatever status.

        Raises NotFetched where none came, or more than is taken in.
        """
        seconds = self._settings.deadline if asking.deadline is None else asking.deadline
        try:
            async with asyncio.timeout(seconds):
                return await self._answer(target, asking)
        except TimeoutError:
            raise NotFetched(
                Failure.UNREACHABLE,
                f"`{target.host}` gave no whole answer within {seconds:.3g} seconds.",
                again=True,
                host=target.host,
            ) from None

    async def _answer(self, target: Target, asking: Asking) -> Answer:
        request = httpx.Request(
            asking.method,
            target.url,
            headers={
                "User-Agent": self._settings.user_agent,
                "Accept": "*/*",
                "Accept-Encoding": "gzip, deflate",
                "Connection": "close",
                **asking.headers,
            },
            content=asking.content,
        )
        try:
            answer = await self._transport.handle_async_request(request)
        except UNCONNECTED as error:
            raise _unconnected(target, error) from error
        except BROKEN_OFF as error:
            raise _cut(target, error) from error
        except NOT_HTTP as error:
            raise _unintelligible(target, error) from error
        try:
            self._check_headers(answer)
            wanted = answer.status_code == 200 or asking.whatever_status
            content = await self._body(answer, asking) if wanted else b""
        except (*BROKEN_OFF, *NOT_HTTP) as error:
            raise NotFetched(
                Failure.TRUNCATED, "The page broke off before its end.", host=target.host
            ) from error
        finally:
            await answer.aclose()
        return Answer(target.url, answer.status_code, dict(answer.headers), content)

    def _check_headers(self, answer: httpx.Response) -> None:
        fields = answer.headers.raw
        size = sum(len(name) + len(value) for name, value in fields)
        if len(fields) > self._settings.header_limit or size > self._settings.header_size_limit:
            raise NotFetched(
                Failure.TOO_LARGE,
                f"The answer is too large: {len(fields):,} header fields of {size:,} bytes.",
            )

    async def _body(self, answer: httpx.Response, asking: Asking) -> bytes:
        settings = self._settings
        length = answer.headers.get("content-length", "")
        if asking.keep is None and length.isdecimal() and int(length[:20]) > settings.wire_limit:
            raise NotFetched(
                Failure.TOO_LARGE,
                f"The page is too large: it is said to have {int(length[:20]):,} bytes.",
            )
        inflating = Inflating(
            answer.headers.get("content-encoding", ""),
            wire_limit=settings.wire_limit,
            body_limit=settings.body_limit if asking.keep is None else asking.keep,
            cut=asking.keep is not None,
        )
        async for piece in answer.aiter_raw():
            inflating.feed(piece)
            if inflating.is_full:
                break
        return inflating.finished()


def _unconnected(target: Target, error: Exception) -> NotFetched:
    reason = _certificate_fault(error)
    if reason:
        return NotFetched(
            Failure.BAD_CERTIFICATE,
            f"The certificate of `{target.host}` is not valid: {reason}.",
            host=target.host,
            unconnected=True,
        )
    return NotFetched(
        Failure.UNREACHABLE,
        f"`{target.host}` could not be reached: {_said(error)}.",
        again=True,
        host=target.host,
        unconnected=True,
    )


def _cut(target: Target, error: Exception) -> NotFetched:
    return NotFetched(
        Failure.UNREACHABLE,
        f"`{target.host}` cut the connection before it answered: {_said(error)}.",
        again=True,
        host=target.host,
    )


def _unintelligible(target: Target, error: Exception) -> NotFetched:
    said = str(error)
    if "Receive buffer too long" in said:
        return NotFetched(Failure.TOO_LARGE, "The answer is too large: its headers have no end.")
    return NotFetched(
        Failure.UNREACHABLE,
        f"`{target.host}` gave no answer in HTTP: {_said(error)}.",
        again="disconnected" in said,
        host=target.host,
    )


def _certificate_fault(error: BaseException | None) -> str:
    while error is not None:
        if isinstance(error, ssl.SSLCertVerificationError):
            return error.verify_message.rstrip(".")
        error = error.__cause__ or error.__context__
    return ""


def _said(error: Exception) -> str:
    """What a library says of a failure, fit for the middle of a sentence: no hint of this machine in it."""
    said = " ".join(str(error).split()).rstrip(".").replace("`", "'")
    return (said or type(error).__name__)[:160]
