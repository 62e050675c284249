"""Reads what a commit holds below some folders, and what of it is different on disk now.

Edge. Paths are told from the folder that was asked for, whichever folder of its repository that is.
"""

from collections.abc import Sequence
from pathlib import Path

from atlas.git_versions import HistoryFault, git
from atlas.model import SourceFile

_FILE = ("100644", "100755")
_DEEPER = "; this clone has not all commits: `git fetch --unshallow` brings the others"


def commit(root: Path, ref: str) -> str:
    """Return the hash of the commit that a name means.

    Raises:
        HistoryFault: it means none, or this is no repository; says what to do.
    """
    git(root, "rev-parse", "--git-dir")
    if ref.startswith("-"):
        raise HistoryFault(f"`{ref}` is not the name of a commit")
    try:
        return git(root, "rev-parse", "--verify", "--quiet", f"{ref}^{{commit}}").decode().strip()
    except HistoryFault:
        raise HistoryFault(
            f"git knows no commit `{ref}` here; `git fetch` brings those of others{_deeper(root)}"
        ) from None


def known(root: Path, ref: str) -> str | None:
    """Return the hash of the commit that a whole name of a branch means here; None: there is no such branch.

    Raises:
        HistoryFault: this is no repository.
    """
    listed = git(root, "for-each-ref", "--format=%(objectname)", ref).decode().split()
    return listed[0] if listed else None


def whole(root: Path) -> None:
    """See that a repository has all its commits.

    Raises:
        HistoryFault: it has not, or this is no repository; says what to do.
    """
    git(root, "rev-parse", "--git-dir")
    if _is_shallow(root):
        raise HistoryFault(f"what was published last may not be here{_DEEPER}")


def common(root: Path, one: str) -> str:
    """Return the newest commit that both HEAD and another one come from.

    Raises:
        HistoryFault: there is none here; says what to do.
    """
    try:
        return git(root, "merge-base", "HEAD", one).decode().strip()
    except HistoryFault:
        raise HistoryFault(
            f"git finds no commit that both HEAD and {one[:10]} come from{_deeper(root)}"
        ) from None


def files(root: Path, of: str, folders: Sequence[str]) -> tuple[SourceFile, ...]:
    """Return the files that a commit holds below folders, in order of path.

    Raises:
        HistoryFault: git does not say.
    """
    listed = git(root, "ls-tree", "-r", "-z", of, "--", *folders).split(b"\0")
    found: list[tuple[str, bytes]] = []
    for entry in filter(None, listed):
        about, _, path = entry.partition(b"\t")
        mode, _, name = about.split()
        if mode.decode() in _FILE:
            found.append((path.decode("utf-8", "replace"), name))
    answer = git(root, "cat-file", "--batch", asked=b"".join(b"%s\n" % n for _, n in found))
    held, at = [], 0
    for file, name in found:
        end = answer.index(b"\n", at)
        told, *rest = answer[at:end].split()
        if told != name or len(rest) != len(["blob", "7"]):
            raise HistoryFault(f"git does not have {file} of {of[:10]}{_deeper(root)}")
        at = end + 1
        held.append(SourceFile(file, answer[at : at + int(rest[1])]))
        at += int(rest[1]) + 1
    return tuple(held)


def different(root: Path, of: str, folders: Sequence[str]) -> tuple[str, ...]:
    """Return the paths below folders at which something else is on disk than in a commit, in order.

    Raises:
        HistoryFault: git does not say.
    """
    options = ("--relative", "--no-renames", "--no-ext-diff", "--name-only", "-z")
    changed = git(root, "diff", *options, of, "--", *folders)
    new = git(root, "ls-files", "--others", "-z", "--", *folders)
    paths = {path.decode("utf-8", "replace") for path in (changed + new).split(b"\0") if path}
    return tuple(sorted(p for p in paths if not any(n.startswith(".") for n in p.split("/"))))


def _deeper(root: Path) -> str:
    """Return what to do where a repository has not all commits; nothing where it has."""
    try:
        return _DEEPER if _is_shallow(root) else ""
    except HistoryFault:
        return ""


def _is_shallow(root: Path) -> bool:
    return git(root, "rev-parse", "--is-shallow-repository").strip() == b"true"
