"""What citations need to know of a revision, from the record as it stands or as it was frozen.

Core.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from atlas.model import Atlas, Provision

Tree = Mapping[str, object]
"""A frozen record (`r<n>/record.json`), read."""


@dataclass(frozen=True, slots=True)
class Particulars:
    """One revision of a record. What is not known is empty."""

    id: str
    number: int
    title: str
    platform: str
    entity: str
    document: str
    language: str
    region: str
    source: str
    section: str
    authors: tuple[str, ...]
    sort_names: tuple[str, ...]
    """Of each author, empty where it is not known."""
    written: date | None
    revised: date | None
    stated: date | None
    captured: datetime | None
    has_clause: bool


def of_provision(atlas: Atlas, of: Provision) -> Particulars:
    """Return the particulars of a record as it stands."""
    platform, document = atlas.platforms[of.platform], atlas.documents[of.platform, of.document]
    keys = of.analysis.authors if of.analysis else ()
    people = [atlas.people[key] for key in keys if key in atlas.people]
    return Particulars(
        id=of.id or "",
        number=of.number,
        title=of.title,
        platform=platform.name,
        entity=document.entity or platform.entity or "",
        document=document.title,
        language=document.language,
        region=document.region or "",
        source=document.sources[0].url if document.sources else "",
        section=of.section or "",
        authors=tuple(person.name for person in people),
        sort_names=tuple(person.sort_name or "" for person in people),
        written=of.analysis.written if of.analysis else None,
        revised=of.revision.on if of.revision else None,
        stated=document.stated_date,
        captured=of.captured_at,
        has_clause=bool(of.clause),
    )


def of_frozen(tree: Tree) -> Particulars:
    """Return the particulars of a revision as it was frozen.

    Raises:
        ValueError: a day in it is none.
    """
    document, analysis, revision = (
        _part(tree, "document"),
        _part(tree, "analysis"),
        _part(tree, "revision"),
    )
    sources, authors, number = (
        document.get("sources"),
        analysis.get("authors"),
        revision.get("number"),
    )
    names = tuple(map(str, authors)) if isinstance(authors, list) else ()
    sort_names = _part(analysis, "sort_names")
    captured = _text(tree, "captured_at")
    return Particulars(
        id=_text(tree, "id"),
        number=number if isinstance(number, int) else 1,
        title=_text(tree, "title"),
        platform=_text(_part(tree, "platform"), "name"),
        entity=_text(_part(tree, "platform"), "entity"),
        document=_text(document, "title"),
        language=_text(document, "language"),
        region=_text(document, "region"),
        source=str(sources[0]) if isinstance(sources, list) and sources else "",
        section=_text(tree, "section"),
        authors=names,
        sort_names=tuple(_text(sort_names, name) for name in names),
        written=_day(analysis, "written"),
        revised=_day(revision, "on"),
        stated=_day(document, "stated_date"),
        captured=datetime.fromisoformat(captured) if captured else None,
        has_clause=bool(_text(tree, "clause")),
    )


def _part(tree: Tree, name: str) -> Tree:
    found = tree.get(name)
    return found if isinstance(found, Mapping) else {}


def _text(tree: Tree, name: str) -> str:
    found = tree.get(name)
    return found if isinstance(found, str) else ""


def _day(tree: Tree, name: str) -> date | None:
    found = _text(tree, name)
    return date.fromisoformat(found) if found else None
