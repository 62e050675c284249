"""Old addresses in a real browser, on a host that serves files and knows nothing else: they lead where they should."""

import urllib.request

import pytest
import worlds
from playwright.sync_api import expect
from test_addresses import MOVED

from atlas.addresses import produced
from atlas.model import AddressKind

pytestmark = pytest.mark.browser

BASES = ["/", "/repo/"]
TREE = {**MOVED, "data/site.yaml": f"{worlds.SITE}translations:\n  - de\n"}
ONE_OF_EACH = [
    ("platform/oldacme/", "platform/acme/"),
    ("de/platform/oldacme/conditions/", "de/platform/acme/terms/"),
    ("platform/bought/contract/holds/", "platform/acme/terms/keeps/"),
    ("platform/oldacme/terms/keeps/history/", "platform/acme/terms/keeps/history/"),
    ("de/platform/acme/terms/keeps/r1/", "de/platform/acme/terms/keeps/"),
    ("id/SA-P-100001/r1/", "platform/acme/terms/keeps/"),
    ("id/SA-D-00001/", "platform/acme/terms/"),
    ("clause-type/robots/", "clause-type/training/"),
]


@pytest.fixture(scope="module")
def root(write_world):
    return write_world(TREE)


@pytest.fixture(scope="module", params=BASES)
def moved(request, publish, serve, root):
    """Where the world in which everything moved is served, under a base path."""
    return serve(publish(root, request.param), request.param)


@pytest.fixture
def stay():
    """Make a page stay where it is: its visitor's browser has been told to follow no refresh."""

    def stay(page):
        def without_refresh(route):
            answer = route.fetch()
            kept = [
                line for line in answer.text().split("\n") if 'http-equiv="refresh"' not in line
            ]
            route.fulfill(response=answer, body="\n".join(kept))

        page.route("**/*/", without_refresh)
        return page

    return stay


def test_every_address_answers(moved):
    """A plain host has something at every address that was ever promised, and it is what was promised."""
    checked = 0
    for entry in produced(worlds.atlas(TREE)):
        with urllib.request.urlopen(moved.rstrip("/") + entry.address, timeout=10) as answer:
            text = answer.read().decode()
        checked += 1
        if entry.kind is AddressKind.REDIRECT:
            assert f'href="{_path(moved)}{entry.target[1:]}"' in text, entry
    assert checked > 300


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_an_old_address_leads_to_the_page(moved, open_page, scripts):
    """The browser is on the right page at once, in its language, whether or not it runs scripts."""
    page = open_page(java_script_enabled=scripts)
    for old, new in ONE_OF_EACH:
        page.goto(moved + old)
        page.wait_for_url(moved + new)
        expect(page.locator("h1")).to_be_visible()


@pytest.mark.long
def test_all_old_addresses_lead_to_their_pages(moved, open_page):
    """The same for every redirect that there is."""
    page = open_page()
    for entry in produced(worlds.atlas(TREE)):
        if entry.kind is AddressKind.REDIRECT:
            page.goto(moved.rstrip("/") + entry.address)
            page.wait_for_url(moved.rstrip("/") + entry.target)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_link_is_there_for_hands_and_eyes(moved, open_page, stay, scheme):
    """Where a browser does not go by itself, a link is seen, reached with the keyboard, and leads there."""
    page = stay(open_page(viewport={"width": 320, "height": 640}, color_scheme=scheme))
    page.goto(f"{moved}platform/oldacme/conditions/holds/")
    link = page.locator("main a")
    expect(link).to_be_in_viewport(ratio=1)
    for _ in range(30):
        page.keyboard.press("Tab")
        if link.evaluate("link => link === document.activeElement"):
            break
    expect(link).to_be_focused()
    assert link.evaluate("link => getComputedStyle(link).outlineStyle") != "none"
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.keyboard.press("Enter")
    page.wait_for_url(f"{moved}platform/acme/terms/keeps/")


@pytest.mark.parametrize("folder", ["", "de/"])
def test_a_page_that_is_gone_leads_on(moved, open_page, folder):
    """It says so at 320 pixels without a scroll bar, in each language, and its link leads to the search."""
    page = open_page(viewport={"width": 320, "height": 640}, java_script_enabled=False)
    page.goto(f"{moved}{folder}category/toys/")
    expect(page.locator("main")).to_contain_text("Toys <i>were</i> never in these terms.")
    page.locator("main a").click()
    page.wait_for_url(f"{moved}{folder}search/")


def _path(address):
    return f"/{address.split('/', 3)[3]}"
