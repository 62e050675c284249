"""The real Chromium of the tests: the one that ATLAS_BROWSER names, or the first that is installed."""

import os
import shutil
from contextlib import contextmanager

import pytest

from atlas.fetch.browser import LEAN

FLAGS = [
    # Chromium's own sandbox does not start for root, who runs the tests in a container.
    *(["--no-sandbox"] if os.geteuid() == 0 else []),
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    LEAN,
]

_NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")


def program():
    """Return the path of the browser, or None for the one that Playwright brought."""
    return os.environ.get("ATLAS_BROWSER") or next(filter(None, map(shutil.which, _NAMES)), None)


@contextmanager
def started():
    """Give a running browser. A missing one fails the tests that need it; `--no-browser` leaves them out."""
    from playwright.sync_api import Error, sync_playwright

    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path=program(), args=FLAGS)
        except Error as error:
            pytest.fail(
                f"Chromium does not start, and these tests need it (--no-browser leaves them out): {error}"
            )
        yield browser
        browser.close()
