"""What was published stays: each deed that would take something of it away is told once, where it was done, with its ways out."""

import pytest
from conftest import AS_OF
from published_worlds import registered
from worlds import SHELVES, SITE, document, files, platform, provision

from atlas.examine import examine_files

ACME, BYTE = "content/platform/acme", "content/platform/byte"
TERMS = f"{ACME}/terms"
ONE, TWO = f"{TERMS}/one.md", f"{TERMS}/two.md"
WORDS = " ".join(f"Word{n}" for n in range(98))
TREE = {
    "data/site.yaml": f"{SITE}translations:\n  - de\n",
    "content/about.md": "---\ntitle: About\ndescription: What this is.\n---\n\nWords.\n",
    f"{ACME}/_platform.yaml": platform("Acme"),
    f"{TERMS}/_document.yaml": document(id="SA-D-00001"),
    ONE: provision("We may use it.", f"## Why it matters\n\n{WORDS}\n", id="SA-P-100001"),
    TWO: provision(
        "We may use all of it.", id="SA-P-100002", regulations="\n  - id: eu-act\n    why: So."
    ),
    f"{ACME}/privacy/_document.yaml": document("Privacy", id="SA-D-00002"),
    f"{ACME}/privacy/three.md": provision("We keep it.", id="SA-P-100003"),
    f"{BYTE}/_platform.yaml": platform("Byte"),
    f"{BYTE}/rules/_document.yaml": document("Rules", id="SA-D-00003"),
    f"{BYTE}/rules/four.md": provision("We share it.", id="SA-P-100004"),
}
PUBLISHED = registered(TREE)


def told(changes, tree=PUBLISHED, as_of=AS_OF):
    """Return what is told of the tree after changes: code, file and line of each problem."""
    report = examine_files(files({**tree, **changes}), as_of).report
    return [(p.code, p.path, p.span.line) for p in report.problems if p.blocks]


def moved(before, after, tree=PUBLISHED):
    """Return the changes that give all files below one path another one."""
    below = [p for p in tree if p == before or p.startswith(f"{before}/")]
    return {
        **dict.fromkeys(below),
        **{p.replace(before, after, 1): tree[p] for p in below},
    }


def text(path, *replaced):
    """Return the changes that replace words in one file."""
    found = PUBLISHED[path].decode()
    for old, new in replaced:
        assert old in found
        found = found.replace(old, new)
    return {path: found}


def test_what_was_registered_is_all_there():
    """An atlas just as it was published has no problem, its own additions or not."""
    assert told({}) == []
    assert told({f"{TERMS}/five.md": provision("We sell it.")}) == []


VANISHED = "vanished-address"


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({ONE: None}, [(VANISHED, ONE, 1)]),
        ({ONE: None, TWO: None}, [(VANISHED, ONE, 1), (VANISHED, TWO, 1)]),
        (moved(ONE, f"{TERMS}/uno.md"), [(VANISHED, f"{TERMS}/uno.md", 2)]),
        (moved(TERMS, f"{ACME}/terms-of-use"), [(VANISHED, f"{ACME}/terms-of-use/_document.yaml", 1)]),
        (moved(ACME, "content/platform/apex"), [(VANISHED, "content/platform/apex/_platform.yaml", 1)]),
        (dict.fromkeys(moved(f"{ACME}/privacy", "x")), [(VANISHED, f"{ACME}/privacy/_document.yaml", 1)]),
        (dict.fromkeys(moved(BYTE, "x")), [(VANISHED, f"{BYTE}/_platform.yaml", 1)]),
        ({"content/about.md": None}, [(VANISHED, "content/about.md", 1)]),
        ({"data/site.yaml": SITE}, [(VANISHED, "data/site.yaml", 1)]),
        (
            {
                "data/categories.yaml": SHELVES["data/categories.yaml"].replace("rights:", "duties:"),
                "data/clause-types.yaml": SHELVES["data/clause-types.yaml"].replace("- rights", "- duties"),
            },
            [(VANISHED, "data/categories.yaml", 1)],
        ),
    ],
    ids=[
        "record-deleted", "records-deleted", "record-renamed", "document-renamed", "platform-renamed",
        "document-deleted", "platform-deleted", "page-deleted", "language-dropped", "category-renamed",
    ],
)  # fmt: skip
def test_what_vanished_is_told_once(changes, expected):
    """However many addresses one deed takes away, it is one problem, at the file where it was done."""
    assert told(changes) == expected


