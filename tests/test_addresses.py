"""Every published address is known, and none dies: what is promised is there, and old addresses lead on."""

import json
from dataclasses import replace
from datetime import date
from itertools import product

import pytest
import worlds
from conftest import AS_OF, ROOT
from selectolax.lexbor import LexborHTMLParser
from static_redirects import read_redirects
from worlds import document, platform, provision

from atlas import addresses, checks, examine, link, pages, places, site, urls
from atlas.addresses import produced
from atlas.model import AddressKind, Entered, Published
from atlas.outputs import redirects
from atlas.parse import parse
from atlas.published import file_of

NOT_PROMISED = (
    *("/assets/", "/verify/index/", "/sitemap-", "/404.html"),
    *("/_headers", "/_redirects", "/.nojekyll"),
)
"""What nobody is promised: it changes its name, or only hosts and machines ask for it."""

ACME = "content/platform/acme"
TWO_NAMES = "\n  - holds\n  - retains"
MOVED = {
    f"{ACME}/_platform.yaml": platform(aliases="\n  - oldacme"),
    f"{ACME}/terms/_document.yaml": document(id="SA-D-00001", aliases="\n  - conditions"),
    f"{ACME}/terms/keeps.md": provision(id="SA-P-100001", aliases=TWO_NAMES),
    f"{ACME}/terms/new.md": provision(clause="We may sell what you write."),
    "data/addresses.yaml": """\
/clause-type/robots/:
  to: /clause-type/training/
  on: 2026-03-01
/category/toys/:
  gone: Toys <i>were</i> never in these terms.
  on: 2026-03-02
/platform/acme/terms/toys/record.json:
  gone: It was a duplicate.
  on: 2026-03-02
/platform/acme/terms/toys/index.md:
  gone: It was a duplicate.
  on: 2026-03-02
/id/SA-P-100009/:
  gone: It was a duplicate.
  on: 2026-03-02
/schema/v1/clause.schema.json:
  to: /schema/v1/provision.schema.json
  on: 2026-03-02
/company/acme/:
  to: /platform/acme/
  on: 2026-03-03
/platform/bought/contract/:
  to: /platform/acme/terms/
  on: 2026-03-03
/platform/bought/contract/lone/:
  to: /platform/acme/terms/keeps/
  on: 2026-03-03
""",
}
"""A platform, a document and a record, each with former names, and every sort of old address."""


def world(tree, *translations):
    spoken = "".join(f"\n  - {one}" for one in translations)
    own = worlds.SITE + (f"translations:{spoken}\n" if spoken else "")
    return worlds.atlas({"data/site.yaml": own, **tree})


def sample():
    return examine.examine(ROOT / "tests" / "sample", AS_OF).atlas


ATLASES = {
    "real": lambda: (ROOT, examine.examine(ROOT, AS_OF).atlas),
    "sample": lambda: (ROOT / "tests" / "sample", sample()),
    "moved": lambda: (ROOT, world(MOVED, "de")),
    "empty": lambda: (ROOT, world({})),
}


def drawn(root, atlas, base_url=None):
    return site.draw(root, atlas, site.Settings(AS_OF, base_url, with_search=False))


def files(drawing):
    """Return what is at each address: a page's plan, or a file's bytes."""
    found = {plan.address: plan for plan in drawing.plans}
    return found | {f"/{file.path}": file.content for file in drawing.others}


@pytest.fixture(scope="module")
def moved():
    """The world in which everything moved, and what is drawn of it."""
    return world(MOVED, "de"), drawn(ROOT, world(MOVED, "de"), "https://a.example/repo/")


def page(drawing, address):
    """Return a drawn page."""
    plan = next(plan for plan in drawing.plans if plan.address == address)
    return LexborHTMLParser(drawing.draw(plan))


@pytest.mark.parametrize("name", ATLASES)
def test_what_is_promised_is_there(name):
    """The addresses that the ledger enters are those of the pages and files, in every language, each once."""
    root, atlas = ATLASES[name]()
    promised = [entry.address for entry in produced(atlas)]
    assert len(promised) == len(set(promised))
    drawing = drawn(root, atlas)
    assert len(files(drawing)) == len(drawing.plans) + len(drawing.others)
    there = {address for address in files(drawing) if not address.startswith(NOT_PROMISED)}
    assert set(promised) - there == set()
    assert there - set(promised) == set()


@pytest.mark.parametrize("name", ATLASES)
def test_the_quick_way_knows_the_same(name):
    """What is compared with a ledger of millions of lines is made in another way, and is the same."""
    _, atlas = ATLASES[name]()
    known = sorted((file_of(one.address), f"{one.address}\t{one.id}") for one in produced(atlas))
    assert known == sorted(
        (path, line)
        for path, lines in addresses.by_file(atlas).items()
        for line in lines.splitlines()
    )


