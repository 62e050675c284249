"""The ladder: what is found is the very words, and nothing that only resembles them."""

import dataclasses
import time
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from atlas.canonical import clause_sha256
from atlas.locate import Folded, find, folded, short_parts
from atlas.model import ClauseSeen, ClauseState

CLAUSE = "We may use your content to train our models unless you opt out within 30 days."
PAGE = f"""Terms of service
These terms bind you and us.
{CLAUSE}
You keep the rights that you have.
Goodbye.
"""


def seen(prefix, suffix):
    """A first good look that saw these neighbours."""
    return ClauseSeen(
        document="CA-D-00001",
        record="CA-P-100001",
        quote_sha256=clause_sha256(CLAUSE),
        state=ClauseState.INTACT,
        confirmed=True,
        text_sha256="0" * 64,
        first_seen_at=datetime(2026, 11, 1, tzinfo=UTC),
        prefix=prefix,
        suffix=suffix,
    )


def first_look(page, quote=CLAUSE):
    found = find(quote, folded(page))
    return seen(found.prefix, found.suffix)


def state(quote, page, before=None):
    found = find(quote, folded(page), before)
    return found and found.state


# --- Intact ---


def test_intact_tells_where_the_words_stand():
    """Offsets are of the text as it is held; neighbours are 32 characters of clause-v1."""
    found = find(CLAUSE, folded(PAGE))
    assert found.state is ClauseState.INTACT
    assert PAGE[found.start : found.end] == CLAUSE == found.text
    assert found.copies == 1
    assert found.prefix == "ce These terms bind you and us. "
    assert found.suffix == " You keep the rights that you ha"


@pytest.mark.parametrize(
    ("quote", "page"),
    [
        (
            "„Wir geben Ihre Daten weiter“ – heißt es – ohne Frist.",
            '"Wir geben Ihre Daten weiter" - heißt es - ohne Frist.',
        ),
        (
            "نحن نستخدم محتواك لتدريب نماذجنا ما لم تقم بإلغاء الاشتراك.",
            "نحن نستخدم محتواك لتدريب نماذجنا ما لم تقم بإلغاء الاشتراك.",
        ),
        (
            "我们可以使用您的内容来训练我们的模型，除非您选择退出。",
            "开头。我们可以使用您的内容来训练我们的模型，除非您选择退出。结尾",
        ),
        (
            "आपकी सामग्री का उपयोग मॉडल को प्रशिक्षित करने के लिए किया जाता है।",
            "आपकी सामग्री का उपयोग मॉडल को प्रशिक्षित करने के लिए किया जाता है।",
        ),
        (
            "We will\nkeep your data for as\u00a0long as we need it",
            "We will keep your data for as long as\u200b we need it.",
        ),
        ("ﬁrst­ly we collect what you give to us", "firstly we collect what you give to us"),
    ],
)
def test_same_clause_v1_is_intact(quote, page):
    """Quotation marks, dashes, blanks, ligatures and invisible characters do not count, in any script."""
    found = find(quote, folded(f"Vorher {page} nachher"[: len(page) + 20]))
    assert found is not None
    assert found.state is ClauseState.INTACT


def test_span_leads_back_through_characters_that_normalise_to_several():
    """A ligature and an ellipsis before the words shift clause-v1, not the span."""
    page = f"The ﬁles … of “all” kinds ½ {CLAUSE} …\nMore"
    found = find(CLAUSE, folded(page))
    assert page[found.start : found.end] == CLAUSE


@settings(deadline=None)
@given(st.text("aé…ﬁ ½\u0301\n”x—", max_size=30), st.text("aé…ﬁ ½\u0301\n”x—", max_size=30))
def test_span_is_exact_in_any_surroundings(before, after):
    """Whatever stands around the words, the span holds them and no more."""
    page = f"{before}\n{CLAUSE}\n{after}"
    found = find(CLAUSE, folded(page))
    assert found.text.strip() == CLAUSE


# --- Parts ---


