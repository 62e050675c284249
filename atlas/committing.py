"""Puts what was entered on the published branch, before anything of it is published: in one commit, or not at all.

A line: joins the working copy with the forge. A branch that has moved on since is never written over;
where it takes no direct pushes, one pull request holds what was entered.
"""

from collections.abc import Callable

from atlas.against import PUBLISHED
from atlas.forge import Forge, MovedFault, ProtectedFault
from atlas.load_published import FOLDER
from atlas.problem import Fault

BRANCH = "publish/entered"
"""Where what was entered waits while the published branch takes no direct pushes."""
CHECK = "check.yml"
"""Workflow that is started by hand, since what a workflow's own token pushes starts none."""

_TITLE = "Published: enter what goes out now"
_BODY = "Machine files, and new ids in records: what `./run assign` and `./run register` wrote.\n"
_WRITTEN = (FOLDER, "content")
"""What the two write: the register, and the line of its id in a new record."""


class CommitFault(Fault):
    """What was entered cannot be committed; says why."""


def commit(forge: Forge, branch: str, say: Callable[[str], None]) -> str | None:
    """Return the commit of `branch` that has what was entered; None where it waits in a pull request.

    Raises:
        CommitFault: the branch has moved on since it was checked out; nothing was committed.
        ForgeFault: git or gh refuses.
    """
    base = forge.checked_out()
    files = {path: new for part in _WRITTEN for path, new in forge.changed_below(part).items()}
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
    _mark(forge, made)
    say(f"{len(files)} files committed to {branch}: {made}")
    return made


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
