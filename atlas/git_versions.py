"""Reads every version of one file out of a git repository.

Edge. Runs git without a shell; the repository is somebody else's and only read.
"""

import subprocess
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from atlas.problem import Fault

_SEPARATOR = "\x1f"
_PATIENCE = 120
"""Seconds that one call of git may take."""


class HistoryFault(Fault):
    """A repository's history cannot be read; says why."""


@dataclass(frozen=True, slots=True)
class FileVersion:
    """A file as one commit left it."""

    commit: str
    at: datetime
    """When the commit was authored, in UTC."""
    subject: str
    content: bytes = field(repr=False)


def versions(repository: Path, file: str) -> tuple[FileVersion, ...]:
    """Return every version of a file that the checked-out branch leads to, oldest first.

    Raises:
        HistoryFault: this is no repository, or it never held such a file.
    """
    form = _SEPARATOR.join(["%H", "%at", "%s"])
    log = _git(repository, "log", "--reverse", f"--format={form}", "--diff-filter=AM", "--", file)
    found = [line.split(_SEPARATOR, 2) for line in log.decode("utf-8", "replace").splitlines()]
    if not found:
        raise HistoryFault(f"{repository} holds no version of `{file}`")
    return tuple(
        FileVersion(commit, _instant(at), subject, _git(repository, "show", f"{commit}:{file}"))
        for commit, at, subject in found
    )


def last_commit_at(repository: Path) -> datetime:
    """Return when the newest commit was authored: so far the history tells."""
    return _instant(_git(repository, "log", "-1", "--format=%at").decode().strip())


def _instant(seconds: str) -> datetime:
    return datetime.fromtimestamp(int(seconds), UTC)


def _git(repository: Path, *arguments: str) -> bytes:
    try:
        run = subprocess.run(  # noqa: S603  no shell; what is asked for stands after `--` or `:`
            ["git", *arguments],  # noqa: S607  git is found on the path like every program
            cwd=repository,
            capture_output=True,
            timeout=_PATIENCE,
            check=False,
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise HistoryFault(f"git cannot read {repository}: {error}") from error
    if run.returncode != 0:
        said = run.stderr.decode("utf-8", "replace").strip().splitlines()
        raise HistoryFault(
            f"git cannot read {repository}: {said[0] if said else 'no reason given'}"
        )
    return run.stdout
