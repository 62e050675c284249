"""A record's text as it was published: the one that git holds, else one made from what was frozen.

A line. A text is that of a revision when it says what was frozen, word for word; of the grade only
where it names one, since a stance's own may have changed since.
"""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from atlas.editing.fields import Editable, EditFault, editable
from atlas.editing.opened import parsed
from atlas.frontmatter import Value
from atlas.frozen import changed, own_words
from atlas.git_versions import earlier_contents
from atlas.model import Atlas, Basis, Provision, ProvisionFields
from atlas.places import places

Tree = Mapping[str, object]


def former_text(root: Path, atlas: Atlas, of: Provision, frozen: bytes) -> bytes:
    """Return the newest text of a record, on disk or in git, that says what was frozen of it, else one that does.

    Raises:
        EditFault: no text can say it.
    """
    tree: Tree = json.loads(frozen)
    for content in _texts(root, atlas, of):
        if is_text_of(tree, of.origin.path, content):
            return content
    made = _made(atlas, of, tree)
    if not is_text_of(tree, made.path, made.text.encode()):
        raise EditFault(
            f"{of.origin.path}: what was published of {of.id} cannot be written as a record again"
        )
    return made.text.encode()


def is_text_of(frozen: Tree, path: str, content: bytes) -> bool:
    """Return whether a record's text says what was frozen."""
    try:
        record = parsed(path, content)
    except EditFault:
        return False
    own = own_words(record)
    differ = set(changed(frozen, own)) - ({"severity"} if record.severity is None else set())
    return record.number == number_of(frozen) and not differ


def _texts(root: Path, atlas: Atlas, of: Provision) -> Iterator[bytes]:
    """Yield what the record's file holds and held, the newest first, under each name that it has had."""
    yield (root / of.origin.path).read_bytes()
    files = [f"content{place.rstrip('/')}.md" for place in places(atlas, of)]
    given = atlas.published.given.get(of.id or "")
    files += [given.path] if given else []
    yield from earlier_contents(root, tuple(dict.fromkeys(files)))


def number_of(frozen: Tree) -> int:
    """Return which revision a frozen record is."""
    note = frozen.get("revision")
    return int(note["number"]) if isinstance(note, Mapping) else 1


def _made(atlas: Atlas, of: Provision, tree: Tree) -> Editable:
    """Return a record with the fields that are frozen, and nothing that may change without a revision."""
    sections = tree.get("sections")
    body = "".join(
        f"\n## {section['heading']}\n\n{section['markdown']}\n"
        for section in (sections if isinstance(sections, list) else ())
    )
    record = editable(of.origin.path, f"---\n---\n{body}".encode())
    for name in ProvisionFields.model_fields:
        value = _field(atlas, tree, name)
        if value:
            record = record.put((name,), value)
    return record


def _field(atlas: Atlas, tree: Tree, name: str) -> Value | None:
    value = tree.get(name)
    if name in {"clause_type", "stance"} and isinstance(value, Mapping):
        return str(value["key"])
    if name == "basis" and value == Basis.EXPLICIT.value:
        return None
    if name == "revision" and number_of(tree) == 1:
        return None
    if name == "regulations" and isinstance(value, list):
        return [{k: each[k] for k in ("id", "article", "why") if k in each} for each in value]
    if name == "analysis" and isinstance(value, Mapping):
        keys = {person.name: key for key, person in atlas.people.items()}
        authors = [keys[author] for author in value.get("authors", ()) if author in keys]
        own = {key: each for key, each in value.items() if key not in {"authors", "sort_names"}}
        return _plain({**own, **({"authors": authors} if authors else {})})
    return _plain(value)


def _plain(value: object) -> Value | None:
    """Return JSON as our files have it: every value is text."""
    if isinstance(value, Mapping):
        return {str(key): _plain(each) or "" for key, each in value.items()}
    if isinstance(value, list):
        return [_plain(each) or "" for each in value]
    return None if value is None else str(value)
