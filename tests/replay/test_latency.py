"""A true change is on the page in time, however late the scheduler is within its half hour."""

from replay.latency import worst


def test_a_change_is_shown_and_confirmed_in_time(thorough):
    """Differs within 13 hours, other words confirmed within 25, removed within 61."""
    waits = worst(500 if thorough else 40)
    for kind, confirmed_within in {"reworded": 25, "removed": 61}.items():
        differs, confirmed = waits[kind]
        assert differs <= 13
        assert confirmed <= confirmed_within
