"""Shards into one run: what each found is put in order and recorded once. A line.

A shard compares and writes nothing; its report carries the lines and texts. Only lines that were compared with the
ledger as it stands now are recorded, so that no confirmation is counted twice.
"""

import hashlib
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from pathlib import Path

from atlas import ledger
from atlas.archive import NOT_CONFIGURED
from atlas.examine import UNWATCHED, Progress, settings_of
from atlas.fetch import FetchSettings
from atlas.ledger.chain import decode
from atlas.model import Entry, LedgerLine, LookFailed, RunEnded, TextSeen
from atlas.model.run_report import Carried, RunReport
from atlas.problem import Fault
from atlas.record import EvidenceFolder
from atlas.reports import run_json
from atlas.reports.looks import counts, with_archived
from atlas.verify.archiving import archived
from atlas.verify.choosing import falls_to
from atlas.verify.known import Known, read
from atlas.verify.order import left_out
from atlas.verify.recording import Added, addition, doubt, record
from atlas.verify.run import Ran, nothing_to_record, why_not
from atlas.verify.settings import Settings, Shard


class MergeFault(Fault):
    """The reports do not belong together, or not to this ledger; says which and why."""


def merge(
    root: Path,
    paths: Sequence[Path],
    settings: Settings,
    fetch: FetchSettings,
    progress: Progress = UNWATCHED,
) -> Ran:
    """Record what the shards of one run found, as one run; a folder stands for all reports below it.

    A shard that is missing is refused, or, where the settings say so, told: its documents are looked at the next time.
    A look that is not after the last recorded one at its document is left out.

    Raises:
        Fault: a report cannot be read, or does not fit; nothing was recorded.
    """
    progress.begin("load")
    reports = [_read(path) for path in _files(paths)]
    missing = _missing(reports)
    if missing and not settings.incomplete:
        raise MergeFault(
            f"{_named(missing)} missing: nothing would be recorded of the documents that fall there, and a report that "
            "comes later cannot be merged, since it compared with the ledger as it is now; name all reports, or add "
            "--incomplete to go on without"
        )
    started = min(report.started_at for report in reports)
    refusal = why_not(settings_of(root), settings)
    folder = EvidenceFolder(root, f"{started:%Y%m%dT%H%M%SZ}")
    with nullcontext() if refusal else folder:
        known = read(root, folder, may_write=not refusal)
        added = []
        for report in reports:
            added += (found := [*_added(report, known)])
            _refuse_other_words(report, found)
        instants = [(one.document, one.observed_at) for one in added]
        late = left_out(instants, known.histories, fetch.clock.now())
        names = {one.document for one in late}
        added = [one for one in added if one.document not in names]
        looked = [d for report in reports for d in report.documents if d.document not in names]
        late = (*(one for report in reports for one in report.left_out), *late)
        doubted = doubt([one.failure for one in looked])
        because = refusal or doubted or nothing_to_record(len(added), len(late))
        if not because:
            added = archived(added, known, settings.archive, fetch, progress)
        progress.begin("record")
        new = addition(added, known.unused_name(started), fetch.clock.now(), reports[0].vantage)
        if not because:
            record(folder, known, new)
    copies = {one.document: one.copies for one in added}
    documents = sorted(
        (with_archived(one, copies.get(one.document, ())) for one in looked),
        key=lambda d: d.document,
    )
    merged = reports[0].model_copy(
        update={
            "run": new.lines[-1][0].run,
            "started_at": started,
            "ended_at": max(report.ended_at for report in reports),
            "extractors": new.ended.extractors,
            "repository": settings.repository,
            "shard": None,
            "recorded": not because,
            "because": because,
            "trustworthy": not doubted,
            "doubt": doubted,
            "complete": not missing and all(report.complete for report in reports),
            "captures": None,
            "archive": "on" if settings.archive else NOT_CONFIGURED,
            "counts": counts(documents),
            "documents": tuple(documents),
            "left_out": tuple(sorted(late, key=lambda one: one.document)),
            "carried": None,
        }
    )
    return Ran(merged, known.broken, missing=tuple(_unseen(missing, known)))


def _files(paths: Sequence[Path]) -> Iterator[Path]:
    for path in paths:
        found = sorted(path.rglob("*.json")) if path.is_dir() else [path]
        if not found:
            raise MergeFault(f"there is no report in {path}")
        yield from found


def _read(path: Path) -> RunReport:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise MergeFault(f"{path} cannot be read: {error.strerror or error}") from error
    return run_json.read(content, str(path))


