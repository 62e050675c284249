"""What lines add up to: one rule for each kind of line, and histories that say when nobody could look."""

from datetime import timedelta

import ledgers
from hypothesis import given
from hypothesis import strategies as st
from ledgers import (
    CLAUSE,
    HASHES,
    OTHER,
    PRIVACY,
    TERMS,
    clause_seen,
    run_ended,
    stamp,
    story,
    text_seen,
)

from atlas.fold import after, histories
from atlas.model import (
    ClauseState,
    DocumentState,
    Failure,
    LedgerLine,
    LookFailed,
    TermSeen,
    Trouble,
)

REWORDED = ClauseState.REWORDED
NEW = DocumentState(TERMS)


def folded(*pairs, state=NEW):
    for told, entry in pairs:
        state = after(state, told, entry)
    return state


def lines(pairs):
    return [LedgerLine(n, "0" * 64, told, entry) for n, (told, entry) in enumerate(pairs, 1)]


def differs(run=1, wording=1, **fields):
    return clause_seen(REWORDED, confirmed=False, run=run, wording=wording, score=0.9, **fields)


def pending(state, record=CLAUSE):
    return next(c for c in state.clauses if c.record == record).pending


SEEN = [(stamp(0), text_seen()), (stamp(0), clause_seen())]


def test_a_text_is_the_last_good_one_and_known():
    """The state holds the last text whole, and the hash of each one in order of first sight."""
    state = folded(
        (stamp(0), text_seen(etag='"a"')),
        (stamp(1), text_seen(text=1, previous=0)),
        (stamp(2), text_seen(text=0, previous=1, known=True, last_modified="Sun, 01 Nov 2026")),
    )
    assert state.known_texts == HASHES[:2]
    assert (state.text.text.sha256, state.text.known) == (HASHES[0], True)
    assert (state.etag, state.last_modified) == (None, "Sun, 01 Nov 2026")


def test_lines_of_other_documents_change_nothing():
    """A state is of one document."""
    others = [
        (stamp(1), text_seen(PRIVACY)),
        (stamp(1), clause_seen(document=PRIVACY)),
        (stamp(1), LookFailed(PRIVACY, Failure.SUSPECT, "no")),
        (stamp(1), run_ended(PRIVACY, failed={Failure.SUSPECT: (OTHER,)})),
    ]
    state = folded(*SEEN)
    assert folded(*others, state=state) == state


def test_a_change_is_pending_until_enough_looks_agree():
    """Each good look that says nothing else of the clause counts once; its own line overrules the count."""
    state = folded(*SEEN, (stamp(1), differs()))
    assert pending(state) == ledgers.pending(differs(), 1, stamp(1))
    assert state.clauses[0].standing == clause_seen()
    agreed = folded((stamp(2), run_ended(TERMS)), state=state)
    assert pending(agreed) == ledgers.pending(differs(), 2, stamp(2))
    assert folded((stamp(2), run_ended(TERMS)), state=agreed) == agreed
    by_text = folded((stamp(2), text_seen(text=2)), state=state)
    assert pending(by_text).looks == 2
    by_another = folded((stamp(2), clause_seen(record=OTHER)), state=state)
    assert pending(by_another).looks == 2
    by_term = folded((stamp(2), TermSeen(TERMS, OTHER, "train", "We train.")), state=state)
    assert pending(by_term).looks == 2
    once = folded((stamp(2), text_seen(text=2)), (stamp(2), differs(run=2, looks=2)), state=state)
    assert pending(once) == ledgers.pending(differs(), 2, stamp(2))


def test_a_confirmed_change_stands():
    """What is confirmed is no longer pending, whether it changed or came back."""
    state = folded(*SEEN, (stamp(1), differs()))
    confirmed = clause_seen(REWORDED, wording=1, looks=2)
    changed = folded((stamp(2), confirmed), state=state)
    assert (changed.clauses[0].standing, pending(changed)) == (confirmed, None)
    back = folded((stamp(2), clause_seen()), state=state)
    assert (back.clauses[0].standing, pending(back)) == (clause_seen(), None)


def test_other_words_begin_to_count_anew():
    """A second wording, or none at all, is another change than the first."""
    state = folded(*SEEN, (stamp(1), differs()))
    for other in (differs(run=2, wording=2), clause_seen(ClauseState.REMOVED, confirmed=False)):
        assert pending(folded((stamp(2), other), state=state)) == ledgers.pending(
            other, 1, stamp(2)
        )