@pytest.mark.parametrize("name", ATLASES)
def test_every_detour_is_one_step(name):
    """A redirect leads to a page that is there, never to another redirect, and only redirects have a target."""
    _, atlas = ATLASES[name]()
    known = {entry.address: entry for entry in produced(atlas)}
    for entry in known.values():
        assert bool(entry.target) == (entry.kind is AddressKind.REDIRECT), entry
        if entry.target:
            assert known[entry.target].kind is AddressKind.PAGE, entry
            assert entry.target.endswith("/"), entry


def test_every_combination_of_names_is_kept(moved):
    """Old names of a platform, a document and a record are kept at once, and each alone."""
    atlas, drawing = moved
    record = atlas.by_id["SA-P-100001"]
    above = ["/platform/acme/", "/platform/oldacme/", "/company/acme/"]
    held = [f"{a}{d}/" for a, d in product(above, ["terms", "conditions"])]
    held.append("/platform/bought/contract/")
    whole = [f"{d}{s}/" for d, s in product(held, ["keeps", "holds", "retains"])]
    whole.append("/platform/bought/contract/lone/")
    assert set(places.places(atlas, record)) == set(whole)
    assert places.places(atlas, record)[0] == urls.provision(record)
    there = files(drawing)
    for place in whole:
        for name in ("", "r1/", "record.json", "index.md", "history.json", "r1/record.json"):
            assert f"{place}{name}" in there
        assert f"{place}history/" in there
    for place in held:
        assert {f"{place}evidence.json" in there, f"{place}" in there} == {False, True}


def test_files_are_the_same_at_both_places(moved):
    """A file cannot send anybody on, so it stands at its old address as well, to the byte."""
    atlas, drawing = moved
    there = files(drawing)
    of = atlas.by_id["SA-P-100001"]
    for place in places.former_places(atlas, of):
        for name in ("record.json", "index.md", "history.json", "r1/record.json"):
            assert there[f"{place}{name}"] == there[f"{urls.provision(of)}{name}"]
    assert there["/schema/v1/clause.schema.json"] == there["/schema/v1/provision.schema.json"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("/platform/oldacme/", "/platform/acme/"),
        ("/company/acme/", "/platform/acme/"),
        ("/platform/oldacme/conditions/", "/platform/acme/terms/"),
        ("/platform/bought/contract/holds/", "/platform/acme/terms/keeps/"),
        ("/platform/oldacme/conditions/retains/history/", "/platform/acme/terms/keeps/history/"),
        ("/platform/acme/conditions/keeps/r1/", "/platform/acme/terms/keeps/"),
        ("/platform/acme/terms/keeps/r1/", "/platform/acme/terms/keeps/"),
        ("/clause-type/robots/", "/clause-type/training/"),
    ],
)
@pytest.mark.parametrize("language", ["", "de/"])
def test_an_old_page_sends_on(moved, language, old, new):
    """It says where to, to browsers, to search engines and in a link to click, without a script; nobody lists it."""
    _, drawing = moved
    drawn_page = page(drawing, f"/{language}{old[1:]}")
    target = f"/repo/{language}{new[1:]}"
    heads = {n.attributes.get("name"): n.attributes for n in drawn_page.css("meta[name]")}
    assert heads["robots"]["content"] == "noindex"
    refresh = drawn_page.css_first("meta[http-equiv=refresh]").attributes["content"]
    assert refresh == f"0; url={target}"
    canonical = drawn_page.css_first("link[rel=canonical]").attributes["href"]
    assert canonical == f"https://a.example{target}"
    assert [a.attributes["href"] for a in drawn_page.css("main a")] == [target]
    assert drawn_page.css_first("main a").text().strip()
    assert drawn_page.css("script") == []
    assert drawn_page.css_first("html").attributes["lang"] == (language[:-1] or "en")


@pytest.mark.parametrize(
    ("short", "new"),
    [
        ("/id/SA-P-100001/", "/platform/acme/terms/keeps/"),
        ("/id/SA-P-100001/r1/", "/platform/acme/terms/keeps/"),
        ("/id/SA-D-00001/", "/platform/acme/terms/"),
    ],
)
def test_a_number_leads_to_what_it_was_given_to(moved, short, new):
    """There is one short address of a record, of its revision and of a document, in the site's own language."""
    _, drawing = moved
    found = page(drawing, short)
    assert found.css_first("main a").attributes["href"] == f"/repo{new}"
    assert found.css_first("h1").text() == short.split("/")[2]
    assert f"/de{short}" not in files(drawing)


