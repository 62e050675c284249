"""Reads what was published, below `data/published/`: machine files whole.

Edge. Judges nothing but whether a file can be read at all. One reader may read again, and then
takes from disk only what has another size, inode or time of change.
"""

from dataclasses import dataclass
from pathlib import Path

from atlas.load_evidence import State, machine_files, no_access
from atlas.model import SourceFile
from atlas.problem import FIRST_LINE, Problem

FOLDER = "data/published"
READY = ".ready"
"""Folder of files that a command is moving to their places."""

_UNFINISHED = Problem(
    "unreadable-file",
    FOLDER,
    FIRST_LINE,
    "a command is writing to this folder, or was stopped before it had ended",
    "run ./run assign or ./run register: either ends what was begun",
)


@dataclass(frozen=True, slots=True)
class LoadedPublished:
    """The files as they stand on disk, in order of path, and what could not be read."""

    files: tuple[SourceFile, ...] = ()
    problems: tuple[Problem, ...] = ()


class PublishedReader:
    """Reads what one atlas has published, at first and again."""

    def __init__(self, root: Path) -> None:
        """Prepare to read the atlas at `root`."""
        self._root = root
        self._states: dict[str, State] = {}
        self._files: dict[str, SourceFile] = {}
        self._loaded = LoadedPublished()

    def read(self) -> LoadedPublished:
        """Return the files; the very same value as before where none has changed."""
        problems: list[Problem] = []
        found = dict(machine_files(self._root, FOLDER, "what was published", problems))
        if (self._root / FOLDER / READY).exists():
            problems.append(_UNFINISHED)
        if found == self._states and tuple(problems) == self._loaded.problems:
            return self._loaded
        states, files = {}, {}
        for path, state in sorted(found.items()):
            if self._states.get(path) == state:
                files[path] = self._files[path]
            else:
                try:
                    files[path] = SourceFile(path, (self._root / path).read_bytes())
                except FileNotFoundError:
                    continue  # gone between listing and reading: a command that writes
                except OSError as error:
                    problems.append(no_access(path, error))
                    continue
            states[path] = state
        self._states, self._files = states, files
        self._loaded = LoadedPublished(tuple(files.values()), tuple(problems))
        return self._loaded
