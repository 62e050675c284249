"""Branches, pull requests and issues: git for what is committed, `gh` for what is discussed.

Edge. Runs both without a shell. Commits are made beside the working copy, with an index of their
own, so that no file of it is touched.
"""

import json
import os
import subprocess
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from atlas.problem import Fault

LABEL = "verifier"
"""Marks the issues and pull requests that are ours to update."""

_PATIENCE = 120
"""Seconds that one call may take."""
_AT_MOST = "500"
"""Pull requests or issues that are listed at once."""
_PROTECTED = ("protected branch", "GH006", "GH013")


class ForgeFault(Fault):
    """git or gh refuses; holds what it said."""


class ProtectedFault(ForgeFault):
    """The branch takes no direct pushes."""


class MovedFault(ForgeFault):
    """The branch has moved on in the meantime."""


@dataclass(frozen=True, slots=True)
class Thread:
    """A pull request or an issue."""

    number: int
    body: str
    branch: str = ""
    """Of a pull request."""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Forge:
    """The repository at `root`, its `origin`, and the forge that serves it."""

    root: Path
    repository: str
    """Owner and name."""
    author: str
    """Name and address of who commits: `Name <address>`."""

    # --- What is committed ---

    def head(self, branch: str) -> str | None:
        """Return the commit that a branch of `origin` has now, fetched; None where there is none."""
        listed = self._git("ls-remote", "origin", f"refs/heads/{branch}").split()
        if not listed:
            return None
        self._git("fetch", "--quiet", "--no-tags", "origin", listed[0])
        return listed[0]

    def changed_below(self, folder: str) -> dict[str, bytes | None]:
        """Return the files of a folder that differ from the commit that is checked out; None: gone."""
        listed = self._git(
            "status", "--porcelain", "-z", "--no-renames", "--untracked-files=all", "--", folder
        )
        paths = [entry[3:] for entry in listed.split("\0") if entry]
        files = {path: self.root / path for path in paths}
        return {p: file.read_bytes() if file.is_file() else None for p, file in files.items()}

    def checked_out(self) -> str:
        """Return the commit that is checked out."""
        return self._git("rev-parse", "HEAD").strip()

    def is_same(self, one: str, other: str, folder: str) -> bool:
        """Return whether a folder is the same in two commits."""
        return self._tree(one, folder) == self._tree(other, folder)

    def commit(self, parent: str, files: Mapping[str, bytes | None], message: str) -> str | None:
        """Return a new commit on `parent` with these files; None where they are what it has.

        None for the bytes takes a file out.
        """
        with tempfile.TemporaryDirectory(prefix="atlas-index-") as folder:
            index = {"GIT_INDEX_FILE": str(Path(folder, "index"))}
            self._git("read-tree", parent, env=index)
            for path, content in sorted(files.items()):
                if content is None:
                    self._git("update-index", "--force-remove", "--", path, env=index)
                    continue
                blob = self._git("hash-object", "-w", "--no-filters", "--stdin", stdin=content)
                entry = f"100644,{blob.strip()},{path}"
                self._git("update-index", "--add", "--cacheinfo", entry, env=index)
            tree = self._git("write-tree", env=index).strip()
        if tree == self._git("rev-parse", f"{parent}^{{tree}}").strip():
            return None
        name, _, address = self.author.rstrip(">").partition(" <")
        who = {
            f"GIT_{role}_{what}": value
            for role in ("AUTHOR", "COMMITTER")
            for what, value in (("NAME", name), ("EMAIL", address))
        }
        made = self._git(
            "commit-tree", tree, "-p", parent, "-F", "-", stdin=message.encode(), env=who
        )
        return made.strip()

    def same_change(self, one: str, other: str) -> bool:
        """Return whether two commits change the same files in the same way, whatever they stand on."""
        return self._change(one) == self._change(other)

    def push(self, commit: str, branch: str, *, force: bool = False) -> None:
        """Put a commit on a branch of `origin`.

        Raises:
            ProtectedFault: the branch takes no direct pushes.
            MovedFault: the branch has another commit by now.
        """
        spec = f"{'+' if force else ''}{commit}:refs/heads/{branch}"
        try:
            self._git(*_CREDENTIALS, "push", "--quiet", "origin", spec)
        except ForgeFault as fault:
            said = str(fault)
            if any(word in said for word in _PROTECTED):
                raise ProtectedFault(said) from fault
            if "fetch first" in said or "non-fast-forward" in said:
                raise MovedFault(said) from fault
            raise

    def branch(self) -> str | None:
        """Return the branch that is checked out; None: a commit is, and no branch."""
        name = self._git("rev-parse", "--symbolic-full-name", "HEAD").strip()
        return name.removeprefix("refs/heads/") if name.startswith("refs/heads/") else None

    def follow(self, commit: str, paths: Iterable[str]) -> bool:
        """Let the branch that is checked out, and the index, have a commit that was made on top of it.

        Of the index only `paths` are touched, and no file at all. Returns whether that was done: it is not
        where a third version of one of these files is staged.
        """
        listed = "".join(f"{path}\0" for path in paths).encode()
        ours = set(listed.decode().split("\0"))
        if self._staged("HEAD") & self._staged(commit) & ours:
            return False
        # The index goes first: stopped in between, `git pull --ff-only` takes the branch along.
        self._git(
            "--literal-pathspecs", "reset", "--quiet", "--pathspec-from-file=-", "--pathspec-file-nul",
            commit, stdin=listed,
        )  # fmt: skip
        self._git("update-ref", "-m", "commit: what was entered", "HEAD", commit, f"{commit}^")
        return True

    def delete_branch(self, branch: str) -> None:
        """Take a branch of `origin` away, where it is there."""
        if self._git("ls-remote", "origin", f"refs/heads/{branch}").strip():
            self._git(*_CREDENTIALS, "push", "--quiet", "origin", f":refs/heads/{branch}")

    # --- What is discussed ---

    def pulls(self, state: str = "open", branch: str | None = None) -> list[Thread]:
        """Return the pull requests of a state (`open`, `closed`), of one branch or of all."""
        only = ["--head", branch] if branch else []
        fields = "number,body,headRefName,title"
        listed = self._gh(
            "pr", "list", "--state", state, *only, "--limit", _AT_MOST, "--json", fields
        )
        return [
            Thread(one["number"], one["body"] or "", one["headRefName"], one["title"])
            for one in _objects(listed)
        ]

    def open_pull(self, branch: str, base: str, title: str, body: str) -> None:
        """Open a pull request."""
        self._gh(
            "pr", "create", "--head", branch, "--base", base, "--title", title, "--label", LABEL,
            "--body-file", "-", stdin=body,
        )  # fmt: skip

    def edit_pull(self, number: int, title: str, body: str) -> None:
        """Give a pull request another title and body."""
        self._gh("pr", "edit", str(number), "--title", title, "--body-file", "-", stdin=body)

    def close_pull(self, number: int, comment: str) -> None:
        """Close a pull request and say why."""
        self._gh("pr", "close", str(number), "--comment", comment)

    def merge_when_ready(self, branch: str) -> None:
        """Let the pull request of a branch be merged once its checks pass."""
        self._gh("pr", "merge", branch, "--auto", "--squash")

    def issues(self) -> list[Thread]:
        """Return our open issues."""
        fields = "number,body,title"
        listed = self._gh(
            "issue", "list", "--state", "open", "--label", LABEL, "--limit", _AT_MOST, "--json", fields
        )  # fmt: skip
        return [Thread(i["number"], i["body"] or "", title=i["title"]) for i in _objects(listed)]

    def open_issue(self, title: str, body: str) -> None:
        """Open an issue."""
        self._gh(
            "issue", "create", "--title", title, "--label", LABEL, "--body-file", "-", stdin=body
        )

    def edit_issue(self, number: int, title: str, body: str) -> None:
        """Give an issue another title and body."""
        self._gh("issue", "edit", str(number), "--title", title, "--body-file", "-", stdin=body)

    def close_issue(self, number: int, comment: str) -> None:
        """Close an issue and say why."""
        self._gh("issue", "close", str(number), "--comment", comment)

    def make_label(self) -> None:
        """Make sure that our label exists."""
        told = "Opened and updated by the scheduled look at the sources"
        self._gh("label", "create", LABEL, "--force", "--description", told)

    def start(self, workflow: str, branch: str) -> None:
        """Start a workflow on a branch: what a workflow's own token pushes starts none by itself."""
        self._gh("workflow", "run", workflow, "--ref", branch)

    # --- Both ---

    def _staged(self, commit: str) -> set[str]:
        """Return the files of which the index holds something else than a commit."""
        listed = self._git("diff-index", "--cached", "--name-only", "-z", "--no-renames", commit)
        return set(filter(None, listed.split("\0")))

    def _tree(self, commit: str, folder: str) -> str:
        return self._git("ls-tree", commit, "--", folder)

    def _change(self, commit: str) -> str:
        raw = self._git("diff-tree", "--no-commit-id", "-r", "--raw", "--no-abbrev", commit)
        return "\n".join(sorted(line.split(" ", 3)[-1] for line in raw.splitlines()))

    def _git(
        self, *arguments: str, stdin: bytes | None = None, env: Mapping[str, str] | None = None
    ) -> str:
        return _run(["git", *arguments], self.root, stdin, env)

    def _gh(self, *arguments: str, stdin: str | None = None) -> str:
        command = ["gh", *arguments, "--repo", self.repository]
        return _run(command, self.root, stdin.encode() if stdin is not None else None, None)


