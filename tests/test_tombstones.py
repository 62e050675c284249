"""Records that no longer stand keep their address; words that the law forbids are nowhere in what is published."""

import hashlib
import json
import re
from dataclasses import replace
from datetime import date

import pytest
import seen
import worlds
from conftest import AS_OF, ROOT
from selectolax.lexbor import LexborHTMLParser

from atlas import frozen, site
from atlas.examine import examine_files
from atlas.link import link
from atlas.model import (
    AddressKind,
    Archived,
    ArchiveSpan,
    ClauseState,
    Entered,
    ImportedObservation,
    Published,
    Status,
)
from atlas.parse import parse

ADDRESS = "/platform/acme/terms/p0/"
FILE = "content/platform/acme/terms/p0.md"
ID = "SA-P-100001"
SECRET = "zanzibar"
"""A word of the quotation, of our sentences and of why the revision was made."""
WORDS = {
    "clause": f"We may sell {SECRET} to anybody.",
    "body": f"## Why it matters\n\nIt says {SECRET}.\n\n## Questions\n\n### Is it {SECRET}?\n\nYes.\n",
}
WITHHELD = (
    "\n  state: withdrawn\n  on: 2026-10-30\n  reason: It names a person."
    "\n  replaced_by: SA-P-100002\n  withheld: A court forbade it."
)
WITHDRAWN = "\n  state: withdrawn\n  on: 2026-10-30\n  reason: It was no clause.\n  replaced_by: SA-P-100002"
REVISED = f"\n  number: 2\n  on: 2026-05-03\n  because: It says {SECRET} now."


def files(first, **others):
    tree = worlds.with_platforms(
        acme=[first, worlds.provision(id="SA-P-100002", claim="Sells what you write")],
        zeta=[
            worlds.provision(
                id="SA-P-100003",
                examples=f"\n  - record: {ID}\n    relation: same\n    note: It is alike.",
            )
        ],
    )
    return {**tree, **others}


def published_before():
    """Return what was published of the record before its words were withheld: two revisions, full of the word."""
    text = {**WORDS, "id": ID}
    tree = files(
        worlds.provision(**text, revision=REVISED),
        **{FILE.replace(".md", "/r1.md"): worlds.provision(**text, claim=f"Sells {SECRET}")},
    )
    atlas = worlds.atlas(tree)
    of = atlas.by_id[ID]
    contents = {
        1: frozen.frozen_bytes(atlas, atlas.former_of[of.key][0]),
        2: frozen.frozen_bytes(atlas, of),
    }
    entered = [
        Entered(
            f"{ADDRESS}r{n}/record.json",
            AddressKind.PAGE,
            "",
            ID,
            date(2026, 3, n),
            hashlib.sha256(content).hexdigest(),
        )
        for n, content in contents.items()
    ]
    return Published(
        addresses={one.address: one for one in entered},
        frozen={(ID, n): content for n, content in contents.items()},
    )


def withheld(published=None):
    """Return an atlas in which the words of a record are withheld."""
    text = worlds.provision(
        clause=None, body="", id=ID, status=WITHHELD, revision=REVISED.replace(SECRET, "more")
    )
    records, problems = parse(worlds.files(files(text)))
    assert problems == []
    return link(replace(records, published=published or Published()))


def drawing(atlas):
    return site.draw(ROOT, atlas, site.Settings(AS_OF))


def page(drawn, address):
    (plan,) = (plan for plan in drawn.plans if plan.address == address)
    return LexborHTMLParser(drawn.draw(plan))


def said(node):
    return " ".join(node.text().split())


def test_words_that_are_withheld_are_nowhere():
    """No page and no file of the site has a word of them, although the frozen forms do that are kept."""
    before = published_before()
    assert all(SECRET.encode() in content for content in before.frozen.values())
    drawn = drawing(withheld(before))
    pages = {plan.address: drawn.draw(plan) for plan in drawn.plans}
    assert [address for address, text in pages.items() if SECRET in text] == []
    assert [f.path for f in drawn.others if SECRET.encode() in f.content] == []
    assert len(pages) > 20


def test_the_page_stays_and_says_why():
    """Address, number, label, day, reason, replacement and citation stay; nothing else of it does."""
    shown = page(drawing(withheld()), ADDRESS)
    notice = said(shown.css_first(".notice"))
    assert notice == (
        "Withdrawn on 30 October 2026. It names a person. The address and the record stay; the grade counts nowhere."
        " See instead: Sells what you write Quotation and analysis are withheld. A court forbade it."
    )
    assert said(shown.css_first("h1")) == "Uses what you write"
    assert ID in said(shown.css_first(".under-h1"))
    assert shown.css("#quotation, #why, #grade, #regulations, #others, #questions, .draft") == []
    assert f"/id/{ID}/" in said(shown.css_first("#cite").parent.parent)
    assert shown.css_first('meta[name="robots"]').attributes["content"] == "noindex"
    assert (
        "Quotation and analysis are withheld."
        in shown.css_first('meta[name="description"]').attributes["content"]
    )