def _missing(reports: Sequence[RunReport]) -> list[Shard]:
    """Return the shards that no report is of; refuse reports that are no shards of one run."""
    shards = [report.shard or "" for report in reports]
    of = {shard.partition("/")[2] for shard in shards}
    if "" in shards or len(of) != 1 or any(report.carried is None for report in reports):
        raise MergeFault(
            "these reports are not the shards of one run; each is written by ./run verify --shard I/N --report FILE"
        )
    for name, times in [*Counter(shards).items(), *_documents(reports).items()]:
        if times > 1:
            raise MergeFault(f"{name} stands in {times} of the reports; name each shard once")
    all_of_them = (Shard(n, int(next(iter(of)))) for n in range(1, int(next(iter(of))) + 1))
    return [shard for shard in all_of_them if str(shard) not in shards]


def _named(missing: Sequence[Shard]) -> str:
    names = ", ".join(map(str, missing))
    return f"shard {names} is" if len(missing) == 1 else f"shards {names} are"


_MOST_NAMED = 10


def _unseen(missing: Sequence[Shard], known: Known) -> Iterator[str]:
    """Yield for each missing shard which documents fall to it."""
    for shard in missing:
        names = [one.document for one in known.watched if falls_to(one, shard)]
        more = f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else ""
        named = ", ".join(names[:_MOST_NAMED]) or "any document"
        yield (
            f"shard {shard} is missing, so nothing was found of {named}{more}; "
            "a report of it that comes later cannot be merged"
        )


def _documents(reports: Sequence[RunReport]) -> Counter[str]:
    return Counter(document.document for report in reports for document in report.documents)


def _added(report: RunReport, known: Known) -> Iterator[Added]:
    """Yield what a shard adds, taken from the lines that it carries."""
    assert report.carried is not None  # noqa: S101  `_parts` refused those without
    lines = _lines(report, report.carried, known)
    stamp, ended = lines[-1].stamp, lines[-1].entry
    if not isinstance(ended, RunEnded):
        raise MergeFault(f"shard {report.shard}: the line of its run is missing")
    own: dict[str, list[LedgerLine]] = {}
    for line in lines[:-1]:
        assert not isinstance(line.entry, RunEnded)  # noqa: S101  a run has one, its last
        own.setdefault(line.entry.document, []).append(line)
    for document, named in own.items():
        entries = tuple(line.entry for line in named)
        failed = next((e.reason for e in entries if isinstance(e, LookFailed)), None)
        texts = _texts(report.carried, entries)
        at = named[0].stamp
        yield Added(document, at.observed_at, at.vantage, entries, failed, texts, ended.extractors)
    for document in ended.good:
        if document not in own:
            yield Added(document, stamp.observed_at, stamp.vantage, (), None, {}, ended.extractors)
    for reason, documents in ended.failed.items():
        for document in documents:
            yield Added(document, stamp.observed_at, stamp.vantage, (), reason)


def _refuse_other_words(report: RunReport, added: Sequence[Added]) -> None:
    """Refuse a report whose words on documents, which trust is judged by, are not those of its lines."""
    told = {one.document: one.failure and one.failure.reason for one in report.documents}
    if told != {one.document: one.failure for one in added}:
        raise MergeFault(f"shard {report.shard} says something else of documents than its lines do")


def _lines(report: RunReport, carried: Carried, known: Known) -> list[LedgerLine]:
    if carried.based_on != known.last_sha256:
        raise MergeFault(
            f"shard {report.shard} compared with another state of the ledger than the present one; run the shards again"
        )
    content = carried.ledger.encode().splitlines(keepends=True)
    try:
        lines = [decode(line.removesuffix(b"\n")) for line in content]
    except ledger.Wrong as wrong:
        raise MergeFault(f"shard {report.shard} carries a line that is none: {wrong}") from wrong
    if not lines or ledger.chain((line.stamp, line.entry) for line in lines) != content:
        raise MergeFault(f"shard {report.shard} carries lines that are not those it wrote")
    return lines


def _texts(carried: Carried, entries: Sequence[Entry]) -> dict[str, bytes]:
    found = {}
    for entry in entries:
        text = carried.texts.get(entry.text.sha256) if isinstance(entry, TextSeen) else None
        if isinstance(entry, TextSeen) and text is not None:
            if hashlib.sha256(text.encode()).hexdigest() != entry.text.sha256:
                raise MergeFault(
                    f"the text that is carried of {entry.document} is not the one that was seen"
                )
            found[entry.text.sha256] = zlib.compress(text.encode())
    return found
