"""Looks on the pages of documents and platforms and on the first page: what was seen, until when it holds, what is in the way."""

import re
from datetime import timedelta

import pytest
import seen
from conftest import AS_OF, ROOT
from selectolax.lexbor import LexborHTMLParser
from worlds import document

from atlas import load, pages, site, stability
from atlas.model import ArchiveSpan, ClauseState, Failure, ImportedObservation
from atlas.stability import Cell

DAY = seen.DAY
START = seen.START.date()
TERMS = ("acme", "terms")
SEEN = seen.line(seen.START)
REMOVED = seen.line(seen.START + DAY, ClauseState.REMOVED, looks=3)
DIFFERS = seen.line(seen.START + DAY, ClauseState.REWORDED, seen.OTHER, confirmed=False)
A_LOOK = [seen.START]
NOT_CONFIRMED = "/search/?wording=differs&wording=failing&wording=unknown"


def page(atlas, as_of, kind):
    """The drawn page of the first document, of its platform, or the first page."""
    templates = load.load_templates(ROOT)
    publication = site.publish(atlas, templates, site.Settings(as_of))
    plan = next(p for p in pages.plans(publication) if p.template == f"pages/{kind}.html")
    return LexborHTMLParser(site.renderer(publication, templates).draw(plan))


def text_of(page, selector):
    return " ".join(page.css_first(selector).text(separator=" ").split())


def section(page, heading):
    """The text of the section with this id; nothing where there is none."""
    found = page.css_first(f"#{heading}")
    while found is not None and found.tag != "section":
        found = found.parent
    return " ".join(found.text(separator=" ").split()) if found else ""


@pytest.mark.parametrize("kind", ["home", "platform", "document"])
def test_without_a_look_nothing_is_shown(kind):
    """An atlas that nobody has looked at shows no figure, no list and no line of looks."""
    drawn = page(seen.BARE, AS_OF, kind)
    assert not drawn.css("#looks, #changes, #year, .year, .neatline")
    assert "seen" not in text_of(drawn, "main").casefold()


@pytest.mark.parametrize(
    ("days", "said", "never_said"),
    [
        (7, "Last seen on 1 May 2026, good until 8 May 2026.", "due"),
        (8, "good until 8 May 2026. A look is due.", "cannot say"),
        (31, "Nobody has seen the document since, so we cannot say", "good until"),
    ],
)
def test_the_last_look_names_its_own_end(days, said, never_said):
    """A document's page says until when the last look holds, then that one is due, then that we cannot say."""
    told = section(page(seen.atlas_of(A_LOOK, [SEEN]), START + days * DAY, "document"), "looks")
    assert said in told
    assert never_said not in told
    assert "unchanged" not in told


@pytest.mark.parametrize(
    "reason", [f for f in Failure if f not in {Failure.NO_ID, Failure.NO_ADDRESS}]
)
def test_trouble_is_told_with_the_next_step(reason):
    """What is in the way stands there with its day, what happened and what comes next; after a week a person is asked."""
    atlas = seen.atlas_of([seen.START, (seen.START + DAY, reason)], [SEEN])
    fresh = section(page(atlas, START + 2 * DAY, "document"), "looks")
    assert "since 2 May 2026. It did not." in fresh
    assert "a person is asked to look" not in fresh
    old = section(page(atlas, START + 8 * DAY, "document"), "looks")
    assert "seven days or more, so a person is asked to look" in old


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"sources": None}, "Not watched. No address is recorded."),
        ({"id": None}, "Not watched. It has no ID yet."),
    ],
)
def test_a_document_that_nobody_can_look_at_says_so(fields, said):
    """Without an address, or an id, nobody can look, and the page says what is missing."""
    given = {"id": "SA-D-00002", "sources": "\n  - url: https://acme.example/b", **fields}
    other = document("A", **{name: value for name, value in given.items() if value})
    tree = {**seen.TREE, "content/platform/acme/a/_document.yaml": other}
    told = section(page(seen.atlas_of(A_LOOK, [SEEN], tree=tree), START, "document"), "looks")
    assert said in told
    assert "Last seen" not in told


