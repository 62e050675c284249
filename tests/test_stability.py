"""Stability: every figure of a clause over time follows from looks, and never says more than they do."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from seen import (
    BARE,
    DAY,
    DOCUMENT,
    OTHER,
    QUOTE,
    RECORD,
    START,
    TREE,
    WRITING,
    atlas_of,
    days,
    line,
    texts,
)
from worlds import document, provision

from atlas import stability
from atlas.canonical import clause_sha256
from atlas.compare import clause
from atlas.model import (
    ArchiveSpan,
    ClauseState,
    Failure,
    Freshness,
    ImportedObservation,
)
from atlas.stability import Cell, Unit
from atlas.stability.standing import CHANGED_LOOKS, GONE_LOOKS


def test_without_a_look_nothing_is_known():
    """A record that nobody looked for is never observed: no line, no figure, not former."""
    stands = stability.standing(BARE, WRITING, date(2026, 5, 1))
    assert stands.state is ClauseState.NEVER_OBSERVED
    assert stands.freshness is Freshness.NEVER
    assert (stands.last_good, stands.good_until, stands.first_seen) == (None, None, None)
    assert stability.monitoring(BARE, WRITING, date(2026, 5, 1)) is None
    assert stability.cells(BARE, WRITING, date(2026, 5, 1)) is None
    assert stability.recent(BARE, [WRITING], date(2026, 5, 1)) is None
    assert not stability.is_former(BARE, WRITING)


@pytest.mark.parametrize(
    ("age", "freshness"),
    [
        (0, Freshness.VERIFIED),
        (7, Freshness.VERIFIED),
        (8, Freshness.DUE),
        (30, Freshness.DUE),
        (31, Freshness.STALE),
        (400, Freshness.STALE),
    ],
)
def test_freshness_expires(age, freshness):
    """Verified for seven days after the last good look, due for thirty, stale from then on."""
    atlas = atlas_of(days(0), [line(START)])
    stands = stability.standing(atlas, WRITING, START.date() + DAY * age)
    assert stands.freshness is freshness
    assert stands.good_until == date(2026, 5, 8)
    assert stands.is_verified is (freshness is Freshness.VERIFIED)


def test_failed_looks_verify_nothing():
    """Looks that failed move no date forward, are told as trouble, and need a person after seven days."""
    failed = [(at, Failure.SUSPECT) for at in days(1, 2, 8)]
    atlas = atlas_of([*days(0), *failed], [line(START)])
    early = stability.standing(atlas, WRITING, date(2026, 5, 3))
    late = stability.standing(atlas, WRITING, date(2026, 5, 9))
    assert early.last_good == late.last_good == START
    assert early.trouble.reason is Failure.SUSPECT
    assert early.trouble.since == START + DAY
    assert (early.needs_person, late.needs_person) == (False, True)
    watched = stability.monitoring(atlas, WRITING, date(2026, 5, 9))
    assert (watched.good, watched.looks) == (1, 4)


def test_a_change_is_shown_before_it_is_confirmed():
    """First sight: `differs`, with how many looks are still needed; confirmed: former, and one change."""
    seen = line(START + DAY, ClauseState.REWORDED, OTHER, confirmed=False)
    atlas = atlas_of(days(0, 1), [line(START), seen])
    stands = stability.standing(atlas, WRITING, date(2026, 5, 2))
    assert stands.state is ClauseState.DIFFERS
    assert (stands.agreeing, stands.needed) == (1, 1)
    assert stands.seen.wording.text == OTHER
    assert not stands.is_former
    assert stability.changes(atlas, WRITING) == ()
    sure = line(START + DAY * 1.5, ClauseState.REWORDED, OTHER, since=START + DAY, looks=2)
    atlas = atlas_of(days(0, 1, 1.5), [line(START), seen, sure])
    assert stability.standing(atlas, WRITING, date(2026, 5, 2)).state is ClauseState.REWORDED
    assert stability.is_former(atlas, WRITING)
    (change,) = stability.changes(atlas, WRITING)
    assert (change.before.text, change.after.text) == (QUOTE, OTHER)
    assert (change.seen_at, change.confirmed_at) == (START + DAY, START + DAY * 1.5)
    assert (change.looks, change.score) == (2, 0.9)


def test_removed_needs_three_looks():
    """Words that are gone need three agreeing looks; each one is counted."""
    gone = line(START + DAY, ClauseState.REMOVED, confirmed=False)
    for looks, needed in [((0, 1), 2), ((0, 1, 1.5), 1), ((0, 1, 1.5, 2), 1)]:
        atlas = atlas_of(days(*looks), [line(START), gone])
        stands = stability.standing(atlas, WRITING, date(2026, 5, 9))
        assert (stands.agreeing, stands.needed) == (len(looks) - 1, needed)


def test_the_numbers_of_looks_are_those_of_the_verifier():
    """A page asks for as many looks as the verifier waits for, and calls for a person when it does."""
    assert (CHANGED_LOOKS, GONE_LOOKS) == (
        clause.CHANGED_LOOKS,
        clause.GONE_LOOKS,
    )


def test_a_renewed_quotation_is_current_again():
    """A person's new quotation is another one: not former, and the platform's one change is counted once."""
    lines = [
        line(START),
        line(START + DAY, ClauseState.REWORDED, OTHER),
        line(START + DAY * 2, quote=OTHER),
    ]
    renewed = {**TREE, "content/platform/acme/terms/writing.md": provision(OTHER, id=RECORD)}
    between = atlas_of(days(0, 1), lines[:2], tree=renewed)
    record = between.by_id[RECORD]
    assert not stability.is_former(between, record)
    assert stability.standing(between, record, date(2026, 5, 2)).state is ClauseState.NEVER_OBSERVED
    after = atlas_of(days(0, 1, 2), lines, tree=renewed)
    assert (
        stability.standing(after, after.by_id[RECORD], date(2026, 5, 3)).state is ClauseState.INTACT
    )
    assert len(stability.changes(after, after.by_id[RECORD])) == 1


def test_words_that_return_are_a_second_change():
    """Back at the quotation counts once it is confirmed, and makes the record current again."""
    lines = [
        line(START),
        line(START + DAY, ClauseState.REWORDED, OTHER),
        line(START + DAY * 2, confirmed=False),
        line(START + DAY * 3, looks=2, since=START + DAY * 2),
    ]
    waiting = atlas_of(days(0, 1, 2), lines[:3])
    assert stability.standing(waiting, WRITING, date(2026, 5, 3)).state is ClauseState.DIFFERS
    assert stability.is_former(waiting, WRITING)
    back = atlas_of(days(0, 1, 2, 3), lines)
    assert not stability.is_former(back, WRITING)
    assert [c.state for c in stability.changes(back, WRITING)] == [
        ClauseState.REWORDED,
        ClauseState.INTACT,
    ]


def test_never_found_is_never_observed():
    """A quotation that no look found is no change, whatever resembles it; a person must look."""
    hint = line(START, ClauseState.REWORDED, OTHER, confirmed=False)
    atlas = atlas_of(days(0, 1, 2), [hint])
    stands = stability.standing(atlas, WRITING, date(2026, 5, 3))
    assert stands.state is ClauseState.NEVER_OBSERVED
    assert stands.needs_person
    assert stands.freshness is Freshness.NEVER
    assert stability.cells(atlas, WRITING, date(2026, 5, 3)) is None


def test_gaps_are_no_monitoring():
    """Time is monitored between good looks at most seven days apart; the rest is a gap, and so is the time since."""
    atlas = atlas_of(days(0, 7, 15, 16), [line(START)])
    watched = stability.monitoring(atlas, WRITING, date(2026, 5, 30))
    assert watched.time == DAY * 8
    assert watched.months == 0
    assert [(g.since, g.until) for g in watched.gaps] == [
        (date(2026, 5, 8), date(2026, 5, 16)),
        (date(2026, 5, 17), None),
    ]


@pytest.mark.parametrize(
    ("length", "age", "stable"), [(90, 0, True), (89, 0, False), (90, 8, False)]
)
def test_stable_needs_ninety_days_and_a_fresh_look(length, age, stable):
    """Ninety monitored days without a change, and only as long as the last look counts as verified."""
    atlas = atlas_of(days(*range(length + 1)), [line(START)])
    as_of = (START + DAY * (length + age)).date()
    assert stability.is_stable(atlas, WRITING, as_of) is stable


def test_a_changed_clause_is_not_stable():
    """One confirmed change forbids the word for as long as it is counted."""
    lines = [
        line(START),
        line(START + DAY * 200, ClauseState.REWORDED, OTHER),
        line(START + DAY * 201),
    ]
    atlas = atlas_of(days(*range(402)), lines)
    assert not stability.is_stable(atlas, WRITING, (START + DAY * 401).date())


def test_document_changes_are_new_texts_only():
    """The first text, one that comes back, and one that another extractor made are no change of the document."""
    shown = texts(
        (START, "a", {}),
        (START + DAY, "b", {}),
        (START + DAY * 2, "a", {"known": True}),
        (START + DAY * 3, "c", {"technical": True}),
        (START + DAY * 4, "d", {}),
    )
    known = atlas_of(days(*range(5)), [line(START)], shown).evidence.histories[DOCUMENT]
    assert [c.after[0] for c in stability.document_changes(known)] == ["b", "d"]
    assert [c.after[0] for c in stability.technical_changes(known)] == ["c"]
    assert [c.after[0] for c in stability.document_changes(known, date(2026, 5, 2))] == ["b"]


def test_recent_changes_are_counted_between_looks():
    """The window ends with the last good look and begins thirty days before, or with the first; each count is a list."""
    lines = [line(START), line(START + DAY * 40, ClauseState.REWORDED, OTHER)]
    shown = texts((START, "a", {}), (START + DAY * 2, "b", {}), (START + DAY * 40, "c", {}))
    atlas = atlas_of([*days(0, 2, 40), (START + DAY * 50, Failure.UNREACHABLE)], lines, shown)
    found = stability.recent(atlas, [WRITING], date(2026, 8, 1))
    assert (found.first, found.last) == (date(2026, 5, 11), date(2026, 6, 10))
    assert (len(found.clauses), len(found.documents)) == (1, 1)


def test_the_platform_s_date_is_a_claim():
    """A text that changed under an unmoved date is told; the look's day stands beside it, never in its place."""
    shown = texts(
        (START, "a", {"announced": "2026-04-01"}),
        (START + DAY * 3, "b", {"announced": "2026-04-01"}),
        (START + DAY * 5, "c", {"announced": "2026-05-02"}),
    )
    known = atlas_of(days(0, 2, 3, 5), [line(START)], shown).evidence.histories[DOCUMENT]
    first, second = stability.announced(known, date(2026, 6, 1))
    assert first.is_unannounced
    assert (first.looked_before, first.observed) == (date(2026, 5, 3), date(2026, 5, 4))
    assert not second.is_unannounced
    assert (second.stated, second.observed) == (date(2026, 5, 2), date(2026, 5, 6))


