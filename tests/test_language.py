"""Languages of the interface: whole sites in German and in one that nobody speaks, with no word left behind."""

import re
import xml.etree.ElementTree as ET
from urllib.parse import unquote

import made_up_language
import pytest
import site_links
import worlds
from conftest import AS_OF, ROOT
from previews import running, save
from selectolax.lexbor import LexborHTMLParser

from atlas import examine, jurisdictions, load, site
from atlas.outputs import sitemap
from atlas.site import Settings, SiteFault, read_words
from atlas.words import flatten

RECORD = (
    "platform/anthropic/claudeai-terms-of-service/model-training-data-use-and-opt-out-carve-outs/"
)
TEMPLATES = ROOT / "templates"
OWN = read_words((TEMPLATES / "words.yaml").read_text(encoding="utf-8"), "en")
TRANSLATIONS = {
    path.name.split(".")[1]: read_words(path.read_text(encoding="utf-8"), "", path.name)
    for path in sorted(TEMPLATES.glob("words.*.yaml"))
}


def pages_of(folder):
    """Return the text of every page by its address, redirects and the search bundle left out."""
    found = {}
    for path in sorted(folder.rglob("*.html")):
        name = path.relative_to(folder).as_posix()
        if not name.startswith("pagefind/"):
            text = path.read_text(encoding="utf-8")
            if 'http-equiv="refresh"' not in text:
                found["/" + name.removesuffix("index.html")] = text
    return found


@pytest.fixture(scope="module")
def pages(built_in_three):
    """The fictional atlas, in which every state occurs, in three languages."""
    return pages_of(built_in_three)


# The words


def blanks(entry):
    """The names that each form of an entry has filled in."""
    forms = {"other": entry} if isinstance(entry, str) else entry
    return {form: sorted(re.findall(r"\{(\w+)\}", text)) for form, text in forms.items()}


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_a_language_has_the_same_entries(language):
    """Every entry of words.yaml and no other, each with the same names to fill in, form by form."""
    entries = TRANSLATIONS[language].entries
    assert set(entries) == set(OWN.entries)
    differing = {key for key in entries if blanks(entries[key]) != blanks(OWN.entries[key])}
    assert differing == set()


def test_german_is_written_as_german():
    """Quotation marks are the German ones and in pairs, and no entry is left in English."""
    texts = [
        text
        for entry in TRANSLATIONS["de"].entries.values()
        for text in ([entry] if isinstance(entry, str) else entry.values())
    ]
    for text in texts:
        assert text.count("„") == text.count("“"), text
        assert not re.search("[”‘«»]", text), text
        assert not re.search(r"\b(the|and|of|is|are|not|with|you)\b", text), text


def test_names_of_places_and_languages_are_in_the_language():
    """Countries, their parts and languages are named in the interface's language, and in English where the lists have none."""
    assert jurisdictions.name("US-CA", "de") == "Kalifornien, Vereinigte Staaten"
    assert jurisdictions.name("GB", "de") == "Vereinigtes Königreich"
    assert jurisdictions.language("de-AT", "de") == "Deutsch (AT)"
    assert jurisdictions.name("US", "xx") == "United States"


# A publisher's languages


def drawn(tree, templates=None):
    """Draw a small world, with further texts among the templates."""
    found = load.load_templates(ROOT)
    found.texts.update(templates or {})
    publication = site.publish(worlds.atlas(tree), found, Settings(AS_OF))
    return site.in_every_language(publication, found)


def with_languages(*tags, own="en"):
    settings = worlds.SITE.replace("language: en\n", f"language: {own}\n")
    listed = "translations:\n" + "".join(f"  - {tag}\n" for tag in tags)
    return {
        **worlds.with_platforms(acme=[worlds.provision()]),
        "data/site.yaml": settings + (listed if tags else ""),
    }


def write_world(tree, root):
    """Write a small world to a folder and return it."""
    for file in worlds.files(tree):
        path = root / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.content)
    return root


def test_a_language_without_words_is_told():
    """A language that has no file is a sentence that names the file to write."""
    with pytest.raises(SiteFault, match=r"names the language `fr`.*no templates/words\.fr\.yaml"):
        drawn(with_languages("fr"))


