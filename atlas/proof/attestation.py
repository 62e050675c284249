"""Attestations of roots (Sigstore bundles, as GitHub makes them): what one says that it is about.

Core. Whether its signature holds is for `gh attestation verify` to say, which knows Sigstore's keys.
"""

import base64
import hashlib
import json

_BUNDLE = "application/vnd.dev.sigstore.bundle"


def is_about(bundle: bytes, line: bytes) -> bool:
    """Return whether a bundle attests a file that holds a root's line and nothing else."""
    return subjects(bundle) == {hashlib.sha256(line).hexdigest()}


def subjects(bundle: bytes) -> frozenset[str]:
    """Return the SHA-256 of everything that a bundle attests (in-toto statement, v1); empty: it attests nothing."""
    try:
        tree = json.loads(bundle)
        statement = json.loads(base64.b64decode(tree["dsseEnvelope"]["payload"], validate=True))
        told = frozenset(str(subject["digest"]["sha256"]) for subject in statement["subject"])
        return told if tree["mediaType"].startswith(_BUNDLE) else frozenset()
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return frozenset()
