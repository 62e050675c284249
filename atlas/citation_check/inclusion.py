"""`inclusion`: the path of each leaf of the proof leads to the root that it names (RFC 9162, 2.1.3.2). Core."""

from atlas.citation_check.exhibit import Exhibit, leaf_named
from atlas.citation_check.found import Found, failed, not_checked, passed
from atlas.proof import Inclusion, holds, leaf_line, root_line


def found(of: Exhibit) -> Found:
    """Walk the path of every entry, the ones of other revisions too: none was changed since it was published."""
    if of.proof is None:
        return not_checked(of.no_leaf)
    if of.proof_fault:
        return failed(f"`{of.proof.name}` is not as it was published: {of.proof_fault}.")
    if of.proof_id != of.id:
        return failed(f"The proof is one of {of.proof_id}, and what is checked is {of.id}.")
    for entry in of.entries:
        if not holds(entry):
            return failed(
                f"The path of {leaf_named(entry)} does not lead to the root of {entry.root.size:,} leaves:"
                f" {_culprit(of, entry)}."
            )
    if not of.cited:
        return failed(f"The proof holds no leaf of revision {of.revision}.")
    if len(of.cited) == 1:
        entry = of.cited[0]
        return passed(
            f"The path of {leaf_named(entry)} leads to the root of {entry.root.size:,} leaves."
        )
    leaves = " and ".join(f"{entry.index + 1:,}" for entry in of.cited)
    sizes = " and ".join(f"{entry.root.size:,}" for entry in of.cited)
    return passed(f"The paths of leaves {leaves} of the log lead to the roots of {sizes} leaves.")


def _culprit(of: Exhibit, entry: Inclusion) -> str:
    """Say which part of an entry is not as it was published, as far as the other files tell."""
    line = of.root_lines.get(entry.root.size)
    if line is not None and line != root_line(entry.root):
        return "its root is not the one of `roots.jsonl`"
    logged = leaf_in_log(of, entry.index)
    if logged is not None and logged != leaf_line(entry.leaf):
        return "its leaf is not the one in the log"
    if line is not None and logged is not None:
        return "its path is not as it was published"
    return "its index, its leaf, its path or its root is not as it was published"


def leaf_in_log(of: Exhibit, index: int) -> bytes | None:
    """Return the line of a leaf in the file of the log that holds it; None: that is not at hand."""
    start = max((first for first in of.log if first <= index), default=None)
    if start is None:
        return None
    lines = of.log[start].content.split(b"\n")[:-1]
    return lines[index - start] if index - start < len(lines) else None
