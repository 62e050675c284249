"""Serves a preview to this machine alone, and tells open pages when there is something new to see.

Edge: the one owner of starlette and uvicorn. What is shown is one frozen value that is swapped
whole. Nothing of the preview is in the built files: its script, its notice and what they need of
the page's policy are put into each response on the way out.
"""

import asyncio
import errno
import html
import os
import re
import secrets
import socket
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Thread
from time import sleep
from urllib.parse import quote, unquote

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from atlas.problem import Fault
from atlas.static import inside, media_type

HOST = "127.0.0.1"
PREVIEW = "/_preview/"
"""Where the preview's own files are; names that start with `_` are never published."""
LAST_GOOD = "last-good"
"""Query that asks for the file of the last good site where a page of problems stands in its place."""

_TRIES = 11
_PATIENCE = 20
_HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "X-Content-Type-Options": "nosniff",
}
_POLICY = re.compile(r'(<meta[^>]*Content-Security-Policy[^>]*content=")([^"]*)"', re.IGNORECASE)


class PortFault(Fault):
    """No port could be had; says which were tried and the way out."""


@dataclass(frozen=True, slots=True)
class Showing:
    """Everything that is shown at one time."""

    folder: Path
    """The built site."""
    base: str = "/"
    """The path that it is published under, with both slashes."""
    instead: Mapping[str, str] = field(default_factory=dict)
    """HTML shown in place of a page, by address."""
    otherwise: str | None = None
    """HTML of every page that is not in the folder; None: the folder's own 404 page."""
    notice: str = ""
    """HTML put at the top of every page of the folder."""
    coming: tuple[str, Event] | None = None
    """Where files are still being made, and what says that they are; requests for them wait."""
    spare: Mapping[str, bytes] = field(default_factory=dict)
    """Files that are served where the folder has none, by address."""
    own: Mapping[str, bytes] = field(default_factory=dict)
    """The preview's own files, by name below `/_preview/`; `reload.js` runs on every page."""


class Server:
    """Serves what it is shown, from a thread of its own."""

    def __init__(self, port: int) -> None:
        """Take a port: the one given or one of the next ten; 0 takes any.

        Raises:
            PortFault: none of them could be had.
        """
        self._socket = _listen(port)
        self.port: int = self._socket.getsockname()[1]
        self._run = secrets.token_hex(4)
        self._count = 0
        self._closing = False
        self._loop: asyncio.AbstractEventLoop | None = None
        self._changed = asyncio.Event()
        self._showing: Showing | None = None
        application = Starlette(
            routes=[
                Route(f"{PREVIEW}events", self._events),
                Route(PREVIEW + "{name:path}", self._own),
                Route("/{path:path}", self._page),
            ],
            middleware=[
                Middleware(
                    TrustedHostMiddleware, allowed_hosts=[HOST, "localhost"], www_redirect=False
                )
            ],
        )
        self._uvicorn = uvicorn.Server(
            uvicorn.Config(
                application,
                log_config=None,
                access_log=False,
                server_header=False,
                lifespan="off",
                ws="none",
                timeout_graceful_shutdown=1,
            )
        )
        self._thread = Thread(
            target=self._uvicorn.run, args=([self._socket],), name="preview server", daemon=True
        )

    @property
    def address(self) -> str:
        """Where the site's home page is."""
        return f"http://{HOST}:{self.port}{self._showing.base if self._showing else '/'}"

    def show(self, showing: Showing) -> None:
        """Show something else from now on, and have open pages load again."""
        self._showing = showing
        self._count += 1
        self._wake()

    def start(self) -> None:
        """Answer requests; returns when the port does."""
        self._thread.start()
        while not self._uvicorn.started and self._thread.is_alive():
            sleep(0.005)

    def stop(self) -> None:
        """Close all connections and give the port back."""
        self._closing = True
        self._uvicorn.should_exit = True
        self._wake()
        if self._thread.is_alive():
            self._thread.join(timeout=3)
        self._socket.close()

    @property
    def _version(self) -> str:
        return f"{self._run}-{self._count}"

    def _wake(self) -> None:
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._changed.set)

    async def _events(self, _request: Request) -> Response:
        self._loop = asyncio.get_running_loop()
        return StreamingResponse(self._versions(), media_type="text/event-stream", headers=_HEADERS)

    async def _versions(self) -> AsyncIterator[str]:
        told = ""
        while not self._closing:
            if told != self._version:
                told = self._version
                yield f"retry: 500\ndata: {told}\n\n"
            else:
                self._changed.clear()
                if told == self._version and not self._closing:
                    await self._changed.wait()

    def _own(self, request: Request) -> Response:
        name = str(request.path_params["name"])
        content = self._now.own.get(name)
        if content is None:
            return self._missing(self._now)
        suffix = Path(name).suffix
        return _answer(content, suffix) if suffix else self._html(content.decode())

    def _page(self, request: Request) -> Response:
        showing = self._now
        path, query, base = request.scope["path"], request.url.query, unquote(showing.base)
        if path == "/" != base or f"{path}/" == base:
            return _redirect(base, query)
        if not path.startswith(base):
            return self._missing(showing)
        address = f"/{path.removeprefix(base)}"
        if f"{address}/" in showing.instead:
            return _redirect(f"{path}/", query)
        if address in showing.instead and query != LAST_GOOD:
            return self._html(showing.instead[address])
        if showing.coming and address.startswith(showing.coming[0]):
            showing.coming[1].wait(_PATIENCE)
        file = inside(showing.folder, address)
        if file is not None and file.is_dir():
            return _redirect(f"{path}/", query)
        try:
            content = file.read_bytes() if file else showing.spare.get(address)
        except OSError:
            content = None
        if content is None:
            return self._missing(showing)
        suffix = Path(address).suffix if file is None else file.suffix
        return (
            self._html(content.decode(), showing.notice)
            if suffix == ".html"
            else _answer(content, suffix)
        )

    def _missing(self, showing: Showing) -> Response:
        if showing.otherwise is not None:
            return self._html(showing.otherwise)
        page = inside(showing.folder, "/404.html")
        if page is None:
            return _answer(b"404", ".txt", status=404)
        return self._html(page.read_text(encoding="utf-8"), showing.notice, status=404)

    def _html(self, page: str, notice: str = "", status: int = 200) -> Response:
        return _answer(dressed(page, self._version, notice).encode(), ".html", status)

    @property
    def _now(self) -> Showing:
        if self._showing is None:
            raise LookupError("nothing to show yet")
        return self._showing


