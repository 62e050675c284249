"""JSON Schemas (2020-12) of the record files and of `evidence.json`, made from the models, never by hand.

Core. They serve editors and other programs; `check` knows more than a schema can say.
"""

import json
from collections.abc import Mapping
from functools import cache
from typing import Any

from pydantic import TypeAdapter

from atlas.model import (
    CategoryFields,
    ClauseTypeFields,
    DocumentFields,
    OldAddressFields,
    PersonFields,
    PlatformFields,
    ProseFields,
    ProvisionFields,
    RegulationFields,
    SiteFields,
    StatementFields,
)
from atlas.model.evidence_file import EvidenceFile
from atlas.model.run_report import RunReport

_SHAPES: Mapping[str, tuple[type, bool]] = {
    "provision": (ProvisionFields, False),
    "document": (DocumentFields, False),
    "platform": (PlatformFields, False),
    "prose": (ProseFields, False),
    "clause-types": (ClauseTypeFields, True),
    "regulations": (RegulationFields, True),
    "categories": (CategoryFields, True),
    "people": (PersonFields, True),
    "addresses": (OldAddressFields, True),
    "statement": (StatementFields, False),
    "site": (SiteFields, False),
    "verify-report": (RunReport, False),
    "evidence": (EvidenceFile, False),
}
"""Name of the schema, model, and whether the file maps keys to it."""


def names() -> tuple[str, ...]:
    """Return the name of every schema: that of its file without `.schema.json`."""
    return tuple(_SHAPES)


@cache  # they change with the program only, and the preview builds many times
def schemas() -> dict[str, dict[str, Any]]:
    """Return every schema by the name of its file without `.schema.json`."""
    found = {}
    for name, (shape, is_registry) in _SHAPES.items():
        adapter: TypeAdapter[Any] = TypeAdapter(dict[str, shape] if is_registry else shape)  # type: ignore[valid-type]
        found[name] = {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            **adapter.json_schema(by_alias=True),
            "title": name,
        }
    return found


def schema_text(schema: Mapping[str, Any]) -> str:
    """Return a schema as it is written: indented, keys in order."""
    return json.dumps(schema, indent=2, sort_keys=True, ensure_ascii=False) + "\n"
