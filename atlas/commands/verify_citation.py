"""`./run verify-citation`: check one by one what a citation rests on. Door.

Exit codes: 0 all that could be checked passed, 1 a check failed, 2 the citation names nothing that can be checked.
"""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from atlas.commands.options import MISUSE, PROBLEMS, here, typed

if TYPE_CHECKING:
    from atlas.model import Site
    from atlas.proof import stamp

_USER_AGENT = "ClauseAtlasCitation/1.0"
"""Where no settings say how this program is called on the network."""


@click.command(name="verify-citation")
@click.argument("citation")
@click.option(
    "--from",
    "source",
    default="",
    metavar="DIR|URL",
    help="Where files of the site are: a folder, a zip, or the address of a site; nothing else is looked at.",
)
@click.option(
    "--offline", is_flag=True, help="Ask nobody: no site, no archive, no live page, no gh."
)
@click.option(
    "--trust",
    "files",
    multiple=True,
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Certificates (PEM) at which the chain of a time stamp has to end; may be repeated.",
)
@click.option("--repository", help="Whose workflow attests; default: the one of data/site.yaml.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
@click.pass_obj
def verify_citation(
    root: Path,
    citation: str,
    source: str,
    offline: bool,
    files: tuple[Path, ...],
    repository: str | None,
    form: str,
) -> int:
    """Check what a citation rests on, one by one: pass, FAIL or not checked.

    CITATION is a file (a frozen record.json, a proof.json, a saved citation, a pack), a folder of such files, an
    address of this site, or an id with or without a revision: "CA-P-007114 r2". Files of the site are looked for
    beside the file, in the built site/, and at the site's address, in this order. Nothing is written.
    """
    from atlas.citation_check.report import as_json, as_text
    from atlas.fetch import FetchSettings
    from atlas.verify_citation import Settings
    from atlas.verify_citation import verify_citation as line

    site = _site(root)
    settings = Settings(
        folder=here(),
        source=source,
        built=root.absolute() / "site",
        base_url=f"{site.address.rstrip('/')}/" if site else "",
        prefix=site.id_prefix if site else "",
        repository=repository or (site.repository if site else ""),
        authorities=tuple(one.name for one in site.timestamp_authorities) if site else (),
        offline=offline,
        trusted=tuple(certificate for path in files for certificate in _certificates(path)),
        fetch=FetchSettings(user_agent=site.user_agent if site else _USER_AGENT),
    )
    checked = line(citation, settings)
    print(as_json(checked) if form == "json" else as_text(checked), end="")
    if not checked.is_sound:
        return PROBLEMS
    return 0 if checked.has_checked else MISUSE


def _site(root: Path) -> "Site | None":
    """Return the settings of the atlas here; None: there is no atlas, and a citation can be checked all the same."""
    from atlas.examine import SiteFault, settings_of

    try:
        return settings_of(root)
    except SiteFault:
        return None


def _certificates(path: Path) -> "tuple[stamp.Certificate, ...]":
    from atlas.proof import stamp

    try:
        return stamp.certificates(typed(path).read_bytes())
    except OSError as error:
        raise click.UsageError(f"--trust: {path}: {error.strerror or error}") from error
    except ValueError:
        raise click.UsageError(f"--trust: {path} holds no certificates in PEM") from None
