"""Leaves: what the log says of each record, and when it says more."""

import hashlib
from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from logs import AT, appended, leaf, published
from seen import DAY, DOCUMENT, OTHER, QUOTE, RECORD, START, TREE, atlas_of, days, line
from worlds import provision

from atlas import proof, stability
from atlas.canonical import clause_sha256
from atlas.frozen import frozen_bytes
from atlas.ledger.coding import Wrong, load, value_of
from atlas.link import link
from atlas.model import ClauseState, Leaf, Published, State
from atlas.record_form import canonical_json

INTACT, REWORDED, MOVED = ClauseState.INTACT, ClauseState.REWORDED, ClauseState.MOVED
SCATTERED = ClauseState.SCATTERED
LATER = date(2026, 12, 1)


def now(atlas, as_of=LATER):
    """Return the one leaf of the small world."""
    (only,) = proof.leaves_now(atlas, as_of)
    return only


def seen(*lines, looks=range(12)):
    """Return the small world after these lines."""
    return atlas_of(days(*looks), lines)


def in_text(sighting, letter):
    """Return a line whose look met another text."""
    return replace(sighting, seen=replace(sighting.seen, text_sha256=letter * 64))


def test_a_record_that_nobody_looked_for():
    """What is published of it is in the leaf, and of the looks it says that there was none."""
    atlas = atlas_of([], [])
    told = now(atlas)
    assert (
        told.record_sha256 == hashlib.sha256(frozen_bytes(atlas, atlas.by_id[RECORD])).hexdigest()
    )
    assert told.clause_sha256 == clause_sha256(QUOTE)
    assert (told.id, told.revision, told.document) == (RECORD, 1, DOCUMENT)
    assert (told.state, told.since, told.text_sha256) == ("never-observed", None, None)


def test_frozen_bytes_go_before_those_made_now():
    """Once a record is registered its frozen bytes are what the leaf names, whatever would be made today."""
    atlas = atlas_of([], [])
    stored = Published(frozen={(RECORD, 1): b"{}\n", (RECORD, 2): b"[]\n"})
    told = now(link(replace(atlas.records, published=stored)))
    assert told.record_sha256 == hashlib.sha256(b"{}\n").hexdigest()


WITHDRAWN = "\n  state: withdrawn\n  on: 2026-05-02\n  reason: It was wrong."
WITHHELD = f"{WITHDRAWN}\n  withheld: A court said so."
ANSWER = "---\nby: Acme\non: 2026-06-01\n---\n\nWe meant less.\n\nTruly.\n"


def hashed(tree):
    """Return the SHA-256 of canonical JSON without its line feed."""
    return hashlib.sha256(canonical_json(tree).rstrip("\n").encode()).hexdigest()


def with_status(status, published=None, **statements):
    """Return the small world with a status and what others say, by the name of the file."""
    place = "content/platform/acme/terms/writing"
    text = provision(QUOTE, id=RECORD, status=status)
    said = {f"{place}/{name.replace('_', '-')}.md": words for name, words in statements.items()}
    atlas = atlas_of([], [], tree={**TREE, f"{place}.md": text, **said})
    return link(replace(atlas.records, published=published)) if published else atlas


def test_what_became_of_a_record():
    """A leaf tells its status, and has a hash of its words and of each statement: what `record.json` gives of them."""
    told = now(with_status(WITHDRAWN, response_1=ANSWER))
    assert told.status is State.WITHDRAWN
    words = {"state": "withdrawn", "on": "2026-05-02", "reason": "It was wrong."}
    assert told.status_sha256 == hashed(words)
    said = {"kind": "response", "number": 1, "by": "Acme", "on": "2026-06-01"}
    assert told.statements == {"response-1": hashed({**said, "words": "We meant less.\n\nTruly."})}
    silent = now(with_status(None))
    assert (silent.status, silent.status_sha256, silent.statements) == (State.ACTIVE, None, {})


