"""What became of a record, on its history page and in `history.json`: told in the order in which it was published."""

import json
from datetime import UTC, datetime

import pytest
from conftest import AS_OF, ROOT
from published_worlds import registered
from selectolax.lexbor import LexborHTMLParser
from worlds import SITE, document, files, platform, provision

from atlas import site, urls
from atlas.became import Said, Stood, became
from atlas.examine import examine_files
from atlas.outputs import history_json
from atlas.revisions import Revision

TERMS = "content/platform/acme/terms"
ID, ONE, SAID = "SA-P-100001", f"{TERMS}/one.md", f"{TERMS}/one/dispute-1.md"
OBJECTION = "---\nby: Acme Ltd\non: 2026-10-02\n---\n\nWe do no such thing.\n"
WITHDRAWN = "\n  state: withdrawn\n  on: 2026-10-01\n  reason: It was misread."
REVISED = "\n  number: 2\n  on: 2026-11-02\n  because: It was read right."


def one(**fields):
    return {ONE: provision("We may use it.", id=ID, **fields)}


ACTIVE = {
    "data/site.yaml": f"{SITE}translations:\n  - de\n",
    "content/platform/acme/_platform.yaml": platform("Acme"),
    f"{TERMS}/_document.yaml": document(id="SA-D-00001"),
    **one(),
}
AGAIN = {**one(revision=REVISED), f"{TERMS}/one/r1.md": one(status=WITHDRAWN)[ONE]}


def on(day, month=10):
    return datetime(2026, month, day, 12, tzinfo=UTC)


FIRST = registered(ACTIVE, on(1))
SECOND = registered({**FIRST, **one(status=WITHDRAWN), SAID: OBJECTION}, on(4))
THIRD = registered({**SECOND, **AGAIN}, on(3, 11))


def atlas_of(tree):
    return examine_files(files(tree), AS_OF).atlas


def told(tree):
    """Return what became of the record in words: of each what it is, and when it was entered."""
    atlas = atlas_of(tree)
    kinds = {
        Revision: lambda it: (f"r{it.number}", it.first_published),
        Stood: lambda it: (it.state.value, it.entered),
        Said: lambda it: (it.name, it.entered),
    }
    found = (kinds[type(it)](it) for it in became(atlas, atlas.by_id[ID]))
    return [f"{what} {day}" for what, day in found]


@pytest.mark.parametrize(
    ("tree", "expected"),
    [
        (FIRST, ["r1 2026-10-01"]),
        (SECOND, ["r1 2026-10-01", "withdrawn 2026-10-04", "dispute-1 2026-10-04"]),
        (
            THIRD,
            [
                *("r1 2026-10-01", "withdrawn 2026-10-04", "dispute-1 2026-10-04"),
                *("r2 2026-11-03", "active 2026-11-03"),
            ],
        ),
        (
            {**FIRST, **one(status=WITHDRAWN), SAID: OBJECTION},
            ["r1 2026-10-01", "withdrawn None", "dispute-1 None"],
        ),
        (
            {**SECOND, SAID.replace("-1", "-2"): OBJECTION},
            ["r1 2026-10-01", "withdrawn 2026-10-04", "dispute-1 2026-10-04", "dispute-2 None"],
        ),
    ],
    ids=["nothing", "withdrawn", "active-again", "not-published-yet", "one-of-two"],
)
def test_each_event_has_the_day_of_its_publishing(tree, expected):
    """Revisions, statuses and statements stand in one order; what was not published yet comes last, without a day."""
    assert told(tree) == expected


def test_a_status_that_is_over_has_its_words_where_a_file_has_them():
    """The log has a hash alone: the former revision beside the record says the rest, or nobody does."""
    atlas = atlas_of(THIRD)
    _, stood, *_ = became(atlas, atlas.by_id[ID])
    assert stood.status.reason == "It was misread."
    atlas = atlas_of({**THIRD, f"{TERMS}/one/r1.md": one()[ONE]})
    _, other, *_ = became(atlas, atlas.by_id[ID])
    assert (other.state, other.status, other.sha256) == (stood.state, None, stood.sha256)


