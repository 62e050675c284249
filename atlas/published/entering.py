"""What a publishing adds to what was published: frozen records, leaves and their root, lines of addresses.

Core. Nothing that was entered is changed but where an address leads and what kind it is; frozen
records of which the law forbids to show the words are taken out, and their hashes stay.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from atlas.addresses import Produced, produced
from atlas.model import Atlas, Entered, Leaf, Published, Root
from atlas.problem import Fault
from atlas.proof import grown, leaves_now
from atlas.published.addresses import Addresses, file_of, line_of, with_lines
from atlas.published.log import encode_leaves, encode_roots
from atlas.published.places import ROOTS_FILE, SUMS_FILE, frozen_file
from atlas.published.sums import renewed_sums
from atlas.revisions import revisions

NO_ANCHORS: Mapping[str, bytes] = {}

Key = tuple[str, int]


class EnterFault(Fault):
    """What is there now cannot follow on what was published; says why."""


@dataclass(frozen=True, slots=True)
class Entering:
    """What one publishing adds."""

    frozen: tuple[Key, ...] = ()
    """Ids and numbers of revisions that are frozen."""
    withdrawn: tuple[Key, ...] = ()
    """Of frozen ones that are taken out because the law forbids to show their words."""
    leaves: tuple[Leaf, ...] = ()
    root: Root | None = None
    entered: tuple[str, ...] = ()
    """Addresses that are new."""
    changed: tuple[str, ...] = ()
    """Addresses at which something else is than before: a redirect, or another target."""
    files: Mapping[str, bytes | None] = field(default_factory=dict, repr=False)
    """What to write, by path from the root of the atlas, in this order; None: to be taken out."""


def entering(
    atlas: Atlas,
    sums: bytes,
    as_of: date,
    at: datetime,
    anchors: Mapping[str, bytes] = NO_ANCHORS,
) -> Entering:
    """Return what publishing a sound atlas adds on a day, at an instant; `sums` is `SHA256SUMS` as it stands.

    `anchors` are new ones of roots that there are, by path from the root of the atlas.

    Raises:
        EnterFault: an address belongs to another record than before, or the instant is before the last.
    """
    before = atlas.published
    new, gone = dict(_frozen(atlas)), _withheld(atlas)
    frozen = {key: content for key, content in before.frozen.items() if key not in gone}
    after = replace(before, frozen={**frozen, **new})
    leaves, root = grown(after, leaves_now(_with(atlas, after), as_of), at)
    if root and before.roots and root.at < before.roots[-1].at:
        last = before.roots[-1].at
        raise EnterFault(
            f"the clock says that it is {at:%Y-%m-%d %H:%M:%S}, and the last root of the log is of"
            f" {last:%Y-%m-%d %H:%M:%S}; set the clock of this machine; nothing was written"
        )
    roots = (*before.roots, *((root,) if root else ()))
    after = replace(
        after,
        leaves=(*before.leaves, *leaves),
        roots=roots,
        anchors={**before.anchors, **{path.rpartition("/")[2]: anchors[path] for path in anchors}},
    )
    ledger = Addresses.of(before.addresses)
    found = [*_new_lines(_with(atlas, after), ledger, as_of)]
    files: dict[str, bytes | None] = {frozen_file(*key): new[key] for key in sorted(new)}
    if root:
        files |= encode_leaves(after.leaves, len(before.leaves))
        files[ROOTS_FILE] = encode_roots(roots)
    files |= anchors
    files |= with_lines(ledger, {one.address: line_of(one) for one, _ in found})
    files |= dict.fromkeys(frozen_file(*key) for key in gone)
    if files:
        files[SUMS_FILE] = renewed_sums(sums, files)
    return Entering(
        frozen=tuple(sorted(new)),
        withdrawn=gone,
        leaves=leaves,
        root=root,
        entered=tuple(one.address for one, is_new in found if is_new),
        changed=tuple(one.address for one, is_new in found if not is_new),
        files=files,
    )


def _with(atlas: Atlas, published: Published) -> Atlas:
    return replace(atlas, records=replace(atlas.records, published=published))


def _frozen(atlas: Atlas) -> Iterator[tuple[Key, bytes]]:
    """Yield the frozen form of every revision that has none yet."""
    for number, of in atlas.by_id.items():
        due = range(1, of.number + 1) if not of.withheld else ()
        if all((number, one) in atlas.published.frozen for one in due):
            continue
        for revision in revisions(atlas, of):
            key = number, revision.number
            if revision.content is not None and key not in atlas.published.frozen:
                yield key, revision.content


def _withheld(atlas: Atlas) -> tuple[Key, ...]:
    """Return what is frozen of records of which the law forbids to show the words."""
    withheld = {number for number, of in atlas.by_id.items() if of.withheld}
    return tuple(sorted(key for key in atlas.published.frozen if key[0] in withheld))


def _new_lines(atlas: Atlas, ledger: Addresses, as_of: date) -> Iterator[tuple[Entered, bool]]:
    """Yield each line that the ledger does not have so, and whether its address is new.

    Raises:
        EnterFault: an address belongs to another record than before.
    """
    hashes: dict[Key, str] = {}
    for one in produced(atlas):
        table = ledger.table(file_of(one.address))
        row = table.rows.get(one.address)
        if row is None:
            yield _line(one, as_of, _sha256(atlas, one, hashes)), True
        elif (table.kinds[row], table.targets[row]) != (one.kind, one.target):
            had = table.entered(row)
            yield replace(had, kind=one.kind, target=one.target), False
        if row is not None and one.id != table.ids[row] != "":
            raise EnterFault(
                f"{one.address} was published as an address of {table.ids[row]}, and now belongs to"
                f" {one.id or 'no record'}; an address is never given to another record"
            )


def _line(one: Produced, as_of: date, sha256: str) -> Entered:
    return Entered(one.address, one.kind, one.target, one.id, as_of, sha256)


def _sha256(atlas: Atlas, one: Produced, hashes: dict[Key, str]) -> str:
    """Return the hash of the frozen record at an address; nothing where there is none."""
    key = one.id, one.revision
    if not one.revision:
        return ""
    if key not in hashes:
        hashes[key] = hashlib.sha256(atlas.published.frozen[key]).hexdigest()
    return hashes[key]