def test_a_withheld_record_keeps_what_its_last_leaf_said():
    """Its hashes are the last that there were, and its status is the new one; once that is told nothing is added."""
    log = published([now(with_status(None, response_1=ANSWER))])
    (before,) = log.leaves
    told = now(with_status(WITHHELD, replace(log, frozen={})))
    assert told == replace(
        before, status=State.WITHDRAWN, status_sha256=told.status_sha256, statements={}
    )
    assert told.status_sha256 not in {None, now(with_status(WITHDRAWN)).status_sha256}
    log = appended(log, [told], AT + timedelta(hours=1))
    assert proof.grown(log, [now(with_status(WITHHELD, log))], AT + timedelta(hours=2)) == (
        (),
        None,
    )


@pytest.mark.parametrize(
    ("fields", "leaves"),
    [
        ({"id": None}, 0),
        ({"status": WITHDRAWN}, 1),
        ({"status": WITHHELD}, 0),
    ],
)
def test_which_records_have_a_leaf(fields, leaves):
    """Every record with an id, withdrawn ones too; not one that the law withheld before it was ever entered."""
    text = provision(QUOTE, **{"id": RECORD, **fields})
    atlas = atlas_of([], [], tree={**TREE, "content/platform/acme/terms/writing.md": text})
    assert len(proof.leaves_now(atlas, LATER)) == leaves


def test_a_silent_record_has_no_clause():
    """What is not said has no hash."""
    text = provision(
        None, id=RECORD, stance="not-addressed", basis="silent", read=f"\n  - {DOCUMENT}"
    )
    told = now(atlas_of([], [], tree={**TREE, "content/platform/acme/terms/writing.md": text}))
    assert (told.clause_sha256, told.state) == (None, "never-observed")


def test_leaves_are_in_order_of_id():
    """Their order follows from the records alone."""
    tree = {**TREE, "content/platform/acme/terms/a.md": provision("You may.", id="SA-P-100002")}
    leaves = proof.leaves_now(atlas_of([], [], tree=tree), LATER)
    assert [one.id for one in leaves] == [RECORD, "SA-P-100002"]


def at(day):
    return START + DAY * day


CHANGED = (
    line(at(0)),
    in_text(line(at(3), REWORDED, OTHER, confirmed=False), "1"),
    in_text(line(at(4), REWORDED, OTHER, since=at(3), looks=2), "2"),
)
BACK = in_text(line(at(8)), "3")


@pytest.mark.parametrize(
    ("lines", "state", "since", "text"),
    [
        (CHANGED[:1], "intact", 0, "0"),
        (CHANGED[:2], "differs", 3, "1"),
        (CHANGED, "reworded", 3, "1"),
        ((*CHANGED, BACK), "intact", 8, "3"),
        ((*CHANGED[:2], BACK), "intact", 8, "3"),
        ((line(at(0)), in_text(line(at(5), MOVED), "4")), "moved", 5, "4"),
        ((line(at(0)), line(at(5), SCATTERED, confirmed=False)), "scattered", 5, "0"),
        ((line(at(0), REWORDED, OTHER, confirmed=False),), "never-observed", None, None),
    ],
    ids=["found", "differs", "reworded", "back", "one look", "moved", "scattered", "never"],
)
def test_where_the_clause_stands(lines, state, since, text):
    """A leaf tells the state, and the first of the looks that agree on it with the text of that look."""
    told = now(seen(*lines))
    assert (told.state, told.since) == (state, None if since is None else at(since))
    assert told.text_sha256 == (text and text * 64)


def test_a_note_moves_nothing():
    """A look that only found the words once more in the document is no other state."""
    noted = line(at(6))
    twice = replace(noted, seen=replace(noted.seen, copies=2))
    assert now(seen(line(at(0)), twice)) == now(seen(line(at(0))))


def test_other_words_after_other_words():
    """A rewording of a rewording is a state of its own, and so is the first one when it stands again."""
    third = line(at(6), REWORDED, "They may.", confirmed=False)
    confirmed = line(at(7), REWORDED, "They may.", since=at(6), looks=2)
    assert now(seen(*CHANGED, third, confirmed)).since == at(6)
    again = line(at(9), REWORDED, OTHER, since=at(3), looks=2)  # as `compare` ends what was pending
    told = now(seen(*CHANGED, third, again))
    assert (told.state, told.since) == ("reworded", at(9))


