"""Strangers' text in a real browser: whatever it holds, it is text, and nothing happens.

Every field of every record is filled with text that would do something in HTML, an attribute, a URL, a script, a
style, a template or Markdown (`markers`). The proof is that each page has the very elements and attributes of its
twin, which is the same page made of harmless words of the same length.
"""

import json
import re
import shutil

import markers
import pytest
from conftest import ROOT
from markers import CONTEXTS, FREE, key, marker
from playwright.sync_api import expect
from previews import running

from atlas import search

pytestmark = pytest.mark.browser

UNSEEN = {
    "Source.select",
    "Source.remove",
    "Person.interests",
    "Site.branch",
}
"""Fields that stand on no page as text."""

WATCH = """
    window.__hits = [];
    window.__hit = (key) => window.__hits.push(String(key));
    addEventListener("securitypolicyviolation", (found) => window.__hits.push(`${found.violatedDirective} ${found.blockedURI}`));
"""

SKELETON = """
(root) => {
    const kept = new Set(["class", "id", "type", "rel", "http-equiv", "name", "property", "method", "src", "action", "lang", "dir", "scope"]);
    const leads = (address) => {
        const to = new URL(address, "https://sample.example/");
        return to.protocol === "mailto:" ? to.protocol : to.host === "sample.example" ? to.pathname : to.protocol + to.host;
    };
    const value = ({ name, value }) =>
        name === "href" || name === "src" || name === "action" ? leads(value)
            : name === "id" && /k\\d\\dx?/.test(value) ? /^[\\w-]+$/.test(value)
            : kept.has(name) ? value : "";
    const told = [];
    const walk = (node) => {
        for (const child of node.children) {
            const attributes = [...child.attributes].map((a) => `${a.name}=${value(a)}`).sort();
            told.push(`${child.localName} ${attributes.join(" ")}`);
            if (child.matches(".prose, h2")) continue;
            walk(child);
            if (child.localName === "template") walk(child.content);
        }
        told.push("/");
    };
    walk(root);
    return told;
}
"""

MARKDOWN = """
(root) => [...root.querySelectorAll(".prose *, h2 *")].map((made) =>
    [made.localName, [...made.attributes].map(({ name, value }) => [name, value])])
"""

WAYS = {"without the policy": {"bypass_csp": True}, "under the policy": {"color_scheme": "dark"}}
"""Escaping must not need the policy, and must never make the browser apply it."""

ELEMENTS = set("p em strong code pre a ul ol li blockquote h2 h3 h4 h5 h6 hr br".split())
"""What Markdown may become."""
LISTED = set("dl div dt dd span svg path".split())
"""What the listings of a page of prose are made of."""


@pytest.fixture(scope="module")
def searched(twins, tmp_path_factory):
    """The marked atlas, published with search."""
    folder = shutil.copytree(twins[0] / "site", tmp_path_factory.mktemp("searched") / "site")
    search.index(folder)
    return folder


@pytest.fixture(scope="module")
def pages(twins):
    """Address of every page, and its HTML on both sides."""
    marked, harmless = (
        {
            p.relative_to(f / "site").as_posix(): p.read_text(encoding="utf-8")
            for p in (f / "site").rglob("*.html")
        }
        for f in twins
    )
    assert marked.keys() == harmless.keys()
    return {name: (marked[name], harmless[name]) for name in sorted(marked)}


@pytest.fixture(scope="module")
def parser(browser):
    """Let the browser parse each marked page, or its twin, and tell something of it; nothing is loaded."""
    context = browser.new_context()
    page = context.new_page()

    def parser(pages, told, side=0):
        return [
            page.evaluate(
                f"(html) => ({told})(new DOMParser().parseFromString(html, 'text/html'))",
                both[side],
            )
            for both in pages.values()
        ]

    yield parser
    context.close()


@pytest.fixture
def watched(open_page):
    """Open a page on which a marker that does anything is noticed."""

    def watched(**options):
        page = open_page(**options)
        page.context.add_init_script(WATCH)
        page.on("dialog", lambda dialog: (page.faults.append(dialog.message), dialog.dismiss()))
        page.on("popup", lambda popup: page.faults.append(popup.url))
        page.on("download", lambda download: page.faults.append(download.url))
        return page

    return watched


def assert_quiet(page, name):
    assert page.evaluate("window.__hits") == [], name
    assert page.faults == [], name
    assert [frame.url for frame in page.frames if frame != page.main_frame] == [], name


def test_no_marker_makes_an_element(parser, pages):
    """Each page has exactly the elements, attributes, ids, classes and destinations of its harmless twin."""
    for name, marked, harmless in zip(
        pages, parser(pages, SKELETON), parser(pages, SKELETON, 1), strict=True
    ):
        assert marked == harmless, name


