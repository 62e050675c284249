"""What a citation names: an id, an address of the site, or a text with one of them in it.

Core. A citation is a stranger's text; what cannot be made out is told in one sentence.
"""

import re
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from atlas.citation_check.found import visible
from atlas.problem import Fault

_ID = r"([A-Z]{2,8})-P-([0-9]{6})"
_NUMBERED = re.compile(
    rf"(?<![A-Z0-9]){_ID}(?![0-9])(?:[\s,;/@-]*(?:r|rev\.?|revision)\s*([0-9]{{1,6}})(?![0-9]))?",
    re.IGNORECASE,
)
_ALIKE = re.compile(r"[A-Z]{2,8}-([A-Z])-?[0-9]{0,12}", re.IGNORECASE)
_URL = re.compile(r"https?://[^\s<>\"'{}|\\^`]+", re.IGNORECASE)
_PERMANENT = re.compile(rf"id/{_ID}(?:/(?:r([0-9]{{1,6}})/?)?(?:index\.html)?)?")
_PAGE = re.compile(
    r"((?:[a-z]{2,3}(?:-[a-z0-9]+)*/)?platform/([^/]+/[^/]+/[^/]+/))"
    r"(?:r([0-9]{1,6})(?:/(?:index\.html|record\.json)?)?"
    r"|history(?:/(?:index\.html)?)?|history\.json|proof\.json|record\.json|index\.md|index\.html)?"
)
_LONGEST = 2_000
"""Characters of an address or id that is looked at."""


class CitationFault(Fault):
    """The citation names nothing that can be checked; says why."""


@dataclass(frozen=True, slots=True)
class Cited:
    """What a citation names."""

    id: str = ""
    """Empty: only a page is named."""
    revision: int = 0
    """0: none is named, and the current one is meant."""
    folder: str = ""
    """Of the record's page, as in `platform/acme/terms/training/`; empty: only an id is named."""


def read_id(text: str, prefix: str = "") -> Cited:
    """Return what an id with or without a revision names: `CA-P-007114 r2`.

    Raises:
        CitationFault: it is no id of a record, or has another prefix than `prefix`.
    """
    shown = visible(text, 60)
    match = _NUMBERED.fullmatch(text.strip())
    if not match:
        alike = _ALIKE.match(text.strip())
        if alike and alike[1].upper() == "D":
            raise CitationFault(
                f"`{shown}` is a document; what is cited and checked is a record, as in CA-P-007114"
            )
        raise CitationFault(
            f"`{shown}` is no file that is there, no address and no id of a record, as in `CA-P-007114 r2`"
        )
    return _numbered(match, prefix)


def read_url(url: str, base: str = "", prefix: str = "") -> Cited:
    """Return what an address of the site names; `base` is the site's own, with its final slash, where it is known.

    Raises:
        CitationFault: it is an address of another site, or of no record.
    """
    if len(url) > _LONGEST:
        raise CitationFault(
            f"this address has {len(url):,} characters, and none of ours has so many"
        )
    try:
        path = unquote(urlsplit(url).path, errors="strict")
        host = urlsplit(url).hostname
    except ValueError:
        raise CitationFault(f"`{visible(url)}` is no address") from None
    if base:
        own = urlsplit(base)
        if host != own.hostname or not path.startswith(own.path):
            raise CitationFault(
                f"`{visible(url)}` is not an address of this site, which is at {base}"
            )
        path = path[len(own.path) :]
        found = _named(path, prefix)
    else:
        starts = [0, *(at.end() for at in re.finditer("/", path))]
        found = next((cited for at in starts if (cited := _named(path[at:], prefix))), None)
    if not found:
        raise CitationFault(f"`{visible(url)}` is not the address of a record")
    return found


def read_text(text: str, base: str = "", prefix: str = "") -> Cited:
    """Return the one record that a saved citation names, in whatever form it is written.

    Raises:
        CitationFault: it names none, or several.
    """
    named: dict[tuple[str, str], Cited] = {}
    foreign: list[str] = []
    for match in _URL.finditer(text):
        try:
            cited = read_url(match[0].rstrip(".,;:)]"), base, prefix)
        except CitationFault:
            foreign.append(match[0])
            continue
        named.setdefault((cited.id, "" if cited.id else cited.folder), cited)
    with_id = {key: cited for key, cited in named.items() if cited.id}
    if not with_id:
        for match in _NUMBERED.finditer(text):
            cited = _numbered(match, prefix)
            with_id.setdefault((cited.id, ""), cited)
    found = list((with_id or named).values())
    if len(found) > 1:
        raise CitationFault(
            f"this names {len(found):,} records, {found[0].id or found[0].folder} first; check one at a time by its id"
        )
    if not found and foreign:
        raise CitationFault(f"this names no record of this site; it names `{visible(foreign[0])}`")
    if not found:
        raise CitationFault(
            "this names no record: there is neither an address of ours nor an id in it"
        )
    return found[0]


def _named(path: str, prefix: str) -> Cited | None:
    """Return what a path from the root of the site names; None: no record."""
    if match := _PERMANENT.fullmatch(path):
        return _numbered(match, prefix)
    match = _PAGE.fullmatch(
        path if path.endswith((".json", ".md", ".html")) else f"{path.rstrip('/')}/"
    )
    if not match or ".." in path:
        return None
    return Cited(revision=_revision(match[3]), folder=f"platform/{match[2]}")


def _numbered(match: "re.Match[str]", prefix: str) -> Cited:
    letters, digits, revision = match.groups()
    letters = letters.upper()
    if prefix and letters != prefix:
        raise CitationFault(
            f"`{letters}-P-{digits}` is of another atlas: ids of this one begin with {prefix}-P-"
        )
    return Cited(f"{letters}-P-{digits}", _revision(revision))


def _revision(digits: str | None) -> int:
    if digits and not int(digits):
        raise CitationFault("revisions are counted from 1, and this names revision 0")
    return int(digits or 0)
