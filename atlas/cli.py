"""The door: verbs, options, progress and exit codes; errors meant for people are caught here, once.

Exit codes: 0 clean, 1 the records have problems, 2 the command was misused or cannot do its work,
130 interrupted, 143 told to stop.
"""

import os
import re
import signal
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from types import FrameType
from typing import NoReturn

import click

from atlas import __version__
from atlas.problem import Fault
from atlas.progress import progress

PROBLEMS = 1
MISUSE = 2
INTERRUPTED = 130
TERMINATED = 143

_BASE = re.compile(r"https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?(/[A-Za-z0-9._~-]+)*/?")
_DAY = re.compile(r"[1-8][0-9]{3}-[0-9]{2}-[0-9]{2}")
_FORMATS = ("text", "github", "json", "sarif")


class Terminated(BaseException):
    """The program was told to end (SIGTERM); as KeyboardInterrupt, no `except Exception` catches it."""


class Day(click.ParamType[date]):
    """A day on the command line: 2026-05-09."""

    name = "date"

    def convert(
        self, value: str | date, param: click.Parameter | None, ctx: click.Context | None
    ) -> date:
        """Return the day, or fail with the form that is wanted."""
        try:
            if isinstance(value, date):
                return value
            return date.fromisoformat(value if _DAY.fullmatch(value) else "")
        except ValueError:
            self.fail(f"`{value}` is not a date; write year, month, day: 2026-05-09", param, ctx)


class BaseUrl(click.ParamType[str]):
    """An address to publish at: https://example.org/ or https://example.org/repo/."""

    name = "url"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the address, or fail with the form that is wanted."""
        if not _BASE.fullmatch(value) or "/." in value:
            self.fail(
                f"`{value}` is not an address to publish at; write it like https://example.org/repo/",
                param,
                ctx,
            )
        return value


def main() -> NoReturn:
    """Run the program and exit."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal without UTF-8, or a file name that is none, shows as escapes and stops nothing.
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    signal.signal(signal.SIGTERM, _terminate)
    try:
        status = cli.main(prog_name=os.environ.get("ATLAS_PROGRAM", "atlas"), standalone_mode=False)
        sys.stdout.flush()
    except click.exceptions.Exit as leave:
        status = leave.exit_code
    except click.UsageError as error:
        error.show()
        status = MISUSE
    except (click.Abort, KeyboardInterrupt):
        print("interrupted; nothing was left half-written", file=sys.stderr)
        status = INTERRUPTED
    except Terminated:
        print("told to stop; nothing was left half-written", file=sys.stderr)
        status = TERMINATED
    except BrokenPipeError:
        # The reader of our output went away, as `head` does; the interpreter would complain at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = MISUSE
    except Fault as fault:
        _complain(str(fault))
        status = MISUSE
    except OSError as error:
        _complain(f"{error.filename or 'the disk'}: {error.strerror or error}")
        status = MISUSE
    sys.exit(status)


_demo = click.option("--demo", is_flag=True, help="Take the fictional atlas of tests/sample.")


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="atlas")
@click.option(
    "--root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=".",
    help="The atlas: the folder that holds content/ and data/.",
)
@click.pass_context
def cli(context: click.Context, root: Path) -> None:
    """From records to a published governance atlas."""
    context.obj = root


@cli.command()
@click.option(
    "--base-url",
    type=BaseUrl(),
    help="Publish at this address instead of the one in data/site.yaml.",
)
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    help="Folder to write, replaced as a whole; default: site, or site-demo.",
)
@click.option("--as-of", type=Day(), help="The day that dates are compared with; default: today.")
@click.option("--strict", is_flag=True, help="Refuse warnings and records without an id.")
@click.option(
    "--workers",
    type=click.IntRange(1, 64),
    help="Processes that draw pages; default: one a processor.",
)
@click.option("--no-search", is_flag=True, help="Leave the search index out.")
@_demo
@click.pass_obj
def build(
    root: Path,
    base_url: str | None,
    output: Path | None,
    as_of: date | None,
    strict: bool,
    workers: int | None,
    no_search: bool,
    demo: bool,
) -> int:
    """Check the records and publish them as a site."""
    from atlas import site  # noqa: PLC0415  imports are paid by the command that uses them
    from atlas.reports import text  # noqa: PLC0415
    from atlas.revision import revision  # noqa: PLC0415

    settings = site.Settings(
        as_of or _today(), base_url, revision(root), strict, workers, not no_search
    )
    shown = output or Path("site-demo" if demo else "site")
    folder = _typed(output) if output else root / shown
    records = _fictional() if demo else root
    for source in ("content", "data", "templates", "atlas", ".git"):
        if any(
            folder.resolve().is_relative_to((top / source).resolve()) for top in {root, records}
        ):
            raise click.UsageError(
                f"{output} is in {source}/, which is read; choose another folder"
            )
    with progress() as stages:
        built = site.build(records, folder, settings, stages)
    print(text.render(built.report), end="")
    if not built.written:
        print(f"not built: {shown} is as it was", file=sys.stderr)
        return PROBLEMS
    index = f", {built.indexed} in the search index" if settings.with_search else ""
    print(
        f"{built.pages} pages of {built.files} files{index}, "
        f"written to {shown}{os.sep} in {stages.seconds:.1f} s"
    )
    return 0


