"""Puts a finished site on disk, whole or not at all.

Edge. Everything is written to a fresh folder beside the output and swapped in with one system call
where the system has one; a failed or killed build leaves the last good site as it was.
"""

import ctypes
import ctypes.util
import errno
import fcntl
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from atlas.problem import Fault

MARKER = ".atlas-site"
"""A file in every output folder: what holds it was written by us and may be replaced."""

_RENAME_EXCHANGE = 2  # renameat2(2), Linux
_RENAME_SWAP = 2  # renamex_np(2), macOS
_AT_FDCWD = -100


class WriteFault(Fault):
    """The site cannot be written; says why and what to do."""


@dataclass(frozen=True, slots=True)
class OutputFile:
    """A file to publish: path below the output folder (`/` between names), and bytes."""

    path: str
    content: bytes = field(repr=False)


@contextmanager
def fresh_site(output: Path) -> Iterator[Path]:
    """Give a fresh folder to write to, and put it in the place of `output` when the block ends well.

    One build at a time writes to an output; another waits.

    Raises:
        WriteFault: `output` is not ours to replace, or cannot be written.
    """
    output = output.absolute()
    try:
        _refuse_strangers(output)
        output.parent.mkdir(parents=True, exist_ok=True)
        with _alone(output):
            _clear_leftovers(output)
            fresh = Path(tempfile.mkdtemp(prefix=f".{output.name}.new-", dir=output.parent))
            try:
                fresh.chmod(0o755)
                (fresh / MARKER).write_text(
                    "This folder is replaced by every build.\n", encoding="utf-8"
                )
                yield fresh
                _swap(fresh, output)
            finally:
                shutil.rmtree(fresh, ignore_errors=True)
    except OSError as error:
        raise WriteFault(
            f"{output}: {error.strerror or error}; the last good site is untouched"
        ) from error


def write_file(folder: Path, file: OutputFile) -> None:
    """Write one file of a fresh folder.

    Raises:
        WriteFault: another page already took that path, perhaps in other letter case, or it leads elsewhere.
    """
    if not all(part.strip(".") for part in file.path.split("/")):
        raise WriteFault(f"{file.path!r} is outside the site; nothing is written there")
    path = folder / file.path
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("xb") as stream:
            stream.write(file.content)
    except FileExistsError:
        raise WriteFault(f"two pages would be written to {file.path}; rename one of them") from None


def _refuse_strangers(output: Path) -> None:
    if output.is_symlink() or (output.exists() and not output.is_dir()):
        raise WriteFault(f"{output} is not a folder; choose another with --output")
    if output.is_dir() and any(output.iterdir()) and not (output / MARKER).is_file():
        raise WriteFault(
            f"{output} holds files that no build wrote; choose another folder with --output, or empty it"
        )


@contextmanager
def _alone(output: Path) -> Iterator[None]:
    path = output.parent / f".{output.name}.lock"
    while True:
        with path.open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            # Whoever had the lock took its name away, so that nothing stays beside the site: there may be a new one.
            if not _is_at(lock.fileno(), path):
                continue
            try:
                yield
            finally:
                path.unlink(missing_ok=True)
            return


def _is_at(handle: int, path: Path) -> bool:
    """Return whether an open file is the one that has this name now."""
    try:
        return os.path.samestat(os.fstat(handle), path.stat())
    except FileNotFoundError:
        return False


def _clear_leftovers(output: Path) -> None:
    # The lock is ours, so whatever a killed build left behind belongs to nobody.
    for leftover in output.parent.glob(f".{output.name}.new-*"):
        shutil.rmtree(leftover, ignore_errors=True)
    old = output.parent / f".{output.name}.old"
    if old.exists() and not output.exists():
        old.rename(output)  # killed between the two renames of a system that cannot exchange
    shutil.rmtree(old, ignore_errors=True)


def _swap(fresh: Path, output: Path) -> None:
    if not output.exists():
        fresh.rename(output)
    elif not _exchange(fresh, output):
        old = output.parent / f".{output.name}.old"
        output.rename(old)
        fresh.rename(output)
        shutil.rmtree(old, ignore_errors=True)


def _exchange(one: Path, other: Path) -> bool:
    """Swap two folders in one step; return whether the system can."""
    libc = ctypes.CDLL(ctypes.util.find_library("c"), use_errno=True)
    names = (os.fsencode(one), os.fsencode(other))
    if sys.platform == "linux" and hasattr(libc, "renameat2"):
        status = libc.renameat2(_AT_FDCWD, names[0], _AT_FDCWD, names[1], _RENAME_EXCHANGE)
    elif sys.platform == "darwin" and hasattr(libc, "renamex_np"):
        status = libc.renamex_np(*names, _RENAME_SWAP)
    else:
        return False
    if status == 0:
        return True
    if ctypes.get_errno() in {errno.EINVAL, errno.ENOSYS, errno.ENOTSUP}:
        return False
    raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


def replace_file(path: Path, content: bytes) -> None:
    """Put `content` in the place of a file, whole or not at all, with the rights that it had."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        mode = path.stat().st_mode & 0o777 if path.exists() else 0o644
        Path(name).chmod(mode)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