@pytest.mark.parametrize(
    ("span", "unit", "number"),
    [
        (0, Unit.DAY, 12),
        (11, Unit.DAY, 12),
        (59, Unit.DAY, 60),
        (60, Unit.WEEK, 12),
        (419, Unit.WEEK, 60),
        (420, Unit.MONTH, 14),
        (1800, Unit.MONTH, 60),
        (1900, Unit.YEAR, 12),
    ],
)
def test_a_line_has_twelve_to_sixty_cells(span, unit, number):
    """The unit is chosen so that the line can be read at a glance."""
    found = stability.cells(atlas_of(days(0), [line(START)]), WRITING, START.date() + DAY * span)
    assert (found.unit, len(found.cells)) == (unit, number)


def test_cells_say_what_was_seen():
    """Solid: seen with the same words. Hollow: nobody looked, or it failed. Notch: changed. Nothing: before and after."""
    lines = [
        line(START),
        line(START + DAY * 5, ClauseState.REWORDED, OTHER, confirmed=False),
        line(START + DAY * 6, ClauseState.REWORDED, OTHER, since=START + DAY * 5, looks=2),
    ]
    looks = [*days(0, 1), (START + DAY * 2, Failure.SUSPECT), *days(4, 5, 6, 7)]
    found = stability.cells(atlas_of(looks, lines), WRITING, date(2026, 5, 10))
    marks = {Cell.SAME: "#", Cell.UNSEEN: "o", Cell.CHANGED: "^", Cell.NOTHING: "."}
    assert "".join(marks[c] for c in found.cells) == "..##oo#^...."
    assert (found.first, found.last) == (date(2026, 5, 1), date(2026, 5, 6))


