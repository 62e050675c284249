"""That a leaf is in the log: its path to the first root that holds it, as `proof.json` publishes it.

Core. The first root never changes, so a proof that was published never does either.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from atlas.ledger.coding import Wrong, dump, load, value_of
from atlas.model import Leaf, Published, Root
from atlas.proof import merkle
from atlas.proof.coding import leaf_line, leaf_tree, root_tree

FORMAT = 1
"""Number of this shape; it grows only when a field changes its meaning or goes."""


@dataclass(frozen=True, slots=True)
class Inclusion:
    """One entry of a `proof.json`."""

    index: int
    """Place of the leaf in the log, from 0."""
    leaf: Leaf
    path: tuple[str, ...]
    """Hashes from the leaf up to the root (RFC 9162, 2.1.3), in hexadecimal."""
    root: Root
    """The first that holds the leaf."""


def inclusions(published: Published) -> Mapping[str, tuple[Inclusion, ...]]:
    """Return what the log holds of each record, by id, oldest first.

    A leaf that no root holds yet has no proof.
    """
    tree, start = merkle.tree(map(leaf_line, published.leaves)), 0
    found: dict[str, tuple[Inclusion, ...]] = {}
    for root in published.roots:
        for index, path in enumerate(merkle.paths(tree, start, root.size), start):
            leaf = published.leaves[index]
            found[leaf.id] = (*found.get(leaf.id, ()), Inclusion(index, leaf, path, root))
        start = root.size
    return found


def holds(entry: Inclusion) -> bool:
    """Return whether an entry's path leads from its leaf to its root."""
    path, root = [bytes.fromhex(node) for node in entry.path], bytes.fromhex(entry.root.root)
    return merkle.leads_to(leaf_line(entry.leaf), entry.index, entry.root.size, path, root)


def encode_proof(number: str, entries: tuple[Inclusion, ...]) -> bytes:
    """Return the `proof.json` of a record, with a final line feed."""
    proofs = [
        {
            "index": entry.index,
            "leaf": leaf_tree(entry.leaf),
            "path": entry.path,
            "root": root_tree(entry.root),
        }
        for entry in entries
    ]
    return dump({"format": FORMAT, "id": number, "proofs": proofs}) + b"\n"


def decode_proof(content: bytes) -> tuple[str, tuple[Inclusion, ...]]:
    """Return the id and the entries of a `proof.json`.

    Raises:
        Wrong: it is not what `encode_proof` writes, or holds leaves of several records.
    """
    if not content.endswith(b"\n"):
        raise Wrong("", "this file is torn: it has no line feed")
    match load(content[:-1]):
        case {"format": 1, "id": str(number), "proofs": [*proofs], **others} if not others:
            entries = tuple(value_of(Inclusion, proof) for proof in proofs)
            if any(entry.leaf.id != number for entry in entries):
                raise Wrong("id", "`id` is not the id of every leaf")
            return number, entries
    raise Wrong("", "this is not `format`, which is 1, `id` and `proofs`")
