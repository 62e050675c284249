"""Whatever a record refers to by key or id is there.

What stands in a file that could not be parsed counts as there: its own problem is reported.
"""

import difflib
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date

from atlas.checks.check import Check
from atlas.model import NOT_ADDRESSED, Atlas, Provision
from atlas.problem import Origin, Place, Problem

_FEW = 8
_KEY_LIKENESS = 0.6
_ID_LIKENESS = 0.9
_PROVISION_ID = re.compile(r"[A-Z]+-P-\d+")
_DOCUMENT_ID = re.compile(r"[A-Z]+-D-\d+")


@dataclass(frozen=True, slots=True)
class _Shelf:
    """A set of names that can be referred to."""

    noun: str
    plural: str
    known: Collection[str] = field(repr=False)
    path: str = ""
    """The file that lists them; empty for ids, which stand in the records."""


@dataclass(frozen=True, slots=True)
class _Reference:
    origin: Origin
    place: Place
    value: str
    shelf: _Shelf


def _find(atlas: Atlas, _as_of: date) -> Iterator[Problem]:
    excused = _excused(atlas)
    hints: dict[tuple[str, str], str] = {}
    for reference in _references(atlas):
        value, shelf = reference.value, reference.shelf
        if (
            value in shelf.known
            or value in excused
            or shelf.path in excused
            or shelf.plural in excused
        ):
            continue
        if (shelf.noun, value) not in hints:
            hints[shelf.noun, value] = _hint(value, shelf)
        message = f"there is no {shelf.noun} `{value}`"
        yield reference.origin.problem(
            CHECK.code, reference.place, message, hints[shelf.noun, value]
        )


CHECK = Check("unknown-reference", __doc__, _find, judges_text=True)


def _references(atlas: Atlas) -> Iterator[_Reference]:
    shelves = {
        "type": _Shelf("clause type", "clause types", atlas.clause_types, "data/clause-types"),
        "regulation": _Shelf("regulation", "regulations", atlas.regulations, "data/regulations"),
        "category": _Shelf("category", "categories", atlas.categories, "data/categories"),
        "person": _Shelf("person", "people", atlas.people, "data/people"),
        "provision": _Shelf("provision", "provisions", atlas.by_id),
        "document": _Shelf("document", "documents", atlas.document_by_id),
    }
    for provision in atlas.records.provisions:
        yield from _of_provision(atlas, provision, shelves)
    for former in atlas.records.former:
        record = atlas.provisions.get(former.key)
        if record and (record.id or "", former.stands_for) not in atlas.published.frozen:
            # A published one is drawn from what was frozen, which refers to nothing.
            yield from _of_provision(atlas, former, shelves)
    for document in atlas.records.documents:
        if document.edition_of:
            yield _Reference(
                document.origin, ("edition_of",), document.edition_of, shelves["document"]
            )
    for clause_type in atlas.records.clause_types:
        for n, key in enumerate(clause_type.categories):
            yield _Reference(clause_type.origin, ("categories", n), key, shelves["category"])
        for n, key in enumerate(clause_type.related):
            yield _Reference(clause_type.origin, ("related", n), key, shelves["type"])
    for regulation in atlas.records.regulations:
        if regulation.part_of:
            yield _Reference(
                regulation.origin, ("part_of",), regulation.part_of, shelves["regulation"]
            )


def _of_provision(atlas: Atlas, of: Provision, shelves: dict[str, _Shelf]) -> Iterator[_Reference]:
    origin = of.origin
    yield _Reference(origin, ("clause_type",), of.clause_type, shelves["type"])
    shelf = atlas.clause_types.get(of.clause_type)
    if shelf:
        stances = _Shelf(
            f"stance of `{shelf.key}` called", "stances", (*shelf.stances, NOT_ADDRESSED), "stances"
        )
        yield _Reference(origin, ("stance",), of.stance, stances)
    for n, mapped in enumerate(of.regulations):
        yield _Reference(origin, ("regulations", n, "id"), mapped.id, shelves["regulation"])
    for n, example in enumerate(of.examples):
        if example.record:
            yield _Reference(
                origin, ("examples", n, "record"), example.record, shelves["provision"]
            )
    for n, record in enumerate(of.related):
        yield _Reference(origin, ("related", n), record, shelves["provision"])
    if of.status and of.status.replaced_by:
        yield _Reference(
            origin, ("status", "replaced_by"), of.status.replaced_by, shelves["provision"]
        )
    for n, document in enumerate(of.read):
        yield _Reference(origin, ("read", n), document, shelves["document"])
    for n, author in enumerate(of.analysis.authors if of.analysis else ()):
        yield _Reference(origin, ("analysis", "authors", n), author, shelves["person"])
    for n, review in enumerate(of.reviews):
        yield _Reference(origin, ("reviews", n, "by"), review.by, shelves["person"])


def _excused(atlas: Atlas) -> frozenset[str]:
    """Return what may be referred to although it was not parsed.

    A file of which not even the id could be read may hold any id, so then no id of its kind is
    called unknown.
    """
    unparsed = atlas.records.unparsed
    documents = sum(name.endswith("/_document.yaml") for name in unparsed)
    provisions = sum(
        name.startswith("content/platform/") and name.endswith(".md") for name in unparsed
    )
    excused = set(unparsed)
    if provisions > sum(bool(_PROVISION_ID.fullmatch(name)) for name in unparsed):
        excused.add("provisions")
    if documents > sum(bool(_DOCUMENT_ID.fullmatch(name)) for name in unparsed):
        excused.add("documents")
    return frozenset(excused)


def _hint(value: str, shelf: _Shelf) -> str:
    likeness = _KEY_LIKENESS if shelf.path else _ID_LIKENESS
    close = difflib.get_close_matches(value, shelf.known, 1, likeness)
    if close:
        return f"did you mean `{close[0]}`?"
    if not shelf.path:
        return f"only {shelf.plural} that have an id can be referred to; the id stands in their own files"
    if not shelf.known:
        return f"{shelf.path} lists none yet; add it there first"
    if len(shelf.known) <= _FEW:
        return f"the {shelf.plural} are: {', '.join(shelf.known)}"
    return f"the {shelf.plural} are listed in {shelf.path}"