def test_machines_read_all_of_it():
    """`history.json` has every event with the hash that the log has of it."""
    atlas = atlas_of(THIRD)
    events = history_json.history(atlas, atlas.by_id[ID])["events"]
    last = atlas.published.last[ID]
    assert json.loads(json.dumps(events)) == [
        {"kind": "revision", "number": 1, "entered": "2026-10-01"},
        {
            "kind": "status",
            "state": "withdrawn",
            "on": "2026-10-01",
            "reason": "It was misread.",
            "entered": "2026-10-04",
            "sha256": atlas.published.leaves[1].status_sha256,
        },
        {
            "kind": "dispute",
            "name": "dispute-1",
            "by": "Acme Ltd",
            "on": "2026-10-02",
            "entered": "2026-10-04",
            "sha256": last.statements["dispute-1"],
        },
        {"kind": "revision", "number": 2, "entered": "2026-11-03"},
        {"kind": "status", "state": "active", "entered": "2026-11-03", "sha256": None},
    ]


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (
            "",
            [
                ["Active", "entered on 3 November 2026", "The record stands."],
                ["Revision 2", "since 3 November 2026", "It was read right."],
                ["Acme Ltd objects, 2 October 2026", "entered on 4 October 2026", "SHA-256"],
                [
                    *("Withdrawn", "entered on 4 October 2026"),
                    "Withdrawn on 1 October 2026. It was misread.",
                ],
                ["Revision 1", "1 October 2026 to 3 November 2026", "Frozen form"],
            ],
        ),
        (
            "/de",
            [
                ["Aktiv", "verzeichnet am 3. November 2026", "Der Eintrag gilt."],
                ["Fassung 2", "seit dem 3. November 2026", "It was read right."],
                ["Acme Ltd widerspricht, 2. Oktober 2026", "verzeichnet am 4. Oktober 2026", ""],
                [
                    *("Zurückgezogen", "verzeichnet am 4. Oktober 2026"),
                    "Zurückgezogen am 1. Oktober 2026. It was misread.",
                ],
                ["Fassung 1", "1. Oktober 2026 bis 3. November 2026", ""],
            ],
        ),
    ],
)
def test_the_history_page_is_one_list(language, expected):
    """Newest first, in the words of each language; statements lead to their words on the record's page."""
    atlas = atlas_of(THIRD)
    drawing = site.draw(ROOT, atlas, site.Settings(AS_OF))
    address = f"{language}{urls.history(atlas.by_id[ID])}"
    (plan,) = (plan for plan in drawing.plans if plan.address == address)
    page = LexborHTMLParser(drawing.draw(plan))
    rows = [
        [" ".join(cell.text().split()) for cell in row.css("th, td")]
        for row in page.css("main tbody tr")
    ]
    assert len(rows) == len(expected)
    for row, wanted in zip(rows, expected, strict=True):
        assert all(cell.startswith(said) for cell, said in zip(row, wanted, strict=True)), row
    (led,) = page.css("main tbody a[href$='#statements']")
    assert led.attributes["href"] == f"{language}{urls.provision(atlas.by_id[ID])}#statements"


def test_statements_of_a_record_that_is_active_again_are_shown():
    """Nothing that was published of others goes with a dispute or a withdrawal."""
    atlas = atlas_of(THIRD)
    drawing = site.draw(ROOT, atlas, site.Settings(AS_OF))
    (plan,) = (p for p in drawing.plans if p.address == urls.provision(atlas.by_id[ID]))
    page = LexborHTMLParser(drawing.draw(plan))
    assert page.css_first(".notice") is None
    assert "We do no such thing." in page.css_first("#statements").parent.parent.text()
