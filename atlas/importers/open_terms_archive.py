"""Reads what Open Terms Archive recorded of a document: when our quotations stood in its versions.

A line: versions -> extract -> locate. Facts and addresses come over, no text. That archive stores
changes only, so what it gives is a span, counted apart from our own looks.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from urllib.parse import quote as percent_encoded

from atlas.canonical import clause_sha256, text_sha256
from atlas.extract import extract
from atlas.git_versions import FileVersion, last_commit_at, versions
from atlas.locate import Folded, find, folded, search
from atlas.model import (
    ArchiveSpan,
    Atlas,
    Body,
    Document,
    Failed,
    ImportedObservation,
    Quote,
    Source,
)
from atlas.problem import Fault

HELD_BY = "open-terms-archive"
_TECHNICAL = "Apply technical or declaration upgrade"
"""How that archive begins the subject of a commit that changes its own method."""


class ImportFault(Fault):
    """A history cannot be taken over; says why."""


def span(
    repository: Path, file: str, address: str, document: str, followed: tuple[Quote, ...]
) -> ArchiveSpan:
    """Return what a collection holds of one of its files.

    Args:
        repository: a clone of the collection's versions.
        file: the file of the document in it: `Service/Terms of Service.md`.
        address: where the collection is published: `https://github.com/<owner>/<name>`.
        document: id of our record of the same document in the same edition.
        followed: the quotations to follow.

    Raises:
        HistoryFault: the clone cannot be read.
        ImportFault: a version holds no text.
    """
    found = versions(repository, file)
    observations: list[ImportedObservation] = []
    last: Folded | None = None
    words = {quote.record: quote.text for quote in followed}
    for version in found:
        text, method = _text(version, file)
        document_text = folded(text)
        clauses = _clauses(document_text, last, followed, words)
        last = document_text
        if observations and clauses == observations[-1].clauses:
            continue
        place = percent_encoded(file)
        observations.append(
            ImportedObservation(
                observed_at=version.at,
                address=f"{address}/blob/{version.commit}/{place}",
                commit=version.commit,
                text_sha256=text_sha256(text),
                method=method,
                clauses=clauses,
                technical=version.subject.startswith(_TECHNICAL),
            )
        )
    return ArchiveSpan(
        HELD_BY,
        document,
        found[0].at,
        last_commit_at(repository),
        len(found),
        tuple(observations),
    )


def quotes(atlas: Atlas, of: Document) -> tuple[Quote, ...]:
    """Return the quotations of a document and of its other editions, in order of place."""
    base = of.edition_of or of.id
    editions = {d.key for d in atlas.documents.values() if base in {d.id, d.edition_of}}
    return tuple(
        Quote(p.id, p.clause, clause_sha256(p.clause))
        for p in atlas.provisions.values()
        if p.id and p.clause and (p.platform, p.document) in editions
    )


def _text(version: FileVersion, file: str) -> tuple[str, str]:
    body = Body(
        url=f"https://archive.invalid/{version.commit}",
        final_url=f"https://archive.invalid/{version.commit}",
        status=200,
        content_type="text/markdown; charset=utf-8",
        content=version.content,
    )
    extracted = extract((body,), (Source(url=body.url),))
    if isinstance(extracted, Failed):
        raise ImportFault(f"{file} of {version.commit[:12]} cannot be read: {extracted.detail}")
    return extracted.text, extracted.extractor


def _clauses(
    document: Folded, last: Folded | None, followed: Iterable[Quote], words: dict[str, str]
) -> Mapping[str, str]:
    """Return the hash of what stands for each quotation, and remember its words; nothing where it is gone."""
    found = {}
    for quote in followed:
        if find(quote.text, document):
            words[quote.record] = quote.text
        elif not (words[quote.record] and find(words[quote.record], document)):
            candidate = search((words[quote.record] or quote.text, quote.text), document, last)
            words[quote.record] = candidate.wording.text if candidate.wording else ""
        held = words[quote.record]
        found[quote.record] = clause_sha256(held) if held else ""
    return found
