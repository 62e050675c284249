"""The search page in a real browser: every kind of query, its address, and what it says when nothing is there."""

import re
import shutil
from urllib.parse import parse_qs, urlsplit

import pytest
import worlds
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

OPT_OUT = "Keeps training on flagged chats and on feedback after you opt out"
SAFETY_REVIEW = (
    "Goes on using flagged chats and reported content to improve models after an opt-out"
)
MANY = 27
"""Records of the made-up atlas that have the word lantern: more than are shown at once."""
REVIEWED = {"confidence": "high", "reviews": "\n  - by: ann\n    on: 2026-02-03"}


@pytest.fixture(scope="module")
def made_up(publish, write_world, serve):
    """Where a made-up atlas is served that has what the real one has not: many hits, reviews, withdrawn records."""
    tree = {"data/people.yaml": "ann:\n  name: Ann Example\n"}
    for slug, name in {"alpha": "Alpha", "beta": "Beta", "beta-labs": "Beta Labs"}.items():
        tree[f"content/platform/{slug}/_platform.yaml"] = worlds.platform(name)
        tree[f"content/platform/{slug}/terms/_document.yaml"] = worlds.document()
    tree["content/platform/beta/arabic/_document.yaml"] = worlds.document(
        title="Arabic terms", language="ar"
    )
    for number in range(MANY):
        tree[f"content/platform/alpha/terms/p{number}.md"] = worlds.provision(
            f"Lantern number {number} hangs here.",
            claim=f"Hangs lantern {number}",
            title=f"Lantern {number}",
            id=f"SA-P-{200001 + number}",
            body=f"## Why it matters\n\nReason {number}.\n",
        )
    one_offs = {
        "beta/terms/reviewed": {
            "clause": "Reviewed words.",
            "claim": "Was reviewed",
            "id": "SA-P-100001",
            **REVIEWED,
            "regulations": "\n  - id: eu-act\n    why: It may.",
        },
        "beta/terms/withdrawn": {
            "clause": "Withdrawn words.",
            "claim": "Was withdrawn",
            "status": "\n  state: withdrawn\n  on: 2026-03-04\n  reason: It was a mistake.",
        },
        "beta-labs/terms/sharp": {
            "clause": 'Where a < bold & "b" > c, it holds.',
            "claim": "Names a < b & others",
        },
        "beta-labs/terms/analysed": {
            "clause": "Only we say more.",
            "claim": "Says little",
            "body": "## Why it matters\n\nThe word quartz stands in our analysis alone.\n",
        },
        "beta/arabic/script": {
            "clause": "يجوز لنا استخدام محتواك.",
            "claim": "Quotes another script",
        },
    }
    for place, fields in one_offs.items():
        tree[f"content/platform/{place}.md"] = worlds.provision(**fields)
    return serve(publish(write_world(tree)))


def search(page, root, query):
    """Open a search by its address and wait until it is done."""
    page.goto(f"{root}search/?{query}")
    return done(page)


def done(page):
    """Wait until the search is done and return what it announces."""
    status = page.get_by_role("status")
    expect(status).not_to_have_text(re.compile("^(Searching)?$"))
    return status.inner_text()


def hits(page):
    return page.locator("#found ol h2").all_inner_texts()


def tally(page, value):
    """Return the number beside a value of a facet."""
    return int(
        page.locator("label", has=page.locator(f'input[value="{value}"]'))
        .locator("small")
        .inner_text()
    )


def parameters(page):
    return parse_qs(urlsplit(page.url).query)


# What can be asked for


def test_a_word_is_found_and_marked(page, address):
    """A word finds the clauses that have it, in the platform's words and marked there."""
    said = search(page, address, "q=feedback")
    assert OPT_OUT in hits(page)
    hit = page.locator("#found li", has_text=OPT_OUT)
    expect(hit.locator("blockquote.words mark").first).to_have_text(
        re.compile("feedback", re.IGNORECASE)
    )
    expect(hit.locator("blockquote")).to_have_attribute("lang", "en")
    expect(hit.locator(".grade")).to_have_text("High")
    expect(hit.locator(".where")).to_have_text("Anthropic, Claude.ai Terms of Service")
    expect(hit.locator(".mark")).to_have_text("Draft")
    assert re.match(
        rf"{len(hits(page))} clauses? of \d+ platforms?, {len(hits(page))} drafts?$", said
    )


def test_a_hit_leads_to_its_record(page, address):
    """The claim of a hit is a plain link to the record, with nothing put behind it."""
    search(page, address, "q=feedback")
    page.get_by_role("link", name=OPT_OUT).click()
    expect(page.locator("h1")).to_have_text(OPT_OUT)
    assert urlsplit(page.url)[3:] == ("", "")


