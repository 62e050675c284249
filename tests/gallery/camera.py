"""The camera: takes the pictures with a real Chromium, several pages at once."""

import asyncio
from contextlib import asynccontextmanager
from pathlib import Path
from typing import NamedTuple

import chromium
from playwright.async_api import Error, async_playwright

from gallery.shots import MODES

AT_ONCE = 4
PATIENCE = 20_000
TALLEST = 16_000
"""Device pixels: Chromium paints no taller picture, so a longer page is cut."""
HEIGHT = 900

SETTLED = """() => {
  const list = document.querySelector("#found");
  const status = document.querySelector("[role=status]");
  return !list || !location.search || ![list.dataset.searching, ""].includes(status.textContent);
}"""
"""A search says how it ended; every other page is there when it is loaded."""


class Order(NamedTuple):
    """One picture to take."""

    name: str
    mode: str
    url: str
    does: str
    path: Path


class Picture(NamedTuple):
    """One picture that was taken, or why not."""

    order: Order
    height: int = 0
    fault: str = ""

    @property
    def is_cut(self):
        """Whether the page goes on below the picture."""
        return self.height * MODES[self.order.mode].scale > TALLEST


def shoot(orders, tell):
    """Take the pictures and return them in the order that was given; `tell` hears of each."""
    return asyncio.run(_shoot(orders, tell))


async def _shoot(orders, tell):
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=chromium.program(), args=[*chromium.FLAGS, "--hide-scrollbars"]
        )
        # One context a mode, so that style sheet and script are fetched once.
        contexts = {mode: await _context(browser, MODES[mode]) for mode in {o.mode for o in orders}}
        turn = asyncio.Semaphore(AT_ONCE)

        async def one(order):
            async with turn:
                picture = await _take(contexts[order.mode], order)
            tell(picture)
            return picture

        pictures = await asyncio.gather(*(one(order) for order in orders))
        await browser.close()
    return pictures


async def _context(browser, mode):
    context = await browser.new_context(
        viewport={"width": mode.width, "height": HEIGHT},
        device_scale_factor=mode.scale,
        color_scheme=mode.scheme,
        forced_colors="active" if mode.forced else "none",
        reduced_motion="reduce",
        java_script_enabled=mode.scripts,
    )
    context.set_default_timeout(PATIENCE)
    return context


async def _take(context, order):
    mode = MODES[order.mode]
    try:
        async with _opened(context, order) as page:
            # The box is asked for from outside the page, since one without scripts answers nothing itself.
            box = await page.locator("html").bounding_box()
            height = max(HEIGHT, round(box["height"]))
            # A window as tall as the page: pictures of more than the window are stitched, and torn now and then.
            await page.set_viewport_size(
                {"width": mode.width, "height": min(height, TALLEST // mode.scale)}
            )
            await page.screenshot(path=order.path)
            return Picture(order, height)
    except Error as error:
        return Picture(order, fault=str(error).split("\n", 1)[0])


@asynccontextmanager
async def _opened(context, order):
    mode = MODES[order.mode]
    page = await context.new_page()
    try:
        await page.emulate_media(media=mode.media)
        answer = await page.goto(order.url, wait_until="load")
        if not answer.ok:
            raise Error(f"{order.url} answered {answer.status}")
        if mode.scripts:
            await page.wait_for_function(SETTLED)
            if order.does:
                await page.evaluate(order.does)
        yield page
    finally:
        await page.close()
