"""The machine files of an atlas, evidence and what was published: read from disk, every hash made again.

A line: joins reading with the ledgers. Whoever asks again gets what is known while no file changes.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from atlas import load_evidence, load_published
from atlas.ledger import TEXTS_FOLDER, read_evidence
from atlas.load_evidence import EvidenceReader, LoadedEvidence
from atlas.load_published import LoadedPublished, PublishedReader
from atlas.model import Evidence, Published, Records, SourceFile
from atlas.problem import Problem
from atlas.published import read_published
from atlas.published.places import BROKEN

_FOLDERS = (f"{load_evidence.FOLDER}/", f"{load_published.FOLDER}/")


@dataclass(frozen=True, slots=True)
class Holding:
    """What the machine files say, what is wrong with them, and the files themselves."""

    evidence: Evidence
    published: Published
    problems: tuple[Problem, ...]
    files: tuple[SourceFile, ...]

    @property
    def is_broken(self) -> bool:
        """Whether what was published is not what was written then."""
        return any(problem.code == BROKEN for problem in self.problems)

    def joined(self, records: Records) -> Records:
        """Return records together with what the machine files say."""
        return replace(records, evidence=self.evidence, published=self.published)


class Held:
    """The machine files of one atlas, for a process that examines it more than once."""

    def __init__(self, root: Path) -> None:
        """Prepare to read the atlas at `root`."""
        self._readers = EvidenceReader(root), PublishedReader(root)
        self._evidence: tuple[LoadedEvidence, _Evidence] | None = None
        self._published: tuple[LoadedPublished, _Published] | None = None
        self._holding: Holding | None = None

    def read(self) -> Holding:
        """Return what they say as they stand now."""
        evidence, published = self._readers[0].read(), self._readers[1].read()
        if self._evidence is None or self._evidence[0] is not evidence:
            self._evidence, self._holding = (evidence, _of_evidence(evidence)), None
        if self._published is None or self._published[0] is not published:
            self._published, self._holding = (published, _of_published(published)), None
        if self._holding is None:
            files = (*evidence.files, *published.files)
            self._holding = _holding(self._evidence[1], self._published[1], files)
        return self._holding


def of_files(files: Iterable[SourceFile]) -> Holding:
    """Return what the machine files say among files that are at hand."""
    found = [file for file in files if is_machine_file(file)]
    texts = [file for file in found if file.path.startswith(f"{TEXTS_FOLDER}/")]
    hashes = {file.path: hashlib.sha256(file.content).hexdigest() for file in texts}
    windows = frozenset(file.path for file in texts if b"\r\n" in file.content)
    others = tuple(file for file in found if file.path not in hashes)
    evidence = tuple(file for file in others if file.path.startswith(_FOLDERS[0]))
    published = tuple(file for file in others if file.path.startswith(_FOLDERS[1]))
    return _holding(
        _of_evidence(LoadedEvidence(evidence, hashes, windows)),
        _of_published(LoadedPublished(published)),
        others,
    )


def is_machine_file(file: SourceFile) -> bool:
    """Return whether the program wrote a file, and no person."""
    return file.path.startswith(_FOLDERS)


_Evidence = tuple[Evidence, tuple[Problem, ...]]
_Published = tuple[Published, tuple[Problem, ...]]


def _of_evidence(loaded: LoadedEvidence) -> _Evidence:
    evidence, problems = read_evidence(loaded.files, loaded.text_hashes, loaded.windows)
    return evidence, (*loaded.problems, *problems)


def _of_published(loaded: LoadedPublished) -> _Published:
    published, problems = read_published(loaded.files)
    return published, (*loaded.problems, *problems)


def _holding(evidence: _Evidence, published: _Published, files: tuple[SourceFile, ...]) -> Holding:
    return Holding(evidence[0], published[0], (*evidence[1], *published[1]), files)
