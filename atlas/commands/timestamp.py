"""`./run timestamp`: have authorities put a time to the newest root of the log. Door."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from atlas.commands.options import PROBLEMS, refuse_forks, repository_option, typed

if TYPE_CHECKING:
    from atlas.proof import stamp


@click.command()
@click.option(
    "--trust",
    multiple=True,
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Certificates (PEM) at which an authority's chain has to end; may be repeated.",
)
@click.option(
    "--incomplete", is_flag=True, help="Exit with 0 also where an authority gave no time stamp."
)
@repository_option
@click.pass_obj
def timestamp(root: Path, trust: tuple[Path, ...], incomplete: bool, repository: str | None) -> int:
    """Ask each authority of data/site.yaml for a time stamp (RFC 3161) of the newest root, and keep what holds.

    Time stamps are kept in data/published/anchors/, in the repository that publishes and nowhere else.
    Exits with 1 where an authority gave none; the others' are kept, and it is asked again next time.
    """
    from atlas import timestamp as line
    from atlas.examine import settings_of
    from atlas.fetch import FetchSettings

    instead = "A fork has no log of its own."
    refuse_forks(root, repository, "time stamps are kept", instead)
    site = settings_of(root)
    trusted = tuple(one for path in trust for one in _certificates(path))
    if not site.timestamp_authorities:
        print("data/site.yaml names no authority under timestamp_authorities, so none is asked")
        return 0
    settings = FetchSettings(user_agent=site.user_agent)
    status = 0
    for asked in line.timestamp(root, site.timestamp_authorities, trusted, settings):
        print(f"{asked.authority}: {asked.sentence}", flush=True)
        status = status if asked.is_kept or incomplete else PROBLEMS
    return status


def _certificates(path: Path) -> "tuple[stamp.Certificate, ...]":
    from atlas.proof import stamp

    try:
        return stamp.certificates(typed(path).read_bytes())
    except OSError as error:
        raise click.UsageError(f"--trust: {path}: {error.strerror or error}") from error
    except ValueError:
        raise click.UsageError(f"--trust: {path} holds no certificates in PEM") from None