def test_a_phrase_is_found_word_for_word(page, address):
    """Words in quotation marks, straight or curly, are found only as they stand."""
    assert "2 clauses" in search(page, address, 'q="safety+review"')
    straight = hits(page)
    assert sorted(straight) == sorted([OPT_OUT, SAFETY_REVIEW])
    search(page, address, "q=“safety+review”")
    assert hits(page) == straight
    assert search(page, address, 'q="review+safety"') == "No clause has “review safety”."


def test_a_record_id_ignores_the_facets(page, address):
    """The id of a record finds that record and no other, in any case, whatever is ticked."""
    for query in (
        "q=CA-P-007114",
        "q=ca-p-007114",
        "q=+Ca-P-007114+",
        "q=CA-P-007114&severity=low&platform=Tinder",
    ):
        assert search(page, address, query) == "1 clause of 1 platform, 1 draft"
        assert hits(page) == [OPT_OUT]
    expect(page.locator("#rest")).to_have_text(re.compile("whole atlas"))


def test_a_document_id_finds_its_records(page, address):
    """The id of a document finds the records of that document."""
    search(page, address, "q=ca-d-00011")
    assert hits(page) == [OPT_OUT]


def test_an_unknown_id_is_not_guessed(page, address):
    """An id that no record has finds nothing, not something near."""
    assert search(page, address, "q=CA-P-00711") == "Nothing here has the ID CA-P-00711."
    assert hits(page) == []


def test_words_are_and(page, address):
    """Every word must be there; a word that no record has is left out, and that is said."""
    assert search(page, address, "q=tinder+mistral") == "No clause has “tinder mistral”."
    search(page, address, "q=feedback+zebra")
    expect(page.locator("#rest")).to_have_text(
        "Nothing here has “zebra”, so that was left out of the search."
    )


def test_text_is_text(page, made_up):
    """Markup in a quotation, a claim or a query is shown, never run."""
    search(page, made_up, "q=bold")
    expect(page.locator("#found h2")).to_have_text("Names a < b & others")
    expect(page.locator("#found blockquote")).to_have_text('Where a < bold & "b" > c, it holds.')
    said = search(page, made_up, "q=%3Cimg/src%3D//onerror%3Dalert(1)%3E")
    assert said == "No clause has “<img/src=//onerror=alert(1)>”."
    assert page.locator("main img").count() == 0


def test_our_words_are_told_from_theirs(page, made_up):
    """A hit in our analysis is shown as ours; one in the quotation stands as theirs, in its own language."""
    search(page, made_up, "q=quartz")
    expect(page.locator("#found .ours mark")).to_have_text("quartz")
    assert page.locator("#found blockquote").count() == 0
    search(page, made_up, "q=محتواك")
    expect(page.locator("#found blockquote[lang=ar][dir=auto]")).to_have_text(
        "يجوز لنا استخدام محتواك."
    )


def test_a_record_that_no_longer_stands_says_so(page, made_up):
    """A withdrawn record is found, and its state stands beside it; its grade is in no facet."""
    search(page, made_up, "q=withdrawn+words")
    expect(page.locator("#found .grade")).to_have_class("grade silent")
    expect(page.locator("#found strong.mark")).to_have_text("Withdrawn")
    assert tally(page, "medium") == 0


# Narrowing down


def test_a_typed_platform_narrows(page, address):
    """A platform is typed, in part or whole; who types a whole name means that platform alone."""
    page.goto(f"{address}search/?q=data")
    before = done(page)
    page.get_by_label("Platform", exact=True).fill("mistral")
    page.get_by_label("Platform", exact=True).press("Enter")
    expect(page.get_by_role("status")).not_to_have_text(before)
    assert set(page.locator("#found .where").all_inner_texts()) == {"Mistral AI, Privacy Policy"}
    assert parameters(page) == {"q": ["data"], "platform": ["mistral"]}


def test_a_whole_name_is_not_part_of_another(page, made_up):
    """“Beta” is Beta, not Beta Labs; “bet” is both."""
    search(page, made_up, "platform=beta")
    assert {where.split(",")[0] for where in page.locator("#found .where").all_inner_texts()} == {
        "Beta"
    }
    search(page, made_up, "platform=bet")
    assert {where.split(",")[0] for where in page.locator("#found .where").all_inner_texts()} == {
        "Beta",
        "Beta Labs",
    }


