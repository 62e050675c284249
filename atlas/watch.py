"""Waits for files to change: the one owner of watchfiles.

Edge. Folders may be deleted and come back while they are watched; what editors write beside a
file on the way to saving it is no change.
"""

import os
import re
from collections.abc import Generator, Iterator, Sequence
from pathlib import Path
from threading import Event

from watchfiles import watch
from watchfiles._rust_notify import WatchfilesRustInternalError
from watchfiles.main import FileChange

from atlas.problem import Fault

_QUIET_MS = 25
"""A burst is over when nothing changed for this long."""
_BURST_MS = 500
"""A burst that goes on is reported at least this often."""
_LOOK_MS = 500
"""How often to look whether the watched folders are still the same ones."""

_PASSING = re.compile(
    r"""
      \..*                      # .git, .DS_Store, .file.swp, .#file
    | .*~                       # file~
    | \#.*\#                    # #file#
    | .*\.(?:sw[a-z]|tmp|temp|part|bak|orig|crdownload|pyc)
    | .*___jb_(?:tmp|old)___
    """,
    re.VERBOSE | re.IGNORECASE,
)


class WatchFault(Fault):
    """The folders cannot be watched; says why."""


Stamp = tuple[tuple[str, int, int, int], ...]
"""Every watched file as it stands: path, inode, size, time of the last change."""


def changes(folders: Sequence[Path], stop: Event, seen: Stamp) -> Iterator[frozenset[Path]]:
    """Yield whenever something below `folders` changes, until `stop` is set.

    `seen` is how the files stood when they were last read, so that nothing is lost between reading
    and watching. Yields the paths that changed; no path where only a folder went or came.
    """
    stamp = seen
    while not stop.is_set():
        watched, unheard = _identities(folders), False
        if watched:
            unheard, stamp = yield from _while_same(folders, watched, stop, stamp)
        else:
            unheard = stamp_of(folders) != stamp
        while not unheard and _identities(folders) == watched and not stop.is_set():
            stop.wait(_LOOK_MS / 1000)
        if not stop.is_set():
            before, stamp = stamp, stamp_of(folders)
            yield _differing(before, stamp)


def stamp_of(folders: Sequence[Path]) -> Stamp:
    """Return how the files below `folders` stand now."""
    return tuple(sorted(entry for folder in folders for entry in _entries(folder)))


def matters(path: Path, folders: Sequence[Path]) -> bool:
    """Return whether a change of `path` is one that people made, not their editor or their tools."""
    for folder in folders:
        if path.is_relative_to(folder):
            return not any(_PASSING.fullmatch(part) for part in path.relative_to(folder).parts)
    return False


def _while_same(
    folders: Sequence[Path], watched: Sequence[tuple[Path, int]], stop: Event, stamp: Stamp
) -> Generator[frozenset[Path], None, tuple[bool, Stamp]]:
    """Yield changes until a folder is another one.

    Returns whether files changed unheard meanwhile, and how they stood when changes were last told.
    """
    first = True
    for found in _events(folders, watched, stop):
        changed = frozenset(Path(name) for _, name in found)
        if first:
            changed |= _differing(stamp, stamp_of(folders))
            first = False
        if changed:
            stamp = stamp_of(folders)
            yield changed
            # A folder that went and came back while the listener was busy is watched no more.
            if stamp != stamp_of(folders):
                return True, stamp
        if _identities(folders) != watched:
            return False, stamp
    return False, stamp


def _differing(before: Stamp, now: Stamp) -> frozenset[Path]:
    return frozenset(Path(name) for name, *_ in {*before} ^ {*now})


def _events(
    folders: Sequence[Path], watched: Sequence[tuple[Path, int]], stop: Event
) -> Iterator[set[FileChange]]:
    try:
        yield from watch(
            *(folder for folder, _ in watched),
            watch_filter=lambda _, name: matters(Path(name), folders),
            debounce=_BURST_MS,
            step=_QUIET_MS,
            stop_event=stop,
            rust_timeout=_LOOK_MS,
            yield_on_timeout=True,
            ignore_permission_denied=True,
        )
    except WatchfilesRustInternalError as error:
        raise WatchFault(
            f"the folders cannot be watched: {error}; is a file's name not UTF-8?"
        ) from error


def _identities(folders: Sequence[Path]) -> list[tuple[Path, int]]:
    found = []
    for folder in folders:
        try:
            found.append((folder, folder.stat().st_ino))
        except OSError:
            continue
    return found


def _entries(folder: Path) -> Iterator[tuple[str, int, int, int]]:
    for place, names, files in os.walk(folder):
        names[:] = [name for name in names if not _PASSING.fullmatch(name)]
        for name in files:
            if _PASSING.fullmatch(name):
                continue
            path = os.path.join(place, name)  # noqa: PTH118  ten thousand of these on every look
            try:
                found = os.stat(path)  # noqa: PTH116
            except OSError:
                continue
            yield path, found.st_ino, found.st_size, found.st_mtime_ns
