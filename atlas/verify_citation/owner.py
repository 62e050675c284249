"""Of which atlas files are: what a pack or a site says of itself goes before the settings of the atlas here."""

import re
from dataclasses import replace
from typing import Any

from atlas.citation_check.exhibit import tree_of
from atlas.citation_check.pack import MANIFEST
from atlas.site_files import SiteFiles, Web
from atlas.verify_citation.settings import Settings

_PREFIX = re.compile(r"[A-Z]{2,8}").fullmatch
_ADDRESS = re.compile(r"https?://[^\s<>\"'{}]{1,500}/").fullmatch
_PREFIX_SHOWN = re.compile(rb'data-prefix="?([A-Z]{2,8})\b')
_BASE_SHOWN = re.compile(rb'data-base="?(https?://[^\s<>"\'{}]{1,500}/)[" >]')


def owned(files: SiteFiles, settings: Settings, unknown: Settings | None = None) -> Settings:
    """Return settings for files: those of another atlas have its prefix and address, and nothing of the atlas here.

    Where the files do not say whose they are, `unknown` counts, by default the settings themselves.
    """
    prefix, base = ("", "") if isinstance(files, Web) else _of_pack(files) or _of_site(files)
    if not prefix:
        return unknown or settings
    if prefix == settings.prefix:
        return settings
    return replace(
        settings,
        prefix=prefix,
        base_url=base,
        built=None,
        repository=settings.named_repository,
        authorities=(),
    )


def _of_pack(files: SiteFiles) -> tuple[str, str] | None:
    tree: Any = tree_of(files.read(MANIFEST) or b"") or {}
    told = tree.get("atlas")
    if not isinstance(told, dict):
        return None
    prefix, base = str(told.get("id_prefix")), str(told.get("address"))
    return (prefix, base if _ADDRESS(base) else "") if _PREFIX(prefix) else None


def _of_site(files: SiteFiles) -> tuple[str, str]:
    """Return what the page of a site that checks citations says to its script."""
    page = files.read("verify/index.html") or b""
    prefix, base = _PREFIX_SHOWN.search(page), _BASE_SHOWN.search(page)
    return (prefix[1].decode() if prefix else ""), (
        base[1].decode("utf-8", "replace") if base else ""
    )
