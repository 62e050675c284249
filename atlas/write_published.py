"""Writes what is published to disk: all files of one command, or none, whoever kills it.

Edge. Knows files and bytes, not what they say. New files are written beside their places first; once
all are on the disk they are moved, and a command that was killed while it moved them is ended by the next.
"""

import shutil
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Self

from atlas import durable
from atlas.load_published import FOLDER, READY
from atlas.problem import Fault
from atlas.writers import only_writer

_STAGED = ".staged"
_NAMES = "names"
"""Lists paths, one a line: `+` and where the file goes that has its number, or `-` and what is taken out."""


class WritePublishedFault(Fault):
    """Nothing can be written to `data/published/`; says why, and what to do."""


class PublishedFolder:
    """The folder `data/published/` of one atlas, while one command writes there, and nobody else edits records.

    Use it in a `with` statement. Everything raises `WritePublishedFault` where the disk is full or
    cannot be written; no file is ever half of anything.
    """

    def __init__(self, root: Path, command: str) -> None:
        """Prepare; `command` is told to whoever comes while it lasts, as in `./run assign`."""
        self._root = root.absolute()
        self._folder = self._root / FOLDER
        self._command = command
        self._turn = ExitStack()

    def __enter__(self) -> Self:
        """Take the folder, and end what a killed command began.

        Raises:
            WritePublishedFault: another command holds it, or nothing can be written there.
        """
        with ExitStack() as turn:
            turn.enter_context(only_writer(self._root, self._command, WritePublishedFault))
            with durable.told(FOLDER, WritePublishedFault):
                durable.make_folder(self._folder)
                shutil.rmtree(self._folder / _STAGED, ignore_errors=True)
                self._move()
            self._turn = turn.pop_all()
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        """Give the folder back."""
        self._turn.close()

    def replace(self, files: Mapping[str, bytes | None]) -> None:
        """Put all files in their places, by path from the root of the atlas, or none of them.

        They are moved in the given order; None for the bytes takes a file out.
        """
        with durable.told(FOLDER, WritePublishedFault):
            staged = self._folder / _STAGED
            try:
                durable.make_folder(staged)
                for number, (path, content) in enumerate(files.items()):
                    self._inside(path)
                    if content is not None:
                        durable.write(staged / str(number), content)
                names = [f"{'-' if new is None else '+'}{path}" for path, new in files.items()]
                durable.write(staged / _NAMES, "\n".join(names).encode())
                durable.sync(staged)
                staged.rename(self._folder / READY)
            except BaseException:
                shutil.rmtree(staged, ignore_errors=True)
                raise
            durable.sync(self._folder)
            self._move()

    def _move(self) -> None:
        """Move files that are all on the disk to their places, and forget that they were to be moved."""
        ready = self._folder / READY
        names = ready / _NAMES
        if names.exists():
            folders = set()
            for number, name in enumerate(names.read_text(encoding="utf-8").split("\n")):
                staged, path = ready / str(number), self._inside(name[1:])
                if name[0] == "-":
                    path.unlink(missing_ok=True)
                elif staged.exists():  # else it was moved before we came
                    durable.make_folder(path.parent)
                    staged.replace(path)
                    folders.add(path.parent)
            for folder in folders:
                durable.sync(folder)
            names.unlink()
        if ready.exists():
            ready.rmdir()
            durable.sync(self._folder)

    def _inside(self, path: str) -> Path:
        parts = path.removeprefix(f"{FOLDER}/").split("/")
        if not path.startswith(f"{FOLDER}/") or not all(part.strip(".") for part in parts):
            raise WritePublishedFault(f"{path} is not below {FOLDER}/; nothing is written there")
        return self._root / path