def dressed(page: str, version: str, notice: str = "") -> str:
    """Return a page with the preview's script, style and notice, and a policy that lets them work."""
    page = _POLICY.sub(
        lambda found: f'{found[1]}{html.escape(relaxed(html.unescape(found[2])))}"', page, count=1
    )
    style = f'<link rel="stylesheet" href="{PREVIEW}preview.css">'
    script = f'<script src="{PREVIEW}reload.js" data-version="{version}" defer></script>'
    page = re.sub(r"</head>", lambda found: style + found[0], page, count=1, flags=re.IGNORECASE)
    page = re.sub(
        r"<body\b[^>]*>", lambda found: found[0] + notice, page, count=1, flags=re.IGNORECASE
    )
    end = page.lower().rfind("</body>")
    return page + script if end < 0 else page[:end] + script + page[end:]


def plain_page(text: str) -> str:
    """Return text as a page, for when no template can be trusted."""
    title, shown = html.escape(text.partition("\n")[0]), html.escape(text)
    head = f'<meta charset="utf-8"><meta name="color-scheme" content="light dark"><title>{title}</title>'
    return (
        f"<!DOCTYPE html>\n<html><head>{head}</head>\n<body>\n<pre>{shown}</pre>\n</body></html>\n"
    )


def relaxed(policy: str) -> str:
    """Return a Content-Security-Policy that lets the preview's own script run and listen."""
    rules = {
        name: sources
        for name, *sources in (rule.split() for rule in policy.split(";") if rule.strip())
    }
    for name in ("script-src", "connect-src"):
        sources = rules.get(name, rules.get("default-src", []))
        rules[name] = [source for source in sources if source not in {"'none'", "'self'"}] + [
            "'self'"
        ]
    return "; ".join(" ".join((name, *sources)) for name, sources in rules.items())


def _listen(port: int) -> socket.socket:
    candidates = range(port, min(port + _TRIES, 65536)) if port else (0,)
    for candidate in candidates:
        taken = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        if os.name == "posix":  # elsewhere the option lets two servers have one port
            taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            taken.bind((HOST, candidate))
            taken.listen(128)
        except OSError as error:
            taken.close()
            if error.errno not in {errno.EADDRINUSE, errno.EACCES}:
                raise
        else:
            return taken
    tried = (
        f"port {candidates[0]} is"
        if len(candidates) == 1
        else f"ports {candidates[0]} to {candidates[-1]} are"
    )
    raise PortFault(f"{tried} not to be had; stop what uses them, or let --port 0 find a free one")


def _redirect(path: str, query: str) -> Response:
    target = quote(path) + (f"?{query}" if query else "")
    return RedirectResponse(target, status_code=307, headers=_HEADERS)


def _answer(content: bytes, suffix: str, status: int = 200) -> Response:
    return Response(content, status, headers={**_HEADERS, "Content-Type": media_type(suffix)})
