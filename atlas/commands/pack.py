"""`./run pack`: one zip of some records with all that somebody needs to check them without the site. Door."""

from datetime import date
from pathlib import Path

import click

from atlas.commands.options import Day, demo_option, fictional, outside_sources, today, typed


@click.command()
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The zip to write; default: the first id and .zip, in this folder.",
)
@click.option("--as-of", type=Day(), help="The day that dates are compared with; default: today.")
@demo_option
@click.pass_obj
def pack(
    root: Path, ids: tuple[str, ...], output: Path | None, as_of: date | None, demo: bool
) -> int:
    """Write one zip, fit to be an exhibit: records, revisions, texts where allowed, evidence, proofs, a script, a note.

    The same records on the same day give the same bytes. A file that is there is never replaced.
    """
    from atlas.pack import pack as line

    more = f"-and-{len(set(ids)) - 1}-more" if len(set(ids)) > 1 else ""
    shown = output or Path(f"{Path(ids[0]).name}{more}.zip")
    path = outside_sources(root, output, "--output") or typed(shown)
    packed = line(fictional() if demo else root, ids, path, str(shown), as_of or today())
    records = "1 record" if packed.records == 1 else f"{packed.records} records"
    print(f"{shown}: {records} in {packed.files} files, {packed.size:,} bytes")
    print(f"its SHA-256, to be written down with it: {packed.sha256}")
    return 0