def test_words_that_are_missing_are_told():
    """A file that lacks entries is a sentence that names it, the first of them, and how many more there are."""
    with pytest.raises(SiteFault) as told:
        drawn(with_languages("fr"), {"words.fr.yaml": "nav:\n  method: Méthode\n"})
    assert str(told.value).startswith(
        "templates/words.fr.yaml lacks entries that templates/words.yaml has: nav.platforms, "
    )
    assert re.search(r" and \d+ more$", str(told.value))
    assert "nav.method" not in str(told.value)


def test_an_own_language_needs_words():
    """An atlas in a language without a file of words is not shown with the words of another."""
    with pytest.raises(SiteFault, match=r"there is no templates/words\.fr\.yaml"):
        drawn(with_languages(own="fr"))


def test_words_that_do_not_parse_are_told():
    """A file with a fault in it is named with the line."""
    with pytest.raises(SiteFault, match=r"^templates/words\.fr\.yaml:2:"):
        drawn(with_languages("fr"), {"words.fr.yaml": "nav: x\nnav: y\n"})


def test_the_own_language_is_no_translation():
    """The site's own language among the further ones is a mistake."""
    with pytest.raises(SiteFault, match="`en`, the site's own language"):
        drawn(with_languages("de", "en"))


def test_any_language_can_be_the_own_one():
    """An atlas written in German has German at its root and may add English; both have their words already."""
    german, english = drawn(with_languages("en", own="de"))
    assert german.words.say("nav.method") == "Methode"
    assert german.href("/search/") == "/search/"
    assert english.words.say("nav.method") == "Method"
    assert english.href("/search/") == "/en/search/"
    assert str(english.lang_written) == ' lang="de"'


def test_without_further_languages_nothing_changes():
    """An atlas in one language has no folder, no version and no mark of another."""
    (only,) = drawn(with_languages())
    assert only.interfaces == ()
    assert str(only.written("a < b")) == "a &lt; b"


# The whole site


def test_no_word_is_left_behind(pages, sample):
    """In a language that nobody speaks every visible word is that language's, a name, or marked as another's."""
    names = made_up_language.names_of(examine.examine(sample, AS_OF).atlas)
    found = {
        address: left
        for address, text in pages.items()
        if address.startswith("/xx/") and (left := made_up_language.strays(text, names))
    }
    assert found == {}
    assert sum(address.startswith("/xx/") for address in pages) > 50


def test_the_made_up_language_finds_strays():
    """The search for words left behind finds them in text, attributes, templates and data, and not among marked ones."""
    page = (
        '<html lang="xx"><body><p title="Hint">ƺgood bad <i lang="en">fine</i></p>'
        '<template><b>ugly</b></template><section id="found" data-more="{n} more"></section></body></html>'
    )
    assert made_up_language.strays(page, set()) == ["Hint", "bad", "ugly", "more"]


def test_the_direction_turns_with_the_language(pages):
    """A page from right to left says so, and what is written from left to right in it says that."""
    page = LexborHTMLParser(pages["/xx/"])
    assert page.root.attributes["dir"] == "rtl"
    assert page.css_first("h1").attributes == {"lang": "en", "dir": "ltr"}
    assert LexborHTMLParser(pages["/de/"]).css_first("h1").attributes == {"lang": "en"}
    assert LexborHTMLParser(pages["/"]).css_first("h1").attributes == {}


def test_every_page_is_in_every_language(pages):
    """Each address has its twin below each language's folder; the page for none is there once."""
    own = {a for a in pages if not a.startswith(("/de/", "/xx/"))} - {"/404.html"}
    for folder in ("/de", "/xx"):
        assert {a.removeprefix(folder) for a in pages if a.startswith(f"{folder}/")} == own


def test_only_pages_are_translated(built_in_three):
    """Below a language's folder there are pages and nothing else, and no permanent address."""
    files = [
        path.relative_to(built_in_three / "de")
        for path in (built_in_three / "de").rglob("*")
        if path.is_file()
    ]
    assert {path.name for path in files} == {"index.html"}
    assert not (built_in_three / "de" / "id").exists()
    assert (built_in_three / "id").is_dir()