def test_or_within_a_facet_and_across(page, address):
    """Two values of one facet add up, a second facet narrows, and the numbers say so before the click."""
    search(page, address, "severity=high")
    high = len(hits(page))
    expected = high + tally(page, "low")
    page.get_by_label("Low").check()
    expect(page.locator("#found li")).to_have_count(expected)
    assert {word.strip() for word in page.locator("#found .grade").all_inner_texts()} == {
        "High",
        "Low",
    }
    expected = tally(page, "GB")
    assert 0 < expected < high + 3
    page.get_by_label("United Kingdom").check()
    expect(page.locator("#found li")).to_have_count(expected)
    assert parameters(page) == {"severity": ["high", "low"], "jurisdiction": ["GB"]}


def test_every_facet_narrows_to_its_number(page, address):
    """Each value of each facet gives exactly as many records as the page says."""
    page.goto(f"{address}search/")
    boxes = page.locator("fieldset input[type=checkbox]")
    asked = [(box.get_attribute("name"), box.get_attribute("value")) for box in boxes.all()]
    assert {name for name, _ in asked} == {
        "severity",
        "confidence",
        "clause-type",
        "regulation",
        "jurisdiction",
        "draft",
    }
    numbers = [tally(page, value) for _, value in asked]
    for (name, value), number in zip(asked, numbers, strict=True):
        box = page.locator(f'input[name="{name}"][value="{value}"]')
        box.check()
        expect(page.get_by_role("status")).to_have_text(re.compile(f"^{number} clause"))
        expect(page.locator("#found li")).to_have_count(number)
        box.uncheck()
        expect(page.locator("#rest")).to_have_text(re.compile("quotation marks"))
        assert tally(page, value) == number


def test_review_and_confidence_are_facets(page, made_up):
    """A reviewed record is found by its review and by the reviewer's certainty, and is no draft."""
    assert search(page, made_up, "draft=reviewed") == "1 clause of 1 platform"
    assert hits(page) == ["Was reviewed"]
    assert page.locator("#found .mark").count() == 0
    assert search(page, made_up, "confidence=high&regulation=eu-act") == "1 clause of 1 platform"


def test_filters_can_be_cleared(page, address):
    """One link drops every filter and keeps the words."""
    search(page, address, "q=training&severity=high&platform=anthropic")
    page.get_by_role("link", name="Clear all filters").click()
    done(page)
    assert parameters(page) == {"q": ["training"]}
    expect(page.get_by_role("link", name="Clear all filters")).to_be_hidden()


@pytest.mark.parametrize(
    ("order", "read", "expected"),
    [
        (
            "severity",
            ".grade",
            lambda words: sorted(words, key=["Critical", "High", "Medium", "Low"].index),
        ),
        (
            "platform",
            ".where",
            lambda words: sorted(words, key=lambda word: word.split(",")[0].casefold()),
        ),
    ],
)
def test_results_can_be_sorted(page, address, order, read, expected):
    """Sorting orders all hits, and is part of the address."""
    page.goto(f"{address}search/?q=data")
    before = done(page)
    page.get_by_label("Sort by").select_option(order)
    expect(page).to_have_url(re.compile(f"sort={order}"))
    assert done(page) == before
    expect(page.locator("#found li").first).to_be_visible()
    words = [text.strip() for text in page.locator(f"#found {read}").all_inner_texts()]
    assert len(words) > 3
    assert words == expected(words)


def test_sorting_by_capture_leaves_nobody_out(page, address):
    """The newest capture comes first; records whose capture nobody recorded come last and are still there."""
    everything = search(page, address, "q=data")
    assert search(page, address, "q=data&sort=captured") == everything
    days = page.locator("#found .captured").all_inner_texts()
    assert len(days) == len(hits(page))
    assert days[0].startswith("captured ")
    assert days[-1] == "capture not recorded"
    unknown = [day == "capture not recorded" for day in days]
    assert unknown == sorted(unknown)


def test_more_than_a_pageful_is_shown_on_demand(page, made_up):
    """Twenty hits are shown, the button says how many come next, and the reader is taken to the first of them."""
    assert search(page, made_up, "q=lantern").startswith(f"{MANY} clauses")
    expect(page.locator("#found li")).to_have_count(20)
    page.get_by_role("button", name="7 more").click()
    expect(page.locator("#found li")).to_have_count(MANY)
    expect(page.locator("#more")).to_be_hidden()
    expect(page.locator("#found li").nth(20).locator("a")).to_be_focused()
    assert len(set(hits(page))) == MANY


# The address


