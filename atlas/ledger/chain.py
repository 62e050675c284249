"""One line of the ledger as bytes and back, and the chain that lines form.

Core. A line is canonical JSON and a line feed; its `prev` is the SHA-256 of the line before without
the line feed, across files. `head.json` holds the number and the hash of the last line, so that a
change of that one, or its loss, is seen as well.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping

from atlas.ledger.coding import Tree, Wrong, dump, keys_of, load, needed_of, tree_of, value_of
from atlas.model import (
    Archived,
    ClauseSeen,
    Entry,
    LedgerLine,
    LookFailed,
    RunEnded,
    Stamp,
    TermSeen,
    TextSeen,
)

VERSION = 1
"""Number of the format of the machine files."""

LEDGER_FOLDER = "data/evidence/ledger"
HEAD_FILE = f"{LEDGER_FOLDER}/head.json"
FIRST = "0" * 64
"""What the first line has as the hash of the line before."""

_KINDS: Mapping[str, type[Entry]] = {
    "text": TextSeen,
    "clause": ClauseSeen,
    "term": TermSeen,
    "failed": LookFailed,
    "archived": Archived,
    "run": RunEnded,
}
_KIND_OF = {kind: name for name, kind in _KINDS.items()}
_OWN = ("v", "seq", "prev", "kind", "document")
"""Keys of every line beside those of its stamp."""


def encode(line: LedgerLine) -> bytes:
    """Return a line as its bytes, with the line feed.

    Raises:
        ValueError: an instant is not of whole seconds in UTC.
    """
    tree: Tree = {
        "v": VERSION,
        "seq": line.seq,
        "prev": line.prev,
        "kind": _KIND_OF[type(line.entry)],
        "document": None,
        **tree_of(line.stamp),
        **tree_of(line.entry),
    }
    return dump(tree) + b"\n"


def chain(entries: Iterable[tuple[Stamp, Entry]], last: bytes | None = None) -> list[bytes]:
    """Return the lines that follow on the last line of the ledger (None: there is none), each with its line feed."""
    prev, seq = FIRST, 0
    if last is not None:
        last = last.removesuffix(b"\n")
        prev, seq = line_sha256(last), int(load(last)["seq"])
    lines = []
    for stamp, entry in entries:
        seq += 1
        line = encode(LedgerLine(seq, prev, stamp, entry))
        prev = line_sha256(line[:-1])
        lines.append(line)
    return lines


def encode_head(last: bytes) -> bytes:
    """Return what `head.json` holds while this is the last line."""
    last = last.removesuffix(b"\n")
    return dump({"v": VERSION, "seq": load(last)["seq"], "sha256": line_sha256(last)}) + b"\n"


def month_of(stamp: Stamp) -> str:
    """Return the month whose file holds the lines of a run, `2026-11`, from the stamp of its first line."""
    return f"{stamp.recorded_at:%Y-%m}"


def decode(content: bytes) -> LedgerLine:
    """Return the line that bytes without a line feed stand for.

    Raises:
        Wrong: they are not what `encode` writes.
    """
    tree = load(content)
    if tree.get("v") != VERSION or type(tree["v"]) is not int:
        raise Wrong("v", f"`v` is not {VERSION}, the only format that this program reads")
    kind = _KINDS.get(tree["kind"]) if isinstance(tree.get("kind"), str) else None
    if kind is None:
        raise Wrong("kind", f"`kind` is none of {', '.join(_KINDS)}")
    stamp, entry = keys_of(Stamp), keys_of(kind)
    wanted = {*_OWN, *stamp, *entry}
    for key in sorted({*_OWN, *needed_of(Stamp), *needed_of(kind)} - tree.keys()):
        raise Wrong("", f"the key `{key}` is missing")
    for key in sorted(tree.keys() - wanted):
        raise Wrong(key, f"`{key}` is not a key of a line of kind `{tree['kind']}`")
    if kind is RunEnded and tree["document"] is not None:
        raise Wrong("document", "`document` is not null in the line of a run")
    if type(tree["seq"]) is not int:
        raise Wrong("seq", "`seq` is not a whole number")
    if not isinstance(tree["prev"], str) or not re.fullmatch("[0-9a-f]{64}", tree["prev"]):
        raise Wrong("prev", "`prev` is not a SHA-256: 64 hexadecimal digits in lower case")
    return LedgerLine(
        tree["seq"],
        tree["prev"],
        value_of(Stamp, {key: tree[key] for key in stamp if key in tree}),
        value_of(kind, {key: tree[key] for key in entry if key in tree}),
    )


def decode_head(content: bytes) -> tuple[int, str]:
    """Return the number and the hash of the last line, as `head.json` holds them.

    Raises:
        Wrong: it is not what `encode_head` writes.
    """
    if not content.endswith(b"\n"):
        raise Wrong("", "this file is torn: it has no line feed")
    tree = load(content[:-1])
    match tree:
        case {"v": 1, "seq": int(seq), "sha256": str(sha256)} if len(tree) == 3:
            return seq, sha256
    raise Wrong("", "this is not `seq`, `sha256` and `v`, which is 1")


def line_sha256(line: bytes) -> str:
    """Return the hash of a line, its line feed left out."""
    return hashlib.sha256(line).hexdigest()
