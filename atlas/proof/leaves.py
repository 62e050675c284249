"""What the log would say of every record now, and what of that it does not say yet.

Core. A leaf tells what was published, where the clause stood and what became of the record, never
when somebody last looked: a good look that finds nothing new adds none.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

from atlas.canonical import clause_sha256
from atlas.frozen import frozen_bytes
from atlas.model import Atlas, Leaf, Provision, Published, Root
from atlas.proof import merkle
from atlas.proof.coding import FIRST, leaf_line, root_sha256
from atlas.record_form import statements_sha256, status_sha256
from atlas.stability import came_to_stand, standing


def leaves_now(atlas: Atlas, as_of: date) -> tuple[Leaf, ...]:
    """Return the leaf of every record that has an id, at a day, in order of id.

    Of a record whose words the law forbids to show it says what it said before, but for what became
    of it; one of which it said nothing has none.
    """
    documents, last = {key: of.id for key, of in atlas.documents.items()}, atlas.published.last
    return tuple(
        replace(
            last[number] if provision.withheld else _leaf(atlas, provision, document, as_of),
            status=provision.state,
            status_sha256=status_sha256(provision),
            statements=statements_sha256(atlas, provision),
        )
        for number, provision in sorted(atlas.by_id.items())
        if (document := documents.get((provision.platform, provision.document)))
        and not (provision.withheld and number not in last)
    )


def grown(
    published: Published, leaves: Iterable[Leaf], at: datetime
) -> tuple[tuple[Leaf, ...], Root | None]:
    """Return the leaves that the log does not hold yet, and the root of all with them; None: it holds them all.

    `at` is the time of the publishing, in UTC; the root tells it in whole seconds.
    """
    last = published.last
    new = tuple(
        leaf for leaf in leaves if leaf.id not in last or _says(leaf) != _says(last[leaf.id])
    )
    if not new:
        return (), None
    whole = (*published.leaves, *new)
    tree = merkle.tree(map(leaf_line, whole))
    prev = root_sha256(published.roots[-1]) if published.roots else FIRST
    root = merkle.head(tree, len(whole)).hex()
    return new, Root(size=len(whole), root=root, at=at.replace(microsecond=0), prev=prev)


def _leaf(atlas: Atlas, of: Provision, document: str, as_of: date) -> Leaf:
    stored = atlas.published.frozen.get((of.id or "", of.number))
    came = came_to_stand(atlas, of, as_of)
    return Leaf(
        id=of.id or "",
        revision=of.number,
        record_sha256=hashlib.sha256(stored or frozen_bytes(atlas, of)).hexdigest(),
        clause_sha256=clause_sha256(of.clause) if of.clause and not of.is_silent else None,
        document=document,
        text_sha256=came.text_sha256 if came else None,
        state=standing(atlas, of, as_of).state.value,
        since=came.at if came else None,
    )


def _says(leaf: Leaf) -> tuple[object, ...]:
    """Return what makes a further leaf: another document or text alone makes none."""
    frozen = leaf.revision, leaf.record_sha256, leaf.clause_sha256
    return (*frozen, leaf.state, leaf.since, leaf.status, leaf.status_sha256, leaf.statements)
