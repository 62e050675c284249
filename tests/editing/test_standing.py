"""Withdrawing and superseding: a status is entered, and nobody is led in a circle."""

from datetime import UTC, datetime

import pytest

from atlas.editing.fields import EditFault
from atlas.editing.revise import revise
from atlas.editing.standing import supersede, withdraw
from atlas.register import register

from .conftest import KEPT, NEW, TERMS, TODAY

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
REASON = "The copy was not the platform's own."


def withdrawn(world, name="SA-P-100001", by=None, **more):
    atlas, of = world.record(name)
    successor = world.record(by)[1] if by else None
    return withdraw(atlas, of, more.pop("reason", REASON), TODAY, by=successor, **more)


def superseded(world, old="SA-P-100001", new="SA-P-100002", reason=None):
    atlas, of = world.record(old)
    return supersede(atlas, of, world.record(new)[1], TODAY, reason)


def test_a_withdrawn_record_says_since_when_and_why(world):
    """Its status is all that changes."""
    before = world.read()
    assert withdrawn(world) == (KEPT,)
    status = f"status:\n  state: withdrawn\n  on: 2026-11-22\n  reason: {REASON}\n"
    assert world.read() == before.replace("clause: |-", f"{status}clause: |-")
    assert world.problems() == []


def test_a_withdrawn_record_may_name_another(world):
    """The record to read instead is entered with it."""
    withdrawn(world, by="SA-P-100002", reason="It is said better: there.")
    assert (
        world.read().count('reason: "It is said better: there."\n  replaced_by: SA-P-100002\n') == 1
    )
    assert world.problems() == []


def test_what_took_the_place_of_a_record_stays_named(world):
    """Superseded, then withdrawn, then withheld: its successor is there still, until another one is given."""
    superseded(world)
    world.publish()
    withdrawn(world)
    status = f"status:\n  state: withdrawn\n  on: 2026-11-22\n  reason: {REASON}\n"
    assert f"{status}  replaced_by: SA-P-100002\n" in world.read()
    withdrawn(world, withheld="A court forbids it.")
    assert f"{status}  replaced_by: SA-P-100002\n  withheld: A court forbids it.\n" in world.read()
    assert world.problems() == []


def test_another_successor_may_be_named_with_a_withdrawal(world):
    """What is given counts more than what stands there."""
    world.write(NEW, world.read(NEW).replace("title:", "id: SA-P-100009\ntitle:", 1))
    superseded(world)
    register(world.root, TODAY, NOON)
    withdrawn(world, by="SA-P-100009")
    assert "  replaced_by: SA-P-100009\n" in world.read()
    assert "SA-P-100002" not in world.read()
    assert world.problems() == []


def test_words_that_the_law_forbids_are_taken_out(world):
    """Quotation, analysis, reasons and former revisions go; what the page needs stays."""
    world.edit("We may use", "We will use")
    world.write(f"{TERMS}/kept/r1.md", world.read().replace("We will", "We may"))
    world.edit("clause: |-", "revision:\n  number: 2\n  on: 2026-11-20\n  because: x\nclause: |-")
    assert withdrawn(world, withheld="A court forbids it.") == (f"{TERMS}/kept/r1.md", KEPT)
    text = world.read()
    assert not (world.root / TERMS / "kept" / "r1.md").exists()
    for gone in ("We will", "word3", "why:", "## "):
        assert gone not in text
    assert "# what this is about\n" in text
    assert "withheld: A court forbids it.\n" in text
    assert [p for p in world.problems() if p.code != "unrevised-change"] == []


def test_words_may_be_taken_out_of_what_is_withdrawn_already(world):
    """The day on which it was withdrawn stays."""
    withdrawn(world)
    world.edit("2026-11-22", "2026-11-02")
    withdrawn(world, withheld="A court forbids it.")
    assert "  on: 2026-11-02\n" in world.read()
    with pytest.raises(EditFault, match=r"kept\.md:\d+: SA-P-100001 is withdrawn since 2026-11-02"):
        withdrawn(world, withheld="Again.")
    with pytest.raises(EditFault, match=r"kept\.md:\d+: the words of SA-P-100001 are withheld"):
        revise(*world.record(), "Why.", TODAY)