def test_stale_lines_are_hollow_to_the_edge():
    """Where nobody has looked since, the line goes on, and is empty."""
    found = stability.cells(atlas_of(days(0, 1), [line(START)]), WRITING, date(2026, 5, 20))
    assert set(found.cells[2:]) == {Cell.UNSEEN}


EDITION = "SA-D-00002"


def span(*entries, last=START + DAY * 100, document=EDITION):
    observed = tuple(
        ImportedObservation(
            START + DAY * n,
            f"https://archive.example/{n}",
            f"{n:040x}",
            "9" * 64,
            "plain-v1",
            {RECORD: sha},
        )
        for n, sha in entries
    )
    return {document: (ArchiveSpan("open-terms-archive", document, START, last, 7, observed),)}


def test_other_archives_are_counted_apart():
    """What an archive recorded of another edition is never a look at this document, and never its state."""
    tree = {
        **TREE,
        "content/platform/acme/terms-eu/_document.yaml": document(
            id=EDITION, edition_of=DOCUMENT, region="EU"
        ),
    }
    same, other = clause_sha256(QUOTE), clause_sha256(OTHER)
    atlas = atlas_of([], [], tree=tree, spans=span((0, same), (30, other)))
    record = atlas.by_id[RECORD]
    assert stability.standing(atlas, record, date(2026, 9, 1)).state is ClauseState.NEVER_OBSERVED
    assert stability.elsewhere(atlas, record, date(2026, 9, 1)) == ()
    (found,) = stability.other_editions(atlas, record, date(2026, 9, 1))
    assert (found.first, found.last) == (date(2026, 5, 1), date(2026, 8, 9))
    assert [(c.at.date(), c.before, c.after) for c in found.changes] == [
        (date(2026, 5, 31), same, other)
    ]
    assert found.had_these_words
    drawn = stability.span_cells(found)
    assert Cell.UNSEEN not in drawn.cells
    assert drawn.number(Cell.CHANGED) == 1


