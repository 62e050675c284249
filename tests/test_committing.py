"""What was entered on the published branch, in real clones: one commit or none, and the clone stands where it pushed."""

import subprocess
from datetime import UTC, date, datetime

import pytest
from published_worlds import lay, sound_atlas, sums_hold
from worlds import provision

from atlas.committing import CommitFault, commit
from atlas.editing.assign import assign
from atlas.forge import Forge, ForgeFault
from atlas.held import Held
from atlas.published import FOLDER, IDS_FILE
from atlas.register import register
from atlas.writers import only_writer

DAY = date(2026, 11, 22)
AT = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
TERMS = "content/platform/larkspur/terms"


def new_record(title="Use of writing"):
    return provision(clause_type="account-closure", stance="closed-at-will", title=title)


def git(folder, *arguments, check=True):
    who = ("-c", "user.name=Somebody", "-c", "user.email=somebody@sound-atlas.example")
    return subprocess.run(
        ["git", *who, *arguments], cwd=folder, capture_output=True, text=True, check=check
    )


@pytest.fixture
def origin(tmp_path):
    """A repository that takes pushes, whose branch main has what was assigned."""
    root = sound_atlas(tmp_path / "atlas")
    assign(root, DAY)
    git(root, "init", "-q", "-b", "main")
    git(root, "config", "receive.denyCurrentBranch", "updateInstead")
    git(root, "add", "-A")
    git(root, "commit", "-q", "--no-gpg-sign", "-m", "As it stands")
    return root


def clone(origin, place):
    git(origin.parent, "clone", "-q", f"file://{origin}", str(place))
    return place


def forge(clone):
    return Forge(clone, "sound-atlas/atlas", "Sound Atlas publisher <atlas@sound-atlas.example>")


def test_two_clones_that_assign_conflict_on_the_line_of_the_id(origin, tmp_path):
    """The second push is refused, its rebase stops at the ledger of ids, and what then comes of it has another number."""
    clones = [clone(origin, tmp_path / name) for name in ("one", "two")]
    for name, place in zip(("cats", "dogs"), clones, strict=True):
        lay(place, {f"{TERMS}/{name}.md": new_record(f"On {name}")})
        assert [one.id for one in assign(place, DAY)] == ["SA-P-200001"]
        git(place, "add", "-A")
        git(place, "commit", "-q", "--no-gpg-sign", "-m", f"Assign {name}")
    assert git(clones[0], "push", "-q", check=False).returncode == 0
    refused = git(clones[1], "push", "-q", check=False)
    assert refused.returncode == 1
    assert "rejected" in refused.stderr
    stopped = git(clones[1], "pull", "-q", "--rebase", check=False)
    assert stopped.returncode != 0
    conflicts = git(clones[1], "diff", "--name-only", "--diff-filter=U").stdout.split()
    assert IDS_FILE in conflicts
    assert f"SA-P-200001\tprovision\t{TERMS}/cats.md" in (clones[1] / IDS_FILE).read_text()
    # The way out: the register as it was pushed, the new record without its id, and assign again.
    git(clones[1], "checkout", "-q", "--ours", "--", FOLDER)
    lay(clones[1], {f"{TERMS}/dogs.md": new_record("On dogs")})
    assert [one.id for one in assign(clones[1], DAY)] == ["SA-P-200002"]
    assert Held(clones[1]).read().problems == ()


def merge(place, tree):
    """Put files on main, as a merged pull request does."""
    lay(place, tree)
    git(place, "add", "-A")
    git(place, "commit", "-q", "--no-gpg-sign", "-m", "A new record")
    git(place, "push", "-q")


def publish(place, say=lambda _: None):
    """Do what the workflow does before it builds."""
    assign(place, DAY)
    register(place, DAY, AT)
    return commit(forge(place), "main", say)


def test_two_publishings_one_wins_and_nothing_is_lost(origin, tmp_path):
    """Of two runs on one commit the second is stopped before it publishes; a further one enters what it had."""
    clones = [clone(origin, tmp_path / name) for name in ("one", "two")]
    made = publish(clones[0])
    assert git(origin, "rev-parse", "main").stdout.strip() == made
    with pytest.raises(CommitFault, match="main has moved on since this run checked it out"):
        publish(clones[1])
    assert git(origin, "rev-parse", "main").stdout.strip() == made
    again = clone(origin, tmp_path / "again")
    assert publish(again) == made, "everything is entered already"
    assert sums_hold(again)


def test_a_record_that_is_merged_during_a_publishing_is_entered_by_the_next(origin, tmp_path):
    """Main moves between checkout and push: that run publishes nothing, the next one enters both."""
    publishing = clone(origin, tmp_path / "publishing")
    merge(
        clone(origin, tmp_path / "person"), {f"{TERMS}/merged.md": new_record("Merged meanwhile")}
    )
    with pytest.raises(CommitFault, match="nothing is published"):
        publish(publishing)
    assert not (origin / FOLDER / "urls").exists()
    following = clone(origin, tmp_path / "following")
    made = publish(following)
    assert git(origin, "rev-parse", "main").stdout.strip() == made
    published = Held(origin).read().published
    assert set(published.given) >= {"SA-P-200001", "SA-P-100002"}
    assert f"/{TERMS.removeprefix('content/')}/merged/" in published.addresses
    assert "id: SA-P-200001\n" in (origin / f"{TERMS}/merged.md").read_text()


