"""Names in right-to-left letters keep to themselves inside a sentence."""

import hypothesis.strategies as st
import pytest
from hypothesis import given
from markupsafe import Markup, escape

from atlas.direction import isolated


def test_text_without_such_letters_is_only_escaped():
    """A page in Latin letters grows by no byte."""
    assert isolated("Brindle’s <words> & more") == "Brindle’s &lt;words&gt; &amp; more"


def test_each_stretch_stands_alone():
    """Quotation marks and commas around a stretch stay outside it; blanks and digits of it stay inside."""
    text = "Qamar, “شروط الاستخدام 2”, section ٣ (دفاتر قمر)"
    assert isolated(text) == (
        "Qamar, “<bdi>شروط الاستخدام 2</bdi>”, section ٣ (<bdi>دفاتر قمر</bdi>)"
    )


@pytest.mark.parametrize(
    ("text", "stretch"),
    [
        ("المادة 3", "المادة 3"),
        ("المادة ٣", "المادة ٣"),
        ("section المادة 3.1, 12 May 2026", "المادة 3.1"),
        ("סעיף 12-4: what it says", "סעיף 12-4"),
        ("شروط الاستخدام 2's words", "شروط الاستخدام 2"),
        ("قمر 3 times", "قمر"),
        ("قمر 12.5 times", "قمر"),
        ("قمر, 12 May 2026", "قمر"),
        ("قمر (2026)", "قمر"),
        ("a 3-year rule of קמר 3-year plans", "קמר"),
    ],
)
def test_a_number_at_the_end_of_a_name_is_the_names(text, stretch):
    """A heading's number is read with it; one that counts a word of the sentence is the sentence's."""
    whole = str(escape(text))
    assert isolated(text) == whole.replace(stretch, f"<bdi>{stretch}</bdi>")


def test_a_possessive_stays_in_the_outer_direction():
    """The letter that English adds to a name belongs to the sentence."""
    assert isolated("حروفي’s words") == "<bdi>حروفي</bdi>’s words"


def test_a_single_letter_is_a_stretch():
    """One letter is isolated as well."""
    assert isolated("א") == "<bdi>א</bdi>"


def test_what_is_html_already_is_left():
    """Markup was made by its owner, and is not taken apart."""
    made = Markup("<span>שלום</span>")
    assert isolated(made) == made


@given(st.text(alphabet="aZ<>&\"' ,.;-1שלוםحرو", max_size=40))
def test_nothing_is_lost_and_nothing_unescaped(text):
    """Without its `<bdi>` the result is the escaped text, whatever the text holds."""
    said = isolated(text)
    assert str(said).replace("<bdi>", "").replace("</bdi>", "") == str(escape(text))
