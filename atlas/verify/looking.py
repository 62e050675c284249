"""Fetch, extract, fingerprint, locate, compare: many documents at once, each judged the moment it is there. A line."""

import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Protocol

from atlas import compare
from atlas.compare import Finding
from atlas.examine import Progress
from atlas.fetch import Clock, visit
from atlas.model import DocumentState, Failure, Fetched, Stamp, TextSeen, Watched
from atlas.model.run_report import DocumentReport, LeftOut, LookOutcome
from atlas.problem import Fault
from atlas.reports.looks import document_report
from atlas.verify.choosing import last_full
from atlas.verify.known import Known, is_current
from atlas.warc import Capture


class Looks(Protocol):
    """Whoever answers for the sources: the fetcher, or a file of captures."""

    async def fetch(
        self,
        watched: Watched,
        state: DocumentState,
        extractor_is_current: bool,  # noqa: FBT001
        last_full: datetime | None,
    ) -> Fetched:
        """Look at all sources of a document once."""

    def next_at(self, host: str) -> float:
        """Return from when on a host may be asked."""


@dataclass(frozen=True, slots=True)
class Looked:
    """One document with what a look at it came to."""

    watched: Watched
    before: DocumentState
    finding: Finding
    """Without its texts."""
    report: DocumentReport
    vantage: str
    texts: Mapping[str, bytes] = field(repr=False)
    """The good text by its hash, where it is to be held; packed, since a run may bring thousands."""


@dataclass(slots=True)
class Looking:
    """The looks of one run, as they come in."""

    known: Known
    run: str
    vantage: Callable[[Watched], str]
    clock: Clock
    keep: Callable[[Capture], None] | None = None
    """Takes the captures of what changed and what is suspect; None: nobody does."""
    left_out: tuple[LeftOut, ...] = ()
    """Captures that are not judged, since they are not after the last recorded look."""
    looked: list[Looked] = field(default_factory=list)
    bugs: list[Exception] = field(default_factory=list)
    """What was raised over a document that no server and no page should be able to raise."""
    _took: dict[str, timedelta] = field(default_factory=dict)

    async def at(
        self, documents: Sequence[Watched], looks: Looks, hosts_at_once: int, progress: Progress
    ) -> None:
        """Look at each document once. What was judged before an interruption stays in `looked`."""
        progress.begin("look", len(documents))
        by_id = {watched.document: watched for watched in documents}

        async def fetch_one(watched: Watched) -> Fetched:
            history = self.known.histories.get(watched.document)
            state = self.known.state(watched.document)
            began = self.clock.monotonic()
            full = last_full(history, self.clock.now())
            try:
                fetched = await looks.fetch(watched, state, is_current(state, watched), full)
            except Exception as error:  # noqa: BLE001  as below
                self._bug(watched.document, error)
                return Fetched(watched.document, self.clock.now())
            self._took[watched.document] = timedelta(seconds=self.clock.monotonic() - began)
            # The ledger counts whole seconds.
            return replace(fetched, observed_at=fetched.observed_at.replace(microsecond=0))

        def found(fetched: Fetched) -> None:
            progress.advance()
            if fetched.document in self._took:
                try:
                    self._judge(by_id[fetched.document], fetched)
                except Fault:
                    raise
                except Exception as error:  # noqa: BLE001  the others are none the worse for it; told at the end
                    self._bug(fetched.document, error)

        await visit(documents, fetch_one, found, next_at=looks.next_at, hosts_at_once=hosts_at_once)

    def _bug(self, document: str, error: Exception) -> None:
        error.add_note(f"while looking at {document}")
        self.bugs.append(error)

    def _judge(self, watched: Watched, fetched: Fetched) -> None:
        began = self.clock.monotonic()
        before = self.known.state(watched.document)
        at = fetched.observed_at
        vantage = self.vantage(watched)
        stamp = Stamp(self.run, at, at, vantage)
        held = self.known.text(before.text.text.sha256) if before.text else None
        finding = compare.verify(watched, fetched, before, held, stamp)
        took = self._took[watched.document] + timedelta(seconds=self.clock.monotonic() - began)
        report = document_report(watched, fetched, finding, before, took, self.known.words)
        if self.keep and _is_worth_keeping(report):
            self.keep(Capture(fetched, _outcome(report), vantage))
        slim = replace(finding, text=None, quarantined=None)
        self.looked.append(Looked(watched, before, slim, report, vantage, _texts(finding)))


def _texts(finding: Finding) -> dict[str, bytes]:
    if finding.text is None:
        return {}
    packed = zlib.compress(finding.text.encode())
    return {e.text.sha256: packed for e in finding.entries if isinstance(e, TextSeen)}


def _is_worth_keeping(report: DocumentReport) -> bool:
    if report.failure:
        return report.failure.reason is Failure.SUSPECT
    return report.outcome not in {LookOutcome.UNCHANGED, LookOutcome.NOTHING_NEW}


def _outcome(report: DocumentReport) -> str:
    return report.failure.reason.value if report.failure else report.outcome.value
