"""Puts other words into the quotation of a record, and leaves every other byte alone.

A line. A record that was published gets its next revision with them, as if a person had revised it.
"""

from datetime import UTC, datetime
from pathlib import Path

from atlas.editing.days import earliest
from atlas.editing.fields import Editable, EditFault, editable
from atlas.editing.former import former_text
from atlas.editing.revise import former_file, numbered
from atlas.model import Atlas, Provision


def adopt(
    root: Path, atlas: Atlas, of: Provision, words: str, seen_at: datetime, because: str
) -> dict[str, bytes]:
    """Return the files of a record with new words, and of its former revision where it was published, by path.

    The revision is of the day on which the words were first seen, or of the first one on which there was
    anything to revise, so that the same words give the same files whenever they are proposed. Nothing is written.

    Raises:
        EditFault: the record cannot be edited without touching what must not be touched.
    """
    path = of.origin.path
    record = requote(editable(path, (root / path).read_bytes()), words, seen_at)
    frozen = atlas.published.frozen.get((of.id or "", of.number))
    if frozen is None:
        return {path: record.text.encode()}
    on = max(seen_at.date(), earliest(atlas, of))
    record = numbered(record, of.number + 1, on, because)
    kept = former_text(root, atlas, of, frozen)
    return {path: record.text.encode(), former_file(of, of.number): kept}


def requote(record: Editable, words: str, seen_at: datetime) -> Editable:
    """Return a record's text with `words` as its quotation, captured at `seen_at`.

    A hash that was recorded elsewhere belongs to the former words, so its line goes.

    Raises:
        EditFault: the text is no record with a quotation, or the words cannot stand in one.
    """
    if not record.has(("clause",)):
        raise EditFault(f"{record.path} has no quotation to change")
    plain = "\n".join(line.strip() for line in words.strip().splitlines())
    captured = seen_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    record = record.put(("clause",), plain).put(("captured_at",), captured)
    return record.take_out(("recorded_hash",))
