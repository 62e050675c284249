"""`./run rename`: give a record, a document or a platform another name and keep its addresses. Door."""

from datetime import date
from pathlib import Path

import click

from atlas.commands.options import Day, here, today


@click.command()
@click.argument("old")
@click.argument("new")
@click.option("--as-of", type=Day(), help="The day that dates are compared with; default: today.")
@click.pass_obj
def rename(root: Path, old: str, new: str, as_of: date | None) -> int:
    """Give OLD, a record, a document or a platform, the name NEW; its addresses lead on.

    OLD is a path, an id or an address; NEW is a name. Nothing moves to another document or
    platform: what was published there stays there.

    \b
    ./run rename content/platform/acme/terms/deleted-chats.md kept-chats
    ./run rename /platform/acme/terms/ terms-of-service
    """  # noqa: D301  \b keeps click from joining the lines
    from atlas.editing import naming, opened
    from atlas.editing import rename as line

    with opened.editing(root, "./run rename") as atlas:
        of = naming.called(atlas, old, here())
        renamed = line.rename(atlas, of, new, here(), as_of or today())
    print(f"{renamed.before} is now {renamed.after}")
    if renamed.keeps_old:
        print("  the old name is entered in `aliases`, so that its addresses lead on")
    else:
        print("  it was never published, so the old name leads nowhere and needs no alias")
    for link in renamed.links:
        print(f"  {link}: a link has the old name still")
    print(opened.told_left(atlas), end="")
    return 0