def test_a_superseded_record_leads_to_the_next(world):
    """Its status names the record that takes its place."""
    before = world.read()
    superseded(world, reason="Both quoted one clause.")
    status = (
        "status:\n  state: superseded\n  on: 2026-11-22\n"
        "  reason: Both quoted one clause.\n  replaced_by: SA-P-100002\n"
    )
    assert world.read() == before.replace("clause: |-", f"{status}clause: |-")
    assert world.problems() == []


@pytest.mark.parametrize(
    ("prepare", "act", "said"),
    [
        (None, lambda w: withdrawn(w, f"{TERMS}/new.md"), "never published: .* delete the file"),
        (withdrawn, withdrawn, r"kept\.md:\d+: SA-P-100001 is withdrawn since 2026-11-22 already"),
        (None, lambda w: withdrawn(w, reason=" "), "`--reason` is empty"),
        (None, lambda w: withdrawn(w, by="SA-P-100001"), "SA-P-100001 is this record itself"),
        (None, lambda w: superseded(w, f"{TERMS}/new.md"), "never published"),
        (None, lambda w: superseded(w, new="SA-P-100001"), "is this record itself"),
        (None, lambda w: superseded(w, new=f"{TERMS}/new.md"), "has no id yet"),
        (withdrawn, superseded, "SA-P-100001 is withdrawn, so nothing takes its place"),
        (withdrawn, lambda w: superseded(w, "SA-P-100002", "SA-P-100001"), "takes no other's place"),
        (superseded, superseded, r"kept\.md:\d+: SA-P-100001 is superseded by SA-P-100002 already"),
        (
            superseded,
            lambda w: superseded(w, "SA-P-100002", "SA-P-100001"),
            r"kept\.md:\d+: .* circle: SA-P-100002 to SA-P-100001 to SA-P-100002",
        ),
        (superseded, lambda w: withdrawn(w, "SA-P-100002", by="SA-P-100001"), "circle"),
    ],
)  # fmt: skip
def test_what_leads_nowhere_is_told_and_left_alone(world, prepare, act, said):
    """Every refusal names its reason, and not a byte is written."""
    if prepare:
        prepare(world)
    before = world.everything()
    with pytest.raises(EditFault, match=said):
        act(world)
    assert world.everything() == before


def taken_back(world, line="status:\n  state: withdrawn\n  on: 2026-11-22\n"):
    """Take the status of a record out, as somebody's editor does."""
    world.edit(f"{line}  reason: {REASON}\n", "")


def test_a_published_status_goes_with_a_revision_only(world):
    """Taken out by hand it is missed; revised, with nothing else changed, it is gone, and readers are told why."""
    withdrawn(world)
    world.publish()
    assert world.problems() == []
    taken_back(world)
    assert [p.code for p in world.problems()] == ["lost-status"]
    done = revise(*world.record(), "It was the platform's own after all.", TODAY)
    assert (done.number, done.is_raised, done.changed) == (2, True, ("status",))
    assert world.problems() == []
    again = revise(*world.record(), "It was the platform's own.", TODAY)
    assert (again.number, again.is_raised, again.changed) == (2, False, ("status",))
    world.publish()
    assert world.problems() == []
    with pytest.raises(EditFault, match="edit it first"):
        revise(*world.record(), "Once more.", TODAY)


def test_who_took_the_place_of_a_published_record_is_not_changed_silently(world):
    """Another successor than the one that was published needs a revision too."""
    world.write(NEW, world.read(NEW).replace("title:", "id: SA-P-100009\ntitle:", 1))
    superseded(world)
    register(world.root, TODAY, NOON)
    before = world.everything()
    with pytest.raises(EditFault, match="published as superseded"):
        superseded(world, new="SA-P-100009")
    assert world.everything() == before
    world.edit("replaced_by: SA-P-100002", "replaced_by: SA-P-100009")
    assert revise(*world.record(), "The other says it better.", TODAY).changed == ("status",)
    assert world.problems() == []
