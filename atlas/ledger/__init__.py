"""The ledger: lines of JSON, each with the hash of the one before, and all that hangs on them.

Core. `chain` makes the bytes of new lines, `read` checks those that there are; `read_evidence` does
so for everything below `data/evidence/`. Owner of orjson, with `record_form`.
"""

from atlas.ledger.breaks import read
from atlas.ledger.chain import (
    FIRST,
    HEAD_FILE,
    LEDGER_FOLDER,
    chain,
    encode,
    encode_head,
    month_of,
)
from atlas.ledger.coding import Wrong
from atlas.ledger.holdings import (
    DOCUMENTS_FOLDER,
    EVIDENCE_FOLDER,
    IMPORTED_FOLDER,
    TEXTS_FOLDER,
    Mending,
    decode_state,
    encode_span,
    encode_state,
    evidence_files,
    mending,
    read_evidence,
    span_path,
    state_path,
    text_path,
)

__all__ = [
    "DOCUMENTS_FOLDER",
    "EVIDENCE_FOLDER",
    "FIRST",
    "HEAD_FILE",
    "IMPORTED_FOLDER",
    "LEDGER_FOLDER",
    "TEXTS_FOLDER",
    "Mending",
    "Wrong",
    "chain",
    "decode_state",
    "encode",
    "encode_head",
    "encode_span",
    "encode_state",
    "evidence_files",
    "mending",
    "month_of",
    "read",
    "read_evidence",
    "span_path",
    "state_path",
    "text_path",
]
