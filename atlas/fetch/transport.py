"""How httpx reaches our network: a transport of our own on httpcore's public connection pool.

Edge. httpx's own transport takes no network backend except through an attribute that is private; this
does in public what that one does, and `tests/fetch/test_transport.py` holds what it relies on. It is used
without a client of httpx: there are no cookies, no environment, no proxies, and nothing that reads `Location`.
"""

import typing

import httpcore
import httpx

from atlas.fetch.network import CheckedNetwork
from atlas.fetch.settings import FetchSettings

UNCONNECTED = (httpcore.ConnectError, httpcore.ConnectTimeout)
"""No connection was made: nothing answered, or TLS failed."""
BROKEN_OFF = (httpcore.NetworkError, httpcore.TimeoutException)
"""Sending or reading came to nothing, or took too long."""
NOT_HTTP = (httpcore.ProtocolError,)
"""What came is not HTTP, or ended before its end."""


class Transport(httpx.AsyncBaseTransport):
    """One connection a request: the pause between two requests is longer than servers keep one open."""

    def __init__(self, settings: FetchSettings) -> None:
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=settings.tls or httpx.create_ssl_context(trust_env=False),
            max_connections=2 * settings.hosts_at_once,
            max_keepalive_connections=0,
            http1=True,
            http2=False,
            retries=0,
            network_backend=CheckedNetwork(settings.resolve, settings.private_addresses),
        )

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send one request; the body is read by whoever asked, with bounds."""
        answer = await self._pool.handle_async_request(
            httpcore.Request(
                method=request.method,
                url=httpcore.URL(
                    scheme=request.url.raw_scheme,
                    host=request.url.raw_host,
                    port=request.url.port,
                    target=request.url.raw_path,
                ),
                headers=request.headers.raw,
                content=request.stream,
                extensions=request.extensions,
            )
        )
        return httpx.Response(
            status_code=answer.status,
            headers=answer.headers,
            stream=_Body(answer),
            extensions=answer.extensions,
        )

    async def aclose(self) -> None:
        """Close what is open."""
        await self._pool.aclose()


class _Body(httpx.AsyncByteStream):
    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    async def __aiter__(self) -> typing.AsyncIterator[bytes]:
        async for part in self._answer.aiter_stream():
            yield part

    async def aclose(self) -> None:
        await self._answer.aclose()
