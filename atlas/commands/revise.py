"""`./run revise`: give a published record that was changed its next revision. Door."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from atlas.commands.options import PastDay, here, today

if TYPE_CHECKING:
    from atlas.editing.correct import Corrected
    from atlas.editing.revise import Revised


@click.command()
@click.argument("record", required=False)
@click.option("--because", metavar="SENTENCE", help="What changed and why, in one sentence.")
@click.option(
    "--affected", is_flag=True, help="Revise every record that a change of a shelf has changed."
)
@click.option("--typo", is_flag=True, help="Only spelling was put right: no revision is needed.")
@click.option("--as-of", type=PastDay(), help="The day that is entered; default: today.")
@click.pass_obj
def revise(
    root: Path,
    record: str | None,
    because: str | None,
    affected: bool,
    typo: bool,
    as_of: date | None,
) -> int:
    """Keep what was published of RECORD, and give what you made of it the next number.

    Edit the record first. RECORD is a path, an id or an address. Its former text goes into the
    folder beside it; the record gets number, day and your sentence.

    \b
    ./run revise CA-P-100017 --because "The exception was read too narrowly at first."
    ./run revise --affected --because "Arbitration with a way out is now graded high."
    ./run revise content/platform/acme/terms/deleted-chats.md --typo
    """  # noqa: D301  \b keeps click from joining the lines
    if (record is None) != affected:
        raise click.UsageError("name a record, or give --affected for all that a shelf has changed")
    if typo and (because or affected):
        raise click.UsageError("--typo stands alone: what needs a sentence is more than spelling")
    if not typo and not because:
        raise click.UsageError('say what changed and why: --because "One sentence."')
    from atlas.editing import affected as all_affected
    from atlas.editing import correct, naming, opened
    from atlas.editing import revise as line

    on = as_of or today()
    with opened.editing(root, "./run revise") as atlas:
        if affected:
            revised = all_affected.revise_affected(atlas, because or "", on)
        else:
            of = naming.record_called(atlas, record or "", here())
            if typo:
                print(_corrected(correct.correct(atlas, of, on)))
                print(opened.told_left(atlas), end="")
                return 0
            revised = (line.revise(atlas, of, because or "", on),)
    for each in revised:
        print(f"{_numbered(each)}: {', '.join(each.changed)}")
        print(f"  {each.path}\n  {each.kept} keeps revision {each.number - 1}")
    print(opened.told_left(atlas), end="")
    return 0


def _numbered(each: "Revised") -> str:
    if each.is_raised:
        return f"{each.id} is now revision {each.number}"
    return (
        f"revision {each.number} of {each.id} is not published yet and stays revision {each.number}"
    )


def _corrected(done: "Corrected") -> str:
    words = "".join(
        f"\n  {w.before or '(nothing)'} -> {w.after or '(nothing)'}" for w in done.words
    )
    return f"{done.id} was corrected without a revision; its history lists these words:{words}"
