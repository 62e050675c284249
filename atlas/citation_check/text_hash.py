"""`text-hash`: the text of the document has the hash that the log says. Core."""

from atlas.citation_check.exhibit import Exhibit, leaf_named, sha256
from atlas.citation_check.found import Found, failed, not_checked, passed
from atlas.citation_check.texts import absent, held


def found(of: Exhibit) -> Found:
    """Compare each text that is at hand with the leaves that name it."""
    texts = held(of)
    if not texts:
        return not_checked(absent(of))
    for entry, text in texts:
        actual = sha256(text.content)
        if actual != entry.leaf.text_sha256:
            return failed(
                f"`{text.name}` has the SHA-256 {actual}, and {leaf_named(entry)} says"
                f" {entry.leaf.text_sha256}: the text is not the one that was seen."
            )
    entry, _ = texts[0]
    return passed(
        f"The SHA-256 of the text, {entry.leaf.text_sha256}, is the one in {leaf_named(entry)}."
    )
