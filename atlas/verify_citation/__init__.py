"""Verify citations: find out what they name, gather the files of the site, look outside, and make every check.

A line: joins the stages in this order; what holds is for `citation_check` to say. Nothing is written.
"""

from collections.abc import Sequence

from atlas.citation_check import check
from atlas.citation_check.exhibit import sha256, tree_of
from atlas.citation_check.pack import MANIFEST, SUMS, PackChecked, judged, vouched
from atlas.citation_check.report import STATUS, Checked, Report
from atlas.citation_check.standing import Source, standing
from atlas.site_files import Folder, SiteFiles
from atlas.verify_citation.finding import find
from atlas.verify_citation.gathering import gathered
from atlas.verify_citation.outside import looked_outside
from atlas.verify_citation.places import Case
from atlas.verify_citation.settings import Settings

__all__ = ["Settings", "verify_citations"]


def verify_citations(citations: Sequence[str], settings: Settings) -> Report:
    """Check citations: each a file, a folder or zip of files, an address of the site, or an id.

    Raises:
        CitationFault: one names nothing that can be checked.
        SiteFilesFault: files of the site cannot be read.
    """
    cases = [case for citation in citations for case in find(citation, settings)]
    checked = [_checked(case) for case in cases]
    proved = frozenset[str]().union(*(hashes for _, hashes in checked))
    used = {place.files.name: place.files for case in cases for place in case.used}
    packs = (_pack(files, proved) for files in used.values() if _is_pack(files))
    return Report(tuple(one for one, _ in checked), tuple(packs))


def _checked(case: Case) -> tuple[Checked, frozenset[str]]:
    """Return what became of one case, and the SHA-256 of each file that the log vouches for."""
    exhibit, is_current = gathered(case)
    found = check(looked_outside(exhibit, case))
    stands = standing(exhibit, found, _page(case), _source(case))
    if stands.differs:
        found[STATUS] = stands.differs
    checked = Checked(
        id=exhibit.id,
        revision=exhibit.revision,
        is_current=is_current,
        is_named=bool(case.cited.revision or case.record),
        sources=tuple(dict.fromkeys(place.files.name for place in case.used)),
        found=found,
        standing=stands.sentence,
    )
    return checked, vouched(exhibit, found)


def _is_pack(files: SiteFiles) -> bool:
    if files.is_whole:
        return False
    lists_it = f"  {MANIFEST}\n".encode() in (files.read(SUMS) or b"")
    return lists_it or "atlas" in (tree_of(files.read(MANIFEST) or b"") or {})


def _pack(files: SiteFiles, proved: frozenset[str]) -> PackChecked:
    hashes = {name: sha256(files.read(name) or b"") for name in files.names()}
    return judged(files.name, hashes, files.read(SUMS), proved)


def _source(case: Case) -> Source:
    """Return how the record of the page came to be beside the proof."""
    place = case.holder("record.json")
    if not (place and place.folder) or place != case.holder("proof.json"):
        return Source.APART
    if case.given and case.given.content != place.files.read(f"{place.folder}record.json"):
        return Source.APART
    built = case.settings.built
    if built and isinstance(place.files, Folder) and place.files.is_at(built):
        return Source.BUILT_HERE
    return Source.TOGETHER


def _page(case: Case) -> dict[str, object] | None:
    """Return the record of the page as it reads; None: it is not at hand."""
    page = case.given or case.beside("record.json")
    return tree_of(page.content) if page else None
