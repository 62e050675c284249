"""Reads what the verifier wrote below `data/evidence/`: machine files whole, texts as hashes only.

Edge. Judges nothing but whether a file can be read at all. Every first reading hashes every text; one
reader may read again, and then takes from disk only what has another size, inode or time of change.
"""

import hashlib
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from atlas.load import LoadFault, visible_name
from atlas.model import SourceFile
from atlas.problem import FIRST_LINE, Problem

FOLDER = "data/evidence"
LARGEST = 256 * 1024 * 1024
"""Bytes of a machine file, or of a text, that are read at most."""
_CHUNK = 1024 * 1024
_TEXTS = f"{FOLDER}/texts/"

State = tuple[int, int, int]
"""Inode, size and time of the last change of a file."""


@dataclass(frozen=True, slots=True)
class LoadedEvidence:
    """The evidence as it stands on disk."""

    files: tuple[SourceFile, ...] = ()
    """Ledger, states and imports."""
    text_hashes: Mapping[str, str] = field(default_factory=dict, repr=False)
    """SHA-256 of every text, by path."""
    windows: frozenset[str] = frozenset()
    """Texts that are not what their name says and have Windows line endings."""
    problems: tuple[Problem, ...] = ()


class EvidenceReader:
    """Reads the evidence of one atlas, at first and again."""

    def __init__(self, root: Path) -> None:
        """Prepare to read the atlas at `root`."""
        self._root = root
        self._states: dict[str, State] = {}
        self._files: dict[str, SourceFile] = {}
        self._hashes: dict[str, str] = {}
        self._windows: set[str] = set()
        self._loaded = LoadedEvidence()

    def read(self) -> LoadedEvidence:
        """Return the evidence; the very same value as before where no file has changed."""
        problems: list[Problem] = []
        found = dict(machine_files(self._root, FOLDER, "the evidence", problems))
        if found == self._states and tuple(problems) == self._loaded.problems:
            return self._loaded
        for gone in self._states.keys() - found.keys():
            self._forget(gone)
        for path, state in found.items():
            if self._states.get(path) != state:
                self._forget(path)
                try:
                    self._take(path)
                except FileNotFoundError:
                    continue  # gone between listing and reading: a run that writes
                except OSError as error:
                    problems.append(no_access(path, error))
                    continue
                self._states[path] = state
        self._loaded = LoadedEvidence(
            tuple(self._files[path] for path in sorted(self._files)),
            {path: self._hashes[path] for path in sorted(self._hashes)},
            frozenset(self._windows),
            tuple(problems),
        )
        return self._loaded

    def _take(self, path: str) -> None:
        if not path.startswith(_TEXTS):
            self._files[path] = SourceFile(path, (self._root / path).read_bytes())
            return
        digest = hashlib.sha256()
        with (self._root / path).open("rb") as stream:
            while chunk := stream.read(_CHUNK):
                digest.update(chunk)
        self._hashes[path] = digest.hexdigest()
        if f"/{self._hashes[path]}." not in path and _is_windows(self._root / path):
            self._windows.add(path)

    def _forget(self, path: str) -> None:
        self._states.pop(path, None)
        self._files.pop(path, None)
        self._hashes.pop(path, None)
        self._windows.discard(path)


def load_text(root: Path, path: str) -> bytes:
    """Return a text as it stands at a path below `root`, to be hashed by whoever publishes it.

    Raises:
        LoadFault: it cannot be read.
    """
    try:
        return (root / path).read_bytes()
    except OSError as error:
        raise LoadFault(f"{path} cannot be read: {error.strerror}") from error


def machine_files(
    root: Path, below: str, what: str, problems: list[Problem]
) -> Iterator[tuple[str, State]]:
    """Yield each file below a folder with how it stands, and tell what is no file of `what` the folder holds."""
    folders = [root / below]
    if folders[0].is_symlink():
        hint = "put the folder itself here; nothing below a link to a folder is read"
        problems.append(_unreadable(below, "this is a link to a folder", hint))
        return
    while folders:
        folder = folders.pop()
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except FileNotFoundError:
            continue
        except OSError as error:
            if not folder.exists():
                continue  # a file stands where `data` belongs: whoever reads the records tells that
            name = Path(error.filename).relative_to(root).as_posix()
            message = f"this folder cannot be read: {error.strerror}"
            problems.append(_unreadable(name, message, "check its permissions"))
            continue
        for entry in entries:
            path = Path(entry.path)
            if entry.name.startswith("."):
                continue  # the lock of a run, or a file that it has not yet put in its place
            if entry.is_dir(follow_symlinks=False):
                folders.append(path)
                continue
            name = path.relative_to(root).as_posix()
            if not entry.is_file(follow_symlinks=False) or not name.isprintable():
                problems.append(_unreadable(name, f"this is no file of {what}", "take it out"))
                continue
            try:
                status = entry.stat(follow_symlinks=False)
            except FileNotFoundError:
                continue
            if status.st_size > LARGEST:
                message = f"this file has more than {LARGEST // 1024**2} MiB"
                problems.append(_unreadable(name, message, "bring it back as it was committed"))
                continue
            yield name, (status.st_ino, status.st_size, status.st_mtime_ns)


def no_access(path: str, error: OSError) -> Problem:
    """Make a problem of a file that the system does not let us read."""
    message = f"this file cannot be read: {error.strerror}"
    return _unreadable(path, message, "check its permissions")


def _is_windows(path: Path) -> bool:
    with path.open("rb") as stream:
        return b"\r\n" in stream.read(_CHUNK)


def _unreadable(path: str, message: str, hint: str) -> Problem:
    return Problem("unreadable-file", visible_name(path), FIRST_LINE, message, hint)
