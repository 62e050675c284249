"""Stylesheets as a browser reads them: what is published means what is written."""

import pytest
from conftest import ROOT

from atlas.sheet import condensed

SHEETS = sorted((ROOT / "templates" / "assets").glob("*.css"))


@pytest.mark.parametrize("path", SHEETS, ids=lambda p: p.name)
def test_our_own_sheets_keep_their_meaning(path, browser):
    """Chromium reads the very same rules from what is written and from what is published.

    It keeps a blank after a comma only where a value is not resolved yet, so that one is left aside.
    """
    page = browser.new_page()
    read = [
        page.evaluate(
            """text => { const sheet = new CSSStyleSheet(); sheet.replaceSync(text);
            return [...sheet.cssRules].map((rule) => rule.cssText.replaceAll(', ', ',')); }""",
            text.decode(),
        )
        for text in (path.read_bytes(), condensed(path.read_bytes()))
    ]
    page.close()
    assert read[0] == read[1]
    assert len(read[0]) > 0
