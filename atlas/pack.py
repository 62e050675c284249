"""Packs: examine the records, gather what the site has of some of them, and write one zip.

A line: joins the stages. A pack holds what was published, so what is not registered yet has none.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from atlas import load, packing, site, urls
from atlas.citation_check.reading import read_id
from atlas.examine import examine
from atlas.model import Atlas, Provision
from atlas.problem import Fault
from atlas.record_form import status_sha256
from atlas.zip_file import write_zip


class PackFault(Fault):
    """There is nothing to pack; says why."""


@dataclass(frozen=True, slots=True)
class Packed:
    """What was written."""

    records: int
    files: int
    size: int
    """Bytes."""
    sha256: str
    """Of the zip."""


def pack(root: Path, ids: Sequence[str], output: Path, name: str, as_of: date) -> Packed:
    """Write the pack of some records of the atlas at `root` to `output`, which is called `name` in sentences.

    Raises:
        CitationFault: that is no id of this atlas.
        PackFault: an id is unknown, or nothing of its record was published; nothing was written.
        ZipFileFault: the file is there already, or the disk refuses.
    """
    examined = examine(root, as_of)
    if not examined.is_sound:
        first = next(problem for problem in examined.report.problems if problem.blocks)
        raise PackFault(
            f"nothing is packed while something is wrong ({first.path}:{first.span.line}: {first.message});"
            " ./run check says all of it"
        )
    named = (_record(examined.atlas, one) for one in ids)
    by_id = {record.id or "": record for record in named}
    records = [by_id[number] for number in sorted(by_id)]
    templates = load.load_templates(root)
    publication = site.publish(examined.atlas, templates, site.Settings(as_of))
    files = dict(packing.packed(publication, records))
    wanted = {
        urls.held_text(sha256).removeprefix("/") for sha256 in packing.texts(publication, records)
    }
    for text in site.held_texts(root, publication):
        if text.path in wanted:
            files[text.path] = text.content
    files[packing.SCRIPT] = templates.texts[packing.SCRIPT].encode()
    sealed = packing.sealed(publication, records, files)
    written = write_zip(output, sealed, name)
    return Packed(len(records), len(sealed), written.size, written.sha256)


def _record(atlas: Atlas, named: str) -> Provision:
    number = read_id(named, atlas.site.id_prefix).id
    provision = atlas.by_id.get(number)
    if provision is None:
        raise PackFault(f"there is no record {number} in this atlas")
    last = atlas.published.last.get(number)
    if last is None:
        raise PackFault(
            f"{number} has no leaf in the log yet, so there is nothing to prove of it; ./run register enters it"
        )
    if last.status_sha256 != status_sha256(provision):
        raise PackFault(
            f"the log does not have the status of {number} yet, so its pack would not hold; ./run register enters it"
        )
    return provision
