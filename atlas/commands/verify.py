"""`./run verify`: go back to every source, find out whether each quotation still stands, and record it. Door.

Exit codes of its own: 3 the run is not trustworthy, and nothing was written; 4 a clause stands otherwise than before,
under `--fail-on-change`.
"""

import os
import re
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from atlas.commands.options import outside_sources, typed
from atlas.progress import progress

if TYPE_CHECKING:
    from atlas.archive import ArchiveSettings
    from atlas.verify.run import Ran
    from atlas.verify.settings import Shard

NOT_TRUSTWORTHY = 3
CHANGED = 4

_KEY, _SECRET = "ATLAS_ARCHIVE_KEY", "ATLAS_ARCHIVE_SECRET"


class Part(click.ParamType["Shard"]):
    """One part of all documents on the command line: 2/4."""

    name = "i/n"

    def convert(
        self, value: "str | Shard", param: click.Parameter | None, ctx: click.Context | None
    ) -> "Shard":
        """Return the part, or fail with the form that is wanted."""
        from atlas.verify.settings import Shard

        if isinstance(value, Shard):
            return value
        parts = re.fullmatch(r"([1-9]\d{0,3})/([1-9]\d{0,3})", value)
        if not parts or int(parts[1]) > int(parts[2]):
            self.fail(f"`{value}` is no part; write the second of four as 2/4", param, ctx)
        return Shard(int(parts[1]), int(parts[2]))


@click.command()
@click.option(
    "--document",
    "documents",
    multiple=True,
    metavar="ID",
    help="Only this document; may be repeated.",
)
@click.option(
    "--platform",
    "platforms",
    multiple=True,
    metavar="SLUG",
    help="Only documents of this platform; may be repeated.",
)
@click.option(
    "--stalest",
    type=click.IntRange(1),
    metavar="N",
    help="Only so many: those looked at longest ago.",
)
@click.option("--dry-run", is_flag=True, help="Look, judge and report; write no evidence.")
@click.option(
    "--from-warc",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Take the captures of an earlier run; ask nobody.",
)
@click.option(
    "--captures",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Keep the pages that changed or are suspect in this folder, as WARC.",
)
@click.option(
    "--report", type=click.Path(path_type=Path), metavar="FILE", help="Write the run as JSON."
)
@click.option(
    "--fail-on-change", is_flag=True, help="Exit with 4 when a clause stands otherwise than before."
)
@click.option(
    "--vantage",
    envvar="ATLAS_VANTAGE",
    default="not stated",
    show_default=True,
    help="Where this machine stands: `region EU`; also ATLAS_VANTAGE.",
)
@click.option(
    "--pause",
    type=click.FloatRange(1, 3600),
    default=5.0,
    show_default=True,
    help="Seconds between two requests to a host.",
)
@click.option(
    "--deadline",
    type=click.FloatRange(1, 600),
    default=30.0,
    show_default=True,
    help="Seconds for one exchange, the last byte included.",
)
@click.option(
    "--repository", help="The running repository, where git and the environment do not say it."
)
@click.option(
    "--shard",
    type=Part(),
    envvar="ATLAS_SHARD",
    help="Only the documents of this part of all hosts; needs --report. ATLAS_SHARD says the same.",
)
@click.option(
    "--merge",
    "merged",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="REPORT...",
    help="Record what shards found, from their reports, or from all in a folder.",
)
@click.option(
    "--incomplete", is_flag=True, help="Let --merge record what there is, without missing shards."
)
@click.argument("reports", nargs=-1, type=click.Path(path_type=Path), metavar="")
@click.pass_obj
def verify(
    root: Path,
    documents: tuple[str, ...],
    platforms: tuple[str, ...],
    stalest: int | None,
    dry_run: bool,
    from_warc: Path | None,
    captures: Path | None,
    report: Path | None,
    fail_on_change: bool,
    vantage: str,
    pause: float,
    deadline: float,
    repository: str | None,
    shard: "Shard | None",
    merged: tuple[Path, ...],
    incomplete: bool,
    reports: tuple[Path, ...],
) -> int:
    """Go back to every source, find out whether each quotation still stands, and record it.

    Evidence is written in the repository that publishes and nowhere else; elsewhere this is a dry run. With an account
    of the Internet Archive in ATLAS_ARCHIVE_KEY and ATLAS_ARCHIVE_SECRET, copies are asked for at the first look at a
    document and at each confirmed change.
    """
    from atlas import revision
    from atlas.examine import settings_of
    from atlas.fetch import FetchSettings
    from atlas.verify import merging, run
    from atlas.verify.settings import Settings

    if reports and not merged:
        raise click.UsageError(f"`{reports[0]}` is one word too many; reports follow --merge")
    if merged and (documents or platforms or stalest or from_warc or captures or shard):
        raise click.UsageError("--merge looks at nothing, so there is nothing to choose")
    if incomplete and not merged:
        raise click.UsageError("--incomplete says something of --merge alone")
    if shard and not report:
        raise click.UsageError("a shard hands on what it found in its report: add --report FILE")
    if not vantage.isprintable() or len(vantage) > 200:
        raise click.UsageError("--vantage is one line, of 200 characters at most")
    settings = Settings(
        documents=documents,
        platforms=platforms,
        stalest=stalest,
        shard=shard,
        dry_run=dry_run,
        incomplete=incomplete,
        repository=repository or revision.repository(root),
        from_warc=typed(from_warc) if from_warc else None,
        captures=outside_sources(root, captures, "--captures"),
        vantage=" ".join(vantage.split()) or "not stated",
        archive=_account(),
    )
    place = outside_sources(root, report, "--report")
    agent = settings_of(root).user_agent
    fetch = FetchSettings(
        user_agent=agent,
        pause=pause,
        deadline=deadline,
        browser_program=os.environ.get("ATLAS_BROWSER"),
    )
    with progress() as stages:
        if merged:
            paths = [typed(path) for path in (*merged, *reports)]
            ran = merging.merge(root, paths, settings, fetch, stages)
        else:
            ran = run.run(root, settings, fetch, stages)
    return _told(ran, place, fail_on_change=fail_on_change)


