"""Every page type as people see it: in both schemes, at 320 px, on a phone, without JavaScript, on paper."""

import pytest

pytestmark = pytest.mark.browser

PROVISION = (
    "platform/anthropic/claudeai-terms-of-service/model-training-data-use-and-opt-out-carve-outs/"
)
PAGES = {
    "home": "",
    "platforms": "platform/",
    "platform": "platform/anthropic/",
    "document": "platform/anthropic/anthropic-privacy-policy/",
    "provision": PROVISION,
    "clause types": "clause-type/",
    "clause type": "clause-type/model-training-data-use/",
    "regulations": "regulation/",
    "regulation": "regulation/eu-gdpr/",
    "jurisdictions": "jurisdiction/",
    "jurisdiction": "jurisdiction/us/",
    "categories": "category/",
    "category": "category/ai-governance/",
    "severities": "severity/",
    "severity": "severity/medium/",
    "prose": "methodology/",
    "search": "search/",
    "not found": "404.html",
}
LONGEST_CLAIM = "Keeps every message that anybody ever wrote, and every draft that nobody sent, for as long as the company likes to do so"


@pytest.fixture(scope="module")
def narrow_pages(browser, address):
    """One context at 320 px for all page types."""
    context = browser.new_context(viewport={"width": 320, "height": 640})
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("kind", PAGES)
def test_no_sideways_scroll_at_320_px(narrow_pages, address, kind):
    """At 320 px no page is wider than the screen."""
    narrow_pages.goto(address + PAGES[kind])
    assert narrow_pages.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_open_without_a_fault(open_page, address, scheme):
    """No page type writes to the console, breaks its policy or asks another host, in either scheme."""
    page = open_page(color_scheme=scheme)
    for path in PAGES.values():
        page.goto(address + path)
        assert page.locator("h1").count() == 1
        assert page.locator("main").is_visible()


def test_pages_are_whole_without_javascript(open_page, address):
    """Without JavaScript the quotation, the sections and the citation are there, and no dead button."""
    page = open_page(java_script_enabled=False)
    page.goto(address + PROVISION)
    assert page.locator("#quotation blockquote").is_visible()
    assert page.get_by_role("heading", name="Citation record").is_visible()
    assert page.locator("main button").count() == 0


def assert_on_first_screen(page):
    """The claim, the status line and the first line of the quotation end above 844 px."""
    for selector in ("h1", ".facts"):
        box = page.locator(selector).bounding_box()
        assert box["y"] + box["height"] <= 844, (selector, box)
    line = page.evaluate(
        """() => {
            const quotation = document.querySelector("#quotation blockquote");
            const texts = document.createTreeWalker(quotation, NodeFilter.SHOW_TEXT, text => text.data.trim() ? 1 : 3);
            const range = document.createRange();
            range.selectNodeContents(texts.nextNode());
            return range.getClientRects()[0].bottom;
        }"""
    )
    assert line <= 844, line


def test_above_the_fold_on_a_phone(open_page, address):
    """At 390 x 844 the claim, the status line and the first line of the quotation are on the first screen."""
    page = open_page(viewport={"width": 390, "height": 844})
    page.goto(address + PROVISION)
    assert_on_first_screen(page)


def test_above_the_fold_with_the_longest_claim(open_page, publish, serve, real_atlas):
    """With a claim of 120 characters it still is."""
    record = real_atlas / "content" / f"{PROVISION.rstrip('/')}.md"
    lines = record.read_text(encoding="utf-8").split("\n")
    lines = [f"claim: {LONGEST_CLAIM}" if line.startswith("claim:") else line for line in lines]
    record.write_text("\n".join(lines), encoding="utf-8")
    page = open_page(viewport={"width": 390, "height": 844})
    page.goto(serve(publish(real_atlas)) + PROVISION)
    assert page.locator("h1").inner_text() == LONGEST_CLAIM
    assert_on_first_screen(page)


