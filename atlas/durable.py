"""How machine files are written: one writer of a folder at a time, each file whole or not at all.

Edge. What is put in its place is on the disk before it has its name; what the disk refuses is told in a sentence.
"""

import errno
import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from atlas.problem import Fault

NEW = ".new-"
"""How the name of a file begins that is not yet in its place."""

_WAYS_OUT = {
    errno.ENOSPC: "make room",
    errno.EDQUOT: "make room",
    errno.EFBIG: "make room",
    errno.EROFS: "run it where the folder can be written",
    errno.EACCES: "give this user the right to write there",
    errno.EPERM: "give this user the right to write there",
}


@contextmanager
def alone(path: Path, holder: str, place: str, fault: type[Fault]) -> Iterator[None]:
    """Have a lock file to ourselves until the block ends; `holder` is told to whoever comes meanwhile.

    `place` is what may be written by one process at a time, as it is called in a sentence.

    Raises:
        Fault: of the kind `fault`: another process holds it.
    """
    handle = _take(path, holder, place, fault)
    try:
        yield
    finally:
        path.unlink(missing_ok=True)
        os.close(handle)


def put(path: Path, content: bytes) -> None:
    """Put bytes in the place of a file, whole or not at all, and see that they are on the disk.

    What is there already, byte for byte, is left alone.
    """
    if path.exists() and path.read_bytes() == content:
        return
    make_folder(path.parent)
    new = path.with_name(f"{NEW}{path.name}")
    try:
        write(new, content)
        new.replace(path)
    except BaseException:
        new.unlink(missing_ok=True)
        raise
    sync(path.parent)


def write(path: Path, content: bytes) -> None:
    """Write a file that nobody reads yet, and see that it is on the disk."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o644)
    try:
        left = memoryview(content)
        while left:
            left = left[os.write(handle, left) :]
        os.fsync(handle)
    finally:
        os.close(handle)


def make_folder(folder: Path) -> None:
    """Make a folder and those above it, and see that they are on the disk."""
    if not folder.is_dir():
        make_folder(folder.parent)
        folder.mkdir(exist_ok=True)
        sync(folder.parent)


def sync(folder: Path) -> None:
    """See that the names in a folder are on the disk."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def told(folder: str, fault: type[Fault]) -> Iterator[None]:
    """Turn what the disk refuses into a sentence."""
    try:
        yield
    except OSError as error:
        way_out = _WAYS_OUT.get(error.errno or 0, "mend that")
        raise fault(
            f"{folder} cannot be written: {error.strerror or error}; {way_out}, then run it again;"
            " no file was left half-written"
        ) from error


def _take(path: Path, holder: str, place: str, fault: type[Fault]) -> int:
    """Return the handle of a lock file that is now ours."""
    while True:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o644)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            # Whoever had the lock took its name away: there may be a new one.
            if _is_at(handle, path):
                os.ftruncate(handle, 0)
                os.write(handle, f"{holder}, process {os.getpid()}\n".encode())
                return handle
        except BlockingIOError:
            other = os.read(handle, 200).decode("utf-8", "replace").strip()
            who = f"the run {other}" if other and other.isprintable() else "another run"
            os.close(handle)
            raise fault(
                f"{who} is writing to {place}; wait until it has ended, then begin again"
            ) from None
        except BaseException:
            os.close(handle)
            raise
        os.close(handle)


def _is_at(handle: int, path: Path) -> bool:
    """Return whether an open file is the one that has this name now."""
    try:
        return os.path.samestat(os.fstat(handle), path.stat())
    except FileNotFoundError:
        return False