def _told(ran: "Ran", place: Path | None, *, fail_on_change: bool) -> int:
    """Print, write and sum up what a run came to, and return the exit code."""
    from atlas import job_summary
    from atlas.model.run_report import LookOutcome
    from atlas.reports import run_json, run_markdown, run_text
    from atlas.write import replace_file

    report = ran.report
    if place:
        place.parent.mkdir(parents=True, exist_ok=True)
        replace_file(place, run_json.render(report).encode())
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else 120
    print(run_text.render(report, width), end="", flush=True)
    job_summary.append(run_markdown.render(report))
    for sentence in ran.missing:
        print(sentence, file=sys.stderr)
    if ran.broken:
        print(
            f"{ran.broken} problems keep files from being watched; ./run check lists them",
            file=sys.stderr,
        )
    if ran.stopped:
        print(f"stopped before the end; {run_text.summary(report)}", file=sys.stderr, flush=True)
        raise ran.stopped
    if ran.bugs:
        raise ExceptionGroup(
            "a fault of this program; the other documents are in the report", ran.bugs
        )
    if not report.trustworthy and not report.shard:
        return NOT_TRUSTWORTHY
    changed = any(one.outcome is LookOutcome.CLAUSE_CHANGED for one in report.documents)
    return CHANGED if changed and fail_on_change else 0


def _account() -> "ArchiveSettings | None":
    from atlas.archive import ArchiveSettings

    key, secret = os.environ.get(_KEY, ""), os.environ.get(_SECRET, "")
    if bool(key) != bool(secret):
        raise click.UsageError(f"{_KEY} and {_SECRET} go together; one of them is missing")
    if not (key + secret).isascii() or not (key + secret).isprintable():
        raise click.UsageError(f"{_KEY} or {_SECRET} holds what no key does")
    return ArchiveSettings(key=key, secret=secret) if key else None
