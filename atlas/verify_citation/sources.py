"""Where files are looked for besides those that were given: where `--from` says, in the built site, at the site."""

import re
from collections.abc import Iterator

from atlas.citation_check.reading import CitationFault
from atlas.site_files import Folder, SiteFiles, Web, Zip, read_file
from atlas.verify_citation.settings import Settings

_LOOKED_AT = 100_000
"""Characters of a saved citation in which the site's address is looked for."""
_BASE = re.compile(
    r"(https?://[^\s<>\"'{}]{1,500}?/)(?:id/[A-Z]|(?:[a-z-]+/)?platform/)", re.IGNORECASE
)


def others(settings: Settings, text: str = "") -> Iterator[SiteFiles]:
    """Yield the places to look at; where nobody knows the site's address, that of the first citation in `text`."""
    if settings.source:
        yield named(settings)
        return
    if settings.built and Folder(settings.built).is_whole:
        yield Folder(settings.built, f"{settings.built.name}/")
    base = settings.base_url or _base_of(text)
    if base and not settings.offline:
        yield Web(base, settings.fetch)


def named(settings: Settings) -> SiteFiles:
    """Return the place that `--from` names.

    Raises:
        CitationFault: there is none, or it may not be asked.
    """
    if settings.source.startswith(("https://", "http://")):
        if settings.offline:
            raise CitationFault(
                "--offline forbids requests, and --from names an address; name a folder"
            )
        return Web(f"{settings.source.rstrip('/')}/", settings.fetch)
    path = settings.folder / settings.source
    if path.is_dir():
        return Folder(path, settings.source)
    if not path.exists():
        raise CitationFault(f"--from: there is no {settings.source}")
    return Zip(read_file(path, settings.source), settings.source)


def _base_of(text: str) -> str:
    """Return the base URL of the first address of an atlas in a text; empty: there is none."""
    match = _BASE.search(text[:_LOOKED_AT])
    return match[1] if match else ""
