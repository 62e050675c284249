"""What was published: the files below `data/published/` as values, and what is wrong with them, to the line.

Core. `read_published` reads them all and compares them with their sums and with each other; the
`encode` functions make the bytes of each file again. Reading and writing disks is others' work.
"""

from atlas.published.addresses import Addresses, encode_addresses, file_of
from atlas.published.ids import encode_ids
from atlas.published.log import encode_leaves, encode_roots
from atlas.published.places import (
    ANCHORS_FOLDER,
    FOLDER,
    IDS_FILE,
    LOG_FOLDER,
    ROOTS_FILE,
    SUMS_FILE,
    URLS_FOLDER,
    frozen_file,
)
from atlas.published.reading import read_published
from atlas.published.sums import encode_sums, renewed_sums

__all__ = [
    "ANCHORS_FOLDER",
    "FOLDER",
    "IDS_FILE",
    "LOG_FOLDER",
    "ROOTS_FILE",
    "SUMS_FILE",
    "URLS_FOLDER",
    "Addresses",
    "encode_addresses",
    "encode_ids",
    "encode_leaves",
    "encode_roots",
    "encode_sums",
    "file_of",
    "frozen_file",
    "read_published",
    "renewed_sums",
]
