"""The figures: one function each, and no two that can disagree."""

from datetime import date

import pytest
import seen
from hypothesis import given, settings
from hypothesis import strategies as st
from worlds import atlas, document, platform, provision, with_platforms

from atlas import counting
from atlas.counting import Stands
from atlas.model import ClauseState, Failure, Severity

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


BETA = {
    "content/platform/beta/_platform.yaml": platform("Beta"),
    "content/platform/beta/terms/_document.yaml": document(id="SA-D-00002"),
    "content/platform/beta/terms/writing.md": provision("Theirs.", id="SA-P-100002"),
}
REMOVED = seen.line(seen.START + seen.DAY, ClauseState.REMOVED, looks=3)
REWORDED = seen.line(seen.START + seen.DAY, ClauseState.REWORDED, seen.OTHER, looks=2)
DIFFERS = seen.line(seen.START + seen.DAY, ClauseState.REWORDED, seen.OTHER, confirmed=False)
NEXT_DAY = (seen.START + seen.DAY).date()


def former(*lines, **acme):
    """The world in which Acme's clause was seen once, and then as the lines say; Beta's is as quoted."""
    tree = {**seen.TREE, **BETA, **acme.get("tree", {})}
    return seen.atlas_of(seen.days(0, 1), [seen.line(seen.START), *lines], tree=tree)


@pytest.mark.parametrize("line", [REMOVED, REWORDED], ids=["removed", "reworded"])
def test_former_words_count_in_n_and_not_in_k(line):
    """A clause that is no longer the platform's words leaves those in force, stays reviewed, and stands apart."""
    world = former(line)
    found = counting.prevalence(world, "training")
    assert (found.in_force, found.reviewed, found.former) == (
        ("beta",),
        ("acme", "beta"),
        ("acme",),
    )
    assert "acme" not in {
        slug for slugs in counting.standing(world, "training").values() for slug in slugs
    }
    assert counting.stance_platforms(world, "training")["opt-out"] == ("beta",)
    assert [p.id for p in counting.former(world, world.provisions.values())] == [seen.RECORD]


def test_former_words_are_nobodys_peer():
    """Whoever is compared is compared with words in force; alone with former ones, a clause is unique."""
    world = former(REMOVED)
    beta = world.by_id["SA-P-100002"]
    assert counting.peers(world, beta) == ()
    assert counting.elsewhere(world, beta) == ()
    assert counting.is_unique(world, beta)


def test_a_platform_counts_by_what_is_in_force():
    """A milder record in force, or a silent one, goes before a former one, however severe that was."""
    milder = {"content/platform/acme/terms/other.md": provision("Else.", stance="opt-in")}
    silent = {"content/platform/acme/terms/other.md": provision(**SILENT)}
    assert counting.leading(former(REMOVED, tree=milder), "acme", "training").stance == "opt-in"
    assert counting.leading(former(REMOVED, tree=silent), "acme", "training").is_silent
    assert counting.leading(former(REMOVED), "acme", "training").id == seen.RECORD


def test_a_new_quotation_is_current_again():
    """Once a person has quoted the new words, nothing says that they are former."""
    revised = {"content/platform/acme/terms/writing.md": provision(seen.OTHER, id=seen.RECORD)}
    world = former(REWORDED, tree=revised)
    assert counting.prevalence(world, "training").in_force == ("acme", "beta")
    assert counting.prevalence(world, "training").former == ()


def test_what_is_seen_once_is_not_yet_former():
    """A change that is being confirmed takes nothing out of a count."""
    assert counting.prevalence(former(DIFFERS), "training").in_force == ("acme", "beta")


@pytest.mark.parametrize(
    ("lines", "days", "stands"),
    [
        ((), 0, Stands.VERIFIED),
        ((), 7, Stands.VERIFIED),
        ((), 8, Stands.UNKNOWN),
        ((DIFFERS,), 0, Stands.DIFFERS),
        ((REWORDED,), 400, Stands.FORMER),
    ],
)
def test_one_thing_is_said_of_each_quotation(lines, days, stands):
    """Verified while the last look is recent enough; else that nobody can say; former for ever."""
    world, day = former(*lines), NEXT_DAY + days * seen.DAY
    assert counting.stands(world, world.by_id[seen.RECORD], day) is stands
    assert counting.stands(world, world.by_id["SA-P-100002"], day) is Stands.UNKNOWN
    assert counting.never_verified(world, world.provisions.values()) == (
        world.by_id["SA-P-100002"],
    )


def test_what_is_not_confirmed_to_stand_is_one_figure():
    """Differing, failing and unknown quotations are in it; verified and former ones are not."""
    day, records = NEXT_DAY, former().provisions.values()
    beta = ["SA-P-100002"]
    failing = seen.atlas_of(
        [seen.START, (seen.START + seen.DAY, Failure.UNREACHABLE)], [seen.line(seen.START)]
    )
    for world, expected in (
        (former(), beta),
        (former(DIFFERS), [seen.RECORD, *beta]),
        (former(REWORDED), beta),
        (failing, [seen.RECORD]),
    ):
        found = counting.not_confirmed(world, world.provisions.values(), day)
        assert [p.id for p in found] == expected
    assert counting.stands(failing, failing.by_id[seen.RECORD], day) is Stands.FAILING
    assert [p.id for p in counting.pending(former(DIFFERS), records, day)] == [seen.RECORD]
    assert counting.pending(former(REWORDED), records, day) == ()


def test_without_looks_nothing_is_said_of_a_wording():
    """An atlas that nobody has looked at says of no record whether it stands."""
    world = atlas(with_platforms(a=[provision()]))
    assert counting.stands(world, only(world, "a"), date(2026, 5, 1)) is None


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
