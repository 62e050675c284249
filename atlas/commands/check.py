"""`./run check`: say what is wrong in the records, and the way out. Door."""

import sys
from datetime import date
from pathlib import Path

import click

from atlas.commands.options import MISUSE, PROBLEMS, Day, demo_option, fictional, today, typed
from atlas.progress import progress

_FORMATS = ("text", "github", "json", "sarif")


@click.command()
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
@click.option(
    "--against",
    "elsewhere",
    metavar="REF|DIR",
    help="Check that nothing which is published there is taken away here.",
)
@click.option(
    "--kept",
    is_flag=True,
    help="Check that all that was published last is still entered here.",
)
@click.option("--strict", is_flag=True, help="Let warnings and records without an id fail too.")
@demo_option
@click.pass_obj
def check(
    root: Path,
    paths: tuple[Path, ...],
    form: str,
    as_of: date | None,
    elsewhere: str | None,
    kept: bool,
    strict: bool,
    demo: bool,
) -> int:
    """Check the records and say what is wrong, where, and the way out.

    With PATHS only problems of those files or folders are shown; all records are examined all the same.
    With --against what was published is read from another commit (the newest one that HEAD comes from as
    well), or from another checkout of this atlas, and machine files that were edited here are told.
    With --kept the machine files may have grown since they were published last, on the branch `published`
    of `origin`, and nothing of them may be gone: so the publishing job looks back at what it did before.
    """
    from atlas import against, job_summary
    from atlas import examine as line
    from atlas.reports import REPORTS, github

    if demo:
        root = fictional(say=form == "text")
    if elsewhere and kept:
        raise click.UsageError("--against and --kept are two questions; ask one after the other")
    published = against.kept(root) if kept else None
    if kept and published is None:
        print("nothing was published yet: origin has no branch `published`", file=sys.stderr)
    if elsewhere:
        published = against.against(root, elsewhere, typed(Path(elsewhere)))
    with progress() as stages:
        examined = line.examine(
            root, as_of or today(), strict=strict, progress=stages, against=published
        )
    report = line.only(
        examined.report, [_below_root(root, p) for p in paths], examined.atlas.records.files
    )
    print(REPORTS[form](report), end="")
    if form == "github":
        job_summary.append(github.summary(report))
    if any(p.code in line.NOTHING for p in report.problems):
        return MISUSE
    return PROBLEMS if report.blocking else 0


def _below_root(root: Path, path: Path) -> str:
    full = typed(path)
    try:
        name = full.resolve().relative_to(root.resolve()).as_posix()
    except ValueError:
        raise click.UsageError(f"{path} is not in this atlas") from None
    if not full.exists():
        raise click.UsageError(f"there is no {path}")
    return "" if name == "." else name