@pytest.mark.parametrize("language", ["", "de/"])
def test_a_page_that_is_gone_says_why(moved, language):
    """The reason stands as it was written, harmless, with the day and a way on; nobody lists the page."""
    _, drawing = moved
    found = page(drawing, f"/{language}category/toys/")
    assert found.css_first(".lead").text() == "Toys <i>were</i> never in these terms."
    assert found.css_first(".lead").attributes.get("lang") == ("en" if language else None)
    assert "2026" in found.css_first(".lead + p").text()
    assert found.css_first("main a").attributes["href"] == f"/repo/{language}search/"
    assert found.css_first("meta[name=robots]").attributes["content"] == "noindex"
    assert found.css("meta[http-equiv=refresh]") == []
    own = found.css_first("link[rel=canonical]").attributes["href"]
    assert own == f"https://a.example/repo/{language}category/toys/"
    assert page(drawing, "/id/SA-P-100009/").css_first("h1").text() == "Nothing is here any more"


def test_a_file_that_is_gone_says_why(moved):
    """JSON stays JSON, and anything else is a line of text."""
    there = files(moved[1])
    assert json.loads(there["/platform/acme/terms/toys/record.json"]) == {
        "address": "/platform/acme/terms/toys/record.json",
        "gone": "It was a duplicate.",
        "on": "2026-03-02",
    }
    assert there["/platform/acme/terms/toys/index.md"] == b"It was a duplicate.\n"


def test_no_list_names_what_is_gone_or_moved(moved):
    """The sitemaps hold no detour and no page that is empty."""
    there = files(moved[1])
    listed = b"".join(text for at, text in there.items() if at.startswith("/sitemap-")).decode()
    assert "/repo/platform/acme/terms/keeps/<" in listed
    for old in ("oldacme", "conditions/", "category/toys/", "/id/", "r1/", "clause-type/robots/"):
        assert old not in listed, old


# Hosts that redirect by themselves


def test_hosts_are_told_of_every_redirect(moved):
    """`_redirects` has each of them below the base path, permanent; no rule stands in another's way."""
    atlas, drawing = moved
    rules = read_redirects(files(drawing)["/_redirects"].decode())
    wanted = {
        (f"/repo{entry.address}", f"/repo{entry.target}", 301)
        for entry in produced(atlas)
        if entry.target
    }
    assert set(rules) == wanted
    assert len(rules) == len(wanted)
    sources = {source for source, _, _ in rules}
    assert not [rule for rule in rules if rule[1] in sources]


def test_hosts_are_told_no_more_than_they_take():
    """What people moved comes first; the rest, and all of it elsewhere, is left to the pages themselves."""
    tree = dict(MOVED)
    for number in range(900):
        clause = f"We keep number {number}."
        tree[f"{ACME}/terms/p{number}.md"] = provision(clause, id=f"SA-P-2{number:05}")
    atlas = world(tree)
    publication = drawn(ROOT, world({})).publication
    text = "".join(redirects.rules(publication_of(publication, atlas)))
    rules = read_redirects(text)
    led = [entry for entry in produced(atlas) if entry.target]
    assert len(led) > redirects.MOST_RULES
    assert 1000 < len(rules) <= redirects.MOST_RULES
    assert len(text) <= redirects.LARGEST
    by_hand = [r for r in rules if not r[0].startswith("/id/") and not r[0].startswith(r[1])]
    assert rules[: len(by_hand)] == by_hand


def publication_of(publication, atlas):
    return replace(publication, atlas=atlas)


def test_an_atlas_without_redirects_has_no_such_file():
    """Nothing is told to hosts where there is nothing to tell."""
    assert "/_redirects" not in files(drawn(ROOT, world({})))


@pytest.mark.parametrize(
    "line",
    ["/a /b", "/a /b 302", "/a/* /b 301", "/:a /b 301", "/a b /c 301", "/a /b 301\n/a /c 301"],
)
def test_reader_refuses_what_is_no_rule(line):
    """The reader of these tests takes an address, where it leads and 301, each address once, and nothing else."""
    assert read_redirects("# note\n\n/a/ /b/ 301\n") == [("/a/", "/b/", 301)]
    with pytest.raises(ValueError, match="_redirects:"):
        read_redirects(line)


# What leads where, as the checks see it

LINKING = "## Why it matters\n\nSee [there]({}).\n"


def problems(tree):
    records, faults = parse(worlds.files({**MOVED, **tree}))
    assert faults == []
    return [(p.code, p.hint) for p in checks.run(link.link(records), AS_OF) if p.blocks]


