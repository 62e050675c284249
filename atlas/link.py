"""From records to the atlas: joins and order, each made once.

Core. Linking is lenient: what a record refers to and is not there is left out of the joins, and
`checks` says so.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import replace
from typing import TypeVar

from atlas.model import Atlas, ClauseType, Platform, Provision, Records, Regulation, Severity

_T = TypeVar("_T")
_K = TypeVar("_K", bound=Hashable)


def link(records: Records) -> Atlas:
    """Join all records. Lists of provisions stand in order of platform name, document and place in it."""
    platforms = {p.slug: p for p in sorted(records.platforms, key=_by_name)}
    documents = {
        d.key: d
        for d in sorted(
            records.documents,
            key=lambda d: (_place_of(platforms, d.platform), d.title.casefold(), d.slug),
        )
    }
    order = {key: number for number, key in enumerate(documents)}
    provisions = sorted(
        records.provisions,
        key=lambda p: (
            _place_of(platforms, p.platform),
            order.get((p.platform, p.document), -1),
            document_order(p),
        ),
    )
    clause_types = {
        c.key: c for c in sorted(records.clause_types, key=lambda c: (c.name.casefold(), c.key))
    }
    regulations = {
        r.key: r for r in sorted(records.regulations, key=lambda r: (r.short.casefold(), r.key))
    }
    partial = Atlas(
        records=records,
        platforms=platforms,
        documents=documents,
        provisions={p.key: p for p in provisions},
        clause_types=clause_types,
        regulations=regulations,
        categories={
            c.key: c for c in sorted(records.categories, key=lambda c: (c.name.casefold(), c.key))
        },
        people={p.key: p for p in records.people},
        by_id={p.id: p for p in reversed(provisions) if p.id},
        document_by_id={d.id: d for d in reversed(records.documents) if d.id},
        by_platform=_grouped(provisions, lambda p: [p.platform]),
        by_document=_grouped(provisions, lambda p: [(p.platform, p.document)]),
        by_clause_type=_grouped(provisions, lambda p: [p.clause_type]),
        by_regulation=_grouped(provisions, lambda p: dict.fromkeys(m.id for m in p.regulations)),
        by_category=_grouped(provisions, lambda p: _categories(clause_types, p)),
        by_jurisdiction=_grouped(regulations.values(), lambda r: [r.jurisdiction]),
        by_severity={},
        documents_of=_grouped(documents.values(), lambda d: [d.platform]),
        clause_types_of=_grouped(clause_types.values(), lambda c: c.categories),
        parts_of=_grouped(regulations.values(), _wholes),
        statements_on=_grouped(
            sorted(records.statements, key=lambda s: (s.kind != "response", s.number)),
            lambda s: [s.about],
        ),
        former_of=_grouped(sorted(records.former, key=lambda f: f.stands_for), lambda f: [f.key]),
    )
    grades = {s: tuple(p for p in provisions if partial.severity(p) is s) for s in Severity}
    return replace(partial, by_severity=grades)


def document_order(of: Provision) -> tuple[tuple[tuple[int, int, str], ...], str]:
    """Return what sorts provisions as their document does: sections by number, those without one last."""
    parts = re.findall(r"\d+|[^\W\d]+", of.section or "")
    natural = tuple((0, int(p), "") if p.isdigit() else (1, 0, p.casefold()) for p in parts)
    return (natural or ((2, 0, ""),), of.slug)


def _grouped(values: Iterable[_T], keys: Callable[[_T], Iterable[_K]]) -> dict[_K, tuple[_T, ...]]:
    groups: defaultdict[_K, list[_T]] = defaultdict(list)
    for value in values:
        for key in keys(value):
            groups[key].append(value)
    return {key: tuple(group) for key, group in groups.items()}


def _by_name(of: Platform) -> tuple[str, str]:
    return (of.name.casefold(), of.slug)


def _place_of(platforms: Mapping[str, Platform], slug: str) -> tuple[str, str]:
    return _by_name(platforms[slug]) if slug in platforms else ("", slug)


def _categories(clause_types: Mapping[str, ClauseType], of: Provision) -> Iterable[str]:
    return clause_types[of.clause_type].categories if of.clause_type in clause_types else ()


def _wholes(of: Regulation) -> Iterable[str]:
    return [of.part_of] if of.part_of else []