@pytest.mark.parametrize(
    ("path", "before", "after"),
    [
        (f"{TERMS}/uno.md", ONE, "id: SA-P-100001\naliases:\n  - one"),
        (f"{ACME}/terms-of-use/_document.yaml", TERMS, "id: SA-D-00001\naliases:\n  - terms"),
        ("content/platform/apex/_platform.yaml", ACME, "name: Acme\naliases:\n  - acme"),
    ],
)
def test_a_name_may_change_where_the_old_one_is_kept(path, before, after):
    """With its old name among its aliases a record, document or platform may have another; without it, never again."""
    renamed = moved(before, path if path.endswith(".md") else path.rpartition("/")[0])
    line = after.partition("\n")[0]
    changes = {**renamed, path: renamed[path].decode().replace(line, after, 1)}
    assert told(changes) == []
    again = registered({**PUBLISHED, **changes})
    assert told({}, again) == []
    assert [(code, file) for code, file, _ in told(renamed, again)] == [(VANISHED, path)]


def test_an_old_name_is_given_to_nobody_else():
    """A record that takes the address which another one had before is told, even without an id of its own."""
    renamed = moved(ONE, f"{TERMS}/uno.md")
    kept = renamed[f"{TERMS}/uno.md"].decode().replace("title:", "aliases:\n  - one\ntitle:", 1)
    again = registered({**PUBLISHED, **renamed, f"{TERMS}/uno.md": kept})
    taken = {f"{TERMS}/uno.md": renamed[f"{TERMS}/uno.md"], ONE: provision("We sell it.")}
    assert told(taken, again) == [(VANISHED, ONE, 1)]


def test_day_and_reason_of_a_revision_stay():
    """What a published revision says of itself is part of it."""
    note = "id: SA-P-100001\nrevision:\n  number: 2\n  on: 2026-11-02\n  because: It was misread."
    raised = {
        **text(ONE, ("claim: Uses", "claim: Takes"), ("id: SA-P-100001", note)),
        f"{TERMS}/one/r1.md": PUBLISHED[ONE],
    }
    again = registered({**PUBLISHED, **raised})
    for old, new in (("It was misread.", "Why not."), ("2026-11-02", "2026-11-01")):
        rewritten = again[ONE].decode().replace(old, new)
        assert told({ONE: rewritten}, again) == [("unrevised-change", ONE, 7)]


def test_a_revision_is_not_taken_back():
    """The number of a revision that was published does not go down, and nothing else is told of it."""
    note = "id: SA-P-100001\nrevision:\n  number: 2\n  on: 2026-11-02\n  because: It was misread."
    raised = {
        **text(ONE, ("claim: Uses", "claim: Takes"), ("id: SA-P-100001", note)),
        f"{TERMS}/one/r1.md": PUBLISHED[ONE],
    }
    again = registered({**PUBLISHED, **raised})
    assert told({}, again) == []
    assert told({ONE: PUBLISHED[ONE], f"{TERMS}/one/r1.md": None}, again) == [(VANISHED, ONE, 2)]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        (text(ONE, ("id: SA-P-100001\n", "")), [(ONE, 1)]),
        (text(ONE, ("100001", "100009")), [(ONE, 6)]),
        ({**text(ONE, ("100001", "100002")), **text(TWO, ("100002", "100001"))}, [(ONE, 6), (TWO, 6)]),
        ({f"{TERMS}/uno.md": PUBLISHED[ONE].replace(b"Word", b"Term"), **text(ONE, ("id: SA-P-100001\n", ""))}, [(f"{TERMS}/uno.md", 6)]),
        (text(f"{TERMS}/_document.yaml", ("id: SA-D-00001\n", "")), [(f"{TERMS}/_document.yaml", 1)]),
    ],
    ids=["gone", "another", "exchanged", "given-to-a-copy", "of-a-document"],
)  # fmt: skip
def test_an_id_stays_with_its_file(changes, expected):
    """An id that is gone, is another one, or went to another file is told there, and nothing else is."""
    found = told(changes)
    assert {code for code, _, _ in found} == {"changed-id"}
    assert [(path, line) for _, path, line in found] == expected


@pytest.mark.parametrize(
    ("before", "after", "at"),
    [
        (ONE, f"{ACME}/privacy/one.md", f"{ACME}/privacy/one.md"),
        (ONE, f"{BYTE}/rules/one.md", f"{BYTE}/rules/one.md"),
        (f"{ACME}/privacy", f"{BYTE}/privacy", f"{BYTE}/privacy/_document.yaml"),
    ],
)
def test_nothing_moves_to_another_document_or_platform(before, after, at):
    """A record that was moved to another document, or a document to another platform, is told once."""
    assert told(moved(before, after)) == [("moved-record", at, 1)]


