"""Writes evidence to disk so that it is whole at every moment, whoever kills the run.

Edge. Knows files and bytes, not what they say. Each file is put in its place with one rename after
its bytes are on the disk; texts come before states, states before the ledger, its head last. What a
killed run left is cleared by the next one, which makes the states again from the ledger.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path
from types import TracebackType
from typing import Self

from atlas import durable
from atlas.problem import Fault

FOLDER = "data/evidence"
_LOCK = ".lock"


class RecordFault(Fault):
    """Evidence cannot be written; says why, and what to do."""


class EvidenceFolder:
    """The folder `data/evidence/` of one atlas, while one run holds it.

    Use it in a `with` statement. Everything raises `RecordFault` where the disk is full, cannot be
    written, or holds something else than what was written; no file is ever half of anything.
    """

    def __init__(self, root: Path, holder: str) -> None:
        """Prepare; `holder` is the name of the run, told to whoever comes while it lasts."""
        self._folder = root.absolute() / FOLDER
        self._holder = holder
        self._turn = ExitStack()

    def __enter__(self) -> Self:
        """Take the folder, and clear what a killed run left.

        Raises:
            RecordFault: another run holds it, or nothing can be written there.
        """
        with _told(), ExitStack() as turn:
            self._folder.mkdir(parents=True, exist_ok=True)
            lock = self._folder / _LOCK
            turn.enter_context(durable.alone(lock, self._holder, FOLDER, RecordFault))
            self._clear()
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

    def last_line(self) -> bytes | None:
        """Return the last line of the ledger with its line feed; None: there is none."""
        with _told():
            months = self._months()
            return months[-1].read_bytes().splitlines(keepends=True)[-1] if months else None

    def text(self, sha256: str) -> bytes | None:
        """Return a text that is held of any document; None: there is none."""
        with _told():
            path = next((self._folder / "texts" / sha256[:2]).glob(f"{sha256}.*.txt"), None)
            if path is None:
                return None
            content = path.read_bytes()
        if hashlib.sha256(content).hexdigest() != sha256:
            raise RecordFault(_is_other(path))
        return content

    def state(self, document: str) -> bytes | None:
        """Return the file of a document's state; None: there is none."""
        path = self._folder / "documents" / f"{document}.json"
        with _told():
            return path.read_bytes() if path.exists() else None

    def mend(self, write: Mapping[str, bytes], remove: Iterable[str] = ()) -> None:
        """Write and remove files that a killed run left behind, by path from the root of the atlas."""
        with _told():
            for name, content in write.items():
                durable.put(self._inside(name), content)
            for name in remove:
                self._inside(name).unlink(missing_ok=True)

    def record(
        self,
        texts: Iterable[tuple[str, bytes]],
        states: Mapping[str, bytes],
        month: str,
        lines: Sequence[bytes],
        head: bytes,
    ) -> None:
        """Write what a run found: texts with their documents, then states by document, then its lines, then the head.

        The lines go to the file of `month`, all of them or none. What is there already, byte for
        byte, is left alone; a text is never written over.
        """
        with _told():
            for document, text in texts:
                self._put_text(document, text)
            for document, content in states.items():
                durable.put(self._folder / "documents" / f"{document}.json", content)
            self._append(month, lines)
            durable.put(self._folder / "ledger" / "head.json", head)

    def _put_text(self, document: str, content: bytes) -> None:
        sha256 = hashlib.sha256(content).hexdigest()
        path = self._folder / "texts" / sha256[:2] / f"{sha256}.{document}.txt"
        if path.exists() and path.read_bytes() != content:
            raise RecordFault(_is_other(path))
        durable.put(path, content)

    def _append(self, month: str, lines: Sequence[bytes]) -> None:
        """Put a month's file in its own place with lines more: so a run is in the ledger, or is not."""
        path = self._folder / "ledger" / f"{month}.jsonl"
        months = self._months()
        if months and path < months[-1]:
            raise RecordFault(
                f"the clock says that it is {month}, and the ledger already reaches {months[-1].stem};"
                " set the clock of this machine; nothing was recorded"
            )
        before = path.read_bytes() if path.exists() else b""
        durable.put(path, b"".join([before, *lines]))

    def _clear(self) -> None:
        """Remove files that never came to their place, and a last line that was cut off while it was written."""
        for leftover in sorted(self._folder.rglob(f"{durable.NEW}*")):
            leftover.unlink()
        months = self._months()
        if not months:
            return
        content = months[-1].read_bytes()
        whole = content[: content.rfind(b"\n") + 1]
        if content and whole == content:
            return
        # A line that the head knows was whole once: it was not torn by us, and dropping it would lose evidence.
        if self._known() > sum(month.read_bytes().count(b"\n") for month in months):
            raise RecordFault(
                f"{FOLDER}/ledger/{months[-1].name}: the last line was whole and is torn;"
                " bring the file back as it was committed"
            )
        if whole:
            durable.put(months[-1], whole)
        else:
            months[-1].unlink()

    def _known(self) -> int:
        """Return the number of the last line, as the head has it; 0 where there is none."""
        head = self._folder / "ledger" / "head.json"
        try:
            return int(json.loads(head.read_bytes())["seq"]) if head.exists() else 0
        except (ValueError, KeyError, TypeError):
            raise RecordFault(
                f"{FOLDER}/ledger/head.json is not what was written; bring it back as it was committed"
            ) from None

    def _months(self) -> list[Path]:
        return sorted((self._folder / "ledger").glob("[0-9]*.jsonl"))

    def _inside(self, name: str) -> Path:
        below = name.removeprefix(f"{FOLDER}/")
        if below == name or ".." in below.split("/"):
            raise RecordFault(f"{name} is not below {FOLDER}/; nothing is written there")
        return self._folder / below


def _is_other(path: Path) -> str:
    name = f"{FOLDER}/texts/{path.parent.name}/{path.name}"
    return f"{name} is not the text that was held; bring it back as it was committed; nothing was written over it"


def _told() -> AbstractContextManager[None]:
    """Turn what the disk refuses into a sentence."""
    return durable.told(FOLDER, RecordFault)
