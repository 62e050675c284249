"""A record as machines read it: one tree that needs no other file, written as canonical JSON.

Core. Names stand beside the keys of what a record refers to; there is no base URL in it, and nothing
that evidence may change. Owner of orjson for what is published.
"""

from collections.abc import Mapping

import orjson

from atlas import urls
from atlas.canonical import CLAUSE_FORM, clause_sha256
from atlas.model import Atlas, Provision

FORMAT = 1
"""Number of this shape; it grows only when a field changes its meaning or goes."""


def canonical_json(tree: Mapping[str, object]) -> str:
    """Return a tree as canonical JSON (RFC 8785: keys in order, no blanks) with a final line feed."""
    return orjson.dumps(tree, option=orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE).decode()


def record(atlas: Atlas, provision: Provision) -> dict[str, object]:
    """Return everything that a record says, without what it leaves out."""
    document = atlas.documents[provision.platform, provision.document]
    shelf = atlas.clause_types[provision.clause_type]
    stance, severity = atlas.stance(provision), atlas.severity(provision)
    written = provision.model_dump(
        mode="json",
        exclude_none=True,
        exclude={
            "platform",
            "document",
            "slug",
            "preamble",
            "sections",
            "origin",
            "severity",
            "clause_type",
            "stance",
        },
    )
    return {
        **{name: value for name, value in written.items() if value not in ([], ())},
        "format": FORMAT,
        **({"fictional": True} if atlas.site.fictional else {}),
        "address": urls.provision(provision),
        "platform": {"slug": provision.platform, "name": atlas.platforms[provision.platform].name},
        "document": {
            "slug": provision.document,
            **document.model_dump(
                mode="json",
                exclude_none=True,
                include={"id", "title", "kind", "language", "region", "entity", "stated_date"},
            ),
            "sources": [source.url for source in document.sources],
        },
        "clause_type": {"key": shelf.key, "name": shelf.name},
        "stance": {"key": provision.stance, **({"name": stance.name} if stance else {})},
        **({"severity": severity.value} if severity else {}),
        "draft": provision.is_draft,
        "regulations": [
            {
                **mapped.model_dump(mode="json", exclude_none=True),
                "name": atlas.regulations[mapped.id].name,
                "jurisdiction": atlas.regulations[mapped.id].jurisdiction,
            }
            for mapped in provision.regulations
        ],
        "sections": [{"heading": s.heading, "markdown": s.text} for s in provision.sections],
        **(
            {"clause_sha256": {"form": CLAUSE_FORM, "value": clause_sha256(provision.clause)}}
            if provision.clause
            else {}
        ),
    }