def test_a_line_by_hand_does_not_make_a_move_right():
    """`data/addresses.yaml` leads addresses on; it takes no record to another document."""
    by_hand = "/platform/acme/terms/one/:\n  to: /platform/byte/rules/one/\n  on: 2026-11-20\n"
    changes = {**moved(ONE, f"{BYTE}/rules/one.md"), "data/addresses.yaml": by_hand}
    assert ("moved-record", f"{BYTE}/rules/one.md", 1) in told(changes)


UNREVISED = "unrevised-change"


@pytest.mark.parametrize(
    ("replaced", "fields"),
    [
        ([("claim: Uses", "claim: Takes")], ["claim"]),
        ([("stance: opt-out", "stance: opt-in")], ["severity", "stance"]),
        (
            [("title: Use of", "title: The use of"), ("We may use it", "We use it")],
            ["clause", "title"],
        ),
        ([("clause: |-", "section: 1\nclause: |-")], []),
        ([("We may use it", "We may   use it")], []),
    ],
    ids=["claim", "stance-and-grade", "title-and-clause", "section", "blanks"],
)
def test_what_counts_changes_with_a_revision_only(replaced, fields):
    """Each field that needs a revision and has none is told; what needs none may change."""
    report = examine_files(files({**PUBLISHED, **text(ONE, *replaced)}), AS_OF).report
    found = [p for p in report.problems if p.code == UNREVISED]
    assert {p.path for p in found} <= {ONE}
    assert sorted(p.message.split("`")[1] for p in found) == fields


@pytest.mark.parametrize(
    ("count", "corrected", "is_told"),
    [(1, True, False), (3, True, False), (4, True, True), (1, False, True)],
)
def test_spelling_has_a_bound_and_a_day(count, corrected, is_told):
    """Three of a hundred words may be put right where the record says when; the fourth is a revision."""
    replaced = [(f"Word{90 + n}", f"Wort{90 + n}") for n in range(count)]
    day = [("title:", "corrected_on: 2026-11-20\ntitle:")] if corrected else []
    found = told(text(ONE, *replaced, *day))
    assert bool(found) is is_told
    assert {code for code, _, _ in found} <= {UNREVISED}


def test_a_shelf_that_changes_records_is_told_once():
    """A stance's grade is told at its line with how many records it changes, and none of them is."""
    shelves = SHELVES["data/clause-types.yaml"].replace("severity: medium", "severity: high")
    changes = {"data/clause-types.yaml": shelves}
    (problem,) = examine_files(files({**PUBLISHED, **changes}), AS_OF).report.problems
    assert (problem.code, problem.path) == (UNREVISED, "data/clause-types.yaml")
    assert shelves.split("\n")[problem.span.line - 1].strip() == "severity: high"
    assert "4 published records" in problem.message
    assert "./run revise --affected --because" in problem.hint


def test_what_cannot_be_read_is_not_said_to_be_gone():
    """A record, document or shelf whose file is broken is told as broken, and not as taken away."""
    for path in (
        ONE,
        f"{TERMS}/_document.yaml",
        f"{ACME}/_platform.yaml",
        "data/clause-types.yaml",
    ):
        codes = {code for code, _, _ in told({path: "---\n\t: [\n"})}
        assert codes
        assert not codes & {VANISHED, "changed-id", "moved-record", UNREVISED}, path


THREE, FOUR = f"{ACME}/privacy/three.md", f"{BYTE}/rules/four.md"
SAID = f"{BYTE}/rules/four/dispute-1.md"
OBJECTION = "---\nby: Byte Ltd\non: 2026-10-02\n---\n\nWe share nothing.\n"
WITHDRAWN = "\n  state: withdrawn\n  on: 2026-10-01\n  reason: It was misread."
DISPUTED = "\n  state: disputed\n  on: 2026-10-03"
SUPERSEDED = "\n  state: superseded\n  replaced_by: SA-P-100001"
WITHHELD = f"{WITHDRAWN}\n  withheld: A court said so."


def three(status=WITHDRAWN, words="We keep it.", **fields):
    return {THREE: provision(words, id="SA-P-100003", status=status, **fields)}


def four(status=DISPUTED, said=OBJECTION, **fields):
    return {FOUR: provision("We share it.", id="SA-P-100004", status=status, **fields), SAID: said}


BECAME = registered({**TREE, **three(), **four()})
LOST, UNSAID = "lost-status", "lost-statement"
REVISED = "\n  number: 2\n  on: 2026-11-02\n  because: It was right after all."


