"""A record as machines read it: one tree that needs no other file, written as canonical JSON.

Core. Names stand beside the keys of what a record refers to; there is no base URL in it, and nothing
that evidence may change. Owner of orjson for what is published.
"""

import hashlib
from collections.abc import Mapping

import orjson

from atlas import urls
from atlas.canonical import CLAUSE_FORM, clause_sha256
from atlas.model import Atlas, Provision, State, Statement, Status

FORMAT = 1
"""Number of this shape; it grows only when a field changes its meaning or goes."""


def canonical_json(tree: Mapping[str, object]) -> str:
    """Return a tree as canonical JSON (RFC 8785: keys in order, no blanks) with a final line feed."""
    return orjson.dumps(tree, option=orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE).decode()


def sha256_of(tree: Mapping[str, object]) -> str:
    """Return the SHA-256 of a tree as canonical JSON without a line feed, as the log has it."""
    return hashlib.sha256(orjson.dumps(tree, option=orjson.OPT_SORT_KEYS)).hexdigest()


def status(of: Status) -> dict[str, object]:
    """Return where a record stands that is not simply active, without what it leaves out."""
    return of.model_dump(mode="json", exclude_none=True)


def statement(of: Statement) -> dict[str, object]:
    """Return what somebody says of a record, without what they leave out."""
    fields = {"kind", "number", "by", "on", "source_url"}
    told = of.model_dump(mode="json", exclude_none=True, include=fields)
    return {**told, "words": of.text.strip()}


def status_sha256(of: Provision) -> str | None:
    """Return what the log has of a record's status; None: it is active."""
    return None if of.status is None or of.state is State.ACTIVE else sha256_of(status(of.status))


def statements_sha256(atlas: Atlas, of: Provision) -> dict[str, str]:
    """Return what the log has of what others say of a record: a SHA-256 each, by the name of its file."""
    return {
        statement_name(one): sha256_of(statement(one))
        for one in atlas.statements_on.get(of.key, ())
    }


def statement_name(of: Statement) -> str:
    """Return the name of a statement among those on a record, `dispute-1`."""
    return f"{of.kind.value}-{of.number}"


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