@pytest.mark.parametrize("gap", ["...", "…", "[...]", "[…]", "(...)", ". . .", "[ ... ]"])
def test_ellipses_stand_for_words_left_out(gap):
    """All four ways to write an omission split a quotation; its parts are found in order."""
    quote = f"We may use your content to train {gap} unless you opt out within 30 days."
    assert state(quote, PAGE) is ClauseState.INTACT
    turned = f"unless you opt out within 30 days {gap} We may use your content to train"
    assert state(turned, PAGE) is None


def test_quote_may_be_cut_in_the_middle_of_its_last_word():
    """`unl...` stands for `unless`; the span ends where the quotation was cut."""
    found = find("We may use your content to train our models unl...", folded(PAGE))
    assert found.state is ClauseState.INTACT
    assert found.text.endswith("models unl")


@pytest.mark.parametrize(
    "quote",
    [
        "your content to train our models unless you opt out within 3...",
        "your content to train our models unl ...",
        "our content to train our models unless you opt out",
    ],
)
def test_no_other_word_may_be_cut(quote):
    """Not a number, not a word with a blank before the ellipsis, not the first word."""
    assert state(quote, PAGE) is None


def test_ellipsis_of_the_platform_is_read_as_written():
    """Where the document itself has the dots, the words are intact even if its parts are short."""
    assert (
        state("You may... or may not... agree.", "You may… or may not… agree.")
        is ClauseState.INTACT
    )


def test_short_parts_are_told_and_need_a_person():
    """A part of fewer than 20 letters or digits may stand anywhere by chance; a cut last one is excepted."""
    quote = "We may use your content to [...] opt out [...] that you have."
    assert short_parts(quote) == ("opt out", "that you have.")
    assert state(quote, PAGE) is ClauseState.SCATTERED
    assert short_parts("We may use your content to train [...] unless y...") == ()
    assert state("We may use your content to train [...] unless y...", PAGE) is ClauseState.INTACT
    assert short_parts("Opt out.") == ()


def test_span_over_three_times_the_quote_and_a_thousand_is_scattered():
    """One character decides between intact and scattered."""
    quote = "We may use your content to train [...] You keep the rights that you have."
    head, tail = quote.split(" [...] ")
    reach = 3 * len(quote) + 1000
    filling = "x" * (reach - len(head) - len(tail) - 2)
    assert state(quote, f"{head} {filling} {tail}") is ClauseState.INTACT
    found = find(quote, folded(f"{head} {filling}x {tail}"))
    assert found.state is ClauseState.SCATTERED
    assert found.copies == 1


def test_of_several_first_parts_the_nearest_counts():
    """A first part that also stands far above does not make the clause scattered."""
    quote = "We may use your content to train [...] unless you opt out within 30 days."
    page = f"We may use your content to train.\n{'Filling. ' * 400}\n{PAGE}"
    found = find(quote, folded(page))
    assert found.state is ClauseState.INTACT
    assert found.text == CLAUSE


# --- Typography ---


@pytest.mark.parametrize(
    "page",
    [
        CLAUSE.upper(),
        CLAUSE.replace("content to", "con-\ntent, to"),
        CLAUSE.replace(" unless", " (unless").replace("days.", "days)"),
        CLAUSE.replace("opt out", "opt-out"),
        CLAUSE.replace(".", ";"),
    ],
)
def test_equal_letters_are_typography(page):
    """Case, punctuation, spacing, and a hyphen at a line's end are no other words."""
    found = find(CLAUSE, folded(f"Before.\n{page}\nAfter."))
    assert found.state is ClauseState.TYPOGRAPHY
    assert found.text.casefold().startswith("we may")


@pytest.mark.parametrize(
    ("quote", "page"),
    [
        ("a fee of 15 % of the price is due at once", "a fee of 1.5 % of the price is due at once"),
        ("a fee of 1,000 dollars is due at once", "a fee of 1.000 dollars is due at once"),
        ("a fee of $30 each month is due at once", "a fee of €30 each month is due at once"),
        ("a fee of 130 dollars is due at once", "a fee of 1 30 dollars is due at once"),
        ("a fee of 30 % of the price is due", "a fee of 30 of the price is due"),
        ("आपका डेटा की सुरक्षा", "आपका डेटा का सुरक्षा"),
    ],
)
def test_other_numbers_signs_and_vowels_are_other_words(quote, page):
    """Equal letters and digits are not enough where a point, a currency or a vowel sign differs."""
    assert state(quote, page) is None


