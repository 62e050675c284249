"""Leaves and roots of the log as their lines and back: what is hashed is the line without its line feed.

Core. A line is canonical JSON (RFC 8785) with every key of the value, empty ones too.
"""

import hashlib
import re
from datetime import datetime

from atlas.ledger.coding import Tree, dump, load, value_of
from atlas.model import Leaf, Root, State

FIRST = "0" * 64
"""What the first root has as the hash of the line before."""
_HASH = '"([0-9a-f]{64})"'
_LEAF = re.compile(
    rf'{{"clause_sha256":(?:null|{_HASH}),"document":"([A-Z]{{2,8}}-D-[0-9]{{5,6}})"'
    rf',"id":"([A-Z]{{2,8}}-P-[0-9]{{6}})","record_sha256":{_HASH},"revision":([1-9][0-9]{{0,8}})'
    r',"since":(?:null|"([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z)")'
    rf',"state":"([a-z-]*)","statements":{{}},"status":"([a-z]*)","status_sha256":(?:null|{_HASH})'
    rf',"text_sha256":(?:null|{_HASH})}}'
).fullmatch
"""Lines of leaves without statements as they are written; all others are the decoder's of all values."""
_STATES = {state.value: state for state in State}
_NO_STATEMENTS: dict[str, str] = {}


def leaf_line(of: Leaf) -> bytes:
    """Return a leaf as its line, without a line feed."""
    return dump(leaf_tree(of))


def root_line(of: Root) -> bytes:
    """Return a root as its line, without a line feed: what is time-stamped and attested."""
    return dump(root_tree(of))


def root_sha256(of: Root) -> str:
    """Return the hash of a root's line: `prev` of the next one, and the imprint of its time stamps."""
    return hashlib.sha256(root_line(of)).hexdigest()


def leaf_tree(of: Leaf) -> Tree:
    """Return a leaf as what `dump` takes: written out, since every build does it with every leaf of the log."""
    return {
        "clause_sha256": of.clause_sha256,
        "document": of.document,
        "id": of.id,
        "record_sha256": of.record_sha256,
        "revision": of.revision,
        "since": of.since,
        "state": of.state,
        "statements": {**of.statements},
        "status": of.status.value,
        "status_sha256": of.status_sha256,
        "text_sha256": of.text_sha256,
    }


def root_tree(of: Root) -> Tree:
    """Return a root as what `dump` takes."""
    return {"at": of.at, "prev": of.prev, "root": of.root, "size": of.size}


def decode_leaf(line: bytes) -> Leaf:
    """Return the leaf that a line without its line feed stands for.

    Raises:
        Wrong: it is not what `leaf_line` writes.
    """
    # Written out, since every check reads a hundred thousand of them.
    if line.isascii() and (match := _LEAF(line.decode())):
        (
            clause, document, of, record, revision, since, state, status, status_sha256, text,
        ) = match.groups()  # fmt: skip
        try:
            at = datetime.fromisoformat(since) if since else None
            stands = _STATES[status]
        except (ValueError, KeyError):
            pass  # no such day, hour or status: told below
        else:
            return Leaf(
                of, int(revision), record, clause, document, text, state, at,
                stands, status_sha256, _NO_STATEMENTS,
            )  # fmt: skip
    leaf: Leaf = value_of(Leaf, load(line))
    return leaf


def decode_root(line: bytes) -> Root:
    """Return the root that a line without its line feed stands for.

    Raises:
        Wrong: it is not what `root_line` writes.
    """
    root: Root = value_of(Root, load(line))
    return root