@pytest.mark.parametrize(
    ("days", "word"),
    [(7, "good until 8 May 2026"), (8, "was good until 8 May 2026"), (31, "we cannot say")],
)
def test_a_list_calls_nothing_current_without_its_end(days, word):
    """Wherever a look is listed, the day until which it holds stands beside it: a page left standing cannot mislead."""
    drawn = page(seen.atlas_of(A_LOOK, [SEEN]), START + days * DAY, "platform")
    assert word in drawn.css_first("tbody tr").text()
    wording = drawn.css_first('td[data-l="Wording"]').text()
    if days == 7:
        assert wording == "As quoted at the last look1 May 2026, good until 8 May 2026"
    else:
        assert wording == "We cannot say"


def test_a_list_of_documents_says_when_each_was_seen():
    """On the platform's page each document has the day of its last good look and what is in the way."""
    atlas = seen.atlas_of([seen.START, (seen.START + DAY, Failure.SUSPECT)], [SEEN])
    row = " ".join(
        page(atlas, START + DAY, "platform").css_first("tbody tr").text(separator=" ").split()
    )
    assert "1 May 2026 A page came that may be another than the document" in row


@pytest.mark.parametrize("kind", ["document", "platform"])
def test_changes_are_counted_and_listed(kind):
    """`N clause and M document changes between D1 and D2` leads to the list that has just those."""
    shown = seen.texts(
        (seen.START, "a", {}),
        (seen.START + DAY, "b", {}),
        (seen.START + 2 * DAY, "a", {"known": True}),
        (seen.START + 3 * DAY, "c", {"technical": True}),
    )
    atlas = seen.atlas_of(seen.days(0, 1, 2, 3), [SEEN, REMOVED], shown)
    drawn = page(atlas, START + 3 * DAY, kind)
    links = [a for a in drawn.css("main a") if a.attributes["href"] == "#changes"]
    assert [a.text() for a in links] == ["1 clause change", "1 document change"]
    assert "between 1 May 2026 and 4 May 2026" in text_of(drawn, "main")
    rows = drawn.css("#changes")[0].parent.parent.css("tbody")[0].css("tr")
    assert sorted(row.css("td")[1].text() for row in rows) == ["New text", "Removed"]
    technical = "Another way of reading the same page" in text_of(drawn, "main")
    assert technical is (kind == "document"), "a technical change is the document's own business"


def test_a_text_that_brings_a_clause_back_is_no_new_text():
    """Where words come back in a known text, both changes count and are listed, and the text is called an earlier one."""
    shown = seen.texts(
        (seen.START, "a", {}),
        (seen.START + DAY, "b", {}),
        (seen.START + 2 * DAY, "a", {"known": True}),
    )
    back = seen.line(seen.START + 2 * DAY, looks=2)
    atlas = seen.atlas_of(seen.days(0, 1, 2), [SEEN, REMOVED, back], shown)
    drawn = page(atlas, START + 2 * DAY, "document")
    links = [a.text() for a in drawn.css('main a[href="#changes"]')]
    assert links == ["2 clause changes", "2 document changes"]
    told = section(drawn, "changes")
    assert told.count("An earlier text came back") == 1
    assert told.count("New text") == 1


def test_a_document_line_shows_looks_changes_and_gaps():
    """A cell is solid where a look was good, raised where a clause changed, hollow else."""
    lines = [SEEN, seen.line(seen.START + 3 * DAY, ClauseState.REMOVED, looks=3)]
    atlas = seen.atlas_of(seen.days(0, 3), lines)
    cells = stability.document_cells(atlas, atlas.documents[TERMS], START + 4 * DAY)
    assert cells.cells[-5:] == (Cell.SAME, Cell.UNSEEN, Cell.UNSEEN, Cell.CHANGED, Cell.UNSEEN)
    assert set(cells.cells[:-5]) == {Cell.NOTHING}


def test_a_failed_look_is_no_look():
    """A document of which every look failed has no line, and the year says that nobody looked."""
    atlas = seen.atlas_of([(seen.START, Failure.SUSPECT)], [])
    assert stability.document_cells(atlas, atlas.documents[TERMS], START) is None
    (week,) = stability.weeks(atlas, START)
    assert (week.watched, week.seen, week.changed) == (1, 0, 0)


