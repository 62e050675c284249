"""Days: what is done to a record is of a day on which the record was there, and of none that is yet to come."""

from datetime import date

import click
import pytest

from atlas.commands import Verbs
from atlas.commands.options import PastDay, today
from atlas.editing.correct import correct
from atlas.editing.fields import EditFault
from atlas.editing.revise import revise
from atlas.editing.standing import supersede, withdraw

from .conftest import KEPT, TODAY

LATER = date(2026, 10, 1)
CAPTURED = "captured_at: 2026-05-09T14:35:38Z\nclause: |-"


@pytest.fixture
def world(unpublished):
    """An atlas that was published on the first of June."""
    unpublished.edit("clause: |-", CAPTURED)
    unpublished.publish(date(2026, 6, 1))
    unpublished.commit("Published")
    return unpublished


def revised(world, on):
    world.edit("We may use", "We will use")
    revise(*world.record(), "Why.", on)


def corrected(world, on):
    world.edit("word3 ", "Word3 ")
    correct(*world.record(), on)


def withdrawn(world, on):
    withdraw(*world.record(), "Wrong.", on)


def superseded(world, on):
    supersede(*world.record(), world.record("SA-P-100002")[1], on)


PUBLISHED = (
    r"kept\.md:\d+: 2026-05-30 is too early, since its revision 1 was published on 2026-06-01"
)
ACTS = [revised, corrected, withdrawn, superseded]


@pytest.mark.parametrize(
    ("act", "prepare", "on", "said"),
    [
        *((act, None, date(2026, 5, 30), PUBLISHED) for act in ACTS),
        (revised, None, date(2026, 5, 8), "its analysis was written on 2026-05-09"),
        (revised, None, date(2025, 5, 8), "its clause was captured on 2026-05-09"),
        (withdrawn, "revision", date(2026, 9, 30), "its revision 2 was published on 2026-10-02"),
        (withdrawn, "revision", date(2026, 9, 27), "its revision 2 was made on 2026-09-28"),
    ],
)
def test_a_day_before_the_record_is_refused(world, act, prepare, on, said):
    """Nothing is revised, corrected or taken back before it was captured, written, revised and published."""
    if prepare:
        world.edit("is here\n    why", "is here\n    article: Art. 2\n    why")
        revise(*world.record(), "Why.", date(2026, 9, 28))
        world.publish(date(2026, 10, 2))
        world.commit("Published again")
    written = world.read()
    with pytest.raises(EditFault, match=said):
        act(world, on)
    assert world.read() in {written, *reworded(written)}


def reworded(text):
    return text.replace("We may use", "We will use"), text.replace("word3 ", "Word3 ")


@pytest.mark.parametrize("act", ACTS)
def test_the_evening_before_is_the_same_day_elsewhere(world, act):
    """The ledger counts days in UTC, people where they live."""
    act(world, date(2026, 5, 31))
    assert world.problems() == []


@pytest.mark.parametrize("act", [withdrawn, superseded])
def test_a_status_is_never_older_than_the_one_before(world, act):
    """Whoever withdraws a disputed record does it after the dispute began."""
    dispute = f"status:\n  state: disputed\n  on: {LATER}\nclause: |-"
    world.edit("clause: |-", dispute)
    with pytest.raises(EditFault, match=rf"kept\.md:\d+: SA-P-100001 is disputed since {LATER}"):
        act(world, date(2026, 9, 30))


@pytest.mark.parametrize("verb", ["revise", "withdraw", "supersede", "review"])
def test_a_day_that_is_yet_to_come_is_refused(verb):
    """What is entered has happened; what a command compares with may lie ahead, and is another option."""
    (day,) = (option.type for option in Verbs()[verb].params if isinstance(option.type, PastDay))
    assert day.convert(today().isoformat(), None, None) == today()
    with pytest.raises(click.BadParameter, match="8999-01-01 lies in the future; today is "):
        day.convert("8999-01-01", None, None)


@pytest.mark.parametrize(
    ("state", "on", "is_told"),
    [
        ("withdrawn", "2026-05-20", True),
        ("disputed", "2026-05-20", True),
        ("withdrawn", "2026-05-31", False),
    ],
)
def test_a_status_written_by_hand_begins_after_publication(world, state, on, is_told):
    """What readers were shown as active was active then, whoever writes its status afterwards."""
    status = f"status:\n  state: {state}\n  on: {on}\n  reason: Why.\nclause: |-"
    world.edit("clause: |-", status)
    world.write(
        "content/platform/acme/terms/kept/dispute-1.md",
        "---\nby: Acme\non: 2026-06-02\n---\n\nNo.\n",
    )
    told = [(p.code, p.message) for p in world.problems() if p.path == KEPT]
    message = f"the status is of {on}, before the record was published without it, 2026-06-01"
    assert told == ([("date-order", message)] if is_told else [])


def test_what_was_withdrawn_elsewhere_may_be_published_so(unpublished):
    """A record that comes with its status keeps the day that it brings."""
    unpublished.edit(
        "clause: |-", "status:\n  state: withdrawn\n  on: 2026-05-20\n  reason: Why.\nclause: |-"
    )
    unpublished.publish(TODAY)
    assert unpublished.problems() == []
