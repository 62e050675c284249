"""Verify a citation: find out what it names, gather the files of the site, look outside, and make every check.

A line: joins the stages in this order; what holds is for `citation_check` to say. Nothing is written.
"""

from atlas.citation_check import check
from atlas.citation_check.exhibit import tree_of
from atlas.citation_check.found import visible
from atlas.citation_check.report import Checked
from atlas.verify_citation.finding import Case, find
from atlas.verify_citation.gathering import gathered
from atlas.verify_citation.outside import looked_outside
from atlas.verify_citation.settings import Settings

__all__ = ["Settings", "verify_citation"]


def verify_citation(citation: str, settings: Settings) -> Checked:
    """Check a citation: a file, a folder or zip of files, an address of the site, or an id.

    Raises:
        CitationFault: it names nothing that can be checked.
        SiteFilesFault: files of the site cannot be read.
    """
    case = find(citation, settings)
    exhibit, is_current = gathered(case, settings)
    found = check(looked_outside(exhibit, case, settings))
    return Checked(
        id=exhibit.id,
        revision=exhibit.revision,
        is_current=is_current,
        is_named=bool(case.cited.revision or case.record),
        sources=tuple(dict.fromkeys(place.files.name for place in case.used)),
        found=found,
        standing=_standing(case),
    )


def _standing(case: Case) -> str:
    """Return what the record's page says of it besides its words; nothing where it is simply active, or not at hand."""
    page = case.given or case.beside("record.json")
    tree = (tree_of(page.content) if page else None) or {}
    status = tree.get("status")
    if not isinstance(status, dict) or "address" not in tree:
        return ""
    state, reason = (visible(str(status.get(key) or "")) for key in ("state", "reason"))
    return f"Its page says that the record is {state}. {reason}".strip() if state else ""
