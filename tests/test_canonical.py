"""clause-v1 and text-v1: the forms in which quotations are compared and texts are held, and their hashes."""

import hashlib
import json
import unicodedata
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from atlas import canonical
from atlas.canonical import clause_sha256, clause_v1, letters, text_sha256, text_v1

VECTORS = json.loads(Path(__file__).with_name("canon-vectors.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "vector", VECTORS, ids=lambda v: v["input"][:20].encode("ascii", "replace").decode()
)
def test_vectors(vector):
    """Every published vector gives its canonical form and its hash."""
    assert clause_v1(vector["input"]) == vector["canonical"]
    assert clause_sha256(vector["input"]) == vector["sha256"]


VISIBLE = st.text(
    st.characters(exclude_characters=[chr(c) for c in canonical._DROP], exclude_categories=["Cs"])
)
BLANKS = [
    *(*range(0x21), *range(0x7F, 0xA1), 0x1680, *range(0x2000, 0x200B)),
    *(0x2028, 0x2029, 0x202F, 0x205F, 0x3000),
]
BLANK = st.text(st.sampled_from([*map(chr, BLANKS)]), min_size=1)
MARKS = [
    [*(chr(code) for code, mark in canonical._QUOTE.items() if mark == "'"), "'"],
    [*(chr(code) for code, mark in canonical._QUOTE.items() if mark == '"'), '"'],
    [*map(chr, canonical._DASH), "-"],
]
"""Marks that count as one and the same."""


@given(st.text())
def test_idempotent(text):
    """The form of the form is the form."""
    assert clause_v1(clause_v1(text)) == clause_v1(text)
    assert text_v1(text_v1(text)) == text_v1(text)


@given(VISIBLE, st.data())
def test_invisible_characters_do_not_count(text, data):
    """Wherever an invisible character is put in, both hashes stay."""
    at = data.draw(st.integers(0, len(text)))
    dropped = chr(data.draw(st.sampled_from(sorted(canonical._DROP))))
    assert clause_sha256(text[:at] + dropped + text[at:]) == clause_sha256(text)
    assert text_sha256(text[:at] + dropped + text[at:]) == text_sha256(text)


@pytest.mark.parametrize("code", sorted(canonical._DROP), ids="{:04X}".format)
def test_every_invisible_character(code):
    """Not one of the list is forgotten, between a letter and its accent either."""
    assert clause_v1(f"e{chr(code)}\u0301") == "\xe9"
    assert text_v1(f"e{chr(code)}\u0301") == "\xe9\n"


@pytest.mark.parametrize("code", BLANKS, ids="{:04X}".format)
def test_every_blank(code):
    """Not one of the list is forgotten; a line feed alone parts the blocks of a text."""
    assert clause_v1(f"{chr(code)}a{chr(code)}{chr(code)}b{chr(code)}") == "a b"
    assert text_v1(f"{chr(code)}a{chr(code)}b") == ("a\nb\n" if code == 10 else "a b\n")


def test_no_other_character_is_a_blank_or_invisible():
    """What is on neither list stays, so that two implementations cannot drift apart."""
    listed = {*BLANKS, *canonical._DROP, *canonical._BULLET, *range(0xD800, 0xE000)}
    for code in set(range(0x30000)) - listed:
        character = chr(code)
        assert text_v1(f"a{character}b") == unicodedata.normalize("NFC", f"a{character}b") + "\n"


@given(st.text(), st.text(), st.sampled_from(MARKS), st.data())
def test_marks_of_one_meaning_do_not_count(before, after, marks, data):
    """One quotation mark or dash for another of its kind never changes the clause hash; text-v1 keeps it."""
    one, other = data.draw(st.sampled_from(marks)), data.draw(st.sampled_from(marks))
    assert clause_sha256(before + one + after) == clause_sha256(before + other + after)
    assert (text_v1(f"a{one}b") == text_v1(f"a{other}b")) == (one == other)


@given(st.text(), st.text(), BLANK, BLANK)
def test_blanks_do_not_count(before, after, one, other):
    """Changing a run of blanks never changes the clause hash."""
    assert clause_sha256(before + one + after) == clause_sha256(before + other + after)


WORDS = st.lists(st.text(min_size=1), min_size=1, max_size=8)


@given(WORDS, BLANK, st.data())
def test_every_word_counts(words, blank, data):
    """Leaving out a token that holds a letter or a digit always changes the clause hash."""
    at = data.draw(st.integers(0, len(words) - 1))
    assume(any(c.isalnum() for c in words[at]))
    less = words[:at] + words[at + 1 :]
    assert clause_sha256(blank.join(less)) != clause_sha256(blank.join(words))


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("", ""),
        (" \n\u200b\n\t\r\n", ""),
        ("one", "one\n"),
        ("\ufeffa\u00a0 \tb \r\n\n  c\u2028d", "a b\nc d\n"),
        ("\u201cYou\u2019ll\u201d \u2013 A\u2026", "\u201cYou\u2019ll\u201d \u2013 A\u2026\n"),
        ("e\u0301tat \ufb01le \u2460 \u2022", "\xe9tat \ufb01le \u2460 \u2022\n"),
        ("soft\u00adhyphen", "softhyphen\n"),
    ],
)
def test_text_v1(text, form):
    """A line a block, tidy and composed; marks, ligatures and bullets as published."""
    assert text_v1(text) == form
    assert text_sha256(text) == hashlib.sha256(form.encode()).hexdigest()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Your  DATA.", "your data"),
        ("(1) opt-out", "1. Opt Out"),
        ("Stra\xdfe", "STRASSE"),
        ("snake_case", "Snake Case"),
        ("e\u0301tat", "\xc9TAT"),
    ],
)
def test_letters_leave_out_typography(one, other):
    """Case, punctuation and spacing are gone from the letters."""
    assert letters(one) == letters(other) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [("30 days", "60 days"), ("may", "may not"), ("\u0915\u093f", "\u0915\u0940"), ("n", "\xf1")],
)
def test_letters_keep_words_apart(one, other):
    """Another number, word, vowel sign or accent gives other letters."""
    assert letters(one) != letters(other)


@given(st.text(st.characters(exclude_characters="\u1ffd", exclude_categories=["Cs"])))
def test_letters_of_the_form(text):
    """Both forms of a text have its letters. (U+1FFD is the one character that NFC makes a mark of clause-v1.)"""
    assert letters(clause_v1(text)) == letters(text) == letters(text_v1(text))


@pytest.mark.parametrize(
    ("number", "digest"),
    [("CA-P-007114", VECTORS[0]["sha256"]), ("CA-P-008335", VECTORS[1]["sha256"])],
)
def test_first_records_quote_what_was_recorded(built, number, digest):
    """The first two records quote, to the letter, the clauses whose hashes were published before them."""
    records = [
        json.loads(p.read_text(encoding="utf-8")) for p in built.glob("platform/*/*/*/record.json")
    ]
    (record,) = [r for r in records if r["id"] == number]
    assert record["clause_sha256"] == {"form": "clause-v1", "value": digest}
