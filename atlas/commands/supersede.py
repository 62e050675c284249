"""`./run supersede`: let another record take the place of a published one. Door."""

from datetime import date
from pathlib import Path

import click

from atlas.commands.options import PastDay, here, today


@click.command()
@click.argument("old")
@click.argument("new", metavar="NEW-ID")
@click.option("--reason", metavar="SENTENCE", help="Why, in one sentence.")
@click.option("--as-of", type=PastDay(), help="The day that is entered; default: today.")
@click.pass_obj
def supersede(root: Path, old: str, new: str, reason: str | None, as_of: date | None) -> int:
    """Say that the record OLD is superseded by the one with NEW-ID: its page stays and leads there.

    Both are called by path, id or address; the new one has its id already.

    \b
    ./run supersede CA-P-100017 CA-P-100102 --reason "Both quoted the same clause."
    """  # noqa: D301  \b keeps click from joining the lines
    from atlas.editing import naming, opened, standing

    with opened.editing(root, "./run supersede") as atlas:
        of, by = (naming.record_called(atlas, name, here()) for name in (old, new))
        (path,) = standing.supersede(atlas, of, by, as_of or today(), reason)
    print(f"{of.id} is superseded by {by.id}\n  {path}")
    print(opened.told_left(atlas), end="")
    return 0
