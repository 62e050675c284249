"""`./run withdraw`: say that a published record no longer stands. Door."""

from datetime import date
from pathlib import Path

import click

from atlas.commands.options import PastDay, here, today


@click.command()
@click.argument("record")
@click.option("--reason", required=True, metavar="SENTENCE", help="Why, in one sentence.")
@click.option("--replaced-by", metavar="ID", help="The record to read instead.")
@click.option(
    "--withheld",
    metavar="SENTENCE",
    help="Why the law forbids to show the words; quotation and analysis are taken out.",
)
@click.option("--as-of", type=PastDay(), help="The day that is entered; default: today.")
@click.pass_obj
def withdraw(
    root: Path,
    record: str,
    reason: str,
    replaced_by: str | None,
    withheld: str | None,
    as_of: date | None,
) -> int:
    """Withdraw RECORD: its page stays, with a notice and your reason.

    RECORD is a path, an id or an address.

    \b
    ./run withdraw CA-P-100017 --reason "The quotation came from a copy that was not the platform's own."
    """  # noqa: D301  \b keeps click from joining the lines
    from atlas.editing import naming, opened, standing

    with opened.editing(root, "./run withdraw") as atlas:
        of = naming.record_called(atlas, record, here())
        by = naming.record_called(atlas, replaced_by, here()) if replaced_by else None
        edited = standing.withdraw(atlas, of, reason, as_of or today(), by=by, withheld=withheld)
    print(f"{of.id} is withdrawn")
    for path in edited:
        print(f"  {path}" if (root / path).exists() else f"  {path} was taken away")
    if withheld:
        print(
            "  git keeps what was there: its history has to be rewritten by hand, where the law asks for that"
        )
    print(opened.told_left(atlas), end="")
    return 0
