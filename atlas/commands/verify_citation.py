"""`./run verify-citation`: check one by one what citations rest on. Door.

Exit codes: 0 all that could be checked passed, 1 a check failed, 2 a citation names nothing that can be checked.
"""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from atlas.commands.options import MISUSE, PROBLEMS, demo_option, fictional, here, typed

if TYPE_CHECKING:
    from atlas.model import Site
    from atlas.proof import stamp

_USER_AGENT = "ClauseAtlasCitation/1.0"
"""Where no settings say how this program is called on the network."""


@click.command(name="verify-citation")
@click.argument("citations", nargs=-1, required=True, metavar="CITATION...")
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
@demo_option
@click.pass_obj
def verify_citation(
    root: Path,
    citations: tuple[str, ...],
    source: str,
    offline: bool,
    files: tuple[Path, ...],
    repository: str | None,
    form: str,
    demo: bool,
) -> int:
    """Check what citations rest on, one by one: pass, FAIL or not checked.

    CITATION is a file (a frozen record.json, a proof.json, a saved citation, a pack), a folder of such files, an
    address of this site, or an id with or without a revision: "CA-P-007114 r2". A folder or a pack of several
    records is checked whole. Files of the site are looked for beside the file, in the built site/, and at the
    site's address, in this order; with --demo in site-demo/ alone, and nobody is asked. Nothing is written.
    """
    from atlas.citation_check.report import as_json, as_text
    from atlas.fetch import FetchSettings
    from atlas.verify_citation import Settings
    from atlas.verify_citation import verify_citations as line

    built = root.absolute() / ("site-demo" if demo else "site")
    if demo and not (source or built.is_dir() or all(typed(Path(c)).exists() for c in citations)):
        raise click.UsageError("the fictional atlas is not built yet; ./run build --demo does it")
    site = _site(fictional(say=form == "text") if demo else root)
    settings = Settings(
        folder=here(),
        source=source,
        built=built,
        base_url=f"{site.address.rstrip('/')}/" if site else "",
        prefix=site.id_prefix if site else "",
        repository=repository or (site.repository if site else ""),
        named_repository=repository or "",
        authorities=tuple(one.name for one in site.timestamp_authorities) if site else (),
        offline=offline or demo,
        trusted=tuple(certificate for path in files for certificate in _certificates(path)),
        fetch=FetchSettings(user_agent=site.user_agent if site else _USER_AGENT),
    )
    report = line(citations, settings)
    print(as_json(report) if form == "json" else as_text(report), end="")
    if not report.is_sound:
        return PROBLEMS
    return 0 if report.has_checked else MISUSE


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
