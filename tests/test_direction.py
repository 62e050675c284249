"""Names in right-to-left letters keep to themselves inside a sentence."""

import hypothesis.strategies as st
from hypothesis import given
from markupsafe import Markup, escape

from atlas.direction import isolated


def test_text_without_such_letters_is_only_escaped():
    """A page in Latin letters grows by no byte."""
    assert isolated("Brindle’s <words> & more") == "Brindle’s &lt;words&gt; &amp; more"


def test_each_stretch_stands_alone():
    """Quotation marks and commas around a stretch stay outside it; blanks and digits within stay inside."""
    text = "Qamar, “شروط الاستخدام 2”, section ٣ (دفاتر قمر)"
    assert isolated(text) == (
        "Qamar, “<bdi>شروط الاستخدام</bdi> 2”, section ٣ (<bdi>دفاتر قمر</bdi>)"
    )


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
