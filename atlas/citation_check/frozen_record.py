"""`frozen-record`: the record's bytes are canonical, and the log has their very hash. Core."""

import json

from atlas.citation_check.exhibit import Exhibit, File, canonical, leaf_named, sha256, tree_of
from atlas.citation_check.found import Found, failed, not_checked, passed, visible
from atlas.frozen import changed


def found(of: Exhibit) -> Found:
    """Compare the frozen record with the leaves of its revision."""
    if of.record is None:
        return not_checked(
            f"The frozen record of revision {of.revision}, `r{of.revision}/record.json`, was not at hand."
        )
    if fault := _fault(of, of.record):
        return failed(f"`{of.record.name}` is not as it was published: {fault}.")
    if of.no_leaf:
        return not_checked(
            f"{of.no_leaf} The SHA-256 of the record is {sha256(of.record.content)}."
        )
    if not of.cited:
        return failed(
            f"The proof holds no leaf of revision {of.revision}, so nothing vouches for this record."
        )
    if of.withheld:
        return _withheld(of)
    actual = sha256(of.record.content)
    for entry in of.cited:
        if entry.leaf.record_sha256 != actual:
            return failed(
                f"`{of.record.name}` has the SHA-256 {actual}, and {leaf_named(entry)} says"
                f" {entry.leaf.record_sha256}: the record, or the leaf, is not as it was published."
            )
    same = f"The SHA-256 of the record, {actual}, is the one in {leaf_named(of.cited[0])}."
    if of.given is None:
        return passed(same)
    if names := changed(of.tree or {}, tree_of(of.given.content) or {}):
        fields = ", ".join(f"`{name}`" for name in names)
        return failed(
            f"`{of.given.name}`, which was given, differs from what was published as revision {of.revision} in"
            f" {fields}."
        )
    return passed(f"{same} `{of.given.name}` says the same in all that needs a revision.")


def _fault(of: Exhibit, record: File) -> str:
    """Return what is wrong with the record by itself; nothing where all is well."""
    tree = tree_of(record.content)
    if tree is None:
        return _no_json(record.content)
    if of.tree is None:
        return _not_canonical(canonical(tree), record.content)
    if of.tree.get("id") != of.id:
        return f"it is of `{visible(str(of.tree.get('id')))}`, and what is checked is {of.id}"
    number = revision_of(of.tree)
    if number != of.revision:
        return f"it is of revision {number}, and what is checked is revision {of.revision}"
    return ""


def revision_of(tree: dict[str, object]) -> int:
    """Return the number of the revision that a frozen record, or what stands in its place, is of; 0: it says none."""
    told = tree.get("revision")
    number = told.get("number") if isinstance(told, dict) else told
    return number if isinstance(number, int) and not isinstance(number, bool) else 0


def _not_canonical(wanted: bytes | None, content: bytes) -> str:
    if wanted is None:
        return "it holds what no canonical JSON (RFC 8785) can hold"
    same = zip(wanted, content, strict=False)
    place = next((n for n, (a, b) in enumerate(same, 1) if a != b), 0)
    place = place or min(len(wanted), len(content)) + 1
    return f"it is not canonical JSON (RFC 8785) from byte {place:,} on"


def _no_json(content: bytes) -> str:
    try:
        json.loads(content)
    except UnicodeDecodeError as error:
        return f"byte {error.start + 1:,} is not UTF-8"
    except json.JSONDecodeError as error:
        return f"it is no JSON from character {error.pos + 1:,} on"
    except (ValueError, RecursionError):
        return "it is no JSON that can be read"
    return "it is no JSON object"


def _withheld(of: Exhibit) -> Found:
    told = (of.tree or {}).get("sha256")
    for entry in of.cited:
        if told != entry.leaf.record_sha256:
            return failed(
                f"The words are withheld, and the hash that is given of them is not the one in {leaf_named(entry)}."
            )
    return not_checked(
        f"The words of this revision are withheld ({visible(of.withheld)}); whoever kept the file of before"
        f" can compare its SHA-256 with {told}, which is the one in the log."
    )
