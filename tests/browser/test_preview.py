"""The preview in a real browser: a person saves a file and looks at the page, and touches nothing else."""

import re

import pytest
from conftest import copy_atlas
from playwright.sync_api import expect
from previews import eventually, running, save

pytestmark = pytest.mark.browser
expect.set_options(timeout=15_000)

RECORD = "content/platform/anthropic/claudeai-terms-of-service/model-training-data-use-and-opt-out-carve-outs.md"
ADDRESS = (
    "platform/anthropic/claudeai-terms-of-service/model-training-data-use-and-opt-out-carve-outs/"
)


@pytest.fixture(scope="module")
def preview(tmp_path_factory):
    root = copy_atlas(tmp_path_factory.mktemp("preview") / "atlas")
    with running(root, "--base-url", "https://example.org/repo/") as started:
        yield started


@pytest.fixture
def record(preview):
    path = preview.root / RECORD
    good = path.read_text()
    yield path
    if path.read_text() != good:
        save(path, good)
        eventually(lambda: "flagged chats" in preview.page(ADDRESS))
        eventually(lambda: "preview-notice" not in preview.page("/"))


def test_a_saved_record_is_on_screen(preview, record, page):
    """A saved record is on screen without a hand on the browser, scrolled to where the reader was."""
    page.goto(preview.address + ADDRESS)
    page.evaluate("scrollTo(0, 600)")
    save(
        record, re.sub(r"(?m)^claim: .*$", "claim: Trains on a purple elephant", record.read_text())
    )
    expect(page.locator("h1")).to_have_text("Trains on a purple elephant")
    eventually(lambda: page.evaluate("scrollY") > 300)


def test_problems_come_and_go(preview, record, page, open_page):
    """A broken record turns its page into what is wrong with it, and back again when it is whole."""
    good = record.read_text()
    elsewhere = open_page()
    elsewhere.goto(preview.address)
    page.goto(preview.address + ADDRESS)
    save(record, re.sub(r"(?m)^severity: .*$", "severity: hgih", good))
    expect(page.locator("h1")).to_have_text("One problem stops this page.")
    expect(page.locator("h2.file")).to_have_text(RECORD)
    expect(page.locator(".place")).to_contain_text("column 11 unknown-value")
    expect(page.get_by_text("Did you mean high?")).to_be_visible()
    wrong, caret = page.get_by_text("hgih").last, page.locator(".problems em")
    expect(caret).to_have_text(re.compile(r"^\s*\^\^\^\^$"))
    assert under(page, caret) == pytest.approx(under(page, page.locator(".problems pre b")), abs=1)
    assert wrong.is_visible()

    notice = elsewhere.locator(".preview-notice")
    expect(notice).to_contain_text("One problem")
    notice.get_by_role("link").click()
    expect(elsewhere.locator("h1")).to_have_text("One problem stops the site.")

    page.get_by_role("link", name="last good version").click()
    expect(page.locator("h1")).to_contain_text("flagged chats")
    page.go_back()

    save(record, good)
    expect(page.locator("h1")).to_contain_text("flagged chats")
    expect(page.locator(".preview-notice")).to_have_count(0)
    expect(elsewhere.locator("h1")).to_have_text("Nothing stops the site.")


def under(page, line):
    """Where the last four characters of a line end, in pixels from the left."""
    return page.evaluate(
        """(line) => {
            const range = document.createRange();
            range.selectNodeContents(line);
            return range.getBoundingClientRect().right;
        }""",
        line.element_handle(),
    )


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_the_page_of_problems_fits(preview, record, open_page, scheme, width):
    """The page of problems needs no sideways scroll, in either colours."""
    page = open_page(viewport={"width": width, "height": 844}, color_scheme=scheme)
    page.goto(preview.address + ADDRESS)
    save(record, record.read_text().replace("severity: ", "severity: not-a-", 1))
    expect(page.locator("h1")).to_have_text("One problem stops this page.")
    page.wait_for_load_state("load")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert (
        page.evaluate("getComputedStyle(document.querySelector('.problems pre')).overflowX")
        == "auto"
    )
