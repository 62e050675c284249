"""What is shown is true, over all replays of which the truth is known."""

import pytest
from archive import needs_archive
from replay import precision


@needs_archive
def test_what_is_shown_of_real_documents(thorough):
    """At least 99.5 % of the states are right; words that are not there are never shown as there."""
    _holds(precision.real(None if thorough else 2), at_least=1_500)


def test_what_is_shown_of_made_up_ones():
    """The same for the ten synthetic histories."""
    _holds(precision.synthetic(), at_least=150)


def _holds(tally, *, at_least):
    assert tally.shown >= at_least
    assert tally.wrongly_there == 0, tally.wrong
    assert tally.precision >= 0.995, tally.wrong


def test_a_wrong_state_is_counted():
    """The measure can fail: the same looks held against another text."""
    follower = precision.HISTORIES[0]()
    tally = precision.Tally()
    tally.add(follower, [("Nothing of the kind.", True)] * len(follower.findings))
    assert tally.wrongly_there == tally.shown == len(tally.wrong)
    assert tally.precision == pytest.approx(0)
