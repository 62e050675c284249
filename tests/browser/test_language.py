"""Languages in a real browser: the switch, the search, and pages that people read from right to left."""

import re
from urllib.parse import urlsplit

import made_up_language
import pytest
from conftest import AS_OF
from playwright.sync_api import expect

from atlas import examine

pytestmark = pytest.mark.browser

PROVISION = (
    "platform/anthropic/claudeai-terms-of-service/model-training-data-use-and-opt-out-carve-outs/"
)
OPT_OUT = "Keeps training on flagged chats and on feedback after you opt out"
FIRST_LINE = 32
"""Pixels that the first line of a quotation takes at most."""
LISTS = [
    "",
    "platform/",
    "clause-type/",
    "regulation/",
    "jurisdiction/",
    "category/",
    "severity/",
    "search/",
]
PAGES = [
    *LISTS,
    PROVISION,
    "platform/anthropic/",
    "platform/anthropic/anthropic-privacy-policy/",
    "clause-type/model-training-data-use/",
    "regulation/eu-gdpr/",
    "methodology/",
]


def hits(page):
    """Wait until a search is done and return its claims."""
    expect(page.locator("#more")).to_be_hidden()
    expect(page.locator("#found li").first).to_be_visible()
    return page.locator("#found ol h2").all_inner_texts()


@pytest.fixture(scope="module")
def made_up(built_in_three, serve):
    """Where the fictional atlas is served under a path, in English, German and the made-up language."""
    return serve(built_in_three, "/repo/")


@pytest.fixture(scope="module")
def names(sample):
    return made_up_language.names_of(examine.examine(sample, AS_OF).atlas)


def test_the_switch_works_without_javascript(open_page, address):
    """One link leads to the same page in the other language and back, named in that language."""
    page = open_page(java_script_enabled=False)
    page.goto(address + PROVISION)
    page.get_by_role("link", name="Deutsch", exact=True).click()
    assert urlsplit(page.url).path == f"/de/{PROVISION}"
    expect(page.locator("html")).to_have_attribute("lang", "de")
    expect(page.get_by_role("heading", name="Folgen für Betroffene")).to_be_visible()
    expect(page.locator("h1")).to_have_text(OPT_OUT)
    page.get_by_role("link", name="Plattformen").first.click()
    assert urlsplit(page.url).path == "/de/platform/"
    page.get_by_role("link", name="English", exact=True).click()
    assert urlsplit(page.url).path == "/platform/"


def test_german_search_finds_english_records(page, address):
    """The box of a German page searches in German: words around it are German, the record's are found, hits stay in German."""
    page.goto(f"{address}de/platform/")
    page.get_by_role("searchbox").fill("feedback")
    page.get_by_role("searchbox").press("Enter")
    said = page.get_by_role("status")
    expect(said).to_have_text(
        re.compile(r"^\d+ Klauseln? von \d+ Plattform(en)?, \d+ Entw(u|ü)rfe?$")
    )
    assert urlsplit(page.url).path == "/de/search/"
    hit = page.locator("#found li", has_text=OPT_OUT)
    expect(hit.locator(".grade")).to_have_text("Hoch")
    expect(hit.locator(".captured")).to_have_text("erfasst am 9. Mai 2026")
    expect(hit.locator(".mark")).to_have_text("Entwurf")
    expect(hit.locator("h2 a")).to_have_attribute("lang", "en")
    page.get_by_role("link", name=OPT_OUT).click()
    assert urlsplit(page.url).path == f"/de/{PROVISION}"


def test_words_are_found_in_all_their_forms(page, address):
    """A word finds its other forms as it does in English, since records are known by the language they are written in."""
    page.goto(f"{address}search/?q=sharing")
    english = hits(page)
    page.goto(f"{address}de/search/?q=sharing")
    assert hits(page) == english
    assert english


def test_a_search_is_the_same_search_in_each_language(page, address):
    """Facets have one address in all languages, and the switch takes the search along."""
    page.goto(f"{address}search/?q=training&severity=high")
    english = hits(page)
    page.get_by_role("link", name="Deutsch", exact=True).click()
    expect(page.get_by_label("Hoch")).to_be_checked()
    expect(page.get_by_role("status")).to_have_text(re.compile("Klausel"))
    assert hits(page) == english
    page.get_by_label("Mittel").check()
    expect(page).to_have_url(re.compile("severity=high&severity=medium"))
    page.get_by_role("link", name="English", exact=True).click()
    expect(page.get_by_label("Medium")).to_be_checked()


def test_nothing_found_is_said_in_german(page, address):
    """What is in the way of a search is named by the words of the page, not by keys."""
    page.goto(f"{address}de/search/?q=tinder&severity=high")
    expect(page.get_by_role("status")).to_have_text(
        "Keine Klausel enthält „tinder“ bei diesen Filtern."
    )
    page.get_by_role("link", name="Schweregrad weglassen: Hoch, 1 Klausel").click()
    expect(page.get_by_role("status")).to_have_text("1 Klausel von 1 Plattform, 1 Entwurf")
    page.goto(f"{address}de/search/?q=zebra")
    expect(page.locator("#rest")).to_have_text("Noch nicht erfasst: Aufnahme vorschlagen.")


@pytest.mark.parametrize(
    "query", ["", "?q=data", "?q=data&severity=high&sort=captured", "?q=zebra", "?q=FA-P-999999"]
)
def test_the_script_says_only_words_of_the_page(page, made_up, names, query):
    """After a search in a language that nobody speaks every word on the page is that language's or marked as another's."""
    page.goto(f"{made_up}xx/search/{query}")
    expect(page.locator("#rest > *, #found li").first).to_be_visible()
    searching = re.compile(f"{made_up_language.MARK}Searching")
    expect(page.get_by_role("status")).not_to_have_text(searching)
    left = made_up_language.strays(page.content(), names)
    assert [word for word in left if word not in query] == []
    assert all(
        urlsplit(link.get_attribute("href")).path.startswith("/repo/xx/")
        for link in page.locator("#found h2 a").all()
    )


def test_german_stays_above_the_fold_on_a_phone(open_page, address):
    """At 390 x 844 claim, status line and the first line of the quotation are on the first screen in German, too."""
    page = open_page(viewport={"width": 390, "height": 844})
    page.goto(f"{address}de/{PROVISION}")
    for selector in ("h1", ".facts"):
        box = page.locator(selector).bounding_box()
        assert box["y"] + box["height"] <= 844, (selector, box)
    assert page.locator("#quotation blockquote").bounding_box()["y"] <= 844 - FIRST_LINE


@pytest.mark.parametrize("path", PAGES)
def test_longer_words_do_not_scroll_sideways(open_page, address, made_up, path):
    """At 320 px no page is wider than the screen, in German and from right to left."""
    page = open_page(viewport={"width": 320, "height": 640})
    page.goto(f"{address}de/{path}")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    if path in LISTS:
        page.goto(f"{made_up}xx/{path}")
        expect(page.locator("html")).to_have_attribute("dir", "rtl")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
