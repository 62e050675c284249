"""What others say of roots: time stamps and attestations, each in a file that is named for the root that it is about.

Core. Whether one holds is judged where it is verified; here only which root it is about.
"""

import re
from collections.abc import Iterable, Mapping

from atlas.model import Published
from atlas.problem import Fault
from atlas.proof import root_line
from atlas.proof.attestation import is_about
from atlas.published.places import ANCHORS_FOLDER

_STAMP = re.compile(r"([1-9][0-9]*)\.[a-z0-9][a-z0-9-]*\.tsr").fullmatch


class AnchorFault(Fault):
    """A file is about no root of the log; says which."""


def attestation_file(size: int) -> str:
    """Return the name of the file with the attestation of a root."""
    return f"{size}.sigstore.json"


def anchored(published: Published, files: Iterable[tuple[str, bytes]]) -> Mapping[str, bytes]:
    """Return which anchors are new among files, given by name, by path from the root of the atlas.

    A time stamp has the name that `./run timestamp` gave it; an attestation, a Sigstore bundle that is
    the first of several lines, may have any.

    Raises:
        AnchorFault: one is about no root of the log.
    """
    sizes = {root.size for root in published.roots}
    found = {}
    for name, content in files:
        if match := _STAMP(name):
            kept = name if int(match[1]) in sizes else None
            entry = content
        else:
            entry = content.strip().partition(b"\n")[0] + b"\n"
            size = next((r.size for r in published.roots if is_about(entry, root_line(r))), 0)
            kept = attestation_file(size) if size else None
        if kept is None:
            raise AnchorFault(
                f"{name} is neither a time stamp nor an attestation of a root of the log"
            )
        if kept not in published.anchors:
            found[f"{ANCHORS_FOLDER}/{kept}"] = entry
    return found