def test_a_new_quotation_forgets_the_old_one():
    """What was confirmed of the former quotation says nothing of the one that a person put in its place."""
    state = folded(*SEEN, (stamp(1), differs()))
    new = differs(run=2, wording=2, quote_sha256=HASHES[1])
    (clause,) = folded((stamp(2), new), state=state).clauses
    assert (clause.quote_sha256, clause.standing) == (HASHES[1], None)
    assert clause.pending == ledgers.pending(new, 1, stamp(2))


def test_trouble_lasts_from_the_first_failed_look_to_the_next_good_one():
    """Another reason changes the reason, not the beginning; a failed look counts for nothing and forgets nothing."""
    state = folded(*SEEN, (stamp(1), differs()))
    failed = folded(
        (stamp(2), LookFailed(TERMS, Failure.UNREACHABLE, "It answered 503.")),
        (stamp(3), run_ended(failed={Failure.UNREACHABLE: (TERMS,)})),
        (stamp(4), LookFailed(TERMS, Failure.SUSPECT, "It is short.")),
        state=state,
    )
    assert failed.trouble == Trouble(Failure.SUSPECT, "It is short.", stamp(2).observed_at)
    assert (failed.text, failed.clauses) == (state.text, state.clauses)
    for good in (
        run_ended(TERMS),
        text_seen(text=1),
        clause_seen(),
        TermSeen(TERMS, OTHER, "a", "b"),
    ):
        assert folded((stamp(5), good), state=failed).trouble is None


def test_an_archived_copy_changes_no_state():
    """It is about a copy of the document."""
    assert folded(story()[3], state=folded(*SEEN)) == folded(*SEEN)


def test_a_history_has_one_look_for_each_run():
    """Lines of one document and run are one good look; a failed one has its reason, also where it repeats."""
    terms, privacy = (histories(lines(story()))[d] for d in (TERMS, PRIVACY))
    assert [(look.run, look.at, look.failure) for look in terms.looks] == [
        (stamp(0).run, stamp(0).observed_at, None),
        (stamp(1).run, stamp(1).observed_at, None),
        (stamp(4).run, stamp(4, minutes=3).observed_at, None),
    ]
    assert [look.failure for look in privacy.looks] == [None, Failure.UNREACHABLE, None]
    assert (len(terms.texts), len(terms.clauses[CLAUSE]), len(terms.archived)) == (2, 2, 1)
    assert (len(privacy.texts), privacy.clauses, len(privacy.terms)) == (1, {}, 1)


def test_a_repeated_failure_keeps_its_detail():
    """What a run says of many documents in one line is as telling as the first time."""
    pairs = [
        (stamp(0), LookFailed(TERMS, Failure.UNREACHABLE, "It answered 503.")),
        (stamp(0), run_ended()),
        (stamp(1), run_ended(failed={Failure.UNREACHABLE: (TERMS,)})),
    ]
    history = histories(lines(pairs))[TERMS]
    assert [(look.failure, look.detail) for look in history.looks] == [
        (Failure.UNREACHABLE, "It answered 503.")
    ] * 2
    assert history.state.trouble.since == stamp(0).observed_at


def test_a_copy_alone_is_no_look():
    """Somebody else's copy says nothing of what we saw."""
    history = histories(lines([story()[3]]))[TERMS]
    assert (history.looks, history.state) == ((), None)


ENTRIES = [
    *(entry for _, entry in story()),
    differs(),
    differs(wording=2),
    differs(quote_sha256=HASHES[1]),
    clause_seen(ClauseState.REMOVED, looks=3),
    clause_seen(record=OTHER),
    text_seen(text=2, previous=1),
    LookFailed(TERMS, Failure.SUSPECT, "It is short."),
    run_ended(TERMS, PRIVACY),
    run_ended(PRIVACY, failed={Failure.SUSPECT: (TERMS,)}),
    run_ended(failed={Failure.UNREACHABLE: (PRIVACY, TERMS)}),
]


@given(st.lists(st.tuples(st.integers(0, 5).map(stamp), st.sampled_from(ENTRIES)), max_size=12))
def test_a_history_ends_where_its_lines_lead(pairs):
    """The state of a history is that of `after`, line by line, whatever the lines are."""
    for document, history in histories(lines(pairs)).items():
        assert document in {TERMS, PRIVACY}
        if history.state:
            assert history.state == folded(*pairs, state=DocumentState(document))
            assert set(history.state.known_texts) == {t.seen.text.sha256 for t in history.texts}


def test_looks_that_agree_are_counted_by_instants():
    """Two lines of one look are one look, also where the line of the run bears an earlier instant."""
    state = folded(*SEEN, (stamp(1, minutes=5), differs()), (stamp(1), run_ended(TERMS)))
    assert pending(state).looks == 1
    assert pending(state).last_at - stamp(1).observed_at == timedelta(minutes=5)
