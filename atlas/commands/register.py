"""`./run register`: enter what is about to be published, for ever. Door."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from atlas.commands.options import Day, Instant, refuse_forks, repository_option, typed
from atlas.progress import progress

if TYPE_CHECKING:
    from atlas.register import Registered

_NAMED = 10
"""So many addresses are named; more are only counted."""


@click.command()
@repository_option
@click.option("--as-of", type=Day(), help="The day that is entered; default: that of --at.")
@click.option("--at", type=Instant(), help="The instant of the log's next root; default: now.")
@click.option(
    "--anchors",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="A folder with time stamps and attestations of roots, to be entered as well.",
)
@click.pass_obj
def register(
    root: Path,
    repository: str | None,
    as_of: date | None,
    at: datetime | None,
    anchors: Path | None,
) -> int:
    """Enter what is about to be published in data/published/ (only in the repository that publishes).

    New addresses, the frozen form of each new revision, and a line of the log for each record that says
    something new. Commit the folder before the site goes out; a second run enters nothing.
    """
    from atlas import job_summary
    from atlas import register as line
    from atlas.proof import root_sha256

    instead = "What a fork or a preview shows is not entered: it is promised to nobody."
    refuse_forks(root, repository, "what is published is entered", instead)
    now = at or datetime.now(UTC).replace(microsecond=0)
    given = _files(anchors) if anchors else []
    with progress() as stages:
        done = line.register(root, as_of or now.date(), now, given, stages)
    for sentence in _told(done):
        print(sentence)
    if newest := done.unattested:
        job_summary.hand_on("root", f"root-{newest.size}.json")
        job_summary.hand_on("sha256", root_sha256(newest))
    return 0


def _told(done: "Registered") -> Iterator[str]:
    """Yield what was entered, a line each."""
    found = done.entering
    yield from (f"{number}  revision {revision} is frozen" for number, revision in found.frozen)
    for number, revision in found.withdrawn:
        yield f"{number}  revision {revision} is taken out: the law forbids to show its words"
    for what, addresses in (("new", found.entered), ("changed", found.changed)):
        if addresses:
            yield f"{len(addresses)} {what} address{'' if len(addresses) == 1 else 'es'}"
            yield from (f"  {address}" for address in addresses[:_NAMED])
            if len(addresses) > _NAMED:
                yield f"  and {len(addresses) - _NAMED} more"
    if found.root:
        yield f"{len(found.leaves)} new in the log; the root of {found.root.size} is {found.root.root}"
    if not found.files:
        yield "everything is entered already"


def _files(folder: Path) -> list[tuple[str, bytes]]:
    """Return the files below a folder by name; none where there is no such folder."""
    found = sorted(path for path in typed(folder).rglob("*") if path.is_file())
    return [(path.name, path.read_bytes()) for path in found]
