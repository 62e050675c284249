"""Stopped at any write: nothing is half-written, and the same command goes on from there."""

import shutil
from pathlib import Path

import pytest

from atlas.editing import opened
from atlas.editing.affected import revise_affected
from atlas.editing.fields import EditFault
from atlas.editing.naming import called
from atlas.editing.rename import rename
from atlas.editing.revise import revise
from atlas.editing.standing import withdraw
from atlas.write import replace_file

from .conftest import KEPT, TERMS, TODAY, World


class Stopped(BaseException):
    """The process is killed here."""


def stop_after(monkeypatch, count):
    """Let so many files be written, then end."""
    left = [count]

    def write(path, content):
        if not left[0]:
            raise Stopped
        left[0] -= 1
        replace_file(path, content)

    monkeypatch.setattr(opened, "replace_file", write)


def all_regraded(world):
    text = world.read("data/clause-types.yaml").replace("severity: medium", "severity: high")
    world.write("data/clause-types.yaml", text.replace("severity: low", "severity: medium"))


def revised(world):
    revise(*world.record(), "Why.", TODAY)


def affected(world):
    revise_affected(world.opened(), "Why.", TODAY)


def withheld(world):
    withdraw(*world.record(), "Wrong.", TODAY, withheld="A court.")


def with_former(world):
    world.edit("We may", "We will")
    revised(world)
    world.publish()


@pytest.mark.parametrize(
    ("prepare", "act", "writes"),
    [
        (lambda w: w.edit("We may", "We will"), revised, 2),
        (all_regraded, affected, 4),
        (with_former, withheld, 1),
    ],
)
def test_stopped_at_any_write_and_run_again(world, tmp_path, monkeypatch, prepare, act, writes):
    """However many files were written, the next run ends where one that was never stopped ends."""
    prepare(world)
    whole = World(tmp_path / "whole")
    shutil.copytree(world.root, whole.root)
    act(whole)
    for count in range(writes):
        stopped = World(tmp_path / f"stopped-{count}")
        shutil.copytree(world.root, stopped.root)
        with monkeypatch.context() as patched, pytest.raises(Stopped):
            stop_after(patched, count)
            act(stopped)
        act(stopped)
        assert stopped.everything() == whole.everything()


def renamed(world):
    atlas = world.opened()
    return rename(atlas, called(atlas, "SA-P-100001", world.root), "stored", world.root, TODAY)


@pytest.mark.parametrize("count", range(3))
def test_a_renaming_that_is_stopped_at_any_step_and_run_again(world, tmp_path, monkeypatch, count):
    """Folder, old name, file: whichever of the three was reached, the same command ends where it would have ended."""
    with_former(world)
    whole = World(tmp_path / "whole")
    shutil.copytree(world.root, whole.root)
    renamed(whole)
    left, real = [count], Path.rename

    def step(path, target):
        if not left[0]:
            raise Stopped
        left[0] -= 1
        return real(path, target)

    def write(path, content):
        if not left[0]:
            raise Stopped
        left[0] -= 1
        replace_file(path, content)

    with monkeypatch.context() as patched, pytest.raises(Stopped):
        patched.setattr(opened, "replace_file", write)
        patched.setattr(Path, "rename", step)
        renamed(world)
    renamed(world)
    assert world.everything() == whole.everything()


def test_whoever_interrupts_an_edit_gives_the_atlas_back(world):
    """Ctrl-C between two files leaves no lock: the same command can be run at once."""
    with pytest.raises(KeyboardInterrupt), opened.editing(world.root, "./run revise"):
        assert (world.root / "data/.lock").exists()
        raise KeyboardInterrupt
    assert not (world.root / "data/.lock").exists()
    with opened.editing(world.root, "./run revise") as atlas:
        assert atlas.atlas.provisions


def test_what_is_no_atlas_gets_no_lock(tmp_path):
    """A folder that holds something else is left as it is."""
    with pytest.raises(EditFault, match="this is no atlas"), opened.editing(tmp_path, "./run x"):
        pass
    assert list(tmp_path.iterdir()) == []


def test_a_file_keeps_its_rights_and_leaves_no_other_beside_it(world):
    """What is written takes the place of what was there, with the same rights."""
    (world.root / KEPT).chmod(0o640)
    world.edit("We may", "We will")
    revised(world)
    assert (world.root / KEPT).stat().st_mode & 0o777 == 0o640
    names = sorted(path.name for path in (world.root / TERMS).iterdir())
    assert names == ["_document.yaml", "kept", "kept.md", "mild.md", "new.md"]
