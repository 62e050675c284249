"""What pages show, whole: the content of chosen pages of the fictional atlas, as they were last approved.

A change of a template shows here as the difference that it makes, page by page. `pytest
--update-golden` rewrites `tests/golden/`; reading the difference is the review.
"""

import re

import pytest
from conftest import ROOT

GOLDEN = ROOT / "tests" / "golden"
PAGES = {
    "home": "",
    "home-german": "de/",
    "platforms": "platform/",
    "platform": "platform/brindle/",
    "platform-without-records": "platform/quietline/",
    "document": "platform/brindle/terms/",
    "document-edition": "platform/brindle/terms-germany/",
    "document-without-address": "platform/ditherbox/rules/",
    "provision": "platform/brindle/terms/training-after-opt-out/",
    "provision-smallest": "platform/pixelmoor/house-rules/idle-accounts/",
    "provision-disputed": "platform/pixelmoor/terms/ownership-of-player-works/",
    "provision-superseded": "platform/brindle/terms/arbitration-without-a-way-out/",
    "provision-withdrawn": "platform/luzeiro/terms-of-use/buyers-photographs/",
    "provision-withheld": "platform/luzeiro/seller-standards/sellers-by-name/",
    "provision-successor": "platform/brindle/terms/arbitration-with-a-way-out/",
    "revision": "platform/brindle/terms/training-after-opt-out/r1/",
    "revision-german": "de/platform/nordlysveg/privacy/position-history/r2/",
    "history": "platform/nordlysveg/privacy/position-history/history/",
    "history-spelling": "platform/heathermeet/terms/reminder-before-renewal/history/",
    "history-disputed": "platform/pixelmoor/terms/ownership-of-player-works/history/",
    "provision-silent": "platform/tokigumo/privacy-policy/software-that-decides/",
    "provision-arabic": "platform/qamar/terms/notes-stay-with-their-writer/",
    "clause-type": "clause-type/content-licence/",
    "clause-type-open": "clause-type/legacy-accounts/",
    "regulation": "regulation/eu-legible-terms/",
    "jurisdiction": "jurisdiction/us-ca/",
    "category": "category/disputes/",
    "severity": "severity/critical/",
    "search": "search/",
    "prose": "methodology/",
    "permanent": "id/FA-P-100001/",
}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_shows_what_was_approved(name, built_sample, request):
    """The `<main>` of the page, to the byte."""
    drawn = (built_sample / PAGES[name] / "index.html").read_text(encoding="utf-8")
    (shown,) = re.findall(r"^<main\b.*?^</main>\n", drawn, re.MULTILINE | re.DOTALL)
    golden = GOLDEN / f"{name}.html"
    if request.config.getoption("--update-golden"):
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(shown, encoding="utf-8")
    assert shown == golden.read_text(encoding="utf-8")


def test_every_approved_page_is_compared():
    """No file lies in the folder that no test looks at."""
    assert {path.stem for path in GOLDEN.iterdir()} == set(PAGES)
