"""`attestation`: GitHub's public log says that the publishing workflow made the root, or a later one. Core."""

from atlas.citation_check.anchoring import anchored
from atlas.citation_check.exhibit import Exhibit
from atlas.citation_check.found import Found, failed, not_checked, passed, visible
from atlas.proof.attestation import is_about, subjects

ENDING = ".sigstore.json"


def found(of: Exhibit) -> Found:
    """Compare what is attested with the root's line, and tell what `gh attestation verify` said of it."""
    if of.no_leaf:
        return not_checked(of.no_leaf)
    bundles = list(anchored(of, ENDING))
    for name, content, line in bundles:
        if line is None:
            return failed(f"`{name}` is of a root that is no line of `roots.jsonl`.")
        if not is_about(content, line):
            others = visible(", ".join(sorted(subjects(content))))
            return failed(
                f"`{name}` attests other bytes than the line of its root: {others}."
                if others
                else f"`{name}` is no attestation that can be read."
            )
    if not bundles:
        return not_checked(
            f"No attestation of this root, or of a later one, was compared: {of.anchors_absent}."
        )
    if of.attested is None:
        return not_checked(
            f"`{bundles[0][0]}` is of this root, and its signatures were not verified."
        )
    if of.attested.is_sound is None:
        return not_checked(of.attested.sentence)
    return (passed if of.attested.is_sound else failed)(of.attested.sentence)