# --- Boundaries ---


@pytest.mark.parametrize(
    ("quote", "page"),
    [
        ("30 days after your notice we delete it", "130 days after your notice we delete it"),
        ("30 days after your notice we delete it", "1.30 days after your notice we delete it"),
        ("exclusive licence to use your content", "a non-exclusive licence to use your content"),
        ("exclusive licence to use your content", "a non- exclusive licence to use your content"),
        ("rights of the user and what we do", "rights of the user and what we don't"),
        ("rights of the user and what we do", "rights of the user and what we do-over"),
        ("we keep your content for up to 30", "we keep your content for up to 30.5 years"),
        ("we keep your content for up to 30", "we keep your content for up to 30 % longer"),
        ("we keep your content for up to 30", "we keep your content for up to 300 days"),
        ("we share your data with partner", "we share your data with partners"),
        (
            "rmation about you is shared with partners",
            "information about you is shared with partners",
        ),
        ("lawful use of your content is a breach", "unlawful use of your content is a breach"),
    ],
)
def test_part_of_other_words_is_not_the_clause(quote, page):
    """A quotation begins and ends between words, and numbers are read to their end."""
    assert state(quote, page) is None
    assert state(quote.upper(), page) is None


@pytest.mark.parametrize(
    ("quote", "page"),
    [
        ("we collect what you give to us", "All data—we collect what you give to us—is safe"),
        (
            "utilisateur garde ses droits sur le contenu",
            "l'utilisateur garde ses droits sur le contenu",
        ),
        ("我们可以使用您的内容来训练", "因此我们可以使用您的内容来训练模型"),
        ("We keep your content for 30", "We keep your content for 30. Then we delete it"),
    ],
)
def test_words_end_at_dashes_and_in_scripts_without_blanks(quote, page):
    """A dash parts words, as a hyphen does not; Chinese has a boundary beside every character."""
    assert state(quote, page) is ClauseState.INTACT


def test_negation_in_front_is_named():
    """The words are the same clause, and `do not` before them is said."""
    found = find(
        "use your content to train our models",
        folded("We do not use your content to train our models."),
    )
    assert (found.state, found.negation) == (ClauseState.INTACT, "do not")
    found = find("使用您的内容来训练我们的模型", folded("我们不使用您的内容来训练我们的模型"))
    assert found.negation == "不"
    assert find(CLAUSE, folded(PAGE)).negation == ""


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("may use", "may not use"),
        ("30 days", "60 days"),
        ("may", "will"),
        ("your ", ""),
        ("models", "model"),
    ],
)
def test_small_edits_are_never_intact(old, new):
    """`not` inserted, another number, another modal, a word gone: not found."""
    assert state(CLAUSE, PAGE.replace(old, new)) is None


@settings(deadline=None)
@given(st.data())
def test_any_word_changed_is_never_found(data):
    """Deleting or doubling any word with a letter or digit in it hides the clause."""
    words = CLAUSE.split()
    at = data.draw(st.integers(0, len(words) - 1))
    gone = " ".join(words[:at] + words[at + 1 :])
    twice = " ".join(words[: at + 1] + words[at:])
    assert state(CLAUSE, f"Start. {gone} End.") is None
    if 0 < at < len(words) - 1:
        assert state(CLAUSE, f"Start. {twice} End.") is None


# --- Moved, copies ---


def test_moved_to_another_section():
    """Neither neighbour is there, and what stood before now stands after: moved, whatever the typography."""
    before = first_look(PAGE)
    moved = PAGE.replace(f"{CLAUSE}\n", "").replace(
        "Terms of service\n", f"Terms of service\nOther.\n{CLAUSE}\nMore.\n"
    )
    assert state(CLAUSE, moved, before) is ClauseState.MOVED
    down = PAGE.replace(f"{CLAUSE}\n", "") + f"New heading\n{CLAUSE.upper()}\n"
    assert state(CLAUSE, down, before) is ClauseState.MOVED


