"""From the looks of a run to the lines, states and texts that it adds, and to the disk. A line."""

import unicodedata
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from atlas import __version__, ledger
from atlas.fold import after
from atlas.model import Archived, Entry, Failure, RunEnded, Stamp, TextSeen
from atlas.model.run_report import Carried, FailureReport
from atlas.record import EvidenceFolder
from atlas.verify.known import Known

SUSPECT_PERCENT = 20
SUSPECT_AT_LEAST = 5
"""A run of which more than that share, and so many documents, are suspect says something of us, not of the world."""
SILENT_AT_LEAST = 5
"""A run that looked at so many documents or more, and had no answer at all, says something of our network."""


@dataclass(frozen=True, slots=True)
class Added:
    """What one document adds to the ledger."""

    document: str
    observed_at: datetime
    vantage: str
    entries: tuple[Entry, ...]
    failure: Failure | None = None
    texts: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    """New good texts by hash, packed."""
    extractors: tuple[str, ...] = ()

    @property
    def stamp(self) -> Stamp:
        """When and from where, before the run has a name."""
        return Stamp("", self.observed_at, self.observed_at, self.vantage)

    @property
    def copies(self) -> tuple[Archived, ...]:
        """The archived copies that were asked for."""
        return tuple(entry for entry in self.entries if isinstance(entry, Archived))


@dataclass(frozen=True, slots=True)
class Addition:
    """All that a run adds, in the order of the ledger."""

    lines: tuple[tuple[Stamp, Entry], ...]
    ended: RunEnded
    """The entry of the last line."""
    texts: Mapping[str, bytes] = field(repr=False)
    """By hash, packed."""


def doubt(failures: Sequence[FailureReport | None]) -> str:
    """Return why a run is not to be trusted, given why each look failed, if it did; empty where it is to be."""
    suspect = sum(one is not None and one.reason is Failure.SUSPECT for one in failures)
    if suspect >= SUSPECT_AT_LEAST and suspect * 100 > SUSPECT_PERCENT * len(failures):
        return "too many documents are suspect: that says something of us, not of the world"
    if len(failures) >= SILENT_AT_LEAST and all(map(_is_silence, failures)):
        return f"none of {len(failures)} documents could be reached: our own network is the likelier cause"
    return ""


def _is_silence(failure: FailureReport | None) -> bool:
    """Return whether no server gave an answer, not even a refusal."""
    silent = {Failure.UNREACHABLE, Failure.BAD_CERTIFICATE}
    return failure is not None and failure.reason in silent and failure.status is None


def addition(added: Sequence[Added], run: str, recorded_at: datetime, vantage: str) -> Addition:
    """Return what a run adds: the lines of each document in order of id, at last the line of the run.

    The line of the run bears the instant of the earliest look that it stands for, so that no document is ever said
    to have been looked at later than it was.
    """
    ordered = sorted(added, key=lambda one: one.document)
    recorded_at = recorded_at.replace(microsecond=0)
    lines: list[tuple[Stamp, Entry]] = []
    for one in ordered:
        stamp = Stamp(run, recorded_at, one.observed_at, one.vantage)
        lines += [(stamp, entry) for entry in one.entries]
    repeated = [one for one in ordered if all(isinstance(e, Archived) for e in one.entries)]
    failed = {
        reason: tuple(one.document for one in repeated if one.failure is reason)
        for reason in Failure
    }
    ended = RunEnded(
        good=tuple(one.document for one in repeated if one.failure is None),
        failed={reason: documents for reason, documents in failed.items() if documents},
        extractors=tuple(sorted({name for one in ordered for name in one.extractors})),
        unicode=unicodedata.unidata_version,
        program=__version__,
    )
    at = min((one.observed_at for one in repeated or ordered), default=recorded_at)
    lines.append((Stamp(run, recorded_at, at, vantage), ended))
    texts = {sha256: text for one in ordered for sha256, text in one.texts.items()}
    return Addition(tuple(lines), ended, texts)


def record(folder: EvidenceFolder, known: Known, new: Addition) -> None:
    """Write what a run adds: texts, states, lines.

    Raises:
        RecordFault: the disk is full or cannot be written; what was there is whole.
    """
    lines = ledger.chain(new.lines, known.last)
    folder.record(
        _texts(new),
        dict(_states(known, new)),
        ledger.month_of(new.lines[0][0]),
        lines,
        ledger.encode_head(lines[-1]),
    )


def _texts(new: Addition) -> Iterator[tuple[str, bytes]]:
    """Yield each text that a line names as new, with the document that it is of."""
    for _, entry in new.lines:
        if isinstance(entry, TextSeen) and entry.text.sha256 in new.texts:
            yield entry.document, zlib.decompress(new.texts[entry.text.sha256])


def _states(known: Known, new: Addition) -> Iterator[tuple[str, bytes]]:
    """Yield the state of each document of which something is new, as the ledger will give it."""
    ended = new.ended
    named = {
        *ended.good,
        *(document for documents in ended.failed.values() for document in documents),
    }
    named |= {entry.document for _, entry in new.lines if not isinstance(entry, RunEnded)}
    states = {document: known.state(document) for document in named}
    for stamp, entry in new.lines:
        touched = named if isinstance(entry, RunEnded) else (entry.document,)
        for document in touched:
            states[document] = after(states[document], stamp, entry)
    for document in sorted(named):
        yield document, ledger.encode_state(states[document])


def carried(known: Known, new: Addition) -> Carried:
    """Return what a shard hands on to the job that merges."""
    texts = {sha256: zlib.decompress(text).decode() for sha256, text in new.texts.items()}
    lines = b"".join(ledger.chain(new.lines))
    return Carried(based_on=known.last_sha256, ledger=lines.decode(), texts=texts)
