"""Pages that show their text only in a browser: drawn by Chromium through Playwright, where it is installed.

Edge, owner of playwright (optional). The browser has no network of its own: it resolves no name, and whatever
a page asks for comes through the fetcher, with the checks of every other request, or not at all.
"""

import asyncio
import re
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AsyncExitStack, suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from atlas.fetch.address import checked
from atlas.fetch.exchange import Answer
from atlas.fetch.failing import NotFetched
from atlas.fetch.settings import FetchSettings
from atlas.model import Body, Failure, Source

if TYPE_CHECKING:
    import playwright.async_api as pw

INSTALL = (
    ".venv/bin/python -m pip install playwright && .venv/bin/python -m playwright install chromium"
)
"""The command that installs what this needs."""

_LEFT_OUT = {"image", "media", "font"}
_PASSED_ON = {"accept", "referer", "origin", "x-requested-with"}
_MOST_PARTS = 200
_SETTLED = 0.5
"""Seconds in which a page must not have changed to be taken as drawn."""
_LOOKS = 10

_OFF = (
    # For each window Chromium loads two pages of its own, for a box that nobody types into: as dear as the page itself.
    *("WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "PreloadTopChromeWebUI"),
    "SpareRendererForSitePerProcess",  # one more process for each page, for a next page that does not come
    # Of two lists Chromium heeds the last, so what Playwright turns off is said again.
    *("AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose", "HttpsUpgrades"),
    *("HttpsFirstBalancedModeAutoEnable", "LensOverlay", "MediaRouter", "PaintHolding"),
    *("ThirdPartyStoragePartitioning", "AvoidCorsURLLoaderRestartOnRedirect"),
    *("TcpPortRandomizationWin", "OptimizationHints", "NetworkTimeServiceQuerying"),
    *("AimEnabled", "PreconnectToSearch", "msForceBrowserSignIn"),
    "msEdgeUpdateLaunchServicesPreferredVersion",
)
LEAN = f"--disable-features={','.join(_OFF)}"
"""Has Chromium load nothing but the page that it is given."""

_NO_NETWORK = (
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",  # its older name
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)

Part = Callable[[str, Mapping[str, str]], Awaitable[Answer]]
"""Gets a part of a page through the fetcher. Raises NotFetched."""


class Browser:
    """A browser that starts with the first page that needs it, and draws one page at a time."""

    def __init__(self, settings: FetchSettings, part: Part) -> None:
        self._settings = settings
        self._part = part
        self._open = AsyncExitStack()
        self._chromium: pw.Browser | None = None
        self._one_at_a_time = asyncio.Lock()

    async def drawn(self, source: Source, body: Body, language: str) -> Body:
        """Return the page as a reader's browser shows it: its elements once the document has text.

        What is not HTML (a PDF, say) is returned as it came. Raises NotFetched: no browser; bad selector
        or no text where none showed up in time.
        """
        if body.content_type and "html" not in body.content_type.lower():
            return body
        async with self._one_at_a_time:
            browser = await self._started()
            context = await browser.new_context(
                user_agent=self._settings.user_agent,
                locale=language,
                accept_downloads=False,
                service_workers="block",
            )
            try:
                async with asyncio.timeout(self._settings.drawing + 2 * _LOOKS * _SETTLED):
                    content = await self._draw(context, source, body)
            except TimeoutError:
                raise self._no_text(source) from None
            finally:
                await context.close()
        return replace(
            body,
            content=content,
            content_type="text/html; charset=utf-8",
            browser=f"Chromium {browser.version}",
        )

    async def aclose(self) -> None:
        """Close the browser, where one was started."""
        await self._open.aclose()
        self._chromium = None

    async def _started(self) -> "pw.Browser":
        if self._chromium is not None and self._chromium.is_connected():
            return self._chromium
        try:
            from playwright.async_api import Error, async_playwright  # noqa: PLC0415 - optional
        except ImportError:
            raise _missing("Playwright is not installed") from None
        await self.aclose()
        engine = await self._open.enter_async_context(async_playwright())
        try:
            self._chromium = await engine.chromium.launch(
                executable_path=self._settings.browser_program,
                args=[LEAN, *self._settings.browser_arguments, *_NO_NETWORK],
                proxy={"server": "http://127.0.0.1:9", "bypass": "<-loopback>"},
                handle_sigint=False,
            )
        except Error:
            await self.aclose()
            raise _missing("no browser starts") from None
        self._open.push_async_callback(self._chromium.close)
        return self._chromium

    async def _draw(self, context: "pw.BrowserContext", source: Source, body: Body) -> bytes:
        import playwright.async_api as pw  # noqa: PLC0415 - optional, and installed if we are here

        serving = _Serving(body, self._part)
        try:
            await context.route("**/*", serving.answer)
            await context.route_web_socket("**/*", lambda socket: socket.close())
            page = await context.new_page()
            await page.goto(body.final_url, wait_until="commit")
            text = page.locator(source.select or "body").filter(has_text=re.compile(r"\S")).first
            await text.wait_for(state="attached", timeout=1000 * self._settings.drawing)
            content = (await self._settled(page)).encode()
        except pw.Error:
            raise self._no_text(source) from None
        finally:
            await serving.stop()
        if len(content) > self._settings.body_limit:
            raise NotFetched(
                Failure.TOO_LARGE, f"The page as drawn is too large: {len(content):,} bytes."
            )
        return content

    async def _settled(self, page: "pw.Page") -> str:
        """Return the page once it has stopped changing; one that never does is taken after a while."""
        before = ""
        for _ in range(_LOOKS):
            now = await page.content()
            if now == before:
                break
            before = now
            await asyncio.sleep(_SETTLED)
        return before

    def _no_text(self, source: Source) -> NotFetched:
        within = f"within {self._settings.drawing:.3g} seconds"
        if source.select:
            return NotFetched(
                Failure.BAD_SELECTOR,
                f"In the browser, nothing that `{source.select}` selects had text {within}.",
            )
        return NotFetched(Failure.NO_TEXT, f"In the browser, the page had no text {within}.")


class _Serving:
    """What one page is given: the document as it was fetched, and its own site's scripts and styles."""

    def __init__(self, body: Body, part: Part) -> None:
        self._body = body
        self._part = part
        self._host = checked(body.final_url).host
        self._parts = 0
        self._document_given = False
        self._asking: set[asyncio.Task[Answer]] = set()

    async def stop(self) -> None:
        """Ask for nothing more: what is under way would keep its host from the next document."""
        self._parts = _MOST_PARTS
        for asking in self._asking:
            asking.cancel()
        if self._asking:
            await asyncio.wait(self._asking)

    async def answer(self, route: "pw.Route") -> None:
        """Give what a page asks for, or refuse it; a page that is closed meanwhile needs neither."""
        from playwright.async_api import Error  # noqa: PLC0415 - optional, and installed if we are here

        with suppress(Error):
            await self._answer(route)

    async def _answer(self, route: "pw.Route") -> None:
        request = route.request
        if not self._document_given and request.is_navigation_request():
            self._document_given = True
            await route.fulfill(
                status=200, content_type=self._body.content_type, body=self._body.content
            )
            return
        given = await self._given(request)
        if given is None:
            await route.abort()
        else:
            await route.fulfill(
                status=given.status,
                content_type=given.headers.get("content-type", ""),
                headers={"Access-Control-Allow-Origin": request.headers.get("origin", "*")},
                body=given.content,
            )

    async def _given(self, request: "pw.Request") -> Answer | None:
        self._parts += 1
        if (
            request.method != "GET"
            or request.resource_type in _LEFT_OUT
            or self._parts > _MOST_PARTS
        ):
            return None
        try:
            if not _is_same_site(checked(request.url).host, self._host):
                return None
        except NotFetched:
            return None
        headers = {name: v for name, v in request.headers.items() if name in _PASSED_ON}
        asking = asyncio.ensure_future(self._part(request.url, headers))
        self._asking.add(asking)
        await asyncio.wait({asking})
        self._asking.discard(asking)
        if asking.cancelled() or isinstance(asking.exception(), NotFetched):
            return None
        return asking.result()


def _is_same_site(host: str, document_host: str) -> bool:
    """Whether a host is the document's own or one below it; `www.` is no host below."""
    own = document_host.removeprefix("www.")
    return host == own or host.endswith(f".{own}")


def _missing(why: str) -> NotFetched:
    return NotFetched(
        Failure.NO_BROWSER,
        f"The page shows its text only in a browser, and {why}; `{INSTALL}` installs one.",
    )
