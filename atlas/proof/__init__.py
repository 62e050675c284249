"""The log of what was published and where clauses stood, and how anybody can check that something is in it.

Core. A leaf is one state of one record, a root stands for all leaves up to a publishing (RFC 9162),
and a proof leads from a leaf to the first root that holds it. None of it is ever taken back.
"""

from atlas.proof.coding import (
    decode_leaf,
    decode_root,
    leaf_line,
    root_line,
    root_sha256,
)
from atlas.proof.inclusion import (
    Inclusion,
    decode_proof,
    encode_proof,
    holds,
    inclusions,
)
from atlas.proof.leaves import grown, leaves_now

__all__ = [
    "Inclusion",
    "decode_leaf",
    "decode_proof",
    "decode_root",
    "encode_proof",
    "grown",
    "holds",
    "inclusions",
    "leaf_line",
    "leaves_now",
    "root_line",
    "root_sha256",
]