def test_a_look_says_nothing_of_the_leaf():
    """However often and however long ago somebody looked: the leaf stays as it is while nothing changes."""
    few, many = seen(line(at(0)), looks=[0]), seen(line(at(0)), looks=range(200))
    assert now(few, at(0).date()) == now(few, at(900).date()) == now(many, LATER)


STATES = st.sampled_from([INTACT, MOVED, REWORDED, SCATTERED, ClauseState.REMOVED])


@given(
    st.lists(st.tuples(STATES, st.booleans(), st.sampled_from([OTHER, "They may."])), max_size=8)
)
def test_the_state_is_the_one_that_pages_show(told):
    """The leaf's state is `standing`'s, and it has a look exactly where the clause was ever found."""
    lines = [
        line(at(n), state, None if state.is_found else words, confirmed=confirmed)
        for n, (state, confirmed, words) in enumerate(told)
    ]
    atlas = seen(*lines)
    entry, stands = now(atlas), stability.standing(atlas, atlas.by_id[RECORD], LATER)
    assert entry.state == stands.state.value
    assert (entry.since is None) is (stands.state is ClauseState.NEVER_OBSERVED)
    assert entry.since is None or entry.since in {s.stamp.observed_at for s in lines}


def test_the_first_publishing():
    """All records enter, and the first root names 64 zeros as the line before it."""
    new, root = proof.grown(Published(), [leaf(1), leaf(2)], AT)
    assert (new, root.size, root.prev, root.at) == ((leaf(1), leaf(2)), 2, "0" * 64, AT)


def test_nothing_new_adds_nothing():
    """Neither a leaf nor a root, not even where the document or its text is another."""
    log = published([leaf(1), leaf(2)])
    same = [leaf(1, document="SA-D-00002"), leaf(2, text_sha256="c" * 64)]
    assert proof.grown(log, same, AT + timedelta(days=1)) == ((), None)


@pytest.mark.parametrize(
    "changed",
    [
        {"revision": 2},
        {"record_sha256": "c" * 64},
        {"clause_sha256": "c" * 64},
        {"state": "differs"},
        {"since": AT},
        {"status": State.DISPUTED},
        {"status_sha256": "c" * 64},
        {"statements": {"dispute-1": "c" * 64}},
    ],
)
def test_what_adds_a_leaf(changed):
    """A revision, its bytes, its quotation, the state of the clause, since when, and what became of it: each alone."""
    log = published([leaf(1), leaf(2)])
    new, root = proof.grown(log, [leaf(1), leaf(2, **changed)], AT)
    assert (new, root.size, root.prev) == (
        (leaf(2, **changed),),
        3,
        proof.root_sha256(log.roots[0]),
    )


def test_a_state_that_comes_back_is_told_again():
    """What counts is the last leaf of the record, not whether the log ever said so."""
    log = published([leaf(state="intact")], [leaf(state="differs")], [leaf(state="intact")])
    assert [one.state for one in log.leaves] == ["intact", "differs", "intact"]
    assert [root.size for root in log.roots] == [1, 2, 3]


def test_time_is_told_in_whole_seconds():
    """What a root says can be written and read again."""
    log = appended(Published(), [leaf()], AT.replace(microsecond=5))
    assert proof.decode_root(proof.root_line(log.roots[0])) == log.roots[0]


def test_a_leaf_that_is_read_quickly_says_the_same():
    """Whatever one character of a line is changed, its leaf or its fault is what the decoder of all values tells."""

    def told(decode, line):
        try:
            return decode(line)
        except Wrong as wrong:
            return str(wrong)

    said = {"dispute-1": "c" * 64, "response-12": "d" * 64}
    disputed = {"status": State.DISPUTED, "status_sha256": "e" * 64, "statements": said}
    for one in (leaf(1), leaf(2, clause_sha256=None, since=AT), leaf(3, **disputed)):
        whole = proof.leaf_line(one)
        assert proof.decode_leaf(whole) == one
        for place, new in product(range(len(whole)), b'0a-9"Z'):
            line = whole[:place] + bytes([new]) + whole[place + 1 :]
            assert told(proof.decode_leaf, line) == told(lambda it: value_of(Leaf, load(it)), line)