def test_a_short_file_stands_in_place_of_each_frozen_form():
    """It has the number, the reason, and the hash of what stood there before, so that a copy can be recognised."""
    before = published_before()
    others = {f.path: f.content for f in drawing(withheld(before)).others}
    for number in (1, 2):
        address = f"{ADDRESS}r{number}/record.json"
        assert json.loads(others[address[1:]]) == {
            "format": 1,
            "id": ID,
            "revision": number,
            "withheld": "A court forbade it.",
            "sha256": before.addresses[address].sha256,
        }


def test_a_former_revision_of_it_says_that_its_words_are_withheld():
    """Its page stays with its number and its days, and leads to the record."""
    shown = page(drawing(withheld(published_before())), f"{ADDRESS}r1/")
    told = said(shown.css_first("main"))
    assert "This is revision 1. Revision 2 took its place on 2 March 2026." in told
    assert "Quotation and analysis are withheld. A court forbade it." in told
    assert shown.css("#quotation, #changed, .facts") == []


def test_nobody_compares_with_it():
    """A record that names it as an example shows no words and does not call it silent."""
    shown = page(drawing(withheld()), "/platform/zeta/terms/p0/")
    assert "It is alike." not in said(shown.css_first("main"))
    assert "Says nothing about it." not in said(shown.css_first("main"))


def test_the_files_pass_the_check_without_quotation_and_text():
    """A withheld record quotes nothing, says nothing, and has no former revision beside it: that is no fault."""
    text = worlds.provision(clause=None, body="", id=ID, status=WITHHELD, revision=REVISED)
    tree = worlds.files(files(text))
    codes = {
        p.code for p in examine_files(tree, AS_OF).report.problems if p.path.startswith(FILE[:-3])
    }
    assert codes == set()


def test_a_withdrawn_record_keeps_its_words():
    """Whoever cited it can read what it said, and why it no longer stands."""
    shown = page(drawing(worlds.atlas(files(worlds.provision(id=ID, status=WITHDRAWN)))), ADDRESS)
    assert said(shown.css_first(".quote .words")) == "We may use what you write."
    assert said(shown.css_first(".notice")).startswith(
        "Withdrawn on 30 October 2026. It was no clause."
    )
    assert shown.css_first('meta[name="robots"]').attributes["content"] == "noindex"


def test_words_of_a_withdrawn_record_are_not_called_the_platforms():
    """Over the words, in their citations and at the foot it says whose they are: no more than what the record quoted."""
    drawn = drawing(worlds.atlas(files(worlds.provision(id=ID, status=WITHDRAWN))))
    withdrawn, other = page(drawn, ADDRESS), page(drawn, "/platform/zeta/terms/p0/")
    head = "Words that a withdrawn record quotes"
    assert said(withdrawn.css_first(".quote figcaption")).startswith(head)
    assert said(other.css_first(".quote figcaption")).startswith("Zeta’s words")
    main = said(withdrawn.css_first("main"))
    assert "The clause that the withdrawn record quotes" in main
    assert main.count("quoted in a record that was withdrawn") == 3  # once a form
    assert not re.search("own words|Acme’s (words|clause)", main)
    assert "Quotations are Zeta’s own words." in said(other.css_first("main"))
    described = withdrawn.css_first('meta[name="description"]').attributes["content"]
    assert described.startswith("Withdrawn on 30 October 2026.")
    about = json.loads(withdrawn.css_first('[type="application/ld+json"]').text())["mainEntity"]
    assert about["creativeWorkStatus"] == "withdrawn"
    assert about["about"]["creativeWorkStatus"] == "quoted in a record that was withdrawn"
    assert "keywords" not in about


