"""Attestations: whether a bundle is about a root; whether it holds is for others to say."""

import base64
import hashlib
import json

import pytest
from logs import leaf, published

from atlas.proof import root_line
from atlas.proof.attestation import is_about

LINE = root_line(published([leaf()]).roots[0])


def bundle(*contents, **others):
    """Return a bundle that says that it attests files with these contents."""
    subjects = [
        {"name": "root", "digest": {"sha256": hashlib.sha256(content).hexdigest()}}
        for content in contents
    ]
    payload = base64.b64encode(json.dumps({"subject": subjects}).encode()).decode()
    told = {
        "mediaType": "application/vnd.dev.sigstore.bundle.v0.3+json",
        "dsseEnvelope": {"payload": payload},
        **others,
    }
    return json.dumps(told).encode()


def test_an_attestation_of_the_line():
    """The file that is attested holds the line, without a line feed, and nothing else."""
    assert is_about(bundle(LINE), LINE)
    assert not is_about(bundle(LINE), LINE + b"\n")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{}",
        b"[]",
        b"[" * 100_000,
        bundle(),
        bundle(b"another root"),
        bundle(LINE, b"another root"),
        bundle(LINE, mediaType="text/plain"),
        bundle(LINE, mediaType=None),
        bundle(LINE, dsseEnvelope={"payload": "%"}),
        bundle(LINE, dsseEnvelope={"payload": base64.b64encode(b"[1]").decode()}),
        bundle(LINE, dsseEnvelope=None),
    ],
)
def test_what_attests_something_else(content):
    """Whatever does not say that it is about this root alone is told as not about it."""
    assert not is_about(content, LINE)
