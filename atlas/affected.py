"""Which published records say something else only since a shelf does: a stance's grade, or a key that has another name.

Core. Such a record's own file says what was published, or has the new name of a key that is gone.
"""

from collections.abc import Mapping

from atlas.frozen import Tree, changed, is_spelling, own_words
from atlas.model import Atlas, Provision


def is_affected(atlas: Atlas, of: Provision, before: Tree, now: Tree) -> bool:
    """Return whether a record as it is now differs from what was published of it by what shelves say alone."""
    differ = set(changed(before, now))
    own = set(changed(before, own_words(of))) - ({"severity"} if of.severity is None else set())
    return bool(differ - {"analysis"}) and all(
        _is_of_shelf(atlas, before, of, name) for name in own
    )


def _is_of_shelf(atlas: Atlas, before: Tree, of: Provision, name: str) -> bool:
    """Return whether a field differs only since the key that was published is on no shelf any more."""
    if name == "clause_type":
        return _key(before, name) not in atlas.clause_types
    if name == "stance":
        shelf = atlas.clause_types.get(of.clause_type)
        return shelf is not None and _key(before, name) not in shelf.stances
    if name == "analysis":
        return of.corrected_on is not None and is_spelling(before, own_words(of))
    if name == "regulations":
        former = before.get("regulations")
        return isinstance(former, list) and _is_renamed(atlas, former, of)
    return False


def _key(tree: Tree, name: str) -> object:
    found = tree.get(name)
    return found.get("key") if isinstance(found, Mapping) else None


def _is_renamed(atlas: Atlas, former: list[object], of: Provision) -> bool:
    pairs = [(f, m) for f, m in zip(former, of.regulations, strict=False) if isinstance(f, dict)]
    return len(former) == len(of.regulations) == len(pairs) and all(
        (f.get("article"), f["why"]) == (m.article, m.why)
        and (f["id"] == m.id or f["id"] not in atlas.regulations)
        for f, m in pairs
    )
