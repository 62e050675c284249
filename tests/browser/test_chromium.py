"""The browser of these tests: as Playwright sets it up, less what costs more than the pages."""

import re

import pytest

pytestmark = pytest.mark.browser


def test_what_playwright_turns_off_stays_off(browser):
    """Of two lists of features to leave out the last counts, and ours holds every feature of Playwright's."""
    session = browser.new_browser_cdp_session()
    told = session.send("SystemInfo.getInfo")["commandLine"]
    theirs, *_, ours = (
        set(names.split(",")) for names in re.findall(r"--disable-features=(\S+)", told)
    )
    assert theirs < ours