@pytest.mark.parametrize(
    ("status", "state"),
    [
        (WITHDRAWN, "Withdrawn"),
        ("\n  state: superseded\n  replaced_by: SA-P-100002", "Superseded"),
    ],
    ids=["withdrawn", "superseded"],
)
def test_a_grade_that_counts_nowhere_has_no_colour(status, state):
    """On its page, in lists and on former revisions the grade of a record that is gone is muted, with what became of it."""
    tree = files(worlds.provision(id=ID, status=status, revision=REVISED))
    tree[FILE.replace(".md", "/r1.md")] = worlds.provision(id=ID, claim="Sold it")
    drawn = drawing(worlds.atlas(tree))
    for address, selector in {
        ADDRESS: "main",
        f"{ADDRESS}r1/": "main",
        "/platform/acme/": "section:has(#gone)",
        "/platform/acme/terms/": "section:has(#gone)",
    }.items():
        grades = page(drawn, address).css_first(selector).css(":has(> .grade)")
        mine = [one for one in grades if state in said(one)]
        assert mine, address
        for one in mine:
            assert one.css_first(".grade").attributes["class"] == "grade silent", address
            assert one.css_first("a") is None, address
    former = page(drawn, f"{ADDRESS}r1/")
    assert said(former.css_first(".notice strong + *, .notice p:last-of-type")).startswith(state)
    counted = page(drawn, "/platform/acme/terms/p1/").css_first(".facts .grade")
    assert counted.attributes["class"] == "grade medium"


@pytest.mark.parametrize(
    "status",
    [WITHDRAWN, "\n  state: superseded\n  replaced_by: SA-P-100002"],
    ids=["withdrawn", "superseded"],
)
def test_what_takes_its_place_says_so(status):
    """The way leads in both directions: from the old record to the new one, and back."""
    drawn = drawing(worlds.atlas(files(worlds.provision(id=ID, status=status))))
    old, new = page(drawn, ADDRESS), page(drawn, "/platform/acme/terms/p1/")
    assert old.css_first(".notice a").attributes["href"] == "/platform/acme/terms/p1/"
    (line,) = [n for n in new.css(".under-h1") if said(n).startswith("Takes the place of:")]
    assert line.css_first("a").attributes["href"] == ADDRESS
    assert not re.search("Takes the place of", said(old.css_first("main")))


def test_what_looks_saw_of_it_is_withheld_as_well():
    """Looks at the document hold the words that stand there: of a withheld record none of them is told."""
    days = seen.days(0, 1)
    looked = [seen.line(days[0]), seen.line(days[1], ClauseState.REWORDED, f"We sell {SECRET}.")]
    atlas = seen.atlas_of(days, looked)
    assert _told(atlas)
    assert _told(_hidden(atlas)) == []


def test_nobody_is_led_to_words_that_are_withheld():
    """Of the document's text, which may hold them still, a record tells neither hash nor copy, nor when it was looked at."""
    days = seen.days(0, 1)
    url = "https://acme.example/terms"
    copy = Archived(
        seen.DOCUMENT, url, f"https://archive.example/{url}", days[1], clause_in_memento=True
    )
    known = {
        "shown": seen.texts((days[0], "a", {})),
        "held": ["a" * 64],
        "archived": [(days[1], copy)],
    }
    atlas = seen.atlas_of(days, [seen.line(days[0])], **known)
    told = ("Snapshot", "Hash verified", "Archived copy", "First tracked", "Last verified", "a" * 8)
    assert _of_evidence(atlas, told) == list(told)
    assert _of_evidence(_hidden(atlas), told) == []


def test_nobody_is_led_to_an_archive_that_holds_words_that_are_withheld():
    """What others recorded of the clause has addresses and hashes of its words: a record that is withheld tells none."""
    url, at, then = "https://archive.example/1", *seen.days(0, 30)
    entries = tuple(
        ImportedObservation(day, url, "c" * 40, "9" * 64, "plain-v1", {seen.RECORD: n * 64})
        for day, n in ((at, "1"), (then, "2"))
    )
    span = ArchiveSpan("open-terms-archive", seen.DOCUMENT, at, then, 2, entries)
    atlas = seen.atlas_of([], [], spans={seen.DOCUMENT: (span,)})
    assert url in page(drawing(atlas), "/platform/acme/terms/writing/").html
    assert url not in page(drawing(_hidden(atlas)), "/platform/acme/terms/writing/").html


def _of_evidence(atlas, words):
    """Return those words that stand in details and evidence of the page of its only record."""
    shown = page(drawing(atlas), "/platform/acme/terms/writing/")
    parts = [n for n in shown.css("section.part") if n.css_first("#details, #evidence")]
    assert len(parts) == 2
    text = " ".join(said(n) for n in parts)
    return [word for word in words if word in text]


def _hidden(atlas):
    """Return the same atlas, its only record withheld."""
    (of,) = atlas.provisions.values()
    status = Status(state="withdrawn", on=AS_OF, reason="It was.", withheld="It is forbidden.")
    hidden = of.model_copy(update={"clause": None, "sections": (), "status": status})
    return link(replace(atlas.records, provisions=(hidden,)))


def _told(atlas):
    """Return where the word stands, in pages and in files."""
    drawn = drawing(atlas)
    pages = [plan.address for plan in drawn.plans if SECRET in drawn.draw(plan)]
    return pages + [f.path for f in drawn.others if SECRET.encode() in f.content]
