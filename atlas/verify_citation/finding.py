"""From a citation to its cases: what it names, and the places that may hold the files of that."""

import re
from dataclasses import replace

from atlas.citation_check.reading import CitationFault, read_id, read_url
from atlas.site_files import Folder, Web
from atlas.verify_citation.given import of_file, of_files
from atlas.verify_citation.owner import owned
from atlas.verify_citation.places import Case
from atlas.verify_citation.settings import Settings
from atlas.verify_citation.sources import named, others


def find(citation: str, settings: Settings) -> tuple[Case, ...]:
    """Return a case of each revision that a citation names.

    Raises:
        CitationFault: it names nothing that can be checked.
        SiteFilesFault: a file cannot be read.
    """
    text = citation.strip()
    if not text:
        raise CitationFault(
            "the citation is empty; name a file, an address or an id like CA-P-007114"
        )
    settings, path = _sourced(settings, text), settings.folder / text
    is_address = re.match(r"https?://", text, re.IGNORECASE)
    try:
        is_folder, is_there = path.is_dir(), path.exists() and not is_address
    except (OSError, ValueError):
        is_folder = is_there = False  # a name that no disk can have is an id, or none
    if is_there:
        return (
            of_files(Folder(path, text), settings) if is_folder else of_file(path, text, settings)
        )
    if not is_address:
        return (Case(read_id(text, settings.prefix), settings, waiting=others(settings)),)
    cited = read_url(text, settings.base_url, settings.prefix)
    return (Case(cited, settings, waiting=others(settings, text)),)


def _sourced(settings: Settings, text: str) -> Settings:
    """Return settings for the place that `--from` names; those of the atlas here say nothing of a stranger's."""
    if not settings.source:
        return settings
    files = named(settings)
    if not isinstance(files, Web):
        return owned(files, settings, replace(settings, prefix=""))
    if files.name == settings.base_url:
        return settings
    base = files.name if text.startswith(files.name) else settings.base_url
    return replace(settings, base_url=base, prefix="", repository=settings.named_repository)
