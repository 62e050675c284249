"""Which lines of roots vouch for a citation: that of its first root, and through their chain all that follow. Core."""

from collections.abc import Iterator

from atlas.citation_check.exhibit import Exhibit
from atlas.proof import root_line


def anchored(of: Exhibit, ending: str) -> Iterator[tuple[str, bytes, bytes | None]]:
    """Yield name, bytes and root's line of each anchor of such a name that vouches for what is cited, oldest first.

    A line of roots holds the hash of the line before, so what is said of a later one holds for it. The
    line is None where there is no root of so many leaves.
    """
    if not of.cited:
        return
    first = of.cited[0].root
    lines = {first.size: root_line(first), **of.root_lines}
    sizes = {name: name.partition(".")[0] for name in of.anchors if name.endswith(ending)}
    for name in sorted(sizes, key=lambda one: (len(sizes[one]), one)):
        if sizes[name].isdecimal() and int(sizes[name][:20]) >= first.size:
            yield name, of.anchors[name], lines.get(int(sizes[name][:20]))