@cli.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--format",
    "form",
    type=click.Choice(_FORMATS),
    default="text",
    show_default=True,
    help="How problems are printed.",
)
@click.option("--as-of", type=Day(), help="The day that dates are compared with; default: today.")
@click.option("--strict", is_flag=True, help="Let warnings and records without an id fail too.")
@_demo
@click.pass_obj
def check(
    root: Path, paths: tuple[Path, ...], form: str, as_of: date | None, strict: bool, demo: bool
) -> int:
    """Check the records and say what is wrong, where, and the way out.

    With PATHS only problems of those files or folders are shown; all records are examined all the same.
    """
    from atlas import examine as line  # noqa: PLC0415
    from atlas import job_summary  # noqa: PLC0415
    from atlas.reports import REPORTS, github  # noqa: PLC0415

    if demo:
        root = _fictional(say=form == "text")
    with progress() as stages:
        examined = line.examine(root, as_of or _today(), strict=strict, progress=stages)
    report = line.only(
        examined.report, [_below_root(root, p) for p in paths], examined.atlas.records.files
    )
    print(REPORTS[form](report), end="")
    if form == "github":
        job_summary.append(github.summary(report))
    if any(p.code in line.NOTHING for p in report.problems):
        return MISUSE
    return PROBLEMS if report.blocking else 0


@cli.command()
@click.option(
    "--repository", help="The running repository, where git and the environment do not say it."
)
@click.option("--as-of", type=Day(), help="The day that is entered; default: today.")
@click.pass_obj
def assign(root: Path, repository: str | None, as_of: date | None) -> int:
    """Give every new record its permanent id (only in the repository that publishes)."""
    from atlas import examine, revision  # noqa: PLC0415
    from atlas.editing import assign as line  # noqa: PLC0415

    settings = examine.settings_of(root)
    running = repository or revision.repository(root)
    if running != settings.repository:
        where = f"this is {running}" if running else "git does not say which repository this is"
        raise click.UsageError(
            f"ids are given out in {settings.repository} only, and {where}. "
            "Leave the id out of a new record: it gets one when it is merged."
        )
    for given in line.assign(root, as_of or _today()):
        print(f"{given.id}  {given.path}" + ("" if given.is_new else "  (entered in the ledger)"))
    return 0


@cli.command()
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    help="0 takes any free one.",
)
@click.option("--base-url", type=BaseUrl(), help="Preview under the path of this address.")
@_demo
@click.pass_obj
def serve(root: Path, port: int, base_url: str | None, demo: bool) -> int:
    """Build the site, serve it here, and rebuild it whenever a file is saved."""
    from atlas import preview  # noqa: PLC0415

    return preview.serve(_fictional() if demo else root, port=port, base_url=base_url)


@cli.command()
@click.pass_obj
def schema(root: Path) -> int:
    """Write the JSON Schemas of the record format to data/schema/."""
    from atlas.schema import schema_text, schemas  # noqa: PLC0415
    from atlas.write import replace_file  # noqa: PLC0415

    folder = root / "data" / "schema"
    folder.mkdir(parents=True, exist_ok=True)
    for name, tree in schemas().items():
        replace_file(folder / f"{name}.schema.json", schema_text(tree).encode())
        print(f"data/schema/{name}.schema.json")
    return 0


def _terminate(_number: int, _frame: FrameType | None) -> None:
    raise Terminated


def _complain(sentence: str) -> None:
    from atlas.reports.text import visible  # noqa: PLC0415

    print(f"error: {visible(sentence)}", file=sys.stderr)


def _fictional(*, say: bool = True) -> Path:
    """Return the root of the fictional atlas, and say that this is the one."""
    from atlas.load import fictional_atlas  # noqa: PLC0415

    root = fictional_atlas()
    if say:
        print(
            "This is the fictional atlas of tests/sample: everything in it is invented.", flush=True
        )
    return root


def _below_root(root: Path, path: Path) -> str:
    full = _typed(path)
    try:
        name = full.resolve().relative_to(root.resolve()).as_posix()
    except ValueError:
        raise click.UsageError(f"{path} is not in this atlas") from None
    if not full.exists():
        raise click.UsageError(f"there is no {path}")
    return "" if name == "." else name


def _typed(path: Path) -> Path:
    """Return a path of the command line; `./run` changes folders and says in which one it was typed."""
    return Path(os.environ.get("ATLAS_FROM", ".")).absolute() / path


def _today() -> date:
    return datetime.now(UTC).date()