def test_a_deep_link_shows_what_it_says(page, address):
    """An address with words, facets and order fills in the form and gives the same hits to anyone."""
    search(
        page, address, "q=training&severity=high&severity=medium&platform=Anthropic&sort=severity"
    )
    expect(page.get_by_role("searchbox")).to_have_value("training")
    for name in ("high", "medium"):
        expect(page.locator(f'input[name=severity][value="{name}"]')).to_be_checked()
    expect(page.locator('input[value="low"]')).not_to_be_checked()
    expect(page.get_by_label("Platform", exact=True)).to_have_value("Anthropic")
    expect(page.get_by_label("Sort by")).to_have_value("severity")
    assert hits(page) == [OPT_OUT, SAFETY_REVIEW]


def test_back_and_forward_restore_the_search(page, address):
    """Each search is a place in the browser's history: form, hits and announcement come back with it."""
    first = search(page, address, "q=feedback")
    box = page.get_by_role("searchbox")
    box.fill("tinder")
    box.press("Enter")
    expect(page.locator("#found h2")).to_have_text(re.compile("FAQ"))
    second = done(page)
    page.go_back()
    expect(box).to_have_value("feedback")
    expect(page.get_by_role("status")).to_have_text(first)
    page.go_forward()
    expect(box).to_have_value("tinder")
    expect(page.get_by_role("status")).to_have_text(second)


def test_an_address_that_says_nonsense_is_harmless(page, address):
    """Values that are not there are left aside."""
    page.goto(f"{address}search/?severity=Purple&sort=sideways&who=me")
    expect(page.locator("#rest")).to_have_text(re.compile("quotation marks"))
    expect(page.get_by_label("Sort by")).to_have_value("relevance")


def test_the_box_of_every_page_leads_here(page, address):
    """The box at the head of other pages is a form that lands on this page."""
    page.goto(address)
    page.get_by_role("searchbox").first.fill("tinder")
    page.get_by_role("searchbox").first.press("Enter")
    assert done(page).startswith("1 clause")
    assert urlsplit(page.url).path == "/search/"


# Who has no mouse, no screen, no script, no index


def test_the_keyboard_is_enough(page, address):
    """Words, facets and hits are reached and worked with Tab, Space and Enter alone."""
    page.goto(f"{address}search/")
    page.get_by_role("searchbox").focus()
    page.keyboard.type("feedback")
    page.keyboard.press("Enter")
    done(page)
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.locator('input[value="high"]')).to_be_focused()
    page.keyboard.press("Space")
    expect(page).to_have_url(re.compile("severity=high"))
    done(page)
    expect(page.locator('input[value="high"]')).to_be_focused()
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.locator("#found h2 a").first.evaluate("link => link === document.activeElement"):
            break
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text(OPT_OUT)


def test_the_count_is_announced(page, address):
    """What was found is said in a live region that was there before, so that a screen reader hears it."""
    page.goto(f"{address}search/")
    region = page.get_by_role("status")
    expect(region).to_have_text("")
    region.evaluate("region => region.mark = true")
    page.get_by_role("searchbox").fill("feedback")
    page.get_by_role("button", name="Search").click()
    assert "clause" in done(page)
    assert region.evaluate("region => region.mark")


