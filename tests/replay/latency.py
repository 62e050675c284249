"""How long a true change takes to be shown and to be confirmed, on a schedule that is never quite on time."""

import random
from datetime import timedelta

from replay.follow import HALF_DAY, START, Follower, watch
from replay.synthetic import CONTRACT, LIABILITY, REWORDED, TRAINING, with_training

from atlas.model import ClauseState

JITTER = timedelta(minutes=30)
"""A look takes place up to this much before or after its half day."""


def schedules(count):
    """Looks of eight half days each: the worst one first, then others by chance, the same in every run."""
    first, late = START - JITTER, [START + n * HALF_DAY + JITTER for n in range(1, 9)]
    yield [first, *late]
    yield [first, *late[:-3], START + 6 * HALF_DAY - JITTER, *late[-2:]]
    chance = random.Random(2026)
    for _ in range(count):
        yield [START + n * HALF_DAY + chance.uniform(-1, 1) * JITTER for n in range(9)]


def latency(times, text):
    """Hours from a change right after the first look until it is shown as differing, and until it is confirmed."""
    follower = Follower(watch({"training": TRAINING, "liability": LIABILITY}))
    follower.text(CONTRACT, at=times[0])
    differs = confirmed = None
    for at in times[1:]:
        state = follower.text(text, at=at).outcomes[0].state
        hours = (at - times[0]) / timedelta(hours=1)
        if state is ClauseState.DIFFERS:
            differs = differs or hours
        elif confirmed is None:
            confirmed = hours
    return differs, confirmed


CHANGES = {
    "reworded": with_training(REWORDED),
    "removed": CONTRACT.replace(f"{TRAINING}\n", ""),
}


def worst(count):
    """The longest waits over so many schedules, for each kind of change."""
    found = {}
    for kind, text in CHANGES.items():
        waits = [latency(times, text) for times in schedules(count)]
        found[kind] = tuple(max(wait) for wait in zip(*waits, strict=True))
    return found