def test_the_year_has_at_most_52_weeks_and_none_before_the_first_look():
    """Weeks end on the as-of date; each says how many documents were seen and how many clauses changed."""
    atlas = seen.atlas_of(seen.days(0, 1, 15), [SEEN, REMOVED])
    found = stability.weeks(atlas, START + 15 * DAY)
    assert [(week.seen, week.changed) for week in found] == [(1, 1), (0, 0), (1, 0)]
    assert found[-1].last == START + 15 * DAY
    assert len(stability.weeks(atlas, START + timedelta(days=900))) == stability.WEEKS


def test_the_year_is_drawn_and_told():
    """The figure has a bar for each week in which somebody looked or a clause changed, and a sentence and a table that say so."""
    atlas = seen.atlas_of(seen.days(0, 1, 15), [SEEN, REMOVED])
    drawn = page(atlas, START + 15 * DAY, "home")
    told = " ".join(drawn.css_first(".year figcaption").text().split())
    assert told.startswith(
        "In the last 3 weeks, we saw 1 change of a clause. We looked in 2 of those weeks."
    )
    shapes = {path.attributes["class"]: path.attributes["d"] for path in drawn.css(".year path")}
    assert (shapes["seen"].count("M"), shapes["notch"].count("M")) == (2, 1)
    rows = [" ".join(row.text(separator=" ").split()) for row in drawn.css(".year tbody tr")]
    assert rows[0] == "10 May 2026 1 of 1 0"
    assert len(rows) == 3


def test_the_first_page_counts_what_we_cannot_say():
    """The last figure is the number of clauses of which nobody can say whether they stand, and leads to them."""
    atlas = seen.atlas_of(A_LOOK, [SEEN])
    for days, n in ((7, "0"), (8, "1")):
        figure = page(atlas, START + days * DAY, "home").css(".figures li")[-1]
        assert figure.text().strip().startswith(n)
        assert "we cannot say" in figure.text()
        links = [a.attributes["href"] for a in figure.css("a")]
        assert links == ([NOT_CONFIRMED] if n == "1" else []), "a search for nothing finds all"


@pytest.mark.parametrize(
    ("looks", "lines", "said"),
    [
        (seen.days(0, 1), [SEEN, DIFFERS], "1 provision of which we cannot say"),
        (
            [seen.START, (seen.START + DAY, Failure.UNREACHABLE)],
            [SEEN],
            "1 provision of which we cannot say",
        ),
        (seen.days(0, 1), [SEEN, REMOVED], "0 provisions of which we cannot say"),
    ],
    ids=["differs", "in-trouble", "former"],
)
def test_the_first_page_hides_nothing_that_may_not_stand(looks, lines, said):
    """One that differs or whose document is in trouble is among those, a former one beside them; none seems to stand."""
    figure = page(seen.atlas_of(looks, lines), START + DAY, "home").css(".figures li")[-1]
    told = " ".join(figure.text().split())
    assert told.startswith(said)
    is_former = lines[-1] is REMOVED
    assert told.endswith("and 1 is former") is is_former
    former = "/search/?wording=former"
    assert [a.attributes["href"] for a in figure.css("a")] == [
        former if is_former else NOT_CONFIRMED
    ]


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (0, "In the last week, looks were taken and none was good."),
        (400, "In the last 52 weeks, nobody looked."),
    ],
)
def test_looks_in_vain_are_told_as_such(days, said):
    """Where no look was good, the first page says that some were taken, or none, and nothing of changes."""
    atlas = seen.atlas_of([(seen.START, Failure.SUSPECT)], [])
    told = text_of(page(atlas, START + days * DAY, "home"), ".year figcaption p")
    assert told == said


def test_every_change_that_is_counted_is_listed():
    """A clause that turned nine times made nine changes; past the seventh they stand in a list that opens."""
    turns = [
        seen.line(seen.START + n * DAY, REMOVED.seen.state, looks=3)
        if n % 2
        else seen.line(seen.START + n * DAY)
        for n in range(10)
    ]
    drawn = page(seen.atlas_of(seen.days(*range(10)), turns), START + 9 * DAY, "home")
    assert "we saw 9 changes of clauses." in drawn.css_first(".year figcaption").text()
    assert drawn.css_first(".year figcaption a").attributes["href"] == "#changes"
    (part,) = [s for s in drawn.css("section") if s.css_matches("#changes")]
    assert (len(part.css("tbody tr")), len(part.css("details tbody tr"))) == (9, 2)
    later = page(seen.atlas_of(seen.days(0, 500), turns[:2]), START + 500 * DAY, "home")
    assert "we saw no change of a clause." in text_of(later, ".year figcaption")
    assert not later.css("#changes"), "a change of more than a year ago is in neither"


