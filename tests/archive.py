"""The archive of real documents that tests and measurements read, and how a test says that it needs it.

It is no part of the project: `ATLAS_ARCHIVE` names its folder, by default `../shared/archive` beside the checkout.
"""

import gzip
import hashlib
import json
import os
import re
import subprocess
import tempfile
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from html import unescape
from pathlib import Path

import pytest
from conftest import ROOT

from atlas.canonical import text_v1

ARCHIVE = Path(os.environ.get("ATLAS_ARCHIVE") or ROOT.parent / "shared" / "archive")
IS_THERE = (ARCHIVE / "evidence" / "html" / "manifest.json").is_file()
REASON = f"there is no archive at {ARCHIVE}; set ATLAS_ARCHIVE to its folder"

needs_archive = pytest.mark.skipif(
    not IS_THERE and os.environ.get("CI") != "true",
    reason=REASON,
)
"""For tests of real documents: they are left out where there are none, and fail where `CI` is `true`."""


def evidence(name):
    """Return what one file of `evidence/` holds: a JSON value, or a list of those of its lines."""
    assert IS_THERE, REASON
    path = ARCHIVE / "evidence" / name
    content = path.read_bytes()
    if path.suffix == ".gz":
        content = gzip.decompress(content)
    if ".jsonl" in path.suffixes:
        return [json.loads(line) for line in content.splitlines()]
    return json.loads(content)


def page(entry):
    """Return the bytes of a page of the manifest, as they were fetched."""
    return gzip.decompress((ARCHIVE / "evidence" / entry["file"]).read_bytes())


@dataclass(frozen=True)
class Version:
    """One version of a document in the bundle."""

    document: str
    """Path without `.md`: `ChatGPT/Commercial Terms`."""
    at: datetime
    subject: str
    blob: str
    text: str = field(repr=False)
    """text-v1 of its plain text."""

    @property
    def service(self):
        """Whose document it is."""
        return self.document.partition("/")[0]


@cache
def documents():
    """Return the names of the bundle's documents, each with (instant, subject, blob) of its versions, oldest first."""
    assert IS_THERE, REASON
    log = _git("log", "--reverse", "--raw", "--no-abbrev", "--format=%x00%aI%x1f%s", "-z")
    found = defaultdict(list)
    for commit in log.decode().split("\0\0"):
        head, *changes = commit.strip("\0\n").split("\0")
        at, _, subject = head.partition("\x1f")
        for change, name in zip(changes[::2], changes[1::2], strict=True):
            *_, blob, status = change.split()
            if name.endswith(".md") and "/" in name and status in "AM":
                found[name.removesuffix(".md")].append((at, subject, blob))
    return dict(found)


@cache
def versions(document):
    """Return all versions of one document of the bundle, oldest first."""
    listed = documents()[document]
    texts = _texts({blob for *_, blob in listed})
    return tuple(
        Version(document, datetime.fromisoformat(at), subject, blob, texts[blob])
        for at, subject, blob in listed
    )


def plain_text(markdown):
    """Return Markdown, as Open Terms Archive writes it, as text-v1: one block a line, no addresses."""
    text = _COMMENT.sub("", markdown)
    for _ in range(2):  # an image in a link
        text = _LINK.sub(lambda hit: "" if hit[0][0] == "!" else hit[1], text)
    lines = []
    for paragraph in re.split(r"\n\s*\n", text):
        block = []
        for line in paragraph.split("\n"):
            if _RULE.match(line):
                continue
            if _STARTS_BLOCK.match(line) and block:
                lines.append(" ".join(block))
                block = []
            block.append(_STARTS_BLOCK.sub("", line).strip().strip("|"))
        lines.append(" ".join(block))
    joined = _ESCAPED.sub(r"\1", _EMPHASIS.sub("", "\n".join(lines)))
    return text_v1(unescape(joined))


_COMMENT = re.compile(r"<!--.*?-->|</?[a-z][^<>\n]*>", re.DOTALL)
_LINK = re.compile(
    r"""!?(?<!\\)\[((?:[^\[\]\\\n]|\\.)*)\]\((?:<[^>\n]*>|(?:[^()\s\\]|\\.|\([^()\s]*\))*)(?:\s+"(?:[^"\\]|\\.)*")?\s*\)"""
)
_RULE = re.compile(r"\s*(?:[=\-*_] ?){3,}\s*$|\s*\|?(?:\s*:?-+:?\s*\|)+\s*:?-*:?\s*$")
_STARTS_BLOCK = re.compile(r"^(?:\s*(?:#{1,6}\s+|>\s?|[*+\-]\s+|\d+[.)]\s+|\|))+")
_EMPHASIS = re.compile(r"(?<!\\)(?:\*{1,4}|(?<!\w)_{1,3}(?=\w)|(?<=\w|[.,;:!?)])_{1,3}(?!\w)|`)")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!>~|])")


@cache
def _repository():
    """Return a clone of the bundle in the folder for temporary files, made once for each bundle."""
    bundle = ARCHIVE / "ota-genai-eu-versions.bundle"
    name = hashlib.sha256(f"{bundle} {bundle.stat().st_size}".encode()).hexdigest()[:12]
    place = Path(tempfile.gettempdir()) / f"atlas-archive-{os.getuid()}-{name}.git"
    if not place.is_dir():
        with tempfile.TemporaryDirectory(dir=place.parent) as fresh:
            made = Path(fresh) / "clone"
            subprocess.run(["git", "clone", "-q", "--bare", bundle, made], check=True)
            try:
                made.rename(place)
            except OSError:  # another process was faster
                assert place.is_dir()
    return place


def _texts(blobs):
    """Return the plain text of blobs, by name."""
    ordered = sorted(blobs)
    output = _git("cat-file", "--batch", stdin="\n".join(ordered).encode() + b"\n")
    texts, at = {}, 0
    for name in ordered:
        end = output.index(b"\n", at)
        size = int(output[at:end].split()[2])
        texts[name] = plain_text(output[end + 1 : end + 1 + size].decode())
        at = end + 2 + size
    return texts


def _git(*arguments, stdin=None):
    return subprocess.run(
        ["git", "-C", _repository(), *arguments], input=stdin, capture_output=True, check=True
    ).stdout
