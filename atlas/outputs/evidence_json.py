"""`evidence.json` beside every document of which anything was seen: enough to make its hashes again.

Core. It holds no text of the document but the words that stand where a quotation stood; which of
the texts that we hold may be published as files is said by `stability.public_texts`.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime

from atlas import stability, urls
from atlas.canonical import CLAUSE_FORM, TEXT_FORM, clause_sha256
from atlas.ledger.coding import tree_of
from atlas.model import ArchiveSpan, Atlas, Document, History, Provision, Sighting, TextSighting
from atlas.model.evidence_file import (
    CopyShown,
    DocumentShown,
    EvidenceFile,
    Forms,
    LooksShown,
    Recompute,
    RecordShown,
    SightingShown,
    SpanShown,
    TextShown,
    TroubleShown,
    VersionElsewhere,
    WordingShown,
)
from atlas.outputs.text_file import TextFile
from atlas.pages.plan import PagePlan
from atlas.publication import Publication
from atlas.record_form import canonical_json

FORMAT = 1
"""Number of this shape; it grows only when a field changes its meaning or goes."""


def files(publication: Publication, _plans: Sequence[PagePlan]) -> Iterator[TextFile]:
    """Yield the evidence of every document of which anything was seen."""
    for document in publication.atlas.documents.values():
        if stability.has_evidence(publication.atlas, document):
            tree = tree_of(evidence(publication, document))
            yield TextFile(urls.evidence(document).removeprefix("/"), canonical_json(tree))


def evidence(publication: Publication, document: Document) -> EvidenceFile:
    """Return what was seen of one document, as of the publication's day."""
    atlas, as_of = publication.atlas, publication.as_of
    history = stability.history_of(atlas, document)
    standing = stability.document_standing(atlas, document, as_of)
    looks = sorted(look.at for look in history.looks if look.at.date() <= as_of)
    good = sorted(look.at for look in history.looks if look.at.date() <= as_of and not look.failure)
    trouble = standing.trouble
    return EvidenceFile(
        format=FORMAT,
        fictional=atlas.site.fictional,
        document=_document(document),
        forms=Forms(TEXT_FORM, CLAUSE_FORM),
        recompute=Recompute(
            text="sha256sum FILE",
            clause=f"./run fingerprint --form {CLAUSE_FORM} FILE",
            forms=urls.prose("methodology") if publication.prose("methodology") else None,
        ),
        looks=LooksShown(
            len(looks),
            len(good),
            _instant(looks[0]) if looks else None,
            _instant(looks[-1]) if looks else None,
            _instant(good[-1]) if good else None,
        ),
        trouble=TroubleShown(trouble.reason.value, trouble.detail, _instant(trouble.since))
        if trouble
        else None,
        texts=tuple(
            _text(atlas, document, found)
            for found in history.texts
            if found.stamp.observed_at.date() <= as_of
        ),
        records=tuple(
            _record(publication, provision)
            for provision in atlas.by_document.get(document.key, ())
            if stability.sightings(atlas, provision, as_of)
        ),
        archived=tuple(_copies(history, publication)),
        held_by_others=tuple(
            _span(span) for span in atlas.evidence.spans.get(history.document, ())
        ),
    )


def _document(of: Document) -> DocumentShown:
    return DocumentShown(
        id=of.id or "",
        address=urls.document(of),
        platform=of.platform,
        title=of.title,
        language=of.language,
        region=of.region,
        edition_of=of.edition_of,
        sources=tuple(source.url for source in of.sources),
    )


def _text(atlas: Atlas, document: Document, found: TextSighting) -> TextShown:
    seen, is_public = found.seen, document.publish_text and _is_ours(atlas, found)
    return TextShown(
        sha256=seen.text.sha256,
        form=seen.text.form,
        characters=seen.text.characters,
        since=_instant(found.stamp.observed_at),
        run=found.stamp.run,
        previous=seen.previous,
        known=seen.known,
        technical=seen.technical,
        extractor=seen.extractor,
        raw_sha256=seen.raw_sha256,
        held_by=found.stamp.held_by,
        address=urls.held_text(seen.text.sha256) if is_public else None,
    )


def _is_ours(atlas: Atlas, found: TextSighting) -> bool:
    return found.seen.text.sha256 in atlas.evidence.texts


def _record(publication: Publication, of: Provision) -> RecordShown:
    atlas, as_of = publication.atlas, publication.as_of
    standing = stability.standing(atlas, of, as_of)
    return RecordShown(
        id=of.id or "",
        address=urls.provision(of),
        quote_sha256=clause_sha256(of.clause or ""),
        form=CLAUSE_FORM,
        state=standing.state.value,
        former=standing.is_former,
        first_seen=_instant(standing.first_seen) if standing.first_seen else None,
        last_seen=_instant(standing.last_seen) if standing.last_seen else None,
        last_good=_instant(standing.last_good) if standing.last_good else None,
        sightings=tuple(_sighting(found) for found in stability.sightings(atlas, of, as_of)),
    )


def _sighting(of: Sighting) -> SightingShown:
    seen, stamp = of.seen, of.stamp
    return SightingShown(
        observed_at=_instant(stamp.observed_at),
        run=stamp.run,
        vantage=stamp.vantage,
        held_by=stamp.held_by,
        state=seen.state.value,
        confirmed=seen.confirmed,
        first_seen_at=_instant(seen.first_seen_at),
        looks=seen.looks,
        score=seen.score,
        quote_sha256=seen.quote_sha256,
        text_sha256=seen.text_sha256,
        wording=WordingShown(seen.wording.text, seen.wording.sha256, CLAUSE_FORM)
        if seen.wording
        else None,
        prefix=seen.prefix,
        suffix=seen.suffix,
        copies=seen.copies,
    )


def _copies(history: History, publication: Publication) -> Iterator[CopyShown]:
    for stamp, asked in history.archived:
        if stamp.observed_at.date() <= publication.as_of:
            yield CopyShown(
                asked_at=_instant(stamp.observed_at),
                url=asked.url,
                address=asked.address,
                captured_at=_instant(asked.captured_at) if asked.captured_at else None,
                clause_in_memento=asked.clause_in_memento,
                reason=asked.reason,
            )


def _span(of: ArchiveSpan) -> SpanShown:
    return SpanShown(
        held_by=of.held_by,
        first_at=_instant(of.first_at),
        last_at=_instant(of.last_at),
        versions=of.versions,
        observations=tuple(
            VersionElsewhere(
                observed_at=_instant(one.observed_at),
                address=one.address,
                commit=one.commit,
                text_sha256=one.text_sha256,
                method=one.method,
                technical=one.technical,
                clauses=one.clauses,
            )
            for one in of.observations
        ),
    )


def _instant(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")
