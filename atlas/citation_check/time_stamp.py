"""`time-stamp`: authorities put a time to the root, or to a later one whose chain holds it (RFC 3161). Core."""

from atlas.citation_check.anchoring import anchored
from atlas.citation_check.exhibit import Exhibit
from atlas.citation_check.found import Found, failed, not_checked, passed
from atlas.proof import stamp


def found(of: Exhibit) -> Found:
    """Judge every time stamp at hand; the oldest that holds is told."""
    if of.no_leaf:
        return not_checked(of.no_leaf)
    judged = []
    for name, token, line in anchored(of, ".tsr"):
        if line is None:
            return failed(f"`{name}` is of a root that is no line of `roots.jsonl`.")
        one = stamp.judged(token, line, of.trusted)
        if one.verdict is stamp.Verdict.FAILS:
            return failed(f"`{name}` does not hold. {one.sentence}")
        judged.append((name, one))
    if not judged:
        return not_checked(
            f"No time stamp of this root, or of a later one, was compared: {of.anchors_absent}."
        )
    for name, one in judged:
        if one.verdict is stamp.Verdict.HOLDS:
            return passed(f"`{name}` is a time stamp of {_root_of(of, name)}. {one.sentence}")
    name, one = judged[0]
    return not_checked(
        f"`{name}` is a sound token over {_root_of(of, name)}, and whom to trust is yours to say (`--trust`)."
        f" {one.sentence}"
    )


def _root_of(of: Exhibit, name: str) -> str:
    size = int(name.partition(".")[0])
    is_own = size == of.cited[0].root.size
    return (
        "this root" if is_own else f"the later root of {size:,} leaves, whose chain holds this one"
    )