def test_versions_name_each_other(pages):
    """Every page names itself and its versions, full addresses, the same set on each; it is its own canonical."""
    root = "https://sample.example/repo"
    checked = 0
    for address, text in pages.items():
        page = LexborHTMLParser(text)
        if address == "/404.html":
            assert page.css("link[hreflang]") == []
            continue
        own = re.sub(r"^/(de|xx)/", "/", address)
        named = [
            (n.attributes["hreflang"], n.attributes["href"]) for n in page.css("link[hreflang]")
        ]
        assert named == [
            ("en", root + own),
            ("x-default", root + own),
            ("de", f"{root}/de{own}"),
            ("xx", f"{root}/xx{own}"),
        ]
        record = re.sub(r"/r\d+/$", "/", address)  # a former revision's canonical page
        assert page.css_first("link[rel=canonical]").attributes["href"] == root + record
        checked += 1
    assert checked > 150


def test_the_switch_leads_to_the_same_page(pages):
    """Each page links its versions by the name that each language calls itself, in that language."""
    page = LexborHTMLParser(pages["/de/clause-type/"])
    switch = [(a.text(), a.attributes) for a in page.css("a[hreflang]")]
    assert switch == [
        ("English", {"href": "/repo/clause-type/", "hreflang": "en", "lang": "en"}),
        (
            f"{made_up_language.MARK}English",
            {"href": "/repo/xx/clause-type/", "hreflang": "xx", "lang": "xx"},
        ),
    ]


def test_no_link_breaks_in_any_language(built_in_three):
    """Every link leads somewhere, under a path too, and pages lead to pages of their own language."""
    assert site_links.faults(built_in_three, "https://sample.example/repo/") == []
    for path in (built_in_three / "de").rglob("*.html"):
        for link in LexborHTMLParser(path.read_text(encoding="utf-8")).css(
            "body a[href^='/repo/']"
        ):
            href = link.attributes["href"].partition("#")[0]
            is_page = href.endswith("/") and not href.startswith("/repo/id/")
            other = link.attributes.get("hreflang") is not None
            assert href.startswith("/repo/de/") is (is_page and not other), (path, href)


def test_what_people_wrote_is_the_same_in_every_language(pages):
    """Claims, quotations and analysis on a translated page are those of the record, marked as written in its language."""
    checked = 0
    for address, text in pages.items():
        if re.fullmatch(r"/platform/[^/]+/[^/]+/[^/]+/", address):
            own, german = LexborHTMLParser(text), LexborHTMLParser(pages[f"/de{address}"])
            for selector in ("h1", "#quotation blockquote", ".prose", ".citation"):
                theirs, ours = own.css(selector), german.css(selector)
                assert [n.text() for n in ours] == [n.text() for n in theirs], (address, selector)
                assert all(n.attributes.get("lang") for n in ours), (address, selector)
            checked += 1
    assert checked > 10


def test_german_pages_say_that_records_are_in_english(pages):
    """A translated page says once in which language records are written; a page in that language does not."""
    sentence = "Die Einträge sind auf Englisch verfasst."
    for address, text in pages.items():
        assert text.count(sentence) == (1 if address.startswith("/de/") else 0), address


def test_days_are_german(built):
    """A day on a German page is written as German writes it."""
    page = LexborHTMLParser((built / "de" / RECORD / "index.html").read_text(encoding="utf-8"))
    assert "erfasst am 9. Mai 2026" in page.css_first(".facts").text()
    assert "Erstellt aus den Einträgen, Stand 22. November 2026" in (
        built / "de" / "index.html"
    ).read_text(encoding="utf-8").replace('<time datetime="2026-11-22">', "").replace("</time>", "")


def test_search_knows_each_record_once(built):
    """Only pages in the language of the records are in the index, so that a word is found once."""
    for page in (built / "de").rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        assert "data-pagefind-body" not in text
        assert "data-pagefind-filter" not in text
    assert "data-pagefind-body" in (built / RECORD / "index.html").read_text(encoding="utf-8")


