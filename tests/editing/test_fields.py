"""Editing fields: what was asked for changes, and no other byte of any file does."""

import random

import pytest
from conftest import ROOT
from hypothesis import given, settings
from hypothesis import strategies as st

from atlas.editing.fields import EditFault, editable
from atlas.frontmatter import read_markdown, read_yaml
from atlas.model import ProvisionFields, SourceFile

RECORDS = sorted(
    path
    for root in (ROOT, ROOT / "tests" / "sample")
    for path in (root / "content" / "platform").glob("*/*/*.md")
)
BYSTANDERS = sorted(
    path
    for root in (ROOT, ROOT / "tests" / "sample")
    for path in (root / "content" / "platform").rglob("_*.yaml")
)
PLAIN = st.text(
    st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=300
)
WORDS = st.lists(PLAIN, min_size=1, max_size=8).map(" ".join)
VALUES = {
    "title": WORDS,
    "section": WORDS,
    "corrected_on": st.dates().map(str),
    "revision": st.fixed_dictionaries(
        {"number": st.integers(2, 99).map(str), "on": st.dates().map(str), "because": WORDS}
    ),
    "status": st.fixed_dictionaries(
        {"state": st.just("withdrawn"), "on": st.dates().map(str), "reason": WORDS}
    ),
    "clause": st.lists(WORDS, min_size=1, max_size=4).map("\n\n".join),
    "aliases": st.lists(st.from_regex(r"[a-z]{1,9}", fullmatch=True), min_size=1, unique=True),
    "related": st.none(),
    "recorded_hash": st.none(),
    "reviews": st.none(),
    "examples": st.none(),
}
"""What each field may be set to; None takes it out."""
EDITS = st.sampled_from(sorted(VALUES)).flatmap(lambda n: st.tuples(st.just(n), VALUES[n]))


def values(text):
    fields, problems = read_markdown(SourceFile("a.md", text.encode()))
    assert problems == []
    return fields.values, fields.body


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(RECORDS), EDITS)
def test_set_or_taken_out_and_nothing_else(path, edit):
    """In real and sample records one field changes as asked, and every line of all others stays in its place."""
    name, value = edit
    before = path.read_text(encoding="utf-8")
    record = editable("a.md", before.encode())
    edited = (record.put((name,), value) if value else record.take_out((name,))).text
    (old, body), (new, same_body) = values(before), values(edited)
    assert new.get(name) == value
    assert {k: v for k, v in new.items() if k != name} == {
        k: v for k, v in old.items() if k != name
    }
    assert body == same_body
    without = editable("a.md", edited.encode()).take_out((name,)).text
    assert without == editable("a.md", before.encode()).take_out((name,)).text


@pytest.mark.parametrize("path", RECORDS, ids=lambda p: p.stem)
def test_put_and_taken_out_again_leaves_the_file_as_it_was(path):
    """What a record did not have can be put in and taken out: not a byte differs then."""
    before = path.read_bytes()
    record = editable("a.md", before)
    absent = [
        name
        for name in ("corrected_on", "recorded_hash", "section", "severity_reason")
        if not record.has((name,))
    ]
    for name in absent:
        record = record.put((name,), "a: b # c")
    for name in random.Random(7).sample(absent, len(absent)):
        record = record.take_out((name,))
    assert record.text.encode() == before


@pytest.mark.parametrize("path", RECORDS, ids=lambda p: p.stem)
def test_a_new_field_enters_where_the_model_has_it(path):
    """A field that was not there stands after those that come before it, wherever the record keeps that order."""
    order = list(ProvisionFields.model_fields)
    record = editable("a.md", path.read_bytes())
    ranks = [order.index(name) for name in values(record.text)[0]]
    if ranks == sorted(ranks):
        for name in ("corrected_on", "revision", "status"):
            record = record.put((name,), record_of(name))
        ranks = [order.index(name) for name in values(record.text)[0]]
        assert ranks == sorted(ranks)


def record_of(name):
    return {"corrected_on": "2026-11-22", "revision": {"number": "9", "on": "2026-11-22", "because": "x"},
            "status": {"state": "withdrawn", "on": "2026-11-22", "reason": "x"}}[name]  # fmt: skip


