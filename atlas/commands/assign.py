"""`./run assign`: give new records their permanent ids. Door."""

from datetime import date
from pathlib import Path

import click

from atlas.commands.options import Day, refuse_forks, repository_option, today


@click.command()
@repository_option
@click.option("--as-of", type=Day(), help="The day that is entered; default: today.")
@click.pass_obj
def assign(root: Path, repository: str | None, as_of: date | None) -> int:
    """Give every new record its permanent id (only in the repository that publishes)."""
    from atlas.editing import assign as line

    instead = "Leave the id out of a new record: it gets one when it is merged."
    refuse_forks(root, repository, "ids are given out", instead)
    for given in line.assign(root, as_of or today()):
        print(f"{given.id}  {given.path}" + ("" if given.is_new else "  (entered in the ledger)"))
    return 0