LOOKS = st.lists(
    st.tuples(
        st.integers(0, 24 * 900),
        st.sampled_from([None, None, None, Failure.SUSPECT, Failure.UNREACHABLE]),
        st.sampled_from(
            [
                ClauseState.INTACT,
                ClauseState.MOVED,
                ClauseState.REWORDED,
                ClauseState.REMOVED,
                ClauseState.SCATTERED,
                None,
            ]
        ),
        st.booleans(),
    ),
    max_size=25,
)


@given(LOOKS, st.integers(-5, 1000))
@settings(deadline=None)
def test_no_figure_contradicts_another(looks, age):
    """First <= last <= as-of; monitored and gaps fit between; nothing verified that no good look saw; whole lines."""
    as_of = (START + DAY * age).date()
    looks = sorted({START + timedelta(hours=h): rest for h, *rest in looks}.items())
    lines = [
        line(at, state, OTHER if state is ClauseState.REWORDED else None, confirmed=confirmed)
        for at, (failure, state, confirmed) in looks
        if state and not failure
    ]
    atlas = atlas_of([(at, failure) for at, (failure, _, _) in looks], lines)
    stands = stability.standing(atlas, WRITING, as_of)
    if stands.first_seen:
        assert stands.first_seen <= stands.last_seen <= stands.last_good
        assert stands.last_good.date() <= as_of
    if stands.is_verified:
        last = max(at for at, (failure, _, _) in looks if failure is None and at.date() <= as_of)
        assert stands.last_good == last
        assert as_of <= stands.good_until
    watched = stability.monitoring(atlas, WRITING, as_of)
    found = stability.cells(atlas, WRITING, as_of)
    assert (watched is None) == (found is None)
    if watched and found:
        assert watched.first <= watched.last <= as_of
        assert timedelta() <= watched.time <= watched.last - watched.first + DAY
        assert 1 <= watched.good <= watched.looks
        assert all(g.since < (g.until or as_of) for g in watched.gaps)
        assert 12 <= len(found.cells) <= 60
        assert found.first <= watched.first <= as_of
        assert found.cells.count(Cell.SAME) + found.cells.count(Cell.CHANGED) <= watched.good + len(
            stability.changes(atlas, WRITING, as_of)
        )
    for change in stability.changes(atlas, WRITING, as_of):
        assert change.seen_at <= change.confirmed_at
        assert change.confirmed_at.date() <= as_of
        assert (change.before and change.before.sha256) != (change.after and change.after.sha256)
