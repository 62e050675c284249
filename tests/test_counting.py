"""The figures: one function each, and no two that can disagree."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from worlds import atlas, provision, with_platforms

from atlas import counting
from atlas.model import Severity

SILENT = {"clause": None, "basis": "silent", "stance": "not-addressed", "read": "\n  - SA-D-100001"}
REVIEWED = "\n  - by: ann\n    on: 2026-01-02"


def only(world, slug):
    return next(p for p in world.provisions.values() if p.platform == slug)


def test_prevalence_counts_platforms_not_records():
    """k of n: a platform counts once however many records it has, a silent one in n only."""
    world = atlas(
        with_platforms(
            a=[provision(), provision(stance="no-choice")], b=[provision(**SILENT)], c=[provision()]
        )
    )
    found = counting.prevalence(world, "training")
    assert (found.in_force, found.reviewed, found.provisions) == (("a", "c"), ("a", "b", "c"), 3)


def test_drafts_count_and_are_counted():
    """A draft is in k and n, and every count says how many there are."""
    world = atlas(with_platforms(a=[provision()], b=[provision(reviews=REVIEWED)]))
    found = counting.prevalence(world, "training")
    assert (len(found.in_force), found.drafts) == (2, 1)


@pytest.mark.parametrize("state", ["withdrawn", "superseded"])
def test_what_is_gone_counts_nowhere(state):
    """Withdrawn and superseded records are in no count; disputed ones are."""
    world = atlas(
        with_platforms(
            a=[provision(status=f"\n  state: {state}")], b=[provision(status="\n  state: disputed")]
        )
    )
    assert counting.prevalence(world, "training").reviewed == ("b",)


def test_platform_counts_by_its_most_severe_record():
    """One platform, one mark: its most severe counted record."""
    world = atlas(
        with_platforms(
            a=[provision(stance="opt-in"), provision(stance="no-choice")], b=[provision(**SILENT)]
        )
    )
    assert counting.standing(world, "training")[Severity.CRITICAL] == ("a",)
    assert counting.standing(world, "training")[None] == ("b",)
    assert counting.stance_platforms(world, "training") == {
        "opt-in": (),
        "opt-out": (),
        "no-choice": ("a",),
        "not-addressed": ("b",),
    }


def test_peers_are_of_other_platforms_same_stance_first():
    """Peers: one a platform, never its own; same stance, then severity, then name."""
    world = atlas(
        with_platforms(
            a=[provision()],
            b=[provision(stance="opt-in")],
            c=[provision(stance="no-choice")],
            d=[provision(), provision(stance="no-choice")],
            e=[provision(clause_type="deletion", stance="prompt")],
        )
    )
    found = counting.peers(world, only(world, "a"))
    assert [(p.platform, p.stance) for p in found] == [
        ("d", "opt-out"),
        ("c", "no-choice"),
        ("b", "opt-in"),
    ]


def test_silent_platforms_are_no_peers():
    """A platform whose documents say nothing has no words to compare with."""
    world = atlas(with_platforms(a=[provision()], b=[provision(**SILENT)]))
    assert counting.peers(world, only(world, "a")) == ()
    assert counting.is_unique(world, only(world, "a"))


def test_same_example_forbids_unique():
    """A person who found the same clause elsewhere outweighs the count."""
    example = "\n  - platform: Other\n    document: Terms\n    source_url: https://o.example/t\n    clause: We do too.\n    relation: same\n    note: The same."
    world = atlas(with_platforms(a=[provision(examples=example)], b=[provision(**SILENT)]))
    assert not counting.is_unique(world, only(world, "a"))


def test_nobody_else_reviewed_is_not_unique():
    """Where no other platform was looked at, nothing is said about it."""
    world = atlas(with_platforms(a=[provision()]))
    assert not counting.is_unique(world, only(world, "a"))


RECORDS = st.fixed_dictionaries(
    {
        "stance": st.sampled_from(["opt-in", "opt-out", "no-choice"]),
        "state": st.sampled_from([None, "disputed", "withdrawn"]),
    }
)


@given(
    st.dictionaries(
        st.sampled_from("abcdef"), st.lists(RECORDS, min_size=1, max_size=3), min_size=1
    )
)
@settings(max_examples=60, deadline=None)
def test_unique_and_peers_never_both(tree):
    """Whatever the records: `unique` and peers exclude each other, and k <= n."""
    world = atlas(
        with_platforms(
            **{
                slug: [
                    provision(
                        stance=r["stance"],
                        status=f"\n  state: {r['state']}" if r["state"] else None,
                    )
                    for r in records
                ]
                for slug, records in tree.items()
            }
        )
    )
    found = counting.prevalence(world, "training")
    assert set(found.in_force) <= set(found.reviewed)
    assert sum(map(len, counting.standing(world, "training").values())) == len(found.reviewed)
    for one in world.provisions.values():
        assert not (counting.is_unique(world, one) and counting.peers(world, one))
        assert all(p.platform != one.platform for p in counting.peers(world, one))
        assert {p.platform for p in counting.peers(world, one)} == {
            p.platform for p in counting.elsewhere(world, one)
        }
