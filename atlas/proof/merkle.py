"""Merkle trees over the log: heads, inclusion paths and their verification (RFC 9162, 2.1).

Core. A hash is 32 bytes (SHA-256). Every complete subtree is hashed once; what is left at the right
edge depends on the size of the tree.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Tree:
    """Leaves with every complete subtree above them, and so every tree of their first so many."""

    levels: tuple[tuple[bytes, ...], ...] = field(repr=False)
    """Hashes of the subtrees of 1, 2, 4, ... leaves, from the left; the first are the leaves' own."""

    @property
    def size(self) -> int:
        """How many leaves it has."""
        return len(self.levels[0])


class Edge(NamedTuple):
    """The complete subtrees that add up to a tree of some size, from the left, the largest first."""

    levels: list[int]
    """Of each, the power of two that is the number of its leaves."""
    peaks: list[bytes]
    """Hash of each."""
    heads: list[bytes]
    """Hash of each together with all to its right; the first is the head of the tree."""


def leaf_hash(entry: bytes) -> bytes:
    """Return the hash of a leaf (RFC 9162, 2.1.1)."""
    return hashlib.sha256(b"\0" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of two subtrees (RFC 9162, 2.1.1)."""
    return hashlib.sha256(b"\1" + left + right).digest()


def tree(entries: Iterable[bytes]) -> Tree:
    """Return the tree over entries, with 2n hashes at most."""
    # `leaf_hash` and `node_hash` written out, since every check makes hundreds of thousands of them.
    sha256 = hashlib.sha256
    levels = [tuple([sha256(b"\0" + entry).digest() for entry in entries])]
    while len(levels[-1]) > 1:
        below = iter(levels[-1])
        pairs = zip(below, below, strict=False)  # an odd last one stands alone, higher up
        levels.append(tuple([sha256(b"\1" + left + right).digest() for left, right in pairs]))
    return Tree(tuple(levels))


def head(of: Tree, size: int) -> bytes:
    """Return the tree head of the first `size` leaves (RFC 9162, 2.1.1).

    Raises:
        ValueError: there are not so many leaves.
    """
    if not 0 <= size <= of.size:
        raise ValueError(f"there is no tree of {size} leaves where there are {of.size}")
    return _edge(of, size).heads[0] if size else hashlib.sha256().digest()


def paths(of: Tree, start: int, size: int) -> list[tuple[str, ...]]:
    """Return the inclusion paths, in hexadecimal, of the leaves from `start` on in the tree of the first `size`.

    Each is from below, as RFC 9162, 2.1.3.1 has it. What paths have in common is made once.

    Raises:
        ValueError: there are no such leaves.
    """
    if not 0 <= start < size <= of.size:
        raise ValueError(f"there is no leaf {start} in a tree of {size} of {of.size} leaves")
    levels, peaks, heads = _edge(of, size)
    found: list[tuple[str, ...]] = []
    first = 0
    for place, level in enumerate(levels):
        first += 1 << level
        if first <= start:
            continue
        rest = (*heads[place + 1 : place + 2], *reversed(peaks[:place]))
        low, above = (first >> level) - 1, [tuple(node.hex() for node in rest)]
        for k in reversed(range(level)):
            row, start_here, end = of.levels[k], max(2 * low, start >> k), 2 * (low + len(above))
            above = [
                (row[node ^ 1].hex(), *above[(node >> 1) - low]) for node in range(start_here, end)
            ]
            low = start_here
        found += above
    return found


def leads_to(entry: bytes, index: int, size: int, path: Sequence[bytes], root: bytes) -> bool:
    """Return whether a path proves that an entry is leaf `index` of the tree with this head (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    node, last, found = index, size - 1, leaf_hash(entry)
    for beside in path:
        if not last:
            return False
        if node & 1 or node == last:
            found = node_hash(beside, found)
            while node and not node & 1:  # a right edge that skips levels
                node, last = node >> 1, last >> 1
        else:
            found = node_hash(found, beside)
        node, last = node >> 1, last >> 1
    return not last and found == root


def _edge(of: Tree, size: int) -> Edge:
    levels = [k for k in reversed(range(size.bit_length())) if size >> k & 1]
    peaks = [of.levels[k][(size >> k) - 1] for k in levels]
    heads = peaks[-1:]
    for peak in reversed(peaks[:-1]):
        heads.insert(0, node_hash(peak, heads[0]))
    return Edge(levels, peaks, heads)
