"""Editing a quotation: the words change, and nothing else of the record does."""

import difflib
from datetime import UTC, date, datetime

import pytest
from conftest import ROOT
from hypothesis import example, given
from hypothesis import strategies as st

from atlas.editing.fields import EditFault, editable
from atlas.editing.opened import write
from atlas.editing.quotation import adopt
from atlas.editing.quotation import requote as requoted
from atlas.frontmatter import read_markdown
from atlas.model import SourceFile

from .conftest import KEPT, TERMS

SEEN = datetime(2026, 6, 9, 10, 30, 33, tzinfo=UTC)
RECORD = """\
---
# what this is about
id: CA-P-000007
title: NO
claim: "Keeps: chats"
section: 007

regulations:
  - id: eu-gdpr
    # why it is here
    why: 'It''s on'
captured_at: 2026-05-09T14:35:38Z
recorded_hash: sha256:b10681ed0556f33fd77bdd0ca8d5a1d1e02616dab9696dadd177f042a3770d68
clause: |-
  Old words.

  Two paragraphs.
# the last line
---

## Why it matters

Text with `---` in it.
"""


def requote(text, words, seen_at):
    return requoted(editable("a.md", text.encode()), words, seen_at).text


def changed_lines(before, after):
    return [
        line
        for line in difflib.ndiff(before.splitlines(), after.splitlines())
        if line[:2] in {"- ", "+ "}
    ]


def test_only_the_words_their_day_and_the_former_hash_change():
    """Comments, quotes, order, blank lines and the body stay byte for byte."""
    assert changed_lines(RECORD, requote(RECORD, "New words: “all”.\n\nTwo.", SEEN)) == [
        "- captured_at: 2026-05-09T14:35:38Z",
        "+ captured_at: 2026-06-09T10:30:33Z",
        "- recorded_hash: sha256:b10681ed0556f33fd77bdd0ca8d5a1d1e02616dab9696dadd177f042a3770d68",
        "-   Old words.",
        "+   New words: “all”.",
        "-   Two paragraphs.",
        "+   Two.",
    ]


def test_a_record_that_had_no_day_gets_one():
    """`captured_at` enters before the clause where it was not there."""
    bare = RECORD.replace("captured_at: 2026-05-09T14:35:38Z\n", "")
    assert "+ captured_at: 2026-06-09T10:30:33Z" in changed_lines(bare, requote(bare, "New.", SEEN))


@pytest.mark.parametrize("path", sorted((ROOT / "content" / "platform").glob("*/*/*.md")))
def test_every_real_record_can_be_requoted(path):
    """Nothing but the lines of the quotation, its day and the recorded hash differ."""
    text = path.read_text()
    touched = {"clause", "captured_at", "recorded_hash"}
    before, after = (
        read_markdown(SourceFile("a.md", t.encode()))[0].values
        for t in (text, requote(text, "Other words.", SEEN))
    )
    assert {k: v for k, v in before.items() if k not in touched} == {
        k: v for k, v in after.items() if k not in touched
    }
    assert after["clause"] == "Other words."


@given(words=st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1))
@example(words="# not a comment")
@example(words="- no list: 'x'")
@example(words="---")
@example(words="*alias &anchor !tag %directive @ ` {a: b} [c]")
def test_whatever_the_words_are_they_arrive_or_the_edit_is_refused(words):
    """Hostile words never become YAML: they are read back as they were, or nothing is edited."""
    try:
        edited = requote(RECORD, words, SEEN)
    except EditFault:
        return
    fields, _ = read_markdown(SourceFile("a.md", edited.encode()))[0], None
    assert fields.values["clause"].split() == words.split()
    assert fields.values["title"] == "NO"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("no front matter", "does not begin with `---`"),
        ("---\ntitle: x\n", "never ends"),
        ("---\ntitle: x\n---\n", "no quotation"),
        ("---\nclause: [\n---\n", r"a\.md:\d+"),
        ("---\nclause: |-\n  a\nclause: |-\n  b\n---\n", "given twice"),
        ("---\n- a\n---\n", "fields are expected"),
    ],
)
def test_what_is_no_record_is_refused(text, said):
    """A file that is not in order is left to a person, with the reason."""
    with pytest.raises(EditFault, match=said):
        requote(text, "New.", SEEN)


SENTENCE = "The platform reworded the clause; first seen on 9 June 2026."


@pytest.fixture
def world(unpublished):
    """An atlas that was published a week before the words were seen."""
    unpublished.publish(date(2026, 6, 2))
    unpublished.commit("Published")
    return unpublished


def adopted(world, words="We use all of it.", seen_at=SEEN, name="SA-P-100001"):
    atlas, of = world.record(name)
    return adopt(world.root, atlas.atlas, of, words, seen_at, SENTENCE)


def test_new_words_of_a_published_record_are_its_next_revision(world):
    """Record and former revision come together, so that what is proposed passes the check."""
    before = world.read()
    files = adopted(world)
    assert files.keys() == {KEPT, f"{TERMS}/kept/r1.md"}
    assert files[f"{TERMS}/kept/r1.md"].decode() == before
    note = f"revision:\n  number: 2\n  on: 2026-06-09\n  because: {SENTENCE}\n"
    assert note in files[KEPT].decode()
    assert adopted(world) == files
    write(world.root, files)
    assert world.problems() == []


def test_new_words_of_the_second_revision_make_the_third(world):
    """Its day is never before that of the revision which it follows."""
    write(world.root, adopted(world))
    world.edit("2026-06-09\n  because", "2026-06-19\n  because")
    world.publish(date(2026, 6, 19))
    world.commit()
    files = adopted(world, "We use none of it.")
    assert "  number: 3\n  on: 2026-06-19\n" in files[KEPT].decode()
    assert files[f"{TERMS}/kept/r2.md"].decode() == world.read()
    write(world.root, files)
    assert world.problems() == []


def test_a_revision_is_never_older_than_what_it_follows(world):
    """Words that were seen before their record was published make a revision of the day of its publication."""
    files = adopted(world, seen_at=SEEN.replace(month=5))
    assert b"  number: 2\n  on: 2026-06-02\n" in files[KEPT]


def test_a_revision_that_is_under_way_takes_the_new_words_along(world):
    """What is not published yet is not raised again, and its author's sentence stays."""
    write(world.root, adopted(world))
    world.edit(SENTENCE, "Said by a person.")
    files = adopted(world, "We use none of it.")
    assert files.keys() == {KEPT}
    assert "  number: 2\n" in files[KEPT].decode()
    assert "Said by a person." in files[KEPT].decode()


def test_new_words_of_what_was_never_published_are_no_revision(world):
    """Nobody can have cited the former ones."""
    files = adopted(world, name=f"{TERMS}/new.md")
    assert files.keys() == {f"{TERMS}/new.md"}
    assert b"revision" not in files[f"{TERMS}/new.md"]
