"""`./run assign`: give new records their permanent ids. Door."""

from datetime import date
from pathlib import Path

import click

from atlas.commands.options import Day, today


@click.command()
@click.option(
    "--repository", help="The running repository, where git and the environment do not say it."
)
@click.option("--as-of", type=Day(), help="The day that is entered; default: today.")
@click.pass_obj
def assign(root: Path, repository: str | None, as_of: date | None) -> int:
    """Give every new record its permanent id (only in the repository that publishes)."""
    from atlas import examine, revision
    from atlas.editing import assign as line

    settings = examine.settings_of(root)
    running = repository or revision.repository(root)
    if running != settings.repository:
        where = f"this is {running}" if running else "git does not say which repository this is"
        raise click.UsageError(
            f"ids are given out in {settings.repository} only, and {where}. "
            "Leave the id out of a new record: it gets one when it is merged."
        )
    for given in line.assign(root, as_of or today()):
        print(f"{given.id}  {given.path}" + ("" if given.is_new else "  (entered in the ledger)"))
    return 0