def test_facets_fold_on_a_phone(open_page, address):
    """On a phone the facets fold behind a line that says how many are on, and nothing scrolls sideways at 320 px."""
    page = open_page(viewport={"width": 320, "height": 640})
    search(page, address, "q=training&severity=high&severity=medium")
    expect(page.get_by_label("Critical")).to_have_count(0)
    expect(page.get_by_label("Medium")).to_be_hidden()
    page.get_by_text("Filter: 2 on").click()
    expect(page.get_by_label("Medium")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_nothing_found_says_what_to_do(page, address):
    """Nothing found is said, with a form to ask for it that holds the words, and no filter to blame."""
    assert search(page, address, "q=zebra+%26+crossing%3F") == "No clause has “zebra & crossing?”."
    link = page.get_by_role("link", name="request it")
    expect(page.locator("#rest")).to_have_text("Not covered yet: request it.")
    asked = urlsplit(link.get_attribute("href"))
    assert (asked.netloc, asked.path) == ("github.com", "/clause-atlas/atlas/issues/new")
    assert parse_qs(asked.query)["title"] == ["Not covered yet: zebra & crossing?"]
    assert "zebra & crossing?" in parse_qs(asked.query)["body"][0]


def test_nothing_found_with_filters_names_the_filter(page, address):
    """Where a filter is in the way, dropping it is offered with what it would give, and it gives that."""
    assert (
        search(page, address, "q=safety&severity=high&platform=tinder")
        == "No clause has “safety” with these filters."
    )
    drop = page.get_by_role("link", name="Drop Platform: tinder, 1 clause")
    assert page.get_by_role("link", name="request it").count() == 0
    drop.click()
    assert done(page).startswith("1 clause of")
    assert parameters(page) == {"q": ["safety"], "severity": ["high"]}


def test_nothing_found_is_not_blamed_on_the_atlas(page, address):
    """Where only all filters together are in the way, clearing them is offered, and nothing is called uncovered."""
    search(
        page, address, "q=tinder&severity=high&platform=roblox&clause-type=training-data-sources"
    )
    expect(page.locator("#rest")).to_have_text("Clear all filters")
    page.locator("#rest a").click()
    assert done(page).startswith("1 clause")
    assert parameters(page) == {"q": ["tinder"]}


def test_without_script_the_lists_stand_in(open_page, address):
    """Without JavaScript the form lands on this page, which says why it finds nothing and where to go."""
    page = open_page(java_script_enabled=False)
    page.goto(f"{address}search/")
    page.get_by_role("searchbox").fill("opt out")
    page.get_by_role("button", name="Search").click()
    assert parameters(page)["q"] == ["opt out"]
    expect(page.locator("noscript p")).to_have_text(re.compile("needs JavaScript"))
    expect(page.locator("noscript p")).to_be_visible()
    expect(page.locator(".facets")).to_be_hidden()
    links = page.locator("noscript a")
    assert links.all_inner_texts() == ["Platforms", "Clause types", "Regulations", "Severities"]
    assert all(
        page.request.get(f"{address}{link.get_attribute('href')[1:]}").ok for link in links.all()
    )


@pytest.mark.parametrize(
    "missing", ["pagefind", "pagefind/pagefind-entry.json", "pagefind/fragment", "pagefind/filter"]
)
def test_a_missing_index_is_said(page, site, serve, tmp_path, missing):
    """An index that does not load is said in words, with the lists, and never looks like “nothing found”."""
    shutil.copytree(site, tmp_path / "site")
    gone = tmp_path / "site" / missing
    shutil.rmtree(gone) if gone.is_dir() else gone.unlink()
    said = search(page, serve(tmp_path / "site"), "q=training")
    assert said.startswith("The search index could not be loaded")
    assert (
        page.locator("#rest").get_by_role("link", name="Platforms").get_attribute("href")
        == "/platform/"
    )
    assert hits(page) == []
    page.faults.clear()


# Where it is published


def test_it_works_below_a_path(page, publish, serve):
    """Published at /repo/, everything is fetched from there and hits lead there."""
    root = serve(publish(base_path="/repo/"), "/repo/")
    fetched = []
    page.on("request", lambda asked: fetched.append(urlsplit(asked.url).path))
    search(page, root, "q=feedback&severity=high")
    assert hits(page) == [OPT_OUT]
    assert any(path.startswith("/repo/pagefind/fragment/") for path in fetched)
    assert all(path.startswith("/repo/") for path in fetched)
    page.get_by_role("link", name=OPT_OUT).click()
    expect(page.locator("h1")).to_have_text(OPT_OUT)
    assert urlsplit(page.url).path.startswith("/repo/platform/anthropic/")


def test_the_policy_is_kept(page, address):
    """The page's own policy is what a host would send but for framing, and it is not broken by a search."""
    answer = page.goto(f"{address}search/?q=feedback")
    done(page)
    sent = answer.headers["content-security-policy"]
    own = page.locator("meta[http-equiv=Content-Security-Policy]").get_attribute("content")
    assert f"{own}; frame-ancestors 'none'" == sent
    refused = page.evaluate("""() => new Promise(told => {
        addEventListener("securitypolicyviolation", event => told(event.violatedDirective));
        const script = document.createElement("script");
        script.textContent = "1";
        document.body.append(script);
    })""")
    assert refused.startswith("script-src")
    page.faults.clear()


def test_nothing_is_fetched_before_it_is_wanted(page, address):
    """The page without a query is light: no index, no WebAssembly, until somebody turns to the box."""
    fetched = []
    page.on("request", lambda asked: fetched.append(urlsplit(asked.url).path))
    page.goto(f"{address}search/")
    expect(page.locator("#rest")).to_have_text(re.compile("quotation marks"))
    assert not [path for path in fetched if path.startswith("/pagefind/")]
    with page.expect_request(re.compile(r"/pagefind/pagefind\.js")):
        page.get_by_role("searchbox").focus()