@pytest.mark.parametrize(
    "page",
    [
        PAGE.replace(CLAUSE, f"A new line.\n{CLAUSE}"),
        PAGE.replace(CLAUSE, f"A new line.\n{CLAUSE}\nAnother one."),
        PAGE.replace("These terms bind you", "These rules bind you").replace(
            "You keep the rights", "You lose the rights"
        ),
        f"Preface.\n{PAGE}",
    ],
)
def test_new_neighbours_alone_do_not_move_a_clause(page):
    """Lines put between, neighbours that were edited, or text further up leave the order of blocks as it was."""
    assert state(CLAUSE, page, first_look(PAGE)) is ClauseState.INTACT


def test_copies_are_counted_and_the_one_with_the_known_neighbours_is_taken():
    """Of two copies the one that was seen before is the clause, though it is the later one."""
    page = PAGE.replace(
        "Terms of service", f"Terms of service\nSummary.\n{CLAUSE}\nEnd of the summary."
    )
    found = find(CLAUSE, folded(page), first_look(PAGE))
    assert (found.state, found.copies) == (ClauseState.INTACT, 2)
    assert page[: found.start].count(CLAUSE) == 1
    assert find(CLAUSE, folded(page)).start < found.start


def test_one_copy_edited_leaves_the_other_intact():
    """A clause that stands twice and is edited once is intact, with one copy fewer."""
    page = f"{PAGE}Again:\n{CLAUSE}\n"
    assert find(CLAUSE, folded(page)).copies == 2
    edited = page.replace("30 days", "60 days", 1)
    found = find(CLAUSE, folded(edited))
    assert (found.state, found.copies) == (ClauseState.INTACT, 1)


# --- Lists, bold, nothing ---


def test_list_markers_decide_by_their_letters():
    """Items split to lines are the same words; with other markers they are others."""
    quote = "We use it to (1) train our models and (2) improve our services."
    split = "We use it to\n(1) train our models and\n(2) improve our services."
    assert state(quote, split) is ClauseState.INTACT
    assert state(quote, split.replace("(1)", "1.").replace("(2)", "2.")) is ClauseState.TYPOGRAPHY
    assert state(quote, split.replace("(1)", "(i)").replace("(2)", "(ii)")) is None


@pytest.mark.parametrize("quote", ["", "...", " — ", "[...]"])
def test_quotation_without_words_is_never_found(quote):
    """Marks alone are in every document."""
    assert find(quote, folded(PAGE)) is None


@pytest.mark.parametrize("page", ["", "\n", "\n\n \n"])
def test_empty_document_holds_nothing(page):
    """No text, no clause, no error."""
    assert find(CLAUSE, folded(page)) is None


def test_folded_is_a_value():
    """Folding the same text gives the same value, whatever was asked of it."""
    one, two = folded(PAGE), folded(PAGE)
    assert one.words.words[:2] == ("terms", "of")
    assert one == two
    assert {f.name for f in dataclasses.fields(Folded)} == {"text", "blocks", "clauses", "clause"}


@settings(deadline=None)
@given(st.text(max_size=80), st.text(max_size=80))
def test_words_of_a_document_are_found_in_it(before, after):
    """Any quotation that stands in a document as whole lines is found there, and never as scattered."""
    page = f"{before}\n \n{CLAUSE}\n \n{after}"
    found = find(CLAUSE, folded(page))
    assert found.state is ClauseState.INTACT


HOSTILE = {
    "one word": "a",
    "one word again and again": "aaaa ",
    "the clause but for its end": f"{CLAUSE[:-8]}\n",
    "one block of CJK": "训练",
    "marks on one letter": "\u0301",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_documents_cost_no_more_than_seconds(name, thorough):
    """2 MB of anything is folded and searched in time; what is not there is not found."""
    began = time.process_time()
    size = 2_000_000 if thorough else 60_000
    document = folded(HOSTILE[name] * (size // len(HOSTILE[name])))
    for quote in (
        CLAUSE,
        "aaaa " * 40 + "b",
        "训练" * 40 + "型",
        f"{'aaaa ' * 9}...{'aaaa ' * 9}... b",
    ):
        assert find(quote, document) is None
    assert time.process_time() - began < (20 if thorough else 4)