def told_of(changes, tree=BECAME):
    """Return the code and the file of each problem after changes."""
    return [(code, path) for code, path, _ in told(changes, tree)]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        (three(None), [(LOST, THREE)]),
        (three(DISPUTED), [(LOST, THREE), ("status-incomplete", THREE)]),
        (three(SUPERSEDED), [(LOST, THREE)]),
        (three(WITHDRAWN.replace("misread", "misheard")), [(LOST, THREE)]),
        (three(WITHDRAWN.replace("10-01", "10-02")), [(LOST, THREE)]),
        (three(f"{WITHDRAWN}\n  replaced_by: SA-P-100001"), [(LOST, THREE)]),
        (four(None), [(LOST, FOUR)]),
        (four(DISPUTED.replace("10-03", "10-04")), [(LOST, FOUR)]),
        (four(said=None), [(UNSAID, SAID), ("status-incomplete", FOUR)]),
        (four(said=OBJECTION.replace("nothing", "little")), [(UNSAID, SAID)]),
        (four(said=OBJECTION.replace("Byte Ltd", "Byte")), [(UNSAID, SAID)]),
        (four(said=OBJECTION.replace("10-02", "10-03")), [(UNSAID, SAID)]),
    ],
)
def test_what_became_of_a_record_is_not_taken_back(changes, expected):
    """A status that was published stays, and so does each statement, word for word: what is less or other is told."""
    assert sorted(told_of(changes)) == sorted(expected)


@pytest.mark.parametrize(
    "changes",
    [
        four(SUPERSEDED),
        four(WITHDRAWN),
        {**four(), SAID.replace("-1", "-2"): OBJECTION},
        {**four(), SAID.replace("dispute", "response"): OBJECTION},
    ],
    ids=["superseded", "withdrawn", "a-further-objection", "an-answer"],
)
def test_a_record_may_be_relied_on_less(changes):
    """To a higher status a record goes freely, and further statements may be added to it."""
    assert told(changes, BECAME) == []


def test_the_law_stands_above_a_status():
    """Words of a withdrawn record are withheld freely, with what others say of it; then they are not shown again."""
    page = BECAME[FOUR].decode()
    head = page.split("clause: |-")[0].replace(f"status:{DISPUTED}", f"status:{WITHHELD}")
    gone = {FOUR: f"{head}---\n", SAID: None}
    assert told(gone, BECAME) == []
    after = registered({**BECAME, **gone})
    assert told({}, after) == []
    assert told_of({FOUR: head.replace("said so", "says so") + "---\n"}, after) == [(LOST, FOUR)]
    assert told_of(four(WITHDRAWN), after) == [(LOST, FOUR)]


def test_a_revision_says_why_a_status_is_taken_back():
    """With a higher number a record may be less than withdrawn; what others said of it stays all the same."""
    raised = {**three(None, revision=REVISED), THREE.replace(".md", "/r1.md"): BECAME[THREE]}
    assert told(raised, BECAME) == []
    after = registered({**BECAME, **raised})
    assert told({}, after) == []
    former = {FOUR.replace(".md", "/r1.md"): BECAME[FOUR]}
    assert told({**four(None, revision=REVISED), **former}, BECAME) == []
    assert told_of({**four(None, None, revision=REVISED), **former}) == [(UNSAID, SAID)]


def test_what_others_say_moves_with_the_record():
    """Under another name of the record they are the same; left behind under the old one they are missed."""
    renamed = moved(FOUR.removesuffix(".md"), f"{BYTE}/rules/shared", BECAME)
    record = BECAME[FOUR].decode().replace("title:", "aliases:\n  - four\ntitle:", 1)
    whole = {**renamed, FOUR: None, f"{BYTE}/rules/shared.md": record}
    assert told(whole, BECAME) == []
    left = {FOUR: None, f"{BYTE}/rules/shared.md": record}
    assert (UNSAID, f"{BYTE}/rules/shared/dispute-1.md") in told_of(left)


@pytest.mark.parametrize("path", [THREE, SAID, FOUR])
def test_what_became_of_a_record_that_cannot_be_read_is_not_told(path):
    """A record or a statement whose file is broken is told as broken, not as taken back."""
    codes = {code for code, _ in told_of({path: "---\n\t: [\n"})}
    assert codes
    assert not codes & {LOST, UNSAID}


@pytest.mark.parametrize(
    ("path", "kept"),
    [
        ("data/published/revisions/SA-P-1000/SA-P-100001.r1.json", ()),
        ("data/published/urls/acme.tsv", slice(0, 9)),
        ("data/published/log/0000.jsonl", slice(0, 2)),
    ],
)
def test_what_is_broken_is_told_alone(path, kept):
    """While a machine file is broken no record is accused: what would be said of it may be but what comes of that."""
    lines = PUBLISHED[path].splitlines(keepends=True)
    found = told({path: b"".join(lines[kept]) if kept else None})
    assert found
    assert {code for code, _, _ in found} == {"broken-published"}
