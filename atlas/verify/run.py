"""One run of the verifier: fetch each document, extract its text, fingerprint it, locate each clause, compare, record.

A line: joins the stages over many documents, and has no rules of its own.
"""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path

from atlas import __version__, warc
from atlas.archive import NOT_CONFIGURED
from atlas.examine import UNWATCHED, Progress, settings_of
from atlas.fetch import Fetcher, FetchSettings
from atlas.model import Site, Watched
from atlas.model.run_report import LeftOut, RunReport
from atlas.record import EvidenceFolder
from atlas.reports import looks as reports
from atlas.verify import archiving
from atlas.verify.choosing import chosen
from atlas.verify.known import Known, read
from atlas.verify.looking import Looked, Looking
from atlas.verify.order import left_out, refuse_past
from atlas.verify.recording import Added, addition, carried, doubt, record
from atlas.verify.replaying import Replay
from atlas.verify.settings import Settings

_NOT_STATED = "not stated"


@dataclass(frozen=True, slots=True)
class Ran:
    """What a run came to."""

    report: RunReport
    broken: int = 0
    """How many problems keep files from being read as records."""
    stopped: BaseException | None = None
    """What stopped it before its end; what was finished by then was recorded."""
    bugs: tuple[Exception, ...] = ()
    """What was raised over single documents that nothing should be able to raise; the others were recorded."""
    missing: tuple[str, ...] = ()
    """A sentence for each shard that is missing: what was not looked at."""


def run(
    root: Path, settings: Settings, fetch: FetchSettings, progress: Progress = UNWATCHED
) -> Ran:
    """Look at the sources of the atlas at `root`, judge what came, and record it.

    What was finished before an interruption is recorded like a whole run.

    Raises:
        Fault: nothing could be looked at, or nothing recorded; says why.
    """
    started = fetch.clock.now().replace(microsecond=0)
    refusal = why_not(settings_of(root), settings)
    folder = EvidenceFolder(root, f"{started:%Y%m%dT%H%M%SZ}")
    with nullcontext() if refusal else folder:
        progress.begin("load")
        known = read(root, folder, may_write=not refusal)
        name = known.unused_name(started)
        looking, captures, stopped = _look(known, name, settings, fetch, progress)
        looked = sorted(looking.looked, key=lambda one: one.watched.document)
        doubted = doubt([one.report.failure for one in looked])
        because = refusal or doubted or nothing_to_record(len(looked), len(looking.left_out))
        added = [_added(one) for one in looked]
        if not because and not stopped:
            added = archiving.archived(added, known, settings.archive, fetch, progress)
        progress.begin("record")
        ended = fetch.clock.now().replace(microsecond=0)
        vantage = _vantage(settings, fetch)
        new = addition(added, name, ended, vantage)
        if not because:
            record(folder, known, new)
    report = RunReport(
        run=name,
        started_at=started,
        ended_at=ended,
        program=__version__,
        extractors=new.ended.extractors,
        unicode=new.ended.unicode,
        vantage=vantage,
        repository=settings.repository,
        shard=str(settings.shard) if settings.shard else None,
        recorded=not because,
        because=because,
        trustworthy=not doubted,
        doubt=doubted,
        complete=not stopped and not looking.bugs,
        captures=captures,
        archive="on" if settings.archive else NOT_CONFIGURED,
        counts=reports.counts(one.report for one in looked),
        documents=tuple(
            reports.with_archived(one.report, adds.copies)
            for one, adds in zip(looked, added, strict=True)
        ),
        not_watched=reports.not_watched(known.unwatched, known.words),
        left_out=looking.left_out,
        carried=carried(known, new) if settings.shard else None,
    )
    return Ran(report, known.broken, stopped, tuple(looking.bugs))


def why_not(site: Site, settings: Settings) -> str:
    """Return why a run records nothing, whatever it finds; empty where it may."""
    if settings.dry_run:
        return "this is a dry run"
    if settings.shard:
        return "this is a shard, which ./run verify --merge records"
    if settings.repository != site.repository:
        where = (
            f"this is {settings.repository}"
            if settings.repository
            else "git does not say which repository this is"
        )
        return f"evidence is recorded in {site.repository} only, and {where}"
    return ""


def _look(
    known: Known, name: str, settings: Settings, fetch: FetchSettings, progress: Progress
) -> tuple[Looking, str | None, BaseException | None]:
    """Return the looks of a run, the name of the file of their captures, and what stopped it before its end."""
    documents = chosen(known.watched, known.histories, settings, known.atlas)
    replay = Replay(warc.read(settings.from_warc)) if settings.from_warc else None
    told: tuple[LeftOut, ...] = ()
    if replay:
        names = {one.document for one in documents} & replay.captures.keys()
        late = left_out(replay.instants, known.histories, fetch.clock.now())
        told = tuple(one for one in late if one.document in names)
        names -= {one.document for one in told}
        documents = tuple(one for one in documents if one.document in names)
    else:
        refuse_past((one.document for one in documents), known.histories, fetch.clock.now())

    def vantage(watched: Watched) -> str:
        return replay.vantage(watched) if replay else _vantage(settings, fetch, watched.language)

    async def visited() -> None:
        if replay:
            await looking.at(documents, replay, 1, progress)
            return
        async with Fetcher(fetch) as fetcher:
            await looking.at(documents, fetcher, fetch.hosts_at_once, progress)

    looking = Looking(known, name, vantage, fetch.clock, left_out=told)
    with _captures(settings, name, fetch) as file:
        looking.keep = file.keep if file else None
        stopped = None
        try:
            asyncio.run(visited())
        except BaseException as error:  # noqa: BLE001  Ctrl-C keeps what is finished, and is raised again at the door
            stopped = _leaf(error)
            if isinstance(stopped, Exception):
                raise stopped from None
    return looking, file.path.name if file and file.count else None, stopped


@contextmanager
def _captures(
    settings: Settings, name: str, fetch: FetchSettings
) -> Iterator[warc.Captures | None]:
    if settings.captures is None:
        yield None
        return
    with warc.captures(settings.captures, name, fetch.user_agent) as file:
        yield file


def _leaf(error: BaseException) -> BaseException:
    """Return what was raised, out of the groups that tasks put it in."""
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return error


def _vantage(settings: Settings, fetch: FetchSettings, language: str = "") -> str:
    """Return where the fetcher stands, as the ledger says it: `region EU, language en, ClauseAtlasBot/1.0`."""
    if settings.vantage == _NOT_STATED:
        return _NOT_STATED
    asked = f", language {language}" if language else ""
    return f"{settings.vantage}{asked}, {fetch.user_agent.split()[0]}"


def nothing_to_record(looked: int, left: int) -> str:
    """Return why nothing is to be recorded, from how many documents were looked at and left out; else nothing."""
    if looked:
        return ""
    return "no capture is after the last recorded look" if left else "no document was looked at"


def _added(looked: Looked) -> Added:
    finding = looked.finding
    return Added(
        finding.document,
        finding.observed_at,
        looked.vantage,
        finding.entries,
        finding.failed.reason if finding.failed else None,
        looked.texts,
        (finding.state.text.extractor,) if finding.state.text and not finding.failed else (),
    )