@pytest.mark.parametrize(
    ("kind", "selector", "said"),
    [
        ("home", ".figures li", "1 provision, from 1 document"),
        ("platform", ".lead", "1 provision of 1 document."),
    ],
)
def test_provisions_come_from_the_documents_that_have_some(kind, selector, said):
    """A document without a record on it is no source of any."""
    other = {"content/platform/acme/a/_document.yaml": document("A", id="SA-D-00002")}
    drawn = page(seen.atlas_of(A_LOOK, [SEEN], tree={**seen.TREE, **other}), START, kind)
    assert text_of(drawn, selector).startswith(said)


@pytest.mark.parametrize("kind", ["document", "platform"])
def test_one_look_compares_nothing(kind):
    """After one good look no page says that nothing changed; after two it does."""
    shown = seen.texts((seen.START, "a", {}))
    for days, says_so in (((0,), False), ((0, 1), True)):
        atlas = seen.atlas_of(seen.days(*days), [SEEN], shown)
        told = text_of(page(atlas, START + DAY, kind), "main")
        assert ("No change was seen." in told) is says_so
        assert ("0 document changes" in told) is says_so
    failed = [seen.START, (seen.START + DAY, Failure.UNREACHABLE)]
    told = text_of(page(seen.atlas_of(failed, [SEEN], shown), START + DAY, kind), "main")
    assert "No change" not in told


def test_what_one_look_found_changed_is_listed():
    """A quotation that was gone at the first good look stands among the changes; nothing is summed up."""
    gone = [seen.line(seen.START, ClauseState.REMOVED, looks=3)]
    drawn = page(seen.atlas_of(A_LOOK, gone), START, "document")
    assert "Removed" in section(drawn, "changes")
    assert "0 document changes" not in text_of(drawn, "main")


def test_a_pending_change_is_seen_on_its_document():
    """The clause's row is marked, and the looks say how many are being confirmed, until that is settled."""
    pending = page(seen.atlas_of(seen.days(0, 1), [SEEN, DIFFERS]), START + DAY, "document")
    assert "Differs" in section(pending, "provisions")
    assert "One clause seen changed, being confirmed." in section(pending, "looks")
    settled = page(seen.atlas_of(seen.days(0, 1), [SEEN, REMOVED]), START + DAY, "document")
    assert "Differs" not in text_of(settled, "main")
    assert "being confirmed" not in text_of(settled, "main")


def test_an_archives_versions_are_not_our_looks():
    """What others recorded of a document stands on its page under their name; no look of ours is claimed."""
    seen_there = ImportedObservation(
        seen.START, "https://versions.example/1", "abc", "0" * 64, "markdown-v1", {}
    )
    span = ArchiveSpan(
        "some-archive", seen.DOCUMENT, seen.START, seen.START + 9 * DAY, 4, (seen_there,)
    )
    atlas = seen.atlas_of([], [], spans={seen.DOCUMENT: (span,)})
    told = section(page(atlas, START + 20 * DAY, "document"), "looks")
    assert "Some Archive recorded 4 versions from 1 May 2026 to 10 May 2026." in told
    assert "Nobody has looked at it yet." in told
    assert "Last seen" not in told


def test_former_stands_apart_on_every_page(built_sample):
    """Each list marks a former record, and no count has it among the clauses in force."""
    shelf = (built_sample / "clause-type/disputes/index.html").read_text(encoding="utf-8")
    assert re.search(
        r"<a [^>]*>2</a> of <a [^>]*>3</a> reviewed platforms have such a clause", shelf
    )
    assert "On one more the words have changed or gone since" in shelf
    assert ">Former</a>" in shelf
    listed = (built_sample / "clause-type/index.html").read_text(encoding="utf-8")
    assert "and one formerly" in listed
    for place in ("", "platform/luzeiro/", "platform/luzeiro/terms-of-use/", "severity/high/"):
        drawn = (built_sample / place / "index.html").read_text(encoding="utf-8")
        assert '<strong class="mark">Former</strong>' in drawn, place