@pytest.mark.parametrize("path", BYSTANDERS, ids=lambda p: p.parent.name)
def test_documents_and_platforms_take_old_names(path):
    """Files that are YAML throughout are edited alike: an alias comes, another, and both go."""
    before = path.read_bytes()
    name = f"/{path.name}"
    sheet = editable(name, before)
    count = before.decode().count("\n- ") + before.decode().count("\n  - ")
    edited = sheet.add(("aliases",), "one").add(("aliases",), "two")
    fields, problems = read_yaml(SourceFile(name, edited.text.encode()))
    assert problems == []
    assert fields.values["aliases"][-2:] == ["one", "two"]
    assert edited.text.count("\n- ") + edited.text.count("\n  - ") == count + 2
    places = [("aliases", len(fields.values["aliases"]) - n) for n in (1, 2)]
    for place in places:
        edited = edited.take_out(place)
    assert edited.text.encode() == before


COMMENTED = """\
---
# head
title: 'It''s "so"'
aliases:
# at the edge
- one
- two
# about the revision
revision:
    # in it
    number: "2"
    on: 2026-01-01
    because: >-
        folded
# about the clause
clause: |
  # no comment
  words

# last
---
body
"""


def test_comments_belong_to_what_follows_them():
    """A comment before a field stays when the field before it goes, and one inside goes with its field."""
    text = COMMENTED.replace(">-\n        folded", "plain")
    record = editable("a.md", text.encode())
    assert "# about the revision\n# about the clause\nclause" in record.take_out(("revision",)).text
    assert "# at the edge\n- one\n# about" in record.take_out(("aliases", 1)).text
    assert "- two\n- three\n# about the revision" in record.add(("aliases",), "three").text
    put = record.put(("revision",), {"number": "3", "on": "2026-01-01", "because": "new"}).text
    assert put == text.replace('number: "2"', "number: 3").replace("because: plain", "because: new")
    quoted = record.put(("clause",), "other").text
    assert quoted == text.replace("clause: |\n  # no comment\n  words\n", "clause: |-\n  other\n")
    assert record.put(("title",), 'It\'s "so"').text == text


def test_a_list_whose_last_entry_goes_goes_with_it():
    """No field is left empty."""
    record = editable("a.md", b"---\ntitle: x\naliases:\n  - one\nclause: |-\n  x\n---\n")
    assert record.take_out(("aliases", 0)).text == "---\ntitle: x\nclause: |-\n  x\n---\n"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"---\r\ntitle: x\r\n---\r\n", r"a\.md:1: the lines end in CR LF; save the file with"),
        (b"\xef\xbb\xbf---\ntitle: x\n---\n", r"a\.md:1: .*byte order mark"),
        (b"---\ntitle: \xff\n---\n", r"a\.md is not UTF-8"),
        (b"---\ntitle: x # y\n---\n", r"a\.md:2: "),
        (COMMENTED.encode(), r"a\.md:\d+: a folded block"),
        (b"---\ntitle: x\n", r"a\.md:1: the front matter never ends"),
    ],
)
def test_a_file_that_is_not_in_order_is_left_alone(content, said):
    """What our reader refuses is not edited; the refusal has file, line and way out."""
    with pytest.raises(EditFault, match=said):
        editable("a.md", content).put(("title",), "other")


@pytest.mark.parametrize("value", ["a\u202eb", "\x00", " led", "tab\ttab\x85"])
def test_what_cannot_be_read_back_is_not_written(value):
    """A value that our reader would take for another one is refused."""
    with pytest.raises(EditFault):
        editable("a.md", b"---\ntitle: x\n---\n").put(("title",), value)


def test_a_quoted_value_over_two_lines_is_replaced_whole():
    """However many lines a value has, it is one value."""
    text = '---\ntitle: "one\n  two"\nclaim: one\n  two\nsection: 1\n---\n'
    record = editable("a.md", text.encode()).put(("title",), "x").put(("claim",), "y")
    assert record.text == "---\ntitle: x\nclaim: y\nsection: 1\n---\n"
