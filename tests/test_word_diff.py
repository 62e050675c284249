"""Two wordings side by side: nothing is lost, and what weighs is marked."""

import time
from itertools import groupby

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from atlas.word_diff import word_diff

TEXTS = st.text() | st.lists(
    st.sampled_from(
        [
            "We",
            "may",
            "not",
            "opt",
            "out",
            "opt-out",
            "30",
            "1,000.50",
            "%",
            " ",
            "  ",
            "\n",
            "don’t",
            ".",
            "数据",
            "不",
            "بيانات",
            "e\u0301",
            "[...]",
            "…",
            "consen",
            "consent",
        ]
    )
).map("".join)


@settings(deadline=None)
@given(TEXTS, TEXTS)
def test_parts_join_to_both_wordings(old, new):
    """Each wording is what is same, its own changes and signs, and what the signs of the other stand for."""
    parts = word_diff(old, new)
    signs = ("omitted", "elided")
    before, after = {"elided": "stands_for"}, {"omitted": "stands_for"}
    assert (
        "".join(getattr(p, before.get(p.kind, "text")) for p in parts if p.kind != "added") == old
    )
    assert (
        "".join(getattr(p, after.get(p.kind, "text")) for p in parts if p.kind != "removed") == new
    )
    assert all(p.text for p in parts)
    assert all(p.weight == "" for p in parts if p.kind in ("same", *signs))
    assert all(p.stands_for == "" for p in parts if p.kind not in signs)


def in_place(old, new):
    """Yield the words removed and the words added between two parts that are neither."""
    changed = ("removed", "added")
    for is_change, run in groupby(word_diff(old, new), key=lambda p: p.kind in changed):
        if is_change:
            parts = list(run)
            yield tuple("".join(p.text for p in parts if p.kind == k).split() for k in changed)


WORDS = st.lists(st.sampled_from(["we", "may", "keep", "your", "data", "not"])).map(" ".join)


@settings(deadline=None)
@given(WORDS, WORDS)
def test_no_word_is_struck_out_and_written_again_in_place(old, new):
    """What is removed and what is added in one place have no word in common, so no run of words either."""
    assert all(not set(removed) & set(added) for removed, added in in_place(old, new))


TRAINING = (
    "We may use Materials to improve the Services, including training our models, unless you opt out of "
    "training through your account settings. Even if you opt out, we will use Materials for model training when: "
    "(1) you provide Feedback to us, or (2) your Materials are flagged for safety review."
)


@pytest.mark.parametrize(
    ("clause", "other"),
    [
        (
            "unless you opt out of training through your account settings",
            "except where you have switched training off",
        ),
        ("your Materials are flagged for safety review", "we find it useful"),
        (", including training our models", " and to train the models that we may build"),
    ],
)
def test_one_clause_changed_leaves_the_sentence_beside_it(clause, other):
    """A sentence that still stands is neither struck out nor added again."""
    stands = "Even if you opt out, we will use Materials for model training when:"
    parts = word_diff(TRAINING, TRAINING.replace(clause, other))
    assert any(p.kind == "same" and stands in p.text for p in parts)
    gone = sum(len(p.text.split()) for p in parts if p.kind == "removed")
    assert 0 < gone <= len(clause.split())


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "We keep logs [...] for 30 days",
            "We keep logs of every visit for 60 days",
            [("removed", "30"), ("added", "60")],
        ),
        ("Data publi[...]", "Data publication and more", []),
        ("Data publi…", "Data published", []),
        ("[...] your data", "Now we sell your data", []),
        ("We sell [...] your data publi[...]", "We sell all your data publicly", []),
        (
            "Open data publi[...]",
            "Closed data publicly",
            [("removed", "Open"), ("added", "Closed")],
        ),
        ("Data publi[...]", "Data private", [("removed", "publi"), ("added", "private")]),
        ("We sell logs ... now", "We sell logs ... soon", [("removed", "now"), ("added", "soon")]),
        (
            "We keep logs [...] here",
            "We sell names and more here",
            [("removed", "keep logs "), ("added", "sell names and more")],
        ),
        (
            "You rate it, or report it. [...] We ask you.",
            "You rate it. More stands here. We ask you.",
            [("removed", ", or report it")],
        ),
        (
            "You rate it. More stands here. We ask you.",
            "You rate it, or report it. [...] We ask you.",
            [("added", ", or report it")],
        ),
        ("Data publication and more", "Data publi[...]", []),
    ],
)
def test_our_omission_is_no_change(old, new, expected):
    """What we left out is not removed by the platform, and a word that we cut still stands."""
    assert [
        (kind, "".join(p.text for p in run))
        for kind, run in groupby(
            (p for p in word_diff(old, new) if p.kind in ("removed", "added")),
            key=lambda p: p.kind,
        )
    ] == expected


def edits(old, new):
    return [
        (p.kind, p.text, p.weight)
        for p in word_diff(old, new)
        if p.text.strip() and p.kind not in ("same", "omitted", "elided")
    ]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "kept for 30 days",
            "kept for 60 days",
            [("removed", "30", "number"), ("added", "60", "number")],
        ),
        (
            "a fee of $1,000.50",
            "a fee of $1,000.55",
            [("removed", "1,000.50", "number"), ("added", "1,000.55", "number")],
        ),
        (
            "we may share it",
            "we will share it",
            [("removed", "may", "modal"), ("added", "will", "modal")],
        ),
        ("we share it", "we do not share it", [("added", "do ", ""), ("added", "not", "negation")]),
        (
            "we can share it",
            "we can’t share it",
            [("removed", "can", "modal"), ("added", "can’t", "negation")],
        ),
        (
            "we share it",
            "we share it unless you opt out",
            [
                ("added", "unless", "negation"),
                ("added", " you ", ""),
                ("added", "opt out", "opt-out"),
            ],
        ),
        ("Wir dürfen es teilen", "Wir dürfen es nicht teilen", [("added", "nicht", "negation")]),
        ("我们出售数据", "我们不出售数据", [("added", "不", "negation")]),
        ("نحن نبيع البيانات", "نحن لا نبيع البيانات", [("added", "لا", "negation")]),
        (
            "with your notice",
            "with your consent",
            [("removed", "notice", ""), ("added", "consent", "opt-out")],
        ),
    ],
)
def test_what_weighs(old, new, expected):
    """Numbers, negations, modals and ways out are told apart from other words."""
    assert [(k, t.strip() if w else t, w) for k, t, w in edits(old, new) if t.strip()] == [
        (k, t, w) for k, t, w in expected
    ]


def test_equal_wordings_are_one_part():
    """Nothing changed: one part, or none for nothing."""
    assert [p.kind for p in word_diff("as it was", "as it was")] == ["same"]
    assert word_diff("", "") == ()


def test_long_wordings_are_compared_in_time():
    """20,000 characters each, alike and not."""
    began = time.process_time()
    old = "the quick brown fox may jump over 30 lazy dogs, " * 415
    word_diff(old, old.replace("30", "60"))
    word_diff(old, old[::-1])
    assert time.process_time() - began < 5
