"""The evidence that an atlas holds: read from disk, every hash made again, folded.

A line: joins reading with the ledger. Whoever asks again gets what is known while no file changes.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from atlas.ledger import TEXTS_FOLDER, read_evidence
from atlas.load_evidence import FOLDER, EvidenceReader, LoadedEvidence
from atlas.model import Evidence, SourceFile
from atlas.problem import Problem


@dataclass(frozen=True, slots=True)
class Holding:
    """Evidence with what is wrong with it, and the machine files that it was read from."""

    evidence: Evidence
    problems: tuple[Problem, ...]
    files: tuple[SourceFile, ...]


class Held:
    """The evidence of one atlas, for a process that examines it more than once."""

    def __init__(self, root: Path) -> None:
        """Prepare to read the atlas at `root`."""
        self._reader = EvidenceReader(root)
        self._loaded: LoadedEvidence | None = None
        self._holding: Holding | None = None

    def read(self) -> Holding:
        """Return the evidence as it stands now."""
        loaded = self._reader.read()
        if self._holding is None or loaded is not self._loaded:
            self._loaded, self._holding = loaded, _holding(loaded)
        return self._holding


def of_files(files: Iterable[SourceFile]) -> Holding:
    """Return the evidence among files that are at hand."""
    found = [file for file in files if is_evidence(file)]
    texts = [file for file in found if file.path.startswith(f"{TEXTS_FOLDER}/")]
    hashes = {file.path: hashlib.sha256(file.content).hexdigest() for file in texts}
    windows = frozenset(file.path for file in texts if b"\r\n" in file.content)
    others = tuple(file for file in found if file.path not in hashes)
    return _holding(LoadedEvidence(others, hashes, windows))


def is_evidence(file: SourceFile) -> bool:
    """Return whether the verifier or an import wrote a file, and no person."""
    return file.path.startswith(f"{FOLDER}/")


def _holding(loaded: LoadedEvidence) -> Holding:
    evidence, problems = read_evidence(loaded.files, loaded.text_hashes, loaded.windows)
    return Holding(evidence, (*loaded.problems, *problems), loaded.files)
