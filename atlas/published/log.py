"""The log: leaves in `log/0000.jsonl` and on, a thousand a file, and the roots over them in `roots.jsonl`.

Core. Lines and hashes are `proof`'s; here they are found in their files, and compared with each other.
"""

import hashlib
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from atlas.ledger.coding import Wrong
from atlas.model import Leaf, Root
from atlas.problem import Problem
from atlas.proof import decode_leaf, decode_root, leaf_line, merkle, root_line
from atlas.proof.coding import FIRST
from atlas.published.places import LOG_FOLDER, ROOTS_FILE, broken, lines_of

_LEAVES = 1000
"""How many leaves a file holds."""
_FILE = re.compile(rf"{LOG_FOLDER}/[0-9]{{4,}}\.jsonl").fullmatch

_Value = TypeVar("_Value")


def encode_leaves(leaves: Sequence[Leaf], start: int = 0) -> dict[str, bytes]:
    """Return what the files hold that have leaves from place `start` on, by path from the root of the atlas."""
    return {
        leaves_file(first): b"".join(
            leaf_line(leaf) + b"\n" for leaf in leaves[first : first + _LEAVES]
        )
        for first in range(start - start % _LEAVES, len(leaves), _LEAVES)
    }


def encode_roots(roots: Iterable[Root]) -> bytes:
    """Return what `roots.jsonl` holds."""
    return b"".join(root_line(root) + b"\n" for root in roots)


def leaves_file(place: int) -> str:
    """Return the file, from the root of the atlas, that holds the leaf of a place, from 0."""
    return f"{LOG_FOLDER}/{place // _LEAVES:04}.jsonl"


def leaf_place(place: int) -> tuple[str, int]:
    """Return the file and the number of the line of a leaf, by its place from 0."""
    return leaves_file(place), place % _LEAVES + 1


def decode_log(
    files: Mapping[str, bytes], roots: bytes | None, unchanged: Collection[str] = ()
) -> tuple[tuple[Leaf, ...], tuple[Root, ...], list[Problem]]:
    """Return the leaves and the roots of the log, and what is wrong with them.

    `files` are those of the folder of leaves, by path; `unchanged` are the paths of those that have
    their sum, which says which of two that disagree is wrong. Where a line is broken nothing is said
    of what follows from all of them.
    """
    problems: list[Problem] = []
    lines: list[bytes] = []
    leaves: list[Leaf] = []
    ordered = sorted(files, key=lambda path: (len(path), path))
    for place, path in enumerate(ordered):
        if not _FILE(path) or path != leaves_file(place * _LEAVES):
            problems.append(broken(path, f"{leaves_file(place * _LEAVES)} is due here"))
            return (), (), problems
        found = lines_of(path, files[path], problems)
        if len(found) > _LEAVES or (len(found) < _LEAVES and path != ordered[-1]) or not found:
            message = f"this file has {len(found)} leaves, and a file has {_LEAVES}"
            problems.append(broken(path, message))
        leaves += _decoded(path, found, decode_leaf, problems)
        lines += found
    root_lines = lines_of(ROOTS_FILE, roots or b"", problems)
    decoded = _decoded(ROOTS_FILE, root_lines, decode_root, problems)
    if not problems:
        # What is wrong with one line is wrong with all that follow from it: the first break is told.
        found_breaks = (
            *_chain_breaks(root_lines, decoded),
            *_root_breaks(lines, decoded, unchanged),
        )
        problems += found_breaks[:1]
    return tuple(leaves), tuple(decoded), problems


def _decoded(
    path: str, lines: Sequence[bytes], decode: Callable[[bytes], _Value], problems: list[Problem]
) -> list[_Value]:
    found = []
    for number, line in enumerate(lines, 1):
        try:
            found.append(decode(line))
        except Wrong as wrong:
            problems.append(broken(path, str(wrong), number))
    return found


def _chain_breaks(lines: Sequence[bytes], roots: Sequence[Root]) -> Iterator[Problem]:
    """Name each root that is not the one that was written, by the hashes of the lines before."""
    prevs = [root.prev for root in roots]
    hashes = [FIRST, *(hashlib.sha256(line).hexdigest() for line in lines)]
    for place, (prev, before) in enumerate(zip(prevs, hashes, strict=False)):
        if prev == before:
            continue
        if place and prevs[place + 1 : place + 2] == hashes[place + 1 : place + 2]:
            message = (
                "this root is not the one that was written: the next line holds another hash of it"
            )
            yield broken(ROOTS_FILE, message, place)
        elif place and place + 1 == len(roots):
            message = (
                "`prev` is not the hash of the line before: one of the two is not as it was written"
            )
            yield broken(ROOTS_FILE, message, place + 1)
        else:
            message = "this root is not the one that was written: `prev` is another hash"
            yield broken(ROOTS_FILE, message, place + 1)


def _root_breaks(
    lines: Sequence[bytes], roots: Sequence[Root], unchanged: Collection[str]
) -> Iterator[Problem]:
    """Compare the roots with the leaves that they stand for."""
    tree, size = merkle.tree(lines), 0
    for number, root in enumerate(roots, 1):
        if number > 1 and root.at < roots[number - 2].at:
            yield broken(ROOTS_FILE, "`at` is earlier than that of the root before", number)
        if root.size <= size:
            message = f"`size` is {root.size}, and the root before has {size}"
            yield broken(ROOTS_FILE, message, number)
        elif root.size > tree.size:
            message = f"`size` is {root.size}, and the log has {tree.size} leaves"
            yield broken(ROOTS_FILE, message, number)
        elif merkle.head(tree, root.size).hex() != root.root:
            yield _other_leaves(size, root, number, unchanged)
        size = max(size, root.size)
    if size < tree.size:
        path, number = leaf_place(size)
        message = f"the last root has {size} leaves: from this one on they have none"
        yield broken(path, message, number)


def _other_leaves(size: int, root: Root, number: int, unchanged: Collection[str]) -> Problem:
    """Tell that leaves from place `size` on do not add up to a root."""
    for place in range(size, root.size):
        path, line = leaf_place(place)
        if path not in unchanged and (place == size or line == 1):
            message = (
                f"of the leaves {place + 1} to {root.size} one is not the one that was entered:"
                f" they do not add up to the root of roots.jsonl, line {number}"
            )
            return broken(path, message, line)
    message = f"`root` is not that of leaves 1 to {root.size}"
    return broken(ROOTS_FILE, message, number)
