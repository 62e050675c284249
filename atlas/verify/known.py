"""What is known before a run: the records, what is watched for them, and all that was ever seen. A line."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from atlas import ledger, load
from atlas.extract import EXTRACTORS, recipe
from atlas.ledger.chain import decode
from atlas.link import link
from atlas.load_evidence import EvidenceReader
from atlas.model import (
    Atlas,
    DocumentState,
    Evidence,
    History,
    LookFailed,
    Site,
    SourceFile,
    Watched,
)
from atlas.parse import parse
from atlas.problem import Fault, Problem
from atlas.record import EvidenceFolder
from atlas.site import read_words, words_file
from atlas.watching import watched
from atlas.words import FILE, Words


class KnownFault(Fault):
    """The records or the evidence cannot be used; says where and why."""


@dataclass(frozen=True, slots=True)
class Known:
    """The atlas and its evidence, checked and folded."""

    site: Site
    watched: tuple[Watched, ...]
    unwatched: tuple[LookFailed, ...]
    histories: Mapping[str, History]
    words: Words
    atlas: Atlas = field(repr=False)
    last: bytes | None
    """The last line of the ledger."""
    broken: int
    """How many problems keep files from being read as records."""
    folder: EvidenceFolder = field(repr=False)

    def state(self, document: str) -> DocumentState:
        """Return where a document stands, from the ledger alone."""
        history = self.histories.get(document)
        return (history and history.state) or DocumentState(document)

    def text(self, sha256: str) -> str | None:
        """Return a held text, its hash recomputed."""
        content = self.folder.text(sha256)
        return None if content is None else content.decode()

    def unused_name(self, started: datetime) -> str:
        """Return the name of a run that starts now, other than that of the last one."""
        name = f"{started:%Y%m%dT%H%M%SZ}"
        last = None if self.last is None else decode(self.last.removesuffix(b"\n"))
        number = 2
        while last and last.stamp.run == name:
            name = f"{started:%Y%m%dT%H%M%SZ}-{number}"
            number += 1
        return name

    @property
    def last_sha256(self) -> str:
        """The hash of the last line of the ledger; 64 zeros where there is none."""
        if self.last is None:
            return ledger.FIRST
        return hashlib.sha256(self.last.removesuffix(b"\n")).hexdigest()


def read(root: Path, folder: EvidenceFolder, *, may_write: bool) -> Known:
    """Return what is known of the atlas at `root`, and mend what a killed run left where that may be written.

    Raises:
        KnownFault: there is no site, or the evidence is broken; names the file and the line.
    """
    loaded = load.load(root)
    records, problems = parse(loaded.files)
    if records.site is None:
        raise KnownFault("data/site.yaml is missing or not in order; ./run check says more")
    atlas = link(records)
    watch, unwatched = watched(atlas)
    evidence = _evidence(root, folder, may_write=may_write)
    language = records.site.language
    texts = load.load_templates(root).texts
    file = words_file(texts, language) or FILE
    return Known(
        records.site,
        watch,
        unwatched,
        evidence.histories,
        read_words(texts[file], language, file),
        atlas,
        folder.last_line(),
        len([*loaded.problems, *problems]),
        folder,
    )


def is_current(state: DocumentState, watched: Watched) -> bool:
    """Return whether the text that is held was read as it would be read today."""
    if state.text is None or state.text.recipe != recipe(watched.sources):
        return False
    return set(state.text.extractor.split("+")) <= set(EXTRACTORS)


def _evidence(root: Path, folder: EvidenceFolder, *, may_write: bool) -> Evidence:
    found = EvidenceReader(root).read()
    _refuse(found.problems)
    files = {file.path: file for file in found.files}
    hashes = dict(found.text_hashes)
    mending, problems = ledger.mending(found.files, hashes)
    _refuse(problems)
    if may_write:
        folder.mend(mending.write, mending.remove)
    for path, content in mending.write.items():
        files[path] = SourceFile(path, content)
    for path in mending.remove:
        files.pop(path, None)
        hashes.pop(path, None)
    evidence, problems = ledger.read_evidence(files.values(), hashes, found.windows)
    _refuse(problems)
    return evidence


def _refuse(problems: tuple[Problem, ...]) -> None:
    if problems:
        first = problems[0]
        more = f" ({len(problems) - 1} more: ./run check lists them)" if problems[1:] else ""
        where = f"{first.path}:{first.span.line}"
        raise KnownFault(
            f"{where}: {first.message}; {first.hint}. Nothing was looked at{more}.", first
        )