@pytest.mark.parametrize(
    "address",
    [
        "/platform/oldacme/conditions/holds/",
        "/platform/acme/terms/keeps/r1/record.json",
        "/id/SA-P-100001/r1/",
        "/clause-type/robots/",
        "/schema/v1/site.schema.json",
        "/verify/",
    ],
)
def test_a_text_may_link_to_whatever_was_published(address):
    """An old address leads on for ever, so that renaming one record is no fault of another."""
    text = provision("We may rent it.", LINKING.format(address), id="SA-P-100002")
    assert problems({f"{ACME}/terms/links.md": text}) == []


@pytest.mark.parametrize(
    ("address", "hint"),
    [
        ("/category/toys/", "nothing is there any more, as its page says: leave the link out"),
        (
            "/clause-type/robots",
            "write `/clause-type/training/`, where `/clause-type/robots/` leads",
        ),
        ("/platform/oldacme/conditons/", "did you mean `/platform/acme/terms/`?"),
    ],
)
def test_a_hint_names_what_is_there_today(address, hint):
    """Whoever mistypes an old address is told the present one; nobody is sent to a page that says that it is gone."""
    text = provision("We may rent it.", LINKING.format(address), id="SA-P-100002")
    assert problems({f"{ACME}/terms/links.md": text}) == [("dead-link", hint)]


@pytest.mark.parametrize(
    "path", [f"{ACME}/_platform.yaml", f"{ACME}/terms/keeps.md", f"{ACME}/terms/_document.yaml"]
)
def test_what_a_broken_file_promises_is_not_called_missing(path):
    """Links to what stands in a file that cannot be read are no second fault."""
    linking = provision("We may rent it.", LINKING.format("/platform/acme/terms/keeps/history/"))
    tree = {**MOVED, f"{ACME}/terms/links.md": linking, path: "---\n\tbroken: ["}
    records, faults = parse(worlds.files(tree))
    assert faults
    found = {p.code for p in checks.run(link.link(records), AS_OF)}
    assert "dead-link" not in found


def test_records_may_swap_places_with_what_was_there():
    """A name that is free again may be taken, once nothing claims that it leads elsewhere."""
    new = provision("We may rent it.", id="SA-P-100003")
    assert [code for code, _ in problems({f"{ACME}/terms/holds.md": new})] == ["alias-taken"]
    freed = provision(id="SA-P-100001", aliases="\n  - retains")
    tree = {f"{ACME}/terms/holds.md": new, f"{ACME}/terms/keeps.md": freed}
    assert problems(tree) == []


# Lists that become empty


def test_a_jurisdiction_that_was_published_stays():
    """When the last regulation of a place is gone, its page says that nothing is listed, and is for nobody's index."""
    entered = Entered("/jurisdiction/us-ca/", AddressKind.PAGE, "", "", date(2026, 1, 1), "")
    empty = world({})
    records = replace(empty.records, published=Published(addresses={entered.address: entered}))
    atlas = link.link(records)
    assert addresses.jurisdictions(atlas) == ("EU", "US-CA")
    drawing = drawn(ROOT, atlas)
    found = page(drawing, "/jurisdiction/us-ca/")
    assert found.css_first("main > p").text() == "Nothing is listed here today."
    assert found.css_first("meta[name=robots]").attributes["content"] == "noindex"
    assert page(drawing, "/jurisdiction/eu/").css("meta[name=robots]") == []
    rows = [a.attributes["href"] for a in page(drawing, "/jurisdiction/").css("th a")]
    assert rows == ["/jurisdiction/us-ca/", "/jurisdiction/eu/"]


EMPTY = {
    "data/regulations.yaml": "",
    "data/clause-types.yaml": "",
    "content/platform/acme/_platform.yaml": platform(),
    "content/platform/acme/terms/_document.yaml": document(),
}


@pytest.mark.parametrize(
    ("address", "listed"),
    [
        ("/category/rights/", False),
        ("/clause-type/", False),
        ("/regulation/", False),
        ("/jurisdiction/", False),
        ("/platform/bare/", False),
        ("/platform/acme/", True),
        ("/platform/acme/terms/", None),
    ],
)
def test_an_empty_list_says_so(address, listed):
    """A list of which nothing is left has a sentence in its place, and asks not to be listed itself."""
    tree = {**EMPTY, "content/platform/bare/_platform.yaml": platform("Bare")}
    found = page(drawn(ROOT, world(tree)), address)
    said = [p.text() for p in found.css("main p") if p.text() == "Nothing is listed here today."]
    assert len(said) == (0 if listed else 1)
    assert bool(found.css("meta[name=robots]")) == (listed is False)


def test_every_page_type_of_old_addresses_is_drawn():
    """Detours and what is gone are planned with all other pages, so that every test of pages sees them."""
    kinds = {kind.__module__.rpartition(".")[2] for kind in (*pages.PAGES, *pages.ONCE)}
    assert {"permanent", "gone"} <= kinds
