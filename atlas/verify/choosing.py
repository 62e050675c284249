"""Which documents a run looks at, and in which order. A line, without a step outside."""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from urllib.parse import urlsplit

from atlas.fetch.conditional import FULL_EVERY
from atlas.model import Atlas, Document, History, Watched
from atlas.problem import Fault
from atlas.verify.settings import Settings, Shard


class ChoiceFault(Fault):
    """Nothing is watched under the name that was given; says which."""


def chosen(
    watched: Iterable[Watched],
    histories: Mapping[str, History],
    settings: Settings,
    atlas: Atlas,
) -> tuple[Watched, ...]:
    """Return what the run looks at: the document whose last good look is longest ago comes first.

    Raises:
        ChoiceFault: a document or platform that was asked for is not watched.
    """
    found = tuple(watched)
    documents, platforms = {w.document for w in found}, {w.platform for w in found}
    for name in settings.documents:
        if name not in documents:
            raise ChoiceFault(_why_no_document(name, atlas))
    for name in settings.platforms:
        if name not in platforms:
            raise ChoiceFault(_why_no_platform(name, atlas))
    if settings.documents:
        found = tuple(w for w in found if w.document in settings.documents)
    if settings.platforms:
        found = tuple(w for w in found if w.platform in settings.platforms)
    ordered = sorted(found, key=lambda w: (_last_good(histories.get(w.document)), w.document))
    stalest = ordered[: settings.stalest]
    return tuple(w for w in stalest if settings.shard is None or falls_to(w, settings.shard))


def falls_to(watched: Watched, shard: Shard) -> bool:
    """Return whether a document is of this shard: by its first source's host, the same on every machine."""
    host = urlsplit(watched.sources[0].url).hostname or "" if watched.sources else ""
    digest = hashlib.sha256(host.encode()).digest()
    return int.from_bytes(digest[:8], "big") % shard.of == shard.number - 1


def last_full(history: History | None, now: datetime) -> datetime | None:
    """Return when a whole page last came, as far as the ledger can say; None where one is due.

    The ledger does not tell a look that was answered with 304 from one that brought the whole page. So time is cut
    into stretches as long as one may go without a whole page, from the last new text on: the first good look of each
    stretch asks for the whole page, and until there is one it is due.
    """
    if history is None or not history.texts:
        return None
    at = history.texts[-1].stamp.observed_at
    begin = at + (now - at) // FULL_EVERY * FULL_EVERY
    return next((look.at for look in history.looks if look.at >= begin and not look.failure), None)


_NEVER = datetime.min.replace(tzinfo=UTC)


def _last_good(history: History | None) -> datetime:
    looks = history.looks if history else ()
    return next((look.at for look in reversed(looks) if look.failure is None), _NEVER)


_NEEDS = "a document is watched once it has an id, an address and a record"


def _why_no_document(name: str, atlas: Atlas) -> str:
    document = atlas.document_by_id.get(name)
    if document is None:
        return f"no document `{name}` is watched, since none has this id; {_NEEDS}"
    return f"no document `{name}` is watched: it has {_lacks(document, atlas)}; {_NEEDS}"


def _why_no_platform(name: str, atlas: Atlas) -> str:
    if name not in atlas.platforms:
        return f"no platform `{name}` is watched, since there is none of this name; {_NEEDS}"
    documents = atlas.documents_of.get(name, ())
    each = "; ".join(f"`{one.slug}` has {_lacks(one, atlas)}" for one in documents)
    return f"no platform `{name}` is watched: {each or 'it has no document'}; {_NEEDS}"


def _lacks(document: Document, atlas: Atlas) -> str:
    """Return in words what keeps a document from being watched."""
    records = [
        one
        for one in atlas.provisions.values()
        if one.counts
        and (
            document.id in one.read
            if one.is_silent
            else (one.platform, one.document) == document.key
        )
    ]
    no_record = "no record that counts" if not records else "no record with an id"
    lacking = [
        "" if document.id else "no id",
        "" if document.sources else "no address",
        "" if any(one.id for one in records) else no_record,
    ]
    return " and ".join(filter(None, lacking)) or "no quotation to look for"
