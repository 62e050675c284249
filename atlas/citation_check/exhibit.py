"""What was gathered of one citation: files of the site as bytes, and what was seen outside of it.

Core. Nothing here is believed before it was checked: each file may have been changed by anybody, and
is read as far as it can be.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from atlas.ledger.coding import Wrong
from atlas.model import Body, Root
from atlas.proof import Inclusion, decode_proof, decode_root
from atlas.proof.stamp import Certificate
from atlas.record_form import canonical_json


class File(NamedTuple):
    """A file of the site, wherever it was found."""

    name: str
    content: bytes


class Seen(NamedTuple):
    """One page outside of the site that was asked for."""

    url: str
    body: Body | None
    why: str = ""
    """Why nothing came, as a whole sentence."""


class Attested(NamedTuple):
    """What `gh attestation verify` said of a root."""

    is_sound: bool | None
    """None: it was not run, or could not do its work."""
    sentence: str


@dataclass(frozen=True)
class Exhibit:
    """Everything that the checks look at. What is not there is None or empty."""

    id: str
    revision: int
    record: File | None = None
    """The frozen record of the revision: `r<n>/record.json`."""
    given: File | None = None
    """The record of the page, which is not frozen, where it is what was given: it is compared with the frozen one."""
    proof: File | None = None
    roots: File | None = None
    log: Mapping[int, File] = field(default_factory=dict)
    """Files of leaves by the index of their first one."""
    texts: Mapping[str, File] = field(default_factory=dict)
    """Texts of documents by the hash that the log has of them."""
    text_absent: str = "The text of the document was not at hand."
    """Why there is no text, as a whole sentence."""
    anchors: Mapping[str, bytes] = field(default_factory=dict)
    """Time stamps and attestations by file name: `40.sigstore.json`."""
    anchors_absent: str = "none was at hand"
    trusted: tuple[Certificate, ...] = ()
    """Certificates at which the chain of a time stamp may end."""
    attested: Attested | None = None
    """What GitHub's own program says of the oldest attestation; None: it was not asked."""
    copies: tuple[Seen, ...] = ()
    """Archived copies that are said to hold the words."""
    copies_absent: str = "No archived copy was asked for."
    pages: tuple[Seen, ...] = ()
    """The sources of the document, as they are now."""
    pages_absent: str = "The live page was not asked for."

    @cached_property
    def tree(self) -> dict[str, object] | None:
        """The record as it reads; None: there is none, or it is not canonical."""
        if self.record is None:
            return None
        tree = tree_of(self.record.content)
        return tree if tree is not None and canonical(tree) == self.record.content else None

    @property
    def withheld(self) -> str:
        """Why the law forbids to show the record's words; empty: it does not."""
        return str((self.tree or {}).get("withheld") or "")

    @property
    def quote(self) -> str | None:
        """The words that the record quotes."""
        clause = (self.tree or {}).get("clause")
        return clause if isinstance(clause, str) else None

    @cached_property
    def _opened(self) -> tuple[str, tuple[Inclusion, ...], str]:
        if self.proof is None:
            return "", (), ""
        try:
            return *decode_proof(self.proof.content), ""
        except Wrong as wrong:
            return "", (), str(wrong)

    @property
    def proof_id(self) -> str:
        """Of which record the proof is; empty where it cannot be read."""
        return self._opened[0]

    @property
    def entries(self) -> tuple[Inclusion, ...]:
        """All entries of the proof, oldest first."""
        return self._opened[1]

    @property
    def proof_fault(self) -> str:
        """Why the proof cannot be read; empty: it can."""
        return self._opened[2]

    @property
    def cited(self) -> tuple[Inclusion, ...]:
        """The entries of the revision that is cited, oldest first."""
        return tuple(e for e in self.entries if e.leaf.revision == self.revision)

    @property
    def no_leaf(self) -> str:
        """Why there is nothing in the log to compare with, as a whole sentence; empty: there is."""
        if self.proof is None:
            return "There is no `proof.json` at hand, so nothing of the log to compare with."
        if self.proof_fault:
            return "`proof.json` cannot be read, so there is nothing of the log to compare with."
        return ""

    @cached_property
    def root_lines(self) -> Mapping[int, bytes]:
        """The lines of `roots.jsonl` that can be read, by how many leaves each stands for."""
        lines: dict[int, bytes] = {}
        for line in self.roots.content.split(b"\n") if self.roots else ():
            if root := root_of(line):
                lines.setdefault(root.size, line)
        return lines


def root_of(line: bytes) -> Root | None:
    """Return the root that a line stands for; None: it stands for none."""
    try:
        return decode_root(line)
    except Wrong:
        return None


def tree_of(content: bytes) -> dict[str, object] | None:
    """Return the JSON object that bytes stand for, whatever its form; None: they stand for none."""
    try:
        tree = json.loads(content)
    except (ValueError, RecursionError):
        return None
    return tree if isinstance(tree, dict) else None


def canonical(tree: dict[str, object]) -> bytes | None:
    """Return a tree as canonical JSON (RFC 8785) with a final line feed; None: it holds what that cannot hold."""
    try:
        return canonical_json(tree).encode()
    except (TypeError, ValueError):
        return None


def sha256(content: bytes) -> str:
    """Return the SHA-256 of bytes, as 64 hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def leaf_named(entry: Inclusion) -> str:
    """Return how a leaf is called in a sentence; the first one of the log is leaf 1."""
    return f"leaf {entry.index + 1:,} of the log"
