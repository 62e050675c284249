"""The provision page: every element that it promises, with its value, from the records and from nowhere else."""

import json
import re
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from conftest import AS_OF, copy_atlas
from selectolax.lexbor import LexborHTMLParser

from atlas import site
from atlas.canonical import clause_sha256

FOLDERS = {
    "CA-P-007114": "platform/anthropic/claudeai-terms-of-service/model-training-data-use-and-opt-out-carve-outs",
    "CA-P-008335": "platform/anthropic/anthropic-privacy-policy/model-training-opt-out-with-safety-review-carve-out",
}
TERMS, PRIVACY = FOLDERS


def page_at(site_folder, folder):
    return LexborHTMLParser((site_folder / folder / "index.html").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def pages(built):
    return {number: page_at(built, folder) for number, folder in FOLDERS.items()}


def found(page, selector):
    """The elements that a selector finds; `#name` alone or in front means the whole section with that heading."""
    first, _, rest = selector.partition(" ")
    if not first.startswith("#"):
        return page.css(selector)
    node = page.css_first(first)
    while node is not None and node.tag.startswith("h") and node.tag != "html":
        node = node.parent
        while node.tag not in {"section", "figure", "main"}:
            node = node.parent
    return [] if node is None else node.css(rest) if rest else [node]


def text_of(page, selector):
    """The text of all elements that a selector finds, blanks collapsed."""
    return " ".join(" ".join(node.text(separator=" ") for node in found(page, selector)).split())


def links_of(page, selector):
    return {
        " ".join(a.text().split()): a.attributes["href"]
        for node in found(page, selector)
        for a in node.css("a")
    }


def facts_of(page, selector):
    """Label and value of every pair of a definition list."""
    pairs = zip(found(page, f"{selector} dt"), found(page, f"{selector} dd"), strict=True)
    return {
        " ".join(dt.text().split()): " ".join(dd.text(separator=" ").split()) for dt, dd in pairs
    }


SEED_FACTS = [
    (
        TERMS,
        "Claude.ai Terms of Service",
        "CA-D-00011",
        "High",
        "b10681ed0556f33fd77bdd0ca8d5a1d1e02616dab9696dadd177f042a3770d68",
        "9 May 2026, 14:35 UTC",
        "https://www.anthropic.com/legal/consumer-terms",
    ),
    (
        PRIVACY,
        "Anthropic Privacy Policy",
        "CA-D-00012",
        "Medium",
        "20bca03faeb6eca729c8a9ece674a093b027618cf9e96f1e0a652dcaef888ca9",
        "9 May 2026, 14:50 UTC",
        "https://www.anthropic.com/legal/privacy",
    ),
]


@pytest.mark.parametrize(
    ("number", "title", "document", "grade", "recorded", "captured", "source"),
    SEED_FACTS,
    ids=list(FOLDERS),
)
def test_facts_of_the_first_two_records(
    pages, number, title, document, grade, recorded, captured, source
):
    """Document, ids, grade, dates, hash and source of the two records that the atlas grew from are on their pages."""
    page = pages[number]
    crumbs = links_of(page, ".crumbs")
    assert crumbs["Anthropic"] == "/platform/anthropic/"
    assert title in crumbs
    assert source in crumbs["Live source"]
    assert "#:~:text=We%20may%20use%20" in crumbs["Live source"]
    assert crumbs["Look up in the Wayback Machine"] == f"https://web.archive.org/web/*/{source}"
    status = text_of(page, ".facts")
    for words in (
        grade,
        "Opt-out with carve-outs",
        "Not reviewed",
        "Explicit",
        "Never verified",
        "captured 9 May 2026",
        "Draft",
    ):
        assert words in status
    details = facts_of(page, "#details")
    assert details["Document"] == title
    assert details["Entity"] == "Anthropic, PBC"
    assert details["Record ID"] == number
    assert details["Document ID"] == document
    assert details["Dated by the document"].startswith("5 May 2026")
    assert details["First tracked"] == "not yet"
    assert details["Last verified"] == "never"
    assert recorded in re.sub(r"\s", "", text_of(page, "#evidence .hash"))
    assert "we do not hold the bytes" in text_of(page, "#evidence")
    assert "Verified" not in text_of(page, "#evidence")
    assert captured in text_of(page, "main details")
    assert grade in text_of(page, "#classification")


@pytest.mark.parametrize("number", FOLDERS)
def test_every_section_of_the_page(pages, number):
    """The page has its sections in the order in which people read it, each with a heading."""
    page = pages[number]
    ids = [node.attributes["id"] for node in page.css("main [id]")]
    wanted = [
        "quotation",
        "impact",
        "actions",
        "why",
        "grade",
        "regulations",
        "stability",
        "others",
        "details",
        "evidence",
        "cite",
        "classification",
    ]
    assert [i for i in ids if i in wanted] == wanted
    assert len(page.css("h1")) == 1


def test_title_claim_and_disclaimer(pages):
    """The heading is the claim, the title stands under it, one line says what we do not say and how we work."""
    page = pages[TERMS]
    assert (
        text_of(page, "h1") == "Keeps training on flagged chats and on feedback after you opt out"
    )
    assert "Model training data use and opt-out carve-outs" in text_of(page, ".under-h1")
    assert "/methodology/" in links_of(page, ".spread").values()


def test_prevalence_is_linked_and_says_drafts(pages):
    """`k of n reviewed platforms` and `N provisions on M other platforms` lead to what they count, with the drafts."""
    links = links_of(pages[TERMS], ".spread")
    assert (
        links["2 of 2 reviewed platforms have such a clause"]
        == "/clause-type/model-training-data-use/#reviewed"
    )
    assert links["1 provision on 1 other platform"].startswith(
        "/clause-type/model-training-data-use/#"
    )
    assert "3 of 3 records are drafts" in text_of(pages[TERMS], ".spread")


def test_quotation_is_whole_and_marked_as_theirs(built, pages):
    """The clause stands in full, in its language, and the hash on the page is the hash of those words."""
    for number, folder in FOLDERS.items():
        record = json.loads((built / folder / "record.json").read_text(encoding="utf-8"))
        quote = pages[number].css_first("#quotation blockquote")
        assert quote.attributes["lang"] == "en"
        assert quote.attributes["dir"] == "auto"
        assert text_of(pages[number], "#quotation blockquote") == " ".join(record["clause"].split())
        assert clause_sha256(record["clause"]) in re.sub(
            r"\s", "", text_of(pages[number], "#evidence .hash")
        )


def test_regulations_have_jurisdiction_article_and_reason(pages):
    """Each mapped regulation is linked, under its jurisdiction, with article and reason."""
    page = pages[TERMS]
    links = links_of(page, "#regulations")
    assert links["GDPR"] == "/regulation/eu-gdpr/"
    assert links["European Union"] == "/jurisdiction/eu/"
    row = next(
        r for r in found(page, "#regulations tr") if "GDPR" in r.text() and "UK" not in r.text()
    )
    assert "Art. 6(1)(f)" in row.text()
    assert len(row.css("td")[-1].text().split()) > 5


def test_all_eight_regulations_are_mapped(built):
    """The eight regulations of the first two pages all have records, under their official names."""
    names = {
        p.parent.name: text_of(page_at(built, p.parent), "main")
        for p in (built / "regulation").glob("*/index.html")
    }
    mapped = {
        "eu-ai-act",
        "eu-ai-act-high-risk",
        "eu-gdpr",
        "uk-gdpr",
        "us-ca-ab-2013",
        "us-co-ai-act",
        "us-tx-ai-act",
        "us-eo-14365",
    }
    assert mapped <= set(names)
    assert all("Keeps training" in names[name] or "Draft" in names[name] for name in mapped)
    assert (
        "Ensuring a National Policy Framework for Artificial Intelligence" in names["us-eo-14365"]
    )


def test_peers_then_named_examples(pages):
    """Computed peers come first, then the named examples with relation and note, then the way to all."""
    page = pages[TERMS]
    peers, named = found(page, "#others table")
    assert peers.css_first("tbody tr").text(separator=" ").split()[0] == "DeepL"
    named = named.text(separator=" ")
    for platform in ("DeepL", "Midjourney", "Roblox"):
        assert platform in named
    assert named.count("Context") == 2
    assert links_of(page, "#others")["See all platforms with this clause type"].startswith(
        "/clause-type/model-training-data-use/"
    )
    named = found(pages[PRIVACY], "#others table")[-1].text(separator=" ")
    assert all(platform in named for platform in ("OpenAI", "Tinder", "Mistral AI"))


def test_citation_share_edit_report_and_affiliation(pages):
    """Two citations with the permanent address, plain share links, and ways to mend the record; no date of access."""
    page = pages[TERMS]
    citation = text_of(page, "#cite")
    assert "CA-P-007114" in citation
    assert "https://clause-atlas.example/id/CA-P-007114/r1/" in citation
    assert "ccessed" not in citation
    share = links_of(page, "#share")
    assert share["E-mail"].startswith("mailto:?subject=")
    assert urlsplit(share["X"]).netloc == "x.com"
    assert urlsplit(share["LinkedIn"]).netloc == "www.linkedin.com"
    assert all("clause-atlas.example" in unquote(href) for href in share.values())
    take = links_of(page, "#take")
    assert (
        take["Edit this record"]
        == f"https://github.com/clause-atlas/atlas/edit/main/content/{FOLDERS[TERMS]}.md"
    )
    assert "CA-P-007114" in parse_qs(urlsplit(take["Report a mistake"]).query)["title"][0]
    assert take["JSON"].endswith("/record.json")
    assert take["Markdown"].endswith("/index.md")
    assert "not affiliated with, endorsed by or sponsored by Anthropic" in text_of(page, "#take")


def test_machine_descriptions(pages):
    """JSON-LD, OpenGraph, Highwire, Dublin Core, canonical and cite-as say the same as the page."""
    page = pages[TERMS]
    canonical = page.css_first('link[rel="canonical"]').attributes["href"]
    assert canonical == f"https://clause-atlas.example/{FOLDERS[TERMS]}/"
    assert (
        page.css_first('link[rel="cite-as"]').attributes["href"]
        == "https://clause-atlas.example/id/CA-P-007114/r1/"
    )
    tree = json.loads(page.css_first('script[type="application/ld+json"]').text())
    assert tree["@type"] == "WebPage"
    text = json.dumps(tree)
    assert '"Quotation"' in text
    assert '"BreadcrumbList"' in text
    assert "FAQPage" not in text
    assert "ClaimReview" not in text
    meta = {
        n.attributes.get("name") or n.attributes.get("property"): n.attributes.get("content")
        for n in page.css("meta")
    }
    assert meta["og:type"] == "article"
    assert meta["citation_title"] == "Model training data use and opt-out carve-outs"
    assert meta["DC.identifier"] == "CA-P-007114"


def test_other_records_of_the_same_document(real_atlas, tmp_path):
    """Another record of the document, and a related one, are listed; without one the section is not there."""
    folder = real_atlas / "content" / "/".join(FOLDERS[PRIVACY].split("/")[:-1])
    record = (folder / f"{FOLDERS[PRIVACY].split('/')[-1]}.md").read_text(encoding="utf-8")
    lines = [line for line in record.split("\n") if not line.startswith("id: ")]
    lines = ["title: Second label" if line.startswith("title:") else line for line in lines]
    head, _, _ = "\n".join(lines).partition("## ")
    (folder / "second.md").write_text(
        head + "## Consumer impact\n\nQuite other words stand here for once.\n", encoding="utf-8"
    )
    assert site.build(
        real_atlas, tmp_path / "site", site.Settings(AS_OF, with_search=False)
    ).written
    assert "/second/" in str(links_of(page_at(tmp_path / "site", FOLDERS[PRIVACY]), "#document"))
    assert found(page_at(tmp_path / "site", FOLDERS[TERMS]), "#document") == []


PLACES = {
    # field of the record: where its words stand on its own page, and which other pages may carry them
    "title": (".under-h1", True),
    "claim": ("h1", True),
    "severity_reason": ("#grade", False),
    "section": ("#quotation", True),
    "why": ("#regulations", True),
    "note": ("#others", False),
    "clause": ("#quotation", True),
    "Why it matters": ("#why", False),
    "Consumer impact": ("#impact", False),
    "What you can do": ("#actions", False),
    "Questions": ("#questions", False),
}


def test_new_words_appear_where_they_belong_and_nowhere_else(tmp_path):
    """A word put into any field of a record is on its page in the place of that field, and on no page of another matter."""
    root = copy_atlas(tmp_path / "atlas")
    path = root / "content" / f"{FOLDERS[TERMS]}.md"
    words = {field: f"zq{number}vorpal" for number, field in enumerate(PLACES)}
    path.write_text(_with_words(path.read_text(encoding="utf-8"), words), encoding="utf-8")
    result = site.build(root, tmp_path / "site", site.Settings(AS_OF, with_search=False))
    assert result.written, result.report.problems
    pages = {
        p.relative_to(tmp_path / "site").as_posix(): p.read_text(encoding="utf-8")
        for p in (tmp_path / "site").rglob("*.html")
    }
    own = f"{FOLDERS[TERMS]}/index.html"
    versions = [
        page_at(tmp_path / "site", f"{language}{FOLDERS[TERMS]}") for language in ("", "de/")
    ]
    for field, word in words.items():
        selector, elsewhere = PLACES[field]
        assert all(word in text_of(page, selector) for page in versions), field
        found_on = {name.removeprefix("de/") for name, text in pages.items() if word in text}
        others = sorted(found_on - {own})
        if not elsewhere:
            assert others == [], field
        for name in others:
            assert re.match(
                r"index|platform/anthropic/|platform/deepl/|platform/index|clause-type/model-training|regulation/|jurisdiction/|category/|severity/high|id/CA-P-007114",
                name,
            ), (field, name)


def _with_words(text, words):
    """Put each word into its field of a record's text."""
    for field in ("title", "claim", "severity_reason"):
        text = re.sub(
            rf"^({field}: .*?)([.\"]*)$",
            rf"\g<1> {words[field]}\g<2>",
            text,
            count=1,
            flags=re.MULTILINE,
        )
    text = re.sub(r"^section: .*$", f'section: "4 {words["section"]}"', text, flags=re.MULTILINE)
    text = re.sub(
        r"^(    why: .*?)([.\"]*)$",
        rf"\g<1> {words['why']}\g<2>",
        text,
        count=1,
        flags=re.MULTILINE,
    )
    text = re.sub(
        r"^(    note: .*?)([.\"]*)$",
        rf"\g<1> {words['note']}\g<2>",
        text,
        count=1,
        flags=re.MULTILINE,
    )
    text = text.replace("clause: |-\n  We may", f"clause: |-\n  We {words['clause']} may", 1)
    for heading in ("Why it matters", "Consumer impact", "What you can do"):
        text = text.replace(
            f"## {heading}\n\n", f"## {heading}\n\n{words[heading].capitalize().lower()}\n\n", 1
        )
    return re.sub(r"(## Questions\n\n### .*\n\n)", rf"\g<1>{words['Questions']} ", text, count=1)


def test_states_are_said_in_place_of_the_facts(tmp_path):
    """A withdrawn record keeps its page: a notice with day and reason, no grade line, and no listing by search engines."""
    root = copy_atlas(tmp_path / "atlas")
    path = root / "content" / f"{FOLDERS[TERMS]}.md"
    status = (
        "status:\n  state: withdrawn\n  on: 2026-11-22\n  reason: The words came from a copy.\n"
    )
    path.write_text(
        path.read_text(encoding="utf-8").replace("analysis:\n", f"{status}analysis:\n", 1),
        encoding="utf-8",
    )
    assert site.build(root, tmp_path / "site", site.Settings(AS_OF, with_search=False)).written
    page = page_at(tmp_path / "site", FOLDERS[TERMS])
    assert "22 November 2026" in text_of(page, ".notice")
    assert "The words came from a copy." in text_of(page, ".notice")
    assert page.css_first(".facts") is None
    assert page.css_first('meta[name="robots"]').attributes["content"].startswith("noindex")
    other = page_at(tmp_path / "site", FOLDERS[PRIVACY])
    assert "2 of 2 reviewed platforms" in text_of(other, ".spread")
    assert "all 2" in text_of(other, ".spread").lower() or "2 of 2 records are drafts" in text_of(
        other, ".spread"
    )
