"""`./run review`: enter that a person has reviewed a record. Door."""

from datetime import date
from pathlib import Path

import click

from atlas.commands.options import PastDay, here, today


@click.command()
@click.argument("record")
@click.option("--by", required=True, metavar="PERSON", help="A key of data/people.")
@click.option(
    "--confidence",
    type=click.Choice(["high", "medium", "low"]),
    help="How certain the reviewer is of the reading.",
)
@click.option("--on", type=PastDay(), help="The day of the review; default: today.")
@click.pass_obj
def review(root: Path, record: str, by: str, confidence: str | None, on: date | None) -> int:
    """Enter that PERSON has reviewed RECORD, which then is no draft any more.

    RECORD is a path, an id or an address.

    \b
    ./run review CA-P-100017 --by ada-lovelace --confidence high
    """  # noqa: D301  \b keeps click from joining the lines
    from atlas.editing import naming, opened
    from atlas.editing import review as line
    from atlas.model import Confidence

    certain = Confidence(confidence) if confidence else None
    with opened.editing(root, "./run review") as atlas:
        of = naming.record_called(atlas, record, here())
        done = line.review(atlas, of, by, on or today(), certain)
    print(f"{of.id or of.origin.path} is reviewed by {by}\n  {done.path}")
    if done.is_author:
        print(f"  {by} is one of its authors: a second person's review says more")
    if done.needs_revision:
        print(
            "  the confidence is part of what was published, so it needs a revision:\n"
            f'  ./run revise {of.id} --because "One sentence."'
        )
    print(opened.told_left(atlas), end="")
    return 0
