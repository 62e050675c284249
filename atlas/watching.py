"""What the verifier goes to look for: each document with the quotations and silences that hang on it.

Core. Between the records and the verifier: what cannot be watched is told, with its reason.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from atlas.canonical import clause_sha256
from atlas.model import (
    Atlas,
    Document,
    Failure,
    LookFailed,
    Provision,
    Quote,
    Silence,
    Watched,
)


def watched(atlas: Atlas) -> tuple[tuple[Watched, ...], tuple[LookFailed, ...]]:
    """Return what is to be looked for, a document each, and what cannot be.

    A document is watched for the records that count (active and disputed ones): a quotation where it
    stands, a silence in each document that was read for it. One that no record hangs on is left out.

    What cannot be watched is named by its document's id, where it has one and has no address
    (`no-address`); without an id (`no-id`) by its place, `platform/document` or
    `platform/document/record`, since nothing can be recorded of it.
    """
    quotes: defaultdict[tuple[str, str], list[Provision]] = defaultdict(list)
    silences: defaultdict[tuple[str, str], list[Provision]] = defaultdict(list)
    for provision in atlas.provisions.values():
        if not provision.counts:
            continue
        if provision.is_silent:
            for document in _read_for(atlas, provision):
                silences[document.key].append(provision)
        elif provision.clause is not None:
            quotes[(provision.platform, provision.document)].append(provision)
    seen: list[Watched] = []
    told: list[LookFailed] = []
    for key, document in atlas.documents.items():
        if key not in quotes and key not in silences:
            continue
        told += _unnamed((*quotes[key], *silences[key]))
        told += (failed := list(_out_of_reach(document)))
        if document.id and not failed:
            watch = Watched(
                document.id,
                document.platform,
                document.sources,
                document.language,
                tuple(_quotes(quotes[key])),
                tuple(_silences(atlas, silences[key])),
            )
            seen += [watch] if watch.quotes or watch.silences else []
    return tuple(seen), tuple(dict.fromkeys(told))


def _read_for(atlas: Atlas, silent: Provision) -> Iterator[Document]:
    """Yield the documents that were read before a record said that they are silent."""
    for name in dict.fromkeys(silent.read):
        if name in atlas.document_by_id:
            yield atlas.document_by_id[name]


def _quotes(provisions: Iterable[Provision]) -> Iterator[Quote]:
    for of in provisions:
        if of.id and of.clause is not None:
            yield Quote(of.id, of.clause, clause_sha256(of.clause))


def _silences(atlas: Atlas, provisions: Iterable[Provision]) -> Iterator[Silence]:
    for of in provisions:
        shelf = atlas.clause_types.get(of.clause_type)
        if of.id and shelf:
            yield Silence(of.id, shelf.look_for)


def _out_of_reach(document: Document) -> Iterator[LookFailed]:
    name = document.id or "/".join(document.key)
    if not document.id:
        detail = "The document has no id yet, so nothing can be recorded of it."
        yield LookFailed(name, Failure.NO_ID, detail)
    if not document.sources:
        detail = "No address is recorded for the document, so nobody can look."
        yield LookFailed(name, Failure.NO_ADDRESS, detail)


def _unnamed(provisions: Iterable[Provision]) -> Iterator[LookFailed]:
    for of in provisions:
        if not of.id:
            detail = "The record has no id yet, so nothing can be recorded of it."
            yield LookFailed("/".join(of.key), Failure.NO_ID, detail)
        for number, example in enumerate(of.examples, 1):
            if example.record is None:
                detail = f"Example {number} quotes words that are no record yet, so they are not watched."
                yield LookFailed("/".join(of.key), Failure.NO_ID, detail)
