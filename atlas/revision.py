"""What git says of the working copy: its revision and the repository that it was cloned from.

Edge. Both may be unknown: a build needs no git and no history.
"""

import os
import re
import subprocess
from pathlib import Path


def revision(root: Path) -> str | None:
    """Return the commit that is checked out, with `+` when files differ from it, or None."""
    commit = _git(root, "rev-parse", "--short=12", "HEAD")
    if commit is None:
        return None
    changed = _git(root, "status", "--porcelain", "--", "content", "data", "templates", "atlas")
    return f"{commit}+" if changed else commit


def repository(root: Path) -> str | None:
    """Return owner and name of the running repository (`clause-atlas/atlas`), or None.

    A workflow says it in GITHUB_REPOSITORY; elsewhere the address of `origin` does.
    """
    stated = os.environ.get("GITHUB_REPOSITORY")
    if stated:
        return stated
    origin = _git(root, "remote", "get-url", "origin") or ""
    match = re.search(r"github\.com[/:]([\w.-]+/[\w.-]+?)(?:\.git)?/?$", origin)
    return match[1] if match else None


def _git(root: Path, *arguments: str) -> str | None:
    try:
        run = subprocess.run(  # noqa: S603  fixed arguments
            ["git", *arguments],  # noqa: S607  git is found on the path like every program
            cwd=root,
            capture_output=True,
            text=True,
            timeout=20,
            check=False,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return run.stdout.strip() if run.returncode == 0 else None