def test_copy_buttons_copy_the_citations(open_page, address):
    """Each of the six copy buttons puts its own citation on the clipboard, and nothing else."""
    page = open_page(permissions=["clipboard-read", "clipboard-write"])
    page.goto(address + PROVISION)
    shown = page.locator("section:has(#cite) .citation")
    assert shown.count() == 6
    for number in range(6):
        wanted = shown.nth(number).inner_text().removesuffix("Copy").strip()
        shown.nth(number).locator("button").click()
        assert page.evaluate("navigator.clipboard.readText()") == wanted
    assert "CA-P-007114, revision 1" in shown.first.inner_text()


def test_keyboard_reaches_the_content(open_page, address):
    """The first tab stop is the way past the header, and it is seen when it has the focus."""
    page = open_page()
    page.goto(address + PROVISION)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"
    page.keyboard.press("Enter")
    page.wait_for_url("**#main")


@pytest.mark.parametrize("width", [320, 412, 840, 1280])
def test_the_header_stands_before_all_of_it_has_come(open_page, address, width):
    """The wordmark stands where it stands although the search box is not there yet: nothing moves while a page comes in."""
    page = open_page(viewport={"width": width, "height": 800})
    page.goto(address + PAGES["clause types"])
    tops = page.evaluate(
        """() => {
            const top = () => document.querySelector(".wordmark svg").getBoundingClientRect().top;
            const tops = [top()];
            for (const part of [".find", ".top nav"]) {
                document.querySelector(part).remove();
                tops.push(top());
            }
            return tops;
        }"""
    )
    assert len(set(tops)) == 1, tops


@pytest.mark.parametrize("language", ["", "de/"])
@pytest.mark.parametrize("width", [840, 1000])
def test_the_search_box_stays_on_the_line_of_the_header(open_page, address, width, language):
    """Beside a phone's widths wordmark, navigation and search box share a line, also where words are longer."""
    page = open_page(viewport={"width": width, "height": 800})
    page.goto(f"{address}{language}platform/")
    nav, box = (page.locator(part).bounding_box() for part in (".top nav", ".find input"))
    assert box["y"] < nav["y"] + nav["height"] and nav["y"] < box["y"] + box["height"]  # noqa: PT018  one fact
    assert box["x"] > nav["x"] + nav["width"]
    assert box["width"] > 130


def test_no_line_of_the_way_to_a_page_begins_or_ends_with_a_sign(open_page, address):
    """Where the way breaks, the sign between two pages is outside of it on the left, and cut off."""
    page = open_page(viewport={"width": 320, "height": 800})
    page.goto(f"{address}{PROVISION}history/")
    shown = page.evaluate(
        """() => {
            const way = document.querySelector(".crumbs ol");
            const left = way.getBoundingClientRect().left;
            return [...way.querySelectorAll("li + li")].map((one) => [
                one.getBoundingClientRect().left - left,
                getComputedStyle(one, "::before").insetInlineStart,
                getComputedStyle(way).clipPath,
            ]);
        }"""
    )
    begin = [one for one in shown if one[0] == 0]
    assert begin, shown
    for left, sign, cut in shown:
        assert float(sign.removesuffix("px")) < -10
        assert cut == "inset(-5px)"
        assert left == 0 or left > 20


def test_old_addresses_lead_to_the_page(open_page, address):
    """The permanent address of an id leads to its record in one hop, also without JavaScript."""
    page = open_page(java_script_enabled=False)
    page.goto(f"{address}id/CA-P-007114/")
    page.wait_for_url(address + PROVISION)


def test_provision_page_asks_for_four_files(open_page, address):
    """A provision page is at most four requests."""
    page = open_page()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address + PROVISION, wait_until="networkidle")
    assert len(asked) <= 4, asked


def test_under_a_path(open_page, publish, serve):
    """Published under /repo/, pages find their style, and links lead on."""
    page = open_page()
    root = serve(publish(base_path="/repo/"), "/repo/")
    page.goto(root + PROVISION)
    assert page.evaluate("getComputedStyle(document.querySelector('h1')).fontWeight") == "700"
    page.get_by_role("link", name="Platforms", exact=True).first.click()
    assert page.url == f"{root}platform/"
    page.get_by_role("link", name="DeepL", exact=True).first.click()
    assert page.locator("h1").inner_text() == "DeepL"
