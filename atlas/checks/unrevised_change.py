"""What was published of a record changes only with a revision: what counts differs in nothing from what was frozen.

Spelling of our own sentences may be put right without one, where the record says when. A change of a
shelf is told once, at the shelf, however many records it changes.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date

from atlas.affected import is_affected
from atlas.checks.check import Check
from atlas.checks.whereabouts import given_away
from atlas.frozen import (
    SPELLING_SHARE,
    Tree,
    analysis_words,
    changed,
    freeze,
    is_spelling,
    words_changed,
)
from atlas.model import Atlas, ClauseType, Provision, Regulation
from atlas.problem import FIRST_LINE, Problem
from atlas.record_form import canonical_json

_Shelf = tuple[str, str, str]
"""Kind of a shelf, its key, and the key of a stance on it."""


def _find(atlas: Atlas, _as_of: date) -> Iterator[Problem]:
    affected: Counter[_Shelf] = Counter()
    fields: defaultdict[_Shelf, dict[str, None]] = defaultdict(dict)
    for of, before, now in _differing(atlas):
        names = changed(before, now)
        if is_affected(atlas, of, before, now):
            shelf = _shelf(of, names)
            affected[shelf] += 1
            fields[shelf] |= dict.fromkeys(names)
        else:
            yield from _own(of, before, now, names)
    for shelf, count in affected.items():
        yield _shared(atlas, shelf, count, tuple(fields[shelf]))


CHECK = Check("unrevised-change", __doc__, _find, compares=True)


def _differing(atlas: Atlas) -> Iterator[tuple[Provision, Tree, Tree]]:
    """Yield each record that is not what was frozen of the revision that it says it is, with both."""
    frozen, newest = atlas.published.frozen, Counter[str]()
    for number, revision in frozen:
        newest[number] = max(newest[number], revision)
    elsewhere = {stray.id for stray in given_away(atlas)}
    for number, revision in newest.items():
        of = None if number in elsewhere else atlas.by_id.get(number)
        if of is None or of.withheld or of.number != revision:
            continue  # a higher one is not published yet, and of a lower one `vanished-address` tells
        if not _can_be_frozen(atlas, of):
            continue  # others say what it refers to in vain
        now = freeze(atlas, of)
        content = frozen[number, of.number]
        if canonical_json(now).encode() != content:
            before = json.loads(content)
            if changed(before, now) or before.get("revision") != now["revision"]:
                yield of, before, now


def _own(of: Provision, before: Tree, now: Tree, names: tuple[str, ...]) -> Iterator[Problem]:
    """Tell what of a record somebody changed in its own file."""
    revise = (
        f'`./run revise {of.id} --because "..."` gives it the next one; or put it back as it was'
    )
    rest = [name for name in names if name != "analysis"]
    for name in rest:
        span = of.origin.at_key(name)
        message = f"`{name}` is not what was published as revision {of.number} of this record"
        yield Problem(CHECK.code, of.origin.path, span, message, revise)
    if of.revision and before.get("revision") != of.revision.model_dump(mode="json"):
        message = f"day or reason of revision {of.number} are not those that were published with it"
        hint = "put `on` and `because` back as they were: they are part of its frozen form"
        yield Problem(CHECK.code, of.origin.path, of.origin.at_key("revision"), message, hint)
    if "analysis" not in names:
        return
    is_small = is_spelling(before, now)
    if is_small and of.corrected_on:
        return
    count, whole = words_changed(before, now), len(analysis_words(before))
    message = (
        f"{count:,} of {whole:,} words of the text ({count / max(whole, 1):.1%}) are not those that"
        f" were published as revision {of.number}"
    )
    if is_small and not rest:
        hint = f"where only spelling was put right: `./run revise {of.id} --typo`; else {revise}"
    else:
        hint = f"{revise}; {SPELLING_SHARE:.0%} may be put right without a revision"
    span = of.sections[0].span if of.sections else FIRST_LINE
    yield Problem(CHECK.code, of.origin.path, span, message, hint)


def _shelf(of: Provision, names: tuple[str, ...]) -> _Shelf:
    """Return which shelf changed a record: the first of the fields that differ says so."""
    if "clause_type" in names:
        return "clause-type", of.clause_type, ""
    if "stance" in names or "severity" in names:
        return "clause-type", of.clause_type, of.stance
    return "regulation", of.regulations[0].id if of.regulations else "", ""


def _shared(atlas: Atlas, shelf: _Shelf, count: int, names: tuple[str, ...]) -> Problem:
    """Tell once what a shelf changed of many records."""
    kind, key, stance = shelf
    found: ClauseType | Regulation | None = (
        atlas.clause_types.get(key) if kind == "clause-type" else atlas.regulations.get(key)
    )
    records = "a published record" if count == 1 else f"{count:,} published records"
    fields = " and ".join(f"`{name}`" for name in names)
    message = f"this changes {fields} of {records}"
    hint = '`./run revise --affected --because "..."` gives each its next revision; or put it back as it was'
    if found is None:
        return Problem(CHECK.code, "data/regulations.yaml", FIRST_LINE, message, hint)
    if not stance:
        span = found.origin.at_key()
    elif "severity" in names:
        span = found.origin.at("stances", stance, "severity")
    else:
        span = found.origin.at_key("stances", stance)
    return found.origin.problem(CHECK.code, span, message, hint)


def _can_be_frozen(atlas: Atlas, of: Provision) -> bool:
    return (
        of.clause_type in atlas.clause_types
        and of.platform in atlas.platforms
        and (of.platform, of.document) in atlas.documents
        and all(mapped.id in atlas.regulations for mapped in of.regulations)
    )
