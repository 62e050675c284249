"""Which texts of the document a citation can be compared with. Core."""

from atlas.citation_check.exhibit import Exhibit, File
from atlas.proof import Inclusion


def held(of: Exhibit) -> tuple[tuple[Inclusion, File], ...]:
    """Return the leaves of the revision whose text is at hand, each with it."""
    return tuple(
        (entry, text) for entry in of.cited if (text := of.texts.get(entry.leaf.text_sha256 or ""))
    )


def absent(of: Exhibit) -> str:
    """Return why there is none, as a whole sentence."""
    if of.no_leaf:
        return of.no_leaf
    if of.cited and not any(entry.leaf.text_sha256 for entry in of.cited):
        return "The log names no text of the document: nobody had looked at it by then."
    return of.text_absent
