"""Reviewing: a person's name and day are entered, and the record is no draft any more."""

from datetime import date, timedelta

import pytest

from atlas.editing.fields import EditFault
from atlas.editing.review import review
from atlas.editing.standing import withdraw
from atlas.model import Confidence

from .conftest import TODAY


def reviewed(world, by="grace", on=TODAY, confidence=None, name="SA-P-100001"):
    atlas, of = world.record(name)
    return review(atlas, of, by, on, confidence)


def test_a_review_is_entered_and_another_added(world):
    """Reviews stand in the order in which they came; nothing else changes."""
    before = world.read()
    done = reviewed(world)
    assert not done.is_author
    assert not done.needs_revision
    reviewed(world, "ada", TODAY - timedelta(days=1))
    lines = "reviews:\n  - by: grace\n    on: 2026-11-22\n  - by: ada\n    on: 2026-11-21\n"
    assert world.read() == before.replace("clause: |-", f"{lines}clause: |-")
    assert world.problems() == []


def test_an_author_s_own_review_is_told(world):
    """It is taken, since small atlases have few people, and said for what it is."""
    assert reviewed(world, "ada").is_author


def test_a_confidence_is_part_of_what_was_published(world):
    """With one that is new a published record needs a revision, and its reviewer hears so."""
    assert reviewed(world, confidence=Confidence.HIGH).needs_revision
    assert "stance: opt-out\nconfidence: high\n" in world.read()
    assert not reviewed(world, "ada", confidence=Confidence.HIGH).needs_revision
    new = "content/platform/acme/terms/new.md"
    assert not reviewed(world, confidence=Confidence.LOW, name=new).needs_revision


@pytest.mark.parametrize(
    ("prepare", "arguments", "said"),
    [
        (None, {"by": "grase"}, "no person in data/people; did you mean `grace`"),
        (None, {"by": "nobody-at-all"}, "add them to data/people.yaml first"),
        (None, {"on": date(2026, 5, 8)}, r"kept\.md:\d+: 2026-05-08 is too early, since its analysis was written"),
        (reviewed, {}, r"kept\.md:\d+: `grace` reviewed it on 2026-11-22 already"),
        (lambda w: withdraw(*w.record(), "Why.", TODAY), {}, "is withdrawn: nothing to review"),
        (lambda w: w.edit("stance: opt-out", "stance: nonsense"), {}, r"it has problems, .*kept\.md:\d+"),
    ],
)  # fmt: skip
def test_what_cannot_be_reviewed_is_told_and_left_alone(world, prepare, arguments, said):
    """Every refusal names its reason, and not a byte is written."""
    if prepare:
        prepare(world)
    before = world.everything()
    with pytest.raises(EditFault, match=said):
        reviewed(world, **arguments)
    assert world.everything() == before