def test_sitemaps_name_the_versions(built):
    """Each address of a sitemap has its versions, and each of them is in a sitemap with the same versions."""
    space = {
        "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
        "x": "http://www.w3.org/1999/xhtml",
    }
    listed = {}
    for part in built.glob("sitemap-*.xml"):
        for entry in ET.parse(part).findall("s:url", space):
            versions = {(v.get("hreflang"), v.get("href")) for v in entry.findall("x:link", space)}
            listed[entry.findtext("s:loc", None, space)] = (
                versions,
                entry.findtext("s:lastmod", None, space),
            )
    assert any("/de/platform/" in address for address in listed)
    for address, (versions, changed) in listed.items():
        assert address in {href for _, href in versions}
        assert {language for language, _ in versions} == {"en", "de"}
        assert all(listed[href] == (versions, changed) for _, href in versions)


def test_sitemaps_keep_to_the_limits_of_their_protocol():
    """A file lists at most 50,000 addresses and has at most 50 MB, however many versions each page has; none is lost."""
    for entries in (["<url/>"] * 120_001, ["x" * 9_000] * 12_000):
        files = list(sitemap.parts(entries))
        assert max(map(len, files)) <= 50_000
        assert max(sum(len(entry) + 1 for entry in part) for part in files) < 50 * 1024 * 1024
        assert [entry for part in files for entry in part] == entries
        assert len(files) == 3


def test_old_slugs_lead_on_in_each_language(tmp_path):
    """An address that a record had under another slug is kept in every language; it is a published one."""
    tree = with_languages("de")
    tree["content/platform/acme/terms/p0.md"] = worlds.provision(aliases="\n  - old-name")
    write_world(tree, tmp_path / "atlas")
    assert site.build(
        tmp_path / "atlas", tmp_path / "site", Settings(AS_OF, with_search=False)
    ).written
    for folder in ("", "de/"):
        text = (tmp_path / "site" / folder / "platform/acme/terms/old-name/index.html").read_text(
            encoding="utf-8"
        )
        assert f'content="0; url=/{folder}platform/acme/terms/p0/"' in text
        assert "hreflang" not in text


def test_the_preview_shows_problems_in_each_language(tmp_path):
    """A record that is broken has its problems in place of its page in every language, with the last good one of each."""
    page = "platform/acme/terms/p0/"
    root = write_world(with_languages("de"), tmp_path / "atlas")
    with running(root) as preview:
        assert '<html lang="de"' in preview.page(f"/de/{page}")
        record = root / "content" / f"{page.rstrip('/')}.md"
        save(record, record.read_text().replace("stance: opt-out", "stance: opt-uot"))
        preview.heard("The last good site stays")
        for address in (f"/{page}", f"/de/{page}"):
            assert "Did you mean" in preview.page(address)
        assert '<html lang="de"' in preview.page(f"/de/{page}?last-good")
        assert 'class="preview-notice"' in preview.page("/de/platform/")
        assert "reload.js" in preview.page("/de/")


def test_a_translation_that_loses_an_entry_is_on_the_page(tmp_path):
    """In the preview a translation that is not complete is named like any other fault."""
    root = write_world(with_languages("de"), tmp_path / "atlas")
    words = root / "templates" / "words.de.yaml"
    words.parent.mkdir()
    german = (TEMPLATES / words.name).read_text(encoding="utf-8")
    words.write_text(german, encoding="utf-8")
    with running(root) as preview:
        save(words, german.replace("  skip: Zum Inhalt springen\n", ""))
        preview.heard(r"templates/words\.de\.yaml lacks entries .*base\.skip")
        preview.heard("The last good site stays")
        assert "base.skip" in unquote(preview.page("/_preview/problems"))


def test_flatten_reads_nested_words():
    """Entries are known by their place in the tree, counted ones as a whole."""
    assert flatten({"a": {"b": "x", "c": {"one": "1", "other": "n"}}}) == {
        "a.b": "x",
        "a.c": {"one": "1", "other": "n"},
    }
