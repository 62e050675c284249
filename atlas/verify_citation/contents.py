"""What a file of a record is, told by what is in it: people save files under names of their own."""

import re
from enum import Enum
from pathlib import PurePosixPath

from atlas.citation_check.exhibit import tree_of

_ID_INSIDE = re.compile(rb'"id":"([A-Z]{2,8}-P-[0-9]{6})"')
_ID = re.compile(r"[A-Z]{2,8}-P-[0-9]{6}").fullmatch


class Kind(Enum):
    """What a file is of a record."""

    PROOF = "proof.json"
    FROZEN = "r<n>/record.json"
    PAGE = "record.json"
    """The record of the page: it has an address, and changes with the page."""
    EVIDENCE = "evidence.json"


def kind_of(name: str, content: bytes) -> Kind | None:
    """Return what a file is by its content, or where that says nothing, by its name; None: something else."""
    tree = tree_of(content) or {}
    if "proofs" in tree:
        return Kind.PROOF
    if "texts" in tree and "records" in tree:
        return Kind.EVIDENCE
    if {"id", "revision"} <= tree.keys():
        return Kind.PAGE if "address" in tree and "rubric" not in tree else Kind.FROZEN
    path = PurePosixPath(name)
    if path.suffix != ".json" or content.lstrip()[:1] == b"[":
        return None
    if "proof" in path.stem:
        return Kind.PROOF
    is_record = "record" in path.stem or re.search(r"\.r[0-9]+$", path.stem)
    return Kind.FROZEN if is_record else None


def id_in(content: bytes) -> str:
    """Return the first id of a record in JSON, whole or not; empty: there is none."""
    told = (tree_of(content) or {}).get("id")
    if isinstance(told, str) and _ID(told):
        return told
    match = _ID_INSIDE.search(content)
    return match[1].decode() if match else ""