_CREDENTIALS = ("-c", "credential.helper=", "-c", "credential.helper=!gh auth git-credential")
"""The checkout keeps no token; gh has the one of the step."""


def _objects(listed: str) -> list[dict[str, Any]]:
    try:
        found = json.loads(listed or "[]")
    except ValueError as error:
        raise ForgeFault(f"gh answered with something that is no JSON: {listed[:200]}") from error
    return list(found)


def _run(
    command: Sequence[str], root: Path, stdin: bytes | None, env: Mapping[str, str] | None
) -> str:
    settings = {**os.environ, "LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0", **(env or {})}
    try:
        done = subprocess.run(  # noqa: S603  no shell; values are arguments or standard input
            command,
            cwd=root,
            input=stdin if stdin is not None else b"",
            capture_output=True,
            timeout=_PATIENCE,
            env=settings,
            check=False,
        )
    except FileNotFoundError as error:
        raise ForgeFault(f"`{command[0]}` is not installed, and this needs it") from error
    except subprocess.SubprocessError as error:
        raise ForgeFault(f"`{' '.join(command[:3])}` does not answer: {error}") from error
    if done.returncode != 0:
        lines = (line.strip() for line in done.stderr.decode("utf-8", "replace").splitlines())
        said = "; ".join(filter(None, lines)) or "no reason given"
        raise ForgeFault(f"`{' '.join(command[:3])}` failed: {said[:2000]}")
    return done.stdout.decode("utf-8", "replace")
