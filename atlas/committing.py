"""Puts what was entered on the published branch, before anything of it is published: in one commit, or not at all.

A line: joins the working copy with the forge. A branch that has moved on since is never written over;
where it takes no direct pushes, one pull request holds what was entered.
"""

import re
from collections.abc import Callable, Collection, Mapping

from atlas import git_trees
from atlas.against import PUBLISHED
from atlas.forge import Forge, ForgeFault, MovedFault, ProtectedFault
from atlas.load_published import FOLDER
from atlas.problem import Fault
from atlas.writers import only_writer

BRANCH = "publish/entered"
"""Where what was entered waits while the published branch takes no direct pushes."""
CHECK = "check.yml"
"""Workflow that is started by hand, since what a workflow's own token pushes starts none."""

_TITLE = "Published: enter what goes out now"
_BODY = "Machine files, and new ids in records: what `./run assign` and `./run register` wrote.\n"
_RECORDS = "content"
"""Where assign writes one line: its id, in a new record."""
_ID = re.compile(rb"^id: .*\n", re.MULTILINE)


class CommitFault(Fault):
    """What was entered cannot be committed; says why."""


def commit(forge: Forge, branch: str, say: Callable[[str], None]) -> str | None:
    """Return the commit of `branch` that has what was entered; None where it waits in a pull request.

    Raises:
        CommitFault: the branch has moved on since it was checked out, or another command writes; nothing was committed.
        ForgeFault: git or gh refuses.
    """
    with only_writer(forge.root, "./run commit", CommitFault):
        return _committed(forge, branch, say)


def _committed(forge: Forge, branch: str, say: Callable[[str], None]) -> str | None:
    base = forge.checked_out()
    entered, records = forge.changed_below(FOLDER), forge.changed_below(_RECORDS)
    _refuse_others(forge, base, records)
    files = {**entered, **records}
    made = forge.commit(base, files, f"{_TITLE}\n") if files else None
    if forge.head(branch) != base:
        raise _moved(branch)
    if made is None:
        say("nothing new was entered")
        _mark(forge, base)
        return base
    try:
        forge.push(made, branch)
    except MovedFault as moved:
        raise _moved(branch) from moved
    except ProtectedFault:
        _by_pull_request(forge, made, branch, say)
        return None
    say(f"{len(files)} files committed to {branch}: {made}")
    _follow(forge, made, branch, files, say)
    _mark(forge, made)
    return made


def _refuse_others(forge: Forge, base: str, records: Mapping[str, bytes | None]) -> None:
    """See that records differ from a commit by the line of their id alone: the rest is their author's to commit.

    Raises:
        CommitFault: one has other changes.
    """
    held = git_trees.files(forge.root, base, tuple(records)) if records else ()
    before = {file.path: file.content for file in held}
    for path, now in sorted(records.items()):
        if now is None or before.get(path) != _ID.sub(b"", now, count=1):
            raise CommitFault(
                f"{path} has changes that ./run assign did not make; commit them, or put them aside with"
                " `git stash --include-untracked`, and begin again with ./run assign; nothing was committed"
            )


def _follow(
    forge: Forge, made: str, branch: str, files: Collection[str], say: Callable[[str], None]
) -> None:
    """Let the branch here have what was pushed, or say how it gets it; nobody's file is touched."""
    here = forge.branch()
    if here is None:
        return
    try:
        if here == branch and forge.follow(made, files):
            return
        reason = (
            "other versions of these files are staged" if here == branch else f"it is not {branch}"
        )
    except ForgeFault as fault:
        reason = str(fault)
    say(
        f"the branch here, {here}, stays where it was ({reason}): `git reset {made[:12]}` takes it along;"
        " that unstages what is staged, and touches no file"
    )


def _mark(forge: Forge, commit: str) -> None:
    """Let the branch of what was entered last move on to a commit.

    Raises:
        CommitFault: the commit does not follow on it.
    """
    try:
        forge.push(commit, PUBLISHED)
    except MovedFault as moved:
        raise CommitFault(
            f"{commit[:10]} does not come from what was published last (`git log origin/{PUBLISHED}`):"
            f" bring its history back, or, if all of it is here, move the branch {PUBLISHED} by hand;"
            " nothing is published"
        ) from moved
    except ProtectedFault as protected:
        raise CommitFault(
            f"the branch {PUBLISHED}, which remembers what was published last, takes no pushes; let"
            " the publishing workflow push to it; nothing is published"
        ) from protected


def _by_pull_request(forge: Forge, made: str, branch: str, say: Callable[[str], None]) -> None:
    forge.push(made, BRANCH, force=True)
    if not forge.pulls(branch=BRANCH):
        forge.make_label()
        forge.open_pull(BRANCH, branch, _TITLE, _BODY)
    forge.merge_when_ready(BRANCH)
    forge.start(CHECK, BRANCH)
    say(
        f"{branch} is protected: what was entered waits in the pull request of {BRANCH},"
        " and nothing is published before it is merged"
    )


def _moved(branch: str) -> CommitFault:
    return CommitFault(
        f"{branch} has moved on since this run checked it out, so what was entered here is dropped"
        " and nothing is published; run it again from there"
    )
