"""Editing a quotation: the words change, and nothing else of the record does."""

import difflib
from datetime import UTC, datetime

import pytest
from conftest import ROOT
from hypothesis import example, given
from hypothesis import strategies as st

from atlas.editing.quotation import EditFault, requote
from atlas.frontmatter import read_markdown
from atlas.model import SourceFile

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
        ("no front matter", "does not begin with front matter"),
        ("---\ntitle: x\n", "does not begin with front matter"),
        ("---\ntitle: x\n---\n", "no quotation"),
        ("---\nclause: [\n---\n", "cannot be read"),
        ("---\nclause: |-\n  a\nclause: |-\n  b\n---\n", "cannot be read"),
        ("---\n- a\n---\n", "no quotation"),
    ],
)
def test_what_is_no_record_is_refused(text, said):
    """A file that is not in order is left to a person, with the reason."""
    with pytest.raises(EditFault, match=said):
        requote(text, "New.", SEEN)
