"""The only way out to the network: a connection to an address that was resolved once and found public.

Edge, owner of httpcore's network backends. Resolving, checking and connecting are one step here, so no
answer of the name server can change between the check and the connection (DNS rebinding). TLS still
verifies the name, since httpcore hands it the host and not the address.
"""

import asyncio
from collections.abc import Iterable
from typing import Any

import httpcore

from atlas.fetch.address import is_public
from atlas.fetch.failing import NotFetched
from atlas.fetch.settings import Endpoint, Resolver
from atlas.model import Failure

_CONNECT = 10.0
"""Seconds for one address, so that a second one still has its turn before the deadline."""


class CheckedNetwork(httpcore.AsyncNetworkBackend):
    """Connects to public addresses only; `private` are further ones, which only tests name."""

    def __init__(self, resolve: Resolver, private: frozenset[str]) -> None:
        self._resolve = resolve
        self._private = private
        self._plain = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - httpcore's signature
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Resolve a host, refuse it if any of its addresses is not public, and connect to one of them.

        Raises NotFetched (refused address), or httpcore's own errors where nothing answers.
        """
        limit = _CONNECT if timeout is None else min(timeout, _CONNECT)
        failure: Exception = httpcore.ConnectError(f"{host} has no address")
        for at in await self._checked(host, port):
            try:
                return await self._plain.connect_tcp(
                    at.address, at.port, limit, local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        raise failure

    async def sleep(self, seconds: float) -> None:
        """Wait; httpcore asks for it between tries of its own, of which it has none."""
        await asyncio.sleep(seconds)

    async def _checked(self, host: str, port: int) -> tuple[Endpoint, ...]:
        try:
            found = tuple(await self._resolve(host, port))
        except (OSError, UnicodeError):
            raise httpcore.ConnectError(f"The name {host} leads to no address") from None
        for at in found:
            if at.address not in self._private and not is_public(at.address):
                raise NotFetched(
                    Failure.REFUSED_ADDRESS,
                    f"The name `{host}` leads to `{at.address}`, which is not an address of the public internet.",
                    host=host,
                    unconnected=True,
                )
        return found
