"""What others say of a record stands on its page in their words, told apart from ours, and never as markup."""

import json

import pytest
import worlds
from conftest import AS_OF, ROOT
from selectolax.lexbor import LexborHTMLParser

from atlas import site, urls
from atlas.outputs import index_md, record_json

PLACE = "content/platform/acme/terms/p0"
ADDRESS = "/platform/acme/terms/p0/"
ANSWER = (
    "---\nby: Acme Ltd\non: 2026-06-01\n---\n\nWe meant less than that.\n\nWe <b>will</b> say so.\n"
)
OBJECTION = (
    "---\nby: Society of Readers\non: 2026-07-02\nsource_url: https://readers.example/open-letter\n---\n\n"
    "The grade is too mild.\n"
)


def world(status="\n  state: disputed\n  on: 2026-06-02", **statements):
    """Return an atlas with one record and what others say of it, by the name of the file."""
    tree = worlds.with_platforms(acme=[worlds.provision(id="SA-P-100001", status=status)])
    named = {f"{PLACE}/{name.replace('_', '-')}.md": text for name, text in statements.items()}
    return worlds.atlas({**tree, **named})


def drawn(atlas, address=ADDRESS):
    """Return a page of the site, and its publication."""
    drawing = site.draw(ROOT, atlas, site.Settings(AS_OF))
    (plan,) = (plan for plan in drawing.plans if plan.address == address)
    return LexborHTMLParser(drawing.draw(plan)), drawing.publication


def said(node):
    return " ".join(node.text().split())


def statements(page):
    return next(part for part in page.css(".part") if part.css_first("#statements"))


def test_their_words_stand_in_their_voice():
    """Each statement is a quotation with who said it, when, and where; the answer of the platform comes first."""
    page, _ = drawn(world(dispute_1=OBJECTION, response_1=ANSWER))
    part = statements(page)
    assert [said(n) for n in part.css("h3")] == [
        "Acme Ltd answers, 1 June 2026",
        "Society of Readers objects, 2 July 2026",
    ]
    first, second = part.css("blockquote.words")
    assert [said(n) for n in first.css("p")] == [
        "We meant less than that.",
        "We <b>will</b> say so.",
    ]
    assert said(second) == "The grade is too mild."
    notes = part.css("h3 ~ p.note")
    assert said(notes[0]) == "It was sent to us."
    assert notes[1].css_first("a").attributes["href"] == "https://readers.example/open-letter"


def test_their_words_do_not_stand_in_ours():
    """A statement is no part of the frame around what nobody has reviewed, and is not in the search index."""
    page, _ = drawn(world(response_1=ANSWER))
    assert page.css_first(".draft #why") is not None
    assert page.css_first(".draft #statements") is None
    assert "data-pagefind-ignore" in statements(page).attributes


def test_a_notice_leads_to_them():
    """A disputed record says so above its title, and leads to the words below."""
    page, _ = drawn(world(response_1=ANSWER))
    notice = page.css_first(".notice")
    assert said(notice).startswith("Disputed since 2 June 2026.")
    assert notice.css_first("a").attributes["href"] == "#statements"


def test_an_answer_needs_no_dispute():
    """A platform may answer a record that it does not dispute: then there is no notice, and its words are there."""
    page, _ = drawn(world(status=None, response_1=ANSWER))
    assert page.css_first(".notice") is None
    assert "We meant less than that." in said(statements(page))


def test_a_record_of_which_nobody_says_anything_has_no_such_part():
    """An empty section is absent."""
    page, _ = drawn(world(status=None))
    assert page.css_first("#statements") is None


def test_machines_read_them_too():
    """`record.json` and `index.md` have who, when and the words; the frozen form has none of it."""
    atlas = world(response_1=ANSWER, dispute_1=OBJECTION)
    _, publication = drawn(atlas)
    (file,) = record_json.files(publication, ())
    assert json.loads(file.text)["statements"] == [
        {
            "kind": "response",
            "number": 1,
            "by": "Acme Ltd",
            "on": "2026-06-01",
            "words": "We meant less than that.\n\nWe <b>will</b> say so.",
        },
        {
            "kind": "dispute",
            "number": 1,
            "by": "Society of Readers",
            "on": "2026-07-02",
            "source_url": "https://readers.example/open-letter",
            "words": "The grade is too mild.",
        },
    ]
    (twin,) = index_md.files(publication, ())
    assert "### Acme Ltd answers, 1 June 2026" in twin.text
    assert "> We \\<b\\>will\\</b\\> say so" in twin.text


def test_the_history_names_them():
    """Who answered and who objected is part of what became of a record."""
    atlas = world(response_1=ANSWER, dispute_1=OBJECTION)
    page, _ = drawn(atlas, urls.history(atlas.by_id["SA-P-100001"]))
    rows = [[said(cell) for cell in row.css("th, td")] for row in page.css("main tbody tr")]
    assert [row[:2] for row in rows] == [
        ["Society of Readers objects, 2 July 2026", "not published yet"],
        ["Acme Ltd answers, 1 June 2026", "not published yet"],
        ["Disputed", "not published yet"],
        ["Revision 1current", "not published yet"],
    ]
    assert rows[2][2].startswith("Disputed since 2 June 2026.")
    led = {row.css_first("a").attributes["href"] for row in page.css("main tbody tr")}
    assert led == {ADDRESS, f"{ADDRESS}#statements"}


@pytest.mark.parametrize("name", ["response_1", "dispute_1"])
def test_either_statement_serves_a_dispute(name):
    """A disputed record needs what somebody says: an answer or an objection."""
    from atlas.checks import status_incomplete

    found = world(**{name: ANSWER})
    assert list(status_incomplete.CHECK.find(found, AS_OF)) == []
    assert [p.code for p in status_incomplete.CHECK.find(world(), AS_OF)] == ["status-incomplete"]
