"""A jurisdiction is given by its ISO 3166 code, or as EU."""

from collections.abc import Iterator
from datetime import date

from atlas.checks.check import Check
from atlas.jurisdictions import is_known
from atlas.model import Atlas
from atlas.problem import Origin, Problem

_HINTS = {
    "UK": "the United Kingdom is `GB`",
    "EL": "Greece is `GR`",
    "EN": "England is `GB-ENG`",
}
"""Codes that people know from elsewhere."""


def _find(atlas: Atlas, _as_of: date) -> Iterator[Problem]:
    for platform in atlas.records.platforms:
        yield from _judge(platform.origin, "jurisdiction", platform.jurisdiction)
    for document in atlas.records.documents:
        yield from _judge(document.origin, "region", document.region)
    for regulation in atlas.records.regulations:
        yield from _judge(regulation.origin, "jurisdiction", regulation.jurisdiction)


CHECK = Check("unknown-jurisdiction", __doc__, _find)


def _judge(origin: Origin, name: str, code: str | None) -> Iterator[Problem]:
    if code is not None and not is_known(code):
        message = f"`{code}` is no code of ISO 3166"
        hint = _HINTS.get(
            code, "look the code up in ISO 3166: two letters for a country, US-CA for a part of one"
        )
        yield origin.problem(CHECK.code, (name,), message, hint)