def test_only_what_was_entered_is_committed(origin, tmp_path):
    """The commit has the register and the ids in records, and nothing else that lies about."""
    place = clone(origin, tmp_path / "one")
    lay(place, {"notes.txt": "mine", "templates/parts/x.html": "not ours"})
    made = publish(place)
    paths = git(origin, "show", "--name-only", "--format=", made).stdout.split()
    assert paths
    assert all(path.startswith(f"{FOLDER}/") for path in paths)
    assert git(origin, "log", "-1", "--format=%an <%ae>").stdout.strip() == (
        "Sound Atlas publisher <atlas@sound-atlas.example>"
    )


@pytest.mark.parametrize("name", ["new.md", "accounts-closed-at-will.md"])
def test_what_its_author_did_not_commit_is_not_published(origin, tmp_path, name):
    """A record that is in no commit, or has other words there, stops it with a way out; the id alone is ours to add."""
    place = clone(origin, tmp_path / "one")
    path = f"{TERMS}/{name}"
    there = (place / path).read_text() if (place / path).exists() else new_record()
    lay(place, {path: f"{there}\nOne more paragraph.\n"})
    before = state(place)
    with pytest.raises(CommitFault, match=f"{path} has changes that ./run assign did not make"):
        publish(place)
    assert state(place)[0] == before[0]
    assert git(origin, "log", "-1", "--format=%s").stdout.strip() == "As it stands"


# --- The clone that pushed ---


def state(place):
    """Return the branch and its commit, and what git says of the files."""
    asked = (("branch", "--show-current"), ("rev-parse", "HEAD"))
    head = [git(place, *words).stdout.strip() for words in asked]
    return head, git(place, "status", "--porcelain").stdout.splitlines()


def test_the_branch_here_goes_along_with_what_was_pushed(origin, tmp_path):
    """Branch and index have the commit, what somebody else did in the clone is as it was, and git pulls on from there."""
    place = clone(origin, tmp_path / "one")
    merge(place, {f"{TERMS}/new.md": new_record()})
    lay(place, {"notes.txt": "mine", "LICENSE": "staged"})
    git(place, "add", "LICENSE")
    said = []
    made = publish(place, said.append)
    assert state(place) == (["main", made], ["A  LICENSE", "?? notes.txt"])
    assert len(said) == 1, said
    assert git(place, "pull", "-q", "--ff-only", check=False).returncode == 0
    assert publish(place) == made


def test_a_version_that_somebody_staged_is_left_alone(origin, tmp_path):
    """The index may hold the only copy of it: the branch stays, and how it goes along is said, which loses no file."""
    place = clone(origin, tmp_path / "one")
    merge(place, {f"{TERMS}/new.md": new_record()})
    lay(place, {f"{TERMS}/new.md": new_record("A title that was staged")})
    git(place, "add", "-A")
    lay(place, {f"{TERMS}/new.md": new_record()})
    (before, _), said = state(place), []
    made = publish(place, said.append)
    assert state(place)[0] == before
    assert "A title that was staged" in git(place, "show", f":{TERMS}/new.md").stdout
    assert said[1].startswith(
        "the branch here, main, stays where it was (other versions of these files are staged):"
    )
    git(place, *said[1].split("`")[1].split()[1:])
    assert state(place) == (["main", made], [])


def test_another_branch_is_left_alone(origin, tmp_path):
    """What was pushed to the published branch says nothing of a branch of somebody's own."""
    place, said = clone(origin, tmp_path / "one"), []
    git(place, "switch", "-q", "-c", "mine")
    (before, _) = state(place)
    made = publish(place, said.append)
    assert state(place)[0] == before
    assert (
        f"the branch here, mine, stays where it was (it is not main): `git reset {made[:12]}`"
        in said[1]
    )


def test_a_checkout_without_a_branch_needs_nothing(origin, tmp_path):
    """A workflow checks a commit out: there is no branch that could be behind."""
    place, said = clone(origin, tmp_path / "one"), []
    git(place, "switch", "-q", "--detach")
    publish(place, said.append)
    assert len(said) == 1, said


def test_nothing_is_committed_while_another_command_writes(origin, tmp_path):
    """Half of an edit is never pushed."""
    place = clone(origin, tmp_path / "one")
    with (
        only_writer(place, "./run revise", CommitFault),
        pytest.raises(
            CommitFault, match=r"the run of \./run revise, process \d+ is writing to this"
        ),
    ):
        commit(forge(place), "main", lambda _: None)


def test_what_git_says_is_one_sentence(origin, tmp_path):
    """Git refuses in several lines, which are told in one."""
    place = clone(origin, tmp_path / "one")
    with pytest.raises(ForgeFault) as told:
        forge(place).push("main~99", "main")
    sentence = str(told.value)
    assert "; " in sentence
    assert sentence.isprintable()