def test_markdown_makes_only_what_it_may(parser, pages):
    """In analysis and prose, Markdown becomes text, lists, code, headings and links to https, mail and this site."""
    found = set()
    for name, made in zip(pages, parser(pages, MARKDOWN), strict=True):
        for element, attributes in made:
            found.add(element)
            assert element in ELEMENTS | (LISTED if name.endswith("about/index.html") else set()), (
                name,
                element,
            )
            told = dict(attributes)
            if element == "a":
                assert told.keys() <= {"href", "rel", "title"}
                assert re.match(r"https://|mailto:|/(?![/\\])|#", told["href"]), told
            elif element in ELEMENTS:
                assert told.keys() <= {"start", "class"}, (name, element, told)
                assert re.fullmatch(r"language-\S*", told.get("class", "language-")), told
    assert {"a", "em", "strong", "code", "pre", "ul", "ol"} <= found


def test_every_marker_is_read_as_text(parser, pages):
    """What was written is what people read, letter by letter; fields that no page shows are known by name."""
    texts = parser(pages, "(root) => root.documentElement.textContent")
    read = " ".join(" ".join(texts).split())
    shown = {field for field in FREE if any(key(field, context) in read for context in CONTEXTS)}
    assert shown == set(FREE) - UNSEEN
    for field in shown - {"Section.text", "Prose.text", "Person.sort_name"}:
        for context in CONTEXTS:
            assert " ".join(marker(field, context).split()) in read, (field, context)


@pytest.mark.parametrize("way", WAYS)
def test_nothing_happens(watched, serve, searched, pages, thorough, way):
    """On a page of each type nothing runs, nobody is asked for anything, no policy is broken; --long opens them all."""
    address = serve(searched)
    stays = [name for name, (marked, _) in pages.items() if 'http-equiv="refresh"' not in marked]
    kinds = {
        re.sub(r"/(d\d\d|alpha|beta)(?=/)", "/x", f"/{name}"): name
        for name in stays
        if not name.startswith("de/")
    }
    page = watched(**WAYS[way])
    for name in stays if thorough else kinds.values():
        page.goto(address + name)
        assert_quiet(page, name)
    page.goto(f"{address}id/SA-P-100000/")
    page.wait_for_url("**/record/")
    assert_quiet(page, "id")


@pytest.mark.parametrize("field", ["Provision.claim", "Provision.clause", "Section.text"])
def test_search_shows_markers_as_text(watched, serve, searched, field, thorough):
    """What a search finds, and what was typed, is shown as text."""
    address = serve(searched)
    page = watched()
    for context in CONTEXTS if thorough else ("html", "attribute", "script"):
        page.goto(f"{address}search/?q={key(field, context)}")
        expect(
            page.locator("#found ol li").first.or_(page.locator("#rest > *").first)
        ).to_be_visible()
        assert_quiet(page, context)
        made = page.evaluate(
            "[...new Set([...document.querySelectorAll('#found *')].map(n => n.localName))]"
        )
        assert set(made) <= set(
            "div p label select option ol li h2 a span blockquote mark strong svg path button noscript ul".split()
        )
        if field != "Provision.claim":
            assert page.locator("#found mark").count() >= 1
        page.goto(
            f"{address}search/?q=" + page.evaluate("encodeURIComponent", marker(field, context))
        )
        expect(page.get_by_role("status")).not_to_be_empty()
        assert_quiet(page, context)


def test_problems_are_shown_as_text(watched, tmp_path):
    """The preview's pages of problems quote broken records, odd names and YAML that is none, and nothing of it lives."""
    tree = {
        path: text
        for path, text in markers.world().items()
        if not re.search(r"/d(0[2-9]|1\d)/", path)
    }
    record = tree["content/platform/alpha/d00/record.md"]
    odd = json.dumps("k<img src=x onerror=__hit('key')>")
    tree["content/platform/alpha/d00/record.md"] = record.replace(
        "---\n", f"---\n{odd}: 1\nseverity_: <svg/onload=__hit(1)>\n", 1
    )
    tree["content/platform/alpha/<img src=x onerror=__hit('file')>/_document.yaml"] = (
        "title: </pre><script>__hit(2)</script>: [\n"
    )
    tree["content/<b onmouseover=__hit(3)>.md"] = "no fence <script>__hit(3)</script>\n"
    root = markers.write(tree, tmp_path / "atlas")
    (root / "templates").symlink_to(ROOT / "templates")
    page = watched()
    with running(root) as preview:
        for address in (
            "",
            "_preview/problems",
            "platform/alpha/d00/record/",
            "platform/beta/d01/record/",
        ):
            page.goto(f"{preview.address}{address}")
            expect(page.locator(".problems h2").first).to_be_visible()
            assert_quiet(page, address)
            text = page.locator("main").inner_text()
            assert "__hit" in text
            made = page.evaluate(
                """[[...new Set([...document.querySelectorAll("main *")].map((n) => n.localName))],
                    [...new Set([...document.querySelectorAll("main *")].flatMap((n) => [...n.attributes].map((a) => a.name)))],
                    [...document.scripts].map((n) => new URL(n.src).pathname)]"""
            )
            assert set(made[0]) <= set(
                "div p h1 h2 h3 section strong span pre i b em code a".split()
            )
            assert set(made[1]) <= {"class", "href"}
            assert made[2] == ["/_preview/reload.js"]
