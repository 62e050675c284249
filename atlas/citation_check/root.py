"""`root`: the root of the proof is a line of `roots.jsonl`, whose chain is whole, and the leaves add up to it. Core."""

from collections.abc import Sequence

from atlas.citation_check.exhibit import Exhibit, File, leaf_named, sha256
from atlas.citation_check.found import Found, failed, not_checked, passed
from atlas.citation_check.inclusion import leaf_in_log
from atlas.ledger.coding import Wrong
from atlas.model import Root
from atlas.proof import decode_root, leaf_line, merkle, root_line
from atlas.proof.coding import FIRST


class _Broken(Exception):
    """Says what is not as it was published, as a whole sentence."""


def found(of: Exhibit) -> Found:
    """Compare the proof with the roots, the roots with each other, and both with the leaves."""
    if of.roots is None:
        return not_checked("`roots.jsonl` was not at hand.")
    try:
        roots = _chain(of.roots)
        _compare(of)
        leaves = _add_up(of, roots)
    except _Broken as broken:
        return failed(str(broken))
    if of.no_leaf:
        return not_checked(of.no_leaf)
    if not of.cited:
        return not_checked(f"The proof names no root for revision {of.revision}.")
    line = next(n for n, root in enumerate(roots, 1) if root.size == of.cited[0].root.size)
    added = (
        f" The {leaves:,} leaves at hand add up to the roots over them."
        if leaves
        else " The log itself was not at hand, so nobody added its leaves up."
    )
    return passed(
        f"The root is line {line} of `roots.jsonl`, of whose {len(roots)} lines each holds the hash of the"
        f" one before.{added}"
    )


def _chain(file: File) -> tuple[Root, ...]:
    """Return the roots, each of which holds the hash of the line before."""
    *lines, rest = file.content.split(b"\n")
    if rest or not lines:
        raise _Broken(f"`{file.name}` is torn: line {len(lines) + 1} has no line feed.")
    roots: list[Root] = []
    prev, size = FIRST, 0
    for number, line in enumerate(lines, 1):
        try:
            root = decode_root(line)
        except Wrong as wrong:
            raise _Broken(
                f"Line {number} of `{file.name}` is not as it was published: {wrong}."
            ) from None
        if root.prev != prev:
            before = f"line {number - 1} or line {number}" if number > 1 else "line 1"
            raise _Broken(
                f"The chain of `{file.name}` is broken at line {number}: `prev` is not the hash of the line"
                f" before, so {before} is not as it was published."
            )
        if root.size <= size:
            raise _Broken(
                f"Line {number} of `{file.name}` stands for no more leaves than the one before."
            )
        prev, size = sha256(line), root.size
        roots.append(root)
    return tuple(roots)


def _compare(of: Exhibit) -> None:
    """See that the root of every entry is a line of the roots."""
    for entry in of.entries:
        line = of.root_lines.get(entry.root.size)
        if line is None:
            raise _Broken(
                f"No line of `roots.jsonl` stands for {entry.root.size:,} leaves,"
                f" as the root of {leaf_named(entry)} does."
            )
        if line != root_line(entry.root):
            raise _Broken(
                f"The root of {leaf_named(entry)} in the proof is not the line of {entry.root.size:,} leaves"
                " in `roots.jsonl`."
            )


def _add_up(of: Exhibit, roots: Sequence[Root]) -> int:
    """Compute the roots again from the leaves that are at hand from the first one on; return how many these are."""
    for entry in of.entries:
        logged = leaf_in_log(of, entry.index)
        if logged is not None and logged != leaf_line(entry.leaf):
            raise _Broken(
                f"In the log stands something else than {leaf_named(entry)} of the proof."
            )
    lines = _leaves(of)
    tree, before = merkle.tree(lines), 0
    for number, root in enumerate(roots, 1):
        if root.size > len(lines):
            break
        if merkle.head(tree, root.size).hex() != root.root:
            raise _Broken(
                f"Leaves {before + 1:,} to {root.size:,} of the log do not add up to line {number} of `roots.jsonl`:"
                " one of these leaves, or the line, is not as it was published."
            )
        before = root.size
    if roots and len(lines) > roots[-1].size:
        raise _Broken(f"The log has leaves after the {roots[-1].size:,} of the last root.")
    return before


def _leaves(of: Exhibit) -> list[bytes]:
    """Return the lines of the files of leaves that follow on each other from the first one."""
    lines: list[bytes] = []
    while file := of.log.get(len(lines)):
        *found, rest = file.content.split(b"\n")
        if rest or not found:
            raise _Broken(f"`{file.name}` is torn: line {len(found) + 1} has no line feed.")
        lines += found
    return lines
