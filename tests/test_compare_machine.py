"""Any sequence of looks whatever: no change without the looks and the hours that it needs, and none out of failures."""

from datetime import timedelta

import hypothesis.strategies as st
from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from replay.follow import Follower, plain, watch
from replay.synthetic import AGAIN, CONTRACT, CRASH, LIABILITY, REWORDED, TRAINING, with_training

from atlas.model import ClauseState, Failure

KINDS = {
    "quote": TRAINING,
    "reworded": REWORDED,
    "reworded again": AGAIN,
    "gone": "What is shared stays shared until you end the sharing.",
}
DATES = ("May 4, 2026", "4 May 2026", "June 1, 2026")
HOURS = st.sampled_from([1, 5, 11, 12, 13, 24, 36, 100])


class Looks(RuleBasedStateMachine):
    """A document whose clause stands, is reworded, goes and comes, while looks succeed and fail."""

    def __init__(self):
        super().__init__()
        watched = watch({"training": TRAINING, "liability": LIABILITY})
        self.follower = Follower(watched, asks_twice=True)
        self.good = []
        """Time and kind of each good look."""
        self.confirmed = None
        """The kind that stands as far as the rules of confirming say; None: the quotation was never found."""
        self.last = None

    def wait(self, hours):
        """Let time pass."""
        self.follower.at += timedelta(hours=hours)
        return self.follower.at

    def note(self, kind, finding):
        """Judge a good look by the looks before it alone."""
        at = finding.observed_at
        self.good.append((at, kind))
        agreeing = [at]
        for time, other in reversed(self.good[:-1]):
            if other != kind:
                break
            agreeing.append(time)
        over = at - agreeing[-1]
        (outcome, liability) = finding.outcomes
        assert liability.state is ClauseState.INTACT
        enough = len(agreeing) >= 2 and over >= timedelta(hours=11)
        surely = len(agreeing) >= 3 and over >= timedelta(hours=47)
        if kind == "gone":
            enough = surely
        is_other = self.confirmed is not None and kind != self.confirmed
        if outcome.changed:
            assert is_other
            assert enough
        if is_other and surely:
            assert outcome.changed
        if is_other and not outcome.changed:
            assert outcome.state is ClauseState.DIFFERS
        if self.confirmed is None and kind != "quote":
            assert outcome.state is ClauseState.NEVER_OBSERVED
        if kind == self.confirmed == "quote":
            assert outcome.state is ClauseState.INTACT
        if outcome.changed or (self.confirmed is None and kind == "quote"):
            self.confirmed = kind

    @rule(kind=st.sampled_from(sorted(KINDS)), date=st.sampled_from(DATES), hours=HOURS)
    def good_page(self, kind, date, hours):
        text = with_training(KINDS[kind]).replace(DATES[0], date)
        self.last = kind
        finding = self.follower.look(plain(text), at=self.wait(hours))
        assert finding.failed is None
        self.note(kind, finding)

    @rule(hours=HOURS)
    def not_modified(self, hours):
        finding = self.follower.look(not_modified=True, at=self.wait(hours))
        if self.last is None:
            assert finding.failed
        else:
            self.note(self.last, finding)

    @rule(hours=HOURS, text=st.sampled_from([CRASH, CONTRACT[: len(CONTRACT) // 4], ""]))
    def wrong_page(self, hours, text):
        self._tells_nothing(self.follower.look(plain(text), at=self.wait(hours)))

    @rule(hours=HOURS, reason=st.sampled_from([Failure.UNREACHABLE, Failure.NOT_PERMITTED]))
    def failed(self, hours, reason):
        self._tells_nothing(self.follower.fails(reason, at=self.wait(hours)))

    def _tells_nothing(self, finding):
        assert finding.failed
        assert finding.outcomes == ()
        assert finding.text is None

    @invariant()
    def held_text_is_the_last_good_one(self):
        state = self.follower.state
        assert (state.text is None) == (self.follower.held is None)


def test_no_change_without_the_looks_that_it_needs(thorough):
    """Checked against nothing but the times and kinds of the looks; each look is taken twice and adds once."""
    examples, steps = (300, 40) if thorough else (25, 20)
    run_state_machine_as_test(
        Looks, settings=settings(max_examples=examples, stateful_step_count=steps, deadline=None)
    )
