"""`attestation`: GitHub's public log says that the publishing workflow made the root, or a later one. Core."""

import base64
import hashlib
import json
from typing import Any

from atlas.citation_check.anchoring import anchored
from atlas.citation_check.exhibit import Exhibit
from atlas.citation_check.found import Found, failed, not_checked, passed

ENDING = ".sigstore.json"


def found(of: Exhibit) -> Found:
    """Compare what is attested with the root's line, and tell what `gh attestation verify` said of it."""
    if of.no_leaf:
        return not_checked(of.no_leaf)
    bundles = list(anchored(of, ENDING))
    for name, content, line in bundles:
        if line is None:
            return failed(f"`{name}` is of a root that is no line of `roots.jsonl`.")
        digests = subjects(content)
        if not digests:
            return failed(f"`{name}` is no attestation that can be read.")
        if not subject(content, line):
            return failed(f"`{name}` attests other bytes than the line of its root: {digests[0]}.")
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


def subject(bundle: bytes, line: bytes) -> bytes | None:
    """Return the bytes of the file that a bundle attests: a root's line with or without a line feed; None: neither."""
    digests = subjects(bundle)
    for content in (line, line + b"\n"):
        if hashlib.sha256(content).hexdigest() in digests:
            return content
    return None


def subjects(bundle: bytes) -> tuple[str, ...]:
    """Return the SHA-256 of everything that a Sigstore bundle attests (in-toto statement, v1); empty: it is none."""
    try:
        payload = base64.b64decode(
            _at(json.loads(bundle), "dsseEnvelope", "payload"), validate=True
        )
        told = _at(json.loads(payload), "subject")
        return tuple(str(_at(one, "digest", "sha256")) for one in told)
    except (ValueError, TypeError, LookupError, RecursionError):
        return ()


def _at(tree: Any, *keys: str) -> Any:  # noqa: ANN401  whatever a stranger's JSON holds
    for key in keys:
        tree = tree[key]
    return tree
