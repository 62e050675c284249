"""`./run build`: check the records and publish them as a site. Door."""

import os
import sys
from datetime import date
from pathlib import Path

import click

from atlas.commands.options import PROBLEMS, BaseUrl, Day, demo_option, fictional, today, typed
from atlas.progress import progress


@click.command()
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
@demo_option
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
    from atlas import site
    from atlas.reports import text
    from atlas.revision import revision

    settings = site.Settings(
        as_of or today(), base_url, revision(root), strict, workers, not no_search
    )
    shown = output or Path("site-demo" if demo else "site")
    folder = typed(output) if output else root / shown
    records = fictional() if demo else root
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
