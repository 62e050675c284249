"""How a citation is verified: where files of the site are looked for, whom to trust, and whether anybody is asked."""

from dataclasses import dataclass
from pathlib import Path

from atlas.fetch import FetchSettings
from atlas.proof.stamp import Certificate


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the door knows; what it does not know is empty."""

    folder: Path
    """In which a path of the citation is meant."""
    source: str = ""
    """Folder, zip or base URL given by `--from`: nothing else is looked at then."""
    built: Path | None = None
    """A site that was built here."""
    base_url: str = ""
    """The site's own address, with its final slash."""
    prefix: str = ""
    """Of the atlas's ids."""
    repository: str = ""
    """Whose workflow attests roots; of an atlas that is not the one here, only what `--repository` says counts."""
    named_repository: str = ""
    """What `--repository` says."""
    authorities: tuple[str, ...] = ()
    """Names of those that are asked for time stamps."""
    offline: bool = False
    trusted: tuple[Certificate, ...] = ()
    fetch: FetchSettings
