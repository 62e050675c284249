"""Other words in a clause's place: found in new blocks only, never a sibling that was there all along."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from atlas.canonical import clause_sha256
from atlas.locate import find, folded, novel_blocks, search
from atlas.model import ClauseState

CLAUSE = "We may use your content to train our models unless you opt out within 30 days."
SIBLING = "We may use your contacts to train our models unless you opt out within 30 days."
PAGE = f"""Terms of service
These terms bind you and us.
{CLAUSE}
{SIBLING}
Goodbye.
"""


def candidate(after, quote=CLAUSE, before=PAGE):
    return search((quote,), folded(after), folded(before))


@pytest.mark.parametrize(
    ("before", "after", "novel"),
    [
        ("a b\nc d", "a b\nc d", ()),
        ("a b\nc d", "c d\na b", ()),
        ("a b\nc d", "A–B.\nc d\n\n—", ()),
        ("a b\nc d", "a b\nc d\na b", ("a b",)),
        ("a b\na b\nc d", "a b\nc x\nd", ("c x", "d")),
        ("", "数据\n", ("数据",)),
    ],
)
def test_novel_blocks_are_a_multiset_difference_by_letters(before, after, novel):
    """Order, case and marks make no block new; a second copy does."""
    assert novel_blocks(folded(after), folded(before)) == novel


@pytest.mark.parametrize(
    ("new", "state"),
    [
        (CLAUSE.replace("may use", "may not use"), ClauseState.REWORDED),
        (CLAUSE.replace("30 days", "60 days"), ClauseState.REWORDED),
        (CLAUSE.replace("may", "will"), ClauseState.REWORDED),
        (
            "The company uses your content to train models unless you object within ten days.",
            ClauseState.REWRITTEN,
        ),
        (
            "Complaints are answered by a committee in Luxembourg every other Tuesday.",
            ClauseState.REMOVED,
        ),
    ],
)
def test_likeness_chooses_the_label(new, state):
    """Small edits reword, half the words rewrite, none remove; the new words are given whole."""
    after = PAGE.replace(CLAUSE, new)
    seen = candidate(after)
    assert seen.state is state
    assert not seen.uncertain
    if state is not ClauseState.REMOVED:
        assert after[seen.start : seen.end] == seen.wording.text == new
        assert seen.wording.sha256 == clause_sha256(new)
        assert (seen.prefix, seen.suffix) == (
            find(new, folded(after)).prefix,
            find(new, folded(after)).suffix,
        )


@pytest.mark.parametrize(
    ("kept", "score", "state"),
    [
        (16, 0.8, ClauseState.REWORDED),
        (15, 0.75, ClauseState.REWRITTEN),
        (10, 0.5, ClauseState.REWRITTEN),
        (9, 0.45, ClauseState.REMOVED),
    ],
)
def test_thresholds(kept, score, state):
    """0.80 is reworded, 0.50 rewritten, each with the bound itself."""
    words = [f"word{chr(97 + n)}" for n in range(20)]
    # What is exchanged stands between words that stay, so that nothing can be trimmed.
    exchanged = set(range(10 - (20 - kept) // 2, 10 - (20 - kept) // 2 + 20 - kept))
    new = " ".join(f"other{n}" if n in exchanged else word for n, word in enumerate(words))
    seen = search(
        (" ".join(words),), folded(f"Top.\n{new}\nEnd."), folded(f"Top.\n{' '.join(words)}\nEnd.")
    )
    assert seen.state is state
    if seen.wording:
        assert seen.score == pytest.approx(score)


def test_deleted_clause_with_a_sibling_is_removed():
    """The sibling is named as a lookalike and never taken for the clause."""
    seen = candidate(PAGE.replace(f"{CLAUSE}\n", ""))
    assert (seen.state, seen.wording, seen.score) == (ClauseState.REMOVED, None, 0.0)
    assert seen.lookalike.text == SIBLING


def test_sibling_in_a_block_that_is_new_for_another_reason_is_no_rewording():
    """Both sentences stand in one paragraph: taking one out makes the block new, not the other sentence."""
    before = f"Terms.\n{CLAUSE} {SIBLING}\nGoodbye."
    seen = candidate(before.replace(f"{CLAUSE} ", ""), before=before)
    assert seen.state is ClauseState.REMOVED


def test_clause_replaced_by_a_copy_of_its_sibling_is_reworded():
    """A second copy of an old passage is new."""
    seen = candidate(PAGE.replace(CLAUSE, SIBLING))
    assert (seen.state, seen.wording.text) == (ClauseState.REWORDED, SIBLING)


def test_without_an_earlier_text_all_is_uncertain():
    """A new record that does not match its page says so, and the likeliest passage is a hint."""
    seen = search((CLAUSE,), folded(PAGE.replace(f"{CLAUSE}\n", "")), None)
    assert seen.uncertain
    assert seen.wording.text == SIBLING


def test_one_item_of_a_quoted_list_is_edited():
    """Only that block is new; the clause is all of its blocks."""
    quote = "You may not:\ncopy the service for others;\nresell access to the service;\nprobe the service for flaws."
    before = f"Rules of conduct\n{quote}\nYou may leave at any time."
    after = before.replace("resell access", "resell or rent access")
    seen = candidate(after, quote, before)
    assert seen.state is ClauseState.REWORDED
    assert seen.wording.text == quote.replace("resell access", "resell or rent access")


def test_markers_of_a_list_are_changed():
    """(1) becomes (i): the letters differ, so the clause is reworded, and nothing is lost."""
    quote = "We use it to (1) train our models and (2) improve our services."
    new = quote.replace("(1)", "(i)").replace("(2)", "(ii)")
    seen = candidate(f"Uses\n{new}\nEnd", quote, f"Uses\n{quote}\nEnd")
    assert (seen.state, seen.wording.text) == (ClauseState.REWORDED, new)


def test_clause_is_split_over_blocks():
    """New blocks that follow one another are searched as one."""
    new = "We may use your content\nto train our models\nif you did not opt out within 30 days."
    seen = candidate(PAGE.replace(CLAUSE, new))
    assert seen.state is ClauseState.REWORDED
    assert seen.wording.text == new


def test_sentence_within_a_paragraph():
    """The new sentence is given, and not the paragraph around it; words exchanged at its ends are part of it."""
    around = "Nothing here is advice. {} You can write to us at any time."
    new = "Our partners may use your content to train their models unless you opt out in writing."
    seen = candidate(
        f"Top\n{around.format(new)}\n{SIBLING}", before=f"Top\n{around.format(CLAUSE)}\n{SIBLING}"
    )
    assert seen.wording.text == new


def test_second_rewording_is_followed_through_the_first():
    """The last confirmed wording counts as the quotation does."""
    first = "The company uses what you post for improving its systems until you tell it to stop."
    second = (
        "The company uses what you post for improving its own systems until you tell it to stop."
    )
    alone = search(
        (CLAUSE,), folded(PAGE.replace(CLAUSE, second)), folded(PAGE.replace(CLAUSE, first))
    )
    both = search(
        (CLAUSE, first), folded(PAGE.replace(CLAUSE, second)), folded(PAGE.replace(CLAUSE, first))
    )
    assert alone.state is ClauseState.REMOVED
    assert (both.state, both.wording.text) == (ClauseState.REWORDED, second)


@pytest.mark.parametrize(
    ("quote", "new"),
    [
        (
            "我们可以使用您的内容来训练我们的模型，除非您在三十天内选择退出。",
            "我们将使用您的内容来训练我们的模型，除非您在六十天内选择退出。",
        ),
        (
            "يجوز لنا استخدام محتواك لتدريب نماذجنا ما لم تنسحب خلال ثلاثين يوما.",
            "يجوز لنا استخدام محتواك لتدريب نماذجنا ما لم تنسحب خلال ستين يوما.",
        ),
        (
            "Wir dürfen Ihre Inhalte zum Training unserer Modelle nutzen, sofern Sie nicht widersprechen.",
            "Wir werden Ihre Inhalte zum Training unserer Modelle nutzen, sofern Sie nicht widersprechen.",
        ),
    ],
)
def test_other_languages(quote, new):
    """Chinese is aligned by characters, Arabic and German by words."""
    page = "Kopf.\n{}\nالنهاية 结束"
    seen = candidate(page.format(new), quote, page.format(quote))
    assert (seen.state, seen.wording.text) == (ClauseState.REWORDED, new)


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [*CLAUSE.split(), "non-exclusive", "don't", "1.5", "%", "(i)", "data—we", "…"]
        ),
        min_size=3,
        max_size=30,
    )
)
def test_what_is_found_is_found_again(words):
    """A wording is a quotation: at the next look its very words are looked for, and must be there."""
    page = folded(PAGE.replace(CLAUSE, " ".join(words)))
    seen = search((CLAUSE,), page, folded(PAGE))
    if seen.wording:
        found = find(seen.wording.text, page)
        assert found is not None
        assert found.state is ClauseState.INTACT


HOSTILE = {
    "one word": "aaaa ",
    "the clause but for its end": f"{CLAUSE[:-8]} or never.\n",
    "the clause in one block": f"{CLAUSE[:-8]} ",
    "CJK": "训练",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_documents_cost_no_more_than_seconds(name, thorough):
    """2 MB of new blocks that repeat what is looked for are searched in time, for a short and a long quotation."""
    size = 2_000_000 if thorough else 60_000
    document = folded(HOSTILE[name] * (size // len(HOSTILE[name])))
    long_quote = (HOSTILE[name] * 20_000)[: 19_990 if thorough else 4_990] + " the end"
    began = time.process_time()
    for quote in (CLAUSE, long_quote):
        search((quote,), document, folded(PAGE))
    assert time.process_time() - began < (30 if thorough else 6)
