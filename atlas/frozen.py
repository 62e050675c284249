"""A record as it is frozen for ever when it is first published: `r<n>/record.json`.

Core. Canonical JSON (RFC 8785) that needs no other file: names stand beside keys, the grade is the
effective one. It has no address, since records move, and nothing that may change without a
revision: no review, no status, no evidence.
"""

from collections.abc import Mapping
from difflib import SequenceMatcher

from atlas.canonical import clause_v1
from atlas.model import Atlas, Provision
from atlas.record_form import canonical_json, record

FORMAT = 1
"""Number of this shape; it grows only when a field changes its meaning or goes."""
RUBRIC = 1
"""Number of the definitions of severities; it grows when one of them changes its meaning."""
SPELLING_SHARE = 0.03
"""So much of our words may be put right without a revision, counted against what was frozen."""

_LEFT_OUT = frozenset(
    (
        "address",
        "aliases",
        "corrected_on",
        "draft",
        "examples",
        "format",
        "recorded_hash",
        "related",
        "reviews",
        "status",
    )
)
"""What may change without a revision, and what depends on where the record stands."""

Tree = Mapping[str, object]


def freeze(atlas: Atlas, provision: Provision) -> dict[str, object]:
    """Return what is frozen of a record that has an id, as it stands now."""
    tree = {
        name: value for name, value in record(atlas, provision).items() if name not in _LEFT_OUT
    }
    platform = atlas.platforms[provision.platform]
    document = {**_mapping(tree["document"])}
    document.pop("slug", None)
    frozen: dict[str, object] = {
        **tree,
        "format": FORMAT,
        "rubric": RUBRIC,
        "platform": {
            "name": platform.name,
            **({"entity": platform.entity} if platform.entity else {}),
        },
        "document": document,
        "revision": {"number": 1}
        if provision.revision is None
        else provision.revision.model_dump(mode="json"),
    }
    if provision.analysis and provision.analysis.authors:
        keys = [key for key in provision.analysis.authors if key in atlas.people]
        people = [atlas.people[key] for key in keys]
        by = {person.name: person.sort_name for person in people if person.sort_name}
        names = {
            "authors": [person.name for person in people],
            **({"sort_names": by} if by else {}),
        }
        frozen["analysis"] = {**_mapping(tree["analysis"]), **names}
    return frozen


def frozen_bytes(atlas: Atlas, provision: Provision) -> bytes:
    """Return the bytes of a record's frozen form, with a final line feed."""
    return canonical_json(freeze(atlas, provision)).encode()


def effective(tree: Tree) -> dict[str, object]:
    """Return what of a frozen record may change only with a revision, each under the name of its field."""
    clause = tree.get("clause")
    regulations = tree.get("regulations") or ()
    return {
        "title": tree.get("title"),
        "claim": tree.get("claim"),
        "clause": clause_v1(clause) if isinstance(clause, str) else None,
        "clause_type": _mapping(tree.get("clause_type")).get("key"),
        "stance": _mapping(tree.get("stance")).get("key"),
        "severity": tree.get("severity"),
        "confidence": tree.get("confidence"),
        "basis": tree.get("basis"),
        "regulations": [
            {key: _mapping(mapped).get(key) for key in ("id", "article", "why")}
            for mapped in (regulations if isinstance(regulations, (list, tuple)) else ())
        ],
        "analysis": analysis_words(tree),
    }


def own_words(of: Provision) -> Tree:
    """Return what a record's file says without any other, in the shape of a frozen one: to be compared with it."""
    written = of.model_dump(mode="json", include={*effective({}), "revision"})
    return {
        **written,
        "clause_type": {"key": of.clause_type},
        "stance": {"key": of.stance},
        "sections": [{"heading": s.heading, "markdown": s.text} for s in of.sections],
    }


def changed(before: Tree, after: Tree) -> tuple[str, ...]:
    """Return the names of the fields that need a revision and differ between two frozen records."""
    old, new = effective(before), effective(after)
    return tuple(name for name in old if old[name] != new[name])


def analysis_words(tree: Tree) -> list[str]:
    """Return the words of our sentences, headings included: what `--typo` counts."""
    sections = tree.get("sections") or ()
    words: list[str] = []
    for section in sections if isinstance(sections, (list, tuple)) else ():
        part = _mapping(section)
        words += f"{part.get('heading', '')} {part.get('markdown', '')}".split()
    return words


def words_changed(before: Tree, after: Tree) -> int:
    """Return how many words of our sentences differ between two frozen records: replaced, added or taken out."""
    old, new = analysis_words(before), analysis_words(after)
    pieces = SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes()
    return sum(
        max(end - start, to - since) for kind, start, end, since, to in pieces if kind != "equal"
    )


def is_spelling(before: Tree, after: Tree) -> bool:
    """Return whether no more of our words differ between two frozen records than may be without a revision."""
    return words_changed(before, after) <= SPELLING_SHARE * len(analysis_words(before))


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {}
