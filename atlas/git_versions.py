"""Reads the versions of a file out of a git repository.

Edge. Runs git without a shell; the repository, somebody else's or our own, is only read.
"""

import subprocess
from collections.abc import Iterator, Sequence
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
    log = git(repository, "log", "--reverse", f"--format={form}", "--diff-filter=AM", "--", file)
    found = [line.split(_SEPARATOR, 2) for line in log.decode("utf-8", "replace").splitlines()]
    if not found:
        raise HistoryFault(f"{repository} holds no version of `{file}`")
    return tuple(
        FileVersion(commit, _instant(at), subject, git(repository, "show", f"{commit}:{file}"))
        for commit, at, subject in found
    )


def earlier_contents(root: Path, files: Sequence[str]) -> Iterator[bytes]:
    """Yield what commits hold under any of some names, below the folder `root`, the newest commit first.

    Nothing is yielded where git knows of no such file, or of nothing at all.
    """
    try:
        commits = git(root, "log", "--format=%H", "--", *files).decode().split()
    except HistoryFault:
        return
    for commit in commits:
        for file in files:
            try:
                yield git(root, "show", f"{commit}:./{file}")
            except HistoryFault:
                continue  # this commit has it under another name, or took it away


def last_commit_at(repository: Path) -> datetime:
    """Return when the newest commit was authored: so far the history tells."""
    return _instant(git(repository, "log", "-1", "--format=%at").decode().strip())


def _instant(seconds: str) -> datetime:
    return datetime.fromtimestamp(int(seconds), UTC)


def git(repository: Path, *arguments: str, asked: bytes = b"") -> bytes:
    """Return what a call of git says that is handed `asked`.

    Raises:
        HistoryFault: it fails, with its first words, or is not there.
    """
    try:
        run = subprocess.run(  # noqa: S603  no shell; what is asked for stands after `--` or `:`
            ["git", *arguments],  # noqa: S607  git is found on the path like every program
            cwd=repository,
            input=asked,
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
