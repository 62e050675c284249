"""The two documents with which this atlas began, over nine months: no change of one clause, and one of the other."""

from datetime import date
from time import process_time

from archive import needs_archive
from replay.histories import PRIVACY, TERMS, histories
from replay.seeds import replayed, terms_as_fetched

from atlas.model import ClauseState


@needs_archive
def test_no_change_of_the_one_and_one_of_the_other_in_ten_seconds():
    """Some 600 looks each, every one good; the one change was first observed on 9 June 2026."""
    histories()
    before = process_time()
    terms, privacy = replayed(TERMS), replayed(PRIVACY)
    assert process_time() - before < 10
    for follower in (terms, privacy):
        assert len(follower.findings) > 560
        assert all(finding.failed is None for finding in follower.findings)
    assert terms.changes == []
    assert {f.outcomes[0].state for f in terms.findings} == {ClauseState.INTACT}
    ((at, record, state),) = privacy.changes
    assert (at.date(), record, state) == (date(2026, 6, 9), "seed", ClauseState.REWORDED)
    shown = {
        is_after: [
            f.outcomes[0].state for f in privacy.findings if (f.observed_at >= at) is is_after
        ]
        for is_after in (False, True)
    }
    assert set(shown[False]) == {ClauseState.INTACT}
    assert shown[True][0] is ClauseState.DIFFERS
    assert set(shown[True][1:]) == {ClauseState.REWORDED}


@needs_archive
def test_the_terms_in_the_pages_as_fetched():
    """Twelve good looks, nothing new but three texts, and no change."""
    follower = terms_as_fetched()
    assert len(follower.findings) == 12
    assert {f.outcomes[0].state for f in follower.findings} == {ClauseState.INTACT}
    assert [line for line in follower.told() if " clause " in line] == [
        "  0.0 h  clause seed intact"
    ]
    assert follower.changes == []
