"""The page of a document: what it is, where it is published, and its provisions in its own order.

Core. What the document says of itself is shown as its claim, apart from what looks at it found.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from atlas import counting, jurisdictions, stability, urls
from atlas.model import Document, Provision
from atlas.pages import parts
from atlas.pages.heads import Step, Trail, crumbs, head
from atlas.pages.looks import ChangeRow, Looks, Summary, change_rows, looks, summary, text_row
from atlas.pages.plan import Link, PagePlan
from atlas.pages.platform import DocumentRow, document_rows
from atlas.publication import Publication
from atlas.stability import has_evidence, history_of

_CITATIONS = {
    "text": "citations.txt",
    "bibtex": "citations.bib",
    "ris": "citations.ris",
    "csl-json": "citations.json",
}
"""Files of citations beside a document's page, each with the key of its name."""
Families = Mapping[str, Sequence[Document]]
"""Editions of the same text, by the id of the first."""


@dataclass(frozen=True, slots=True)
class SourceLinks:
    """One address of a document."""

    live: Link
    archive: str
    """Where archived copies can be looked up."""


@dataclass(frozen=True, slots=True)
class PlacedRow:
    """A record with its place in the document."""

    section: str | None
    row: parts.Row
    differs: bool
    """Whether its clause was seen changed, which is being confirmed."""


@dataclass(frozen=True, slots=True)
class DocumentView:
    """What `pages/document.html` is handed."""

    crumbs: tuple[Link, ...]
    title: str
    platform: Link
    id: str | None
    kind: str
    language: str
    region: str | None
    entity: str | None
    stated: str | None
    stated_iso: str | None
    sources: tuple[SourceLinks, ...]
    editions: tuple[DocumentRow, ...]
    """The document of which this is an edition, and its other editions."""
    provisions: tuple[PlacedRow, ...]
    drafts: int
    never_verified: int
    looks: Looks | None
    """What looks at it found; None in an atlas where nobody has looked at anything."""
    summary: Summary | None
    changes: tuple[ChangeRow, ...]
    """Confirmed changes of its clauses and of its text, newest first."""
    technical: tuple[ChangeRow, ...]
    """Texts that only another way of reading made."""
    evidence: str | None
    """Where all that was seen of it stands for machines; None: nothing was."""
    citations: tuple[Link, ...]
    """Its records and clauses ready to be cited, a file for each form."""
    gone: tuple[parts.Row, ...]
    """Superseded and withdrawn records."""


def pages(publication: Publication) -> Iterator[PagePlan]:
    """Plan the page of each document."""
    say = publication.words.say
    families = _families(publication.atlas.documents.values())
    for of in publication.atlas.documents.values():
        platform = publication.atlas.platforms.get(of.platform)
        if platform is None:
            continue
        trail: Trail = (
            Step(say("nav.platforms"), urls.PLATFORMS),
            Step(platform.name, urls.platform(platform)),
        )
        address = urls.document(of)
        title = say("document.head", document=of.title, platform=platform.name)
        description = say("document.description", document=of.title, platform=platform.name)
        yield PagePlan(
            address=address,
            template="pages/document.html",
            head=head(
                publication,
                address,
                title,
                description,
                trail=trail,
                about=_work(of, platform.name),
            ),
            view=view(publication, of, families, trail),
            section="platforms",
        )


def view(publication: Publication, of: Document, families: Families, trail: Trail) -> DocumentView:
    """Return what the page of a document shows."""
    records = publication.atlas.by_document.get(of.key, ())
    provisions = counting.that_count(records)
    way = crumbs(publication, trail)
    return DocumentView(
        crumbs=way,
        title=of.title,
        platform=way[-1],
        id=of.id,
        kind=parts.label(publication.words, of.kind),
        language=jurisdictions.language(of.language, publication.words.language),
        region=parts.place(publication.words, of.region) if of.region else None,
        entity=of.entity,
        stated=parts.day(publication.words, of.stated_date) if of.stated_date else None,
        stated_iso=of.stated_date.isoformat() if of.stated_date else None,
        sources=tuple(_source(s.url) for s in of.sources),
        editions=document_rows(publication, _editions(families, of)),
        provisions=tuple(_placed(publication, p) for p in provisions),
        drafts=len(counting.drafts(provisions)),
        never_verified=len(counting.never_verified(publication.atlas, provisions)),
        looks=looks(publication, of),
        summary=summary(publication, provisions),
        changes=change_rows(publication, [of]),
        technical=_technical(publication, of),
        evidence=publication.href(urls.evidence(of))
        if has_evidence(publication.atlas, of)
        else None,
        citations=_citations(publication, of),
        gone=tuple(parts.row(publication, p) for p in records if not p.counts),
    )


def _technical(publication: Publication, of: Document) -> tuple[ChangeRow, ...]:
    found = stability.technical_changes(history_of(publication.atlas, of), publication.as_of)
    return tuple(text_row(publication, change) for change in reversed(found))


def _citations(publication: Publication, of: Document) -> tuple[Link, ...]:
    if not any(p.id for p in publication.atlas.by_document.get(of.key, ())):
        return ()
    return tuple(
        Link(
            publication.words.say(f"citation-file.{form}"),
            publication.href(urls.document(of, name)),
        )
        for form, name in _CITATIONS.items()
    )


def _source(url: str) -> SourceLinks:
    return SourceLinks(Link(url.removeprefix("https://"), url), urls.wayback(url))


def _placed(publication: Publication, of: Provision) -> PlacedRow:
    differs = counting.pending(publication.atlas, [of], publication.as_of)
    return PlacedRow(of.section, parts.row(publication, of), bool(differs))


def _families(documents: Iterable[Document]) -> Families:
    """Group documents by the one of which they are editions, that one included."""
    families: dict[str, list[Document]] = {}
    for one in documents:
        if first := one.edition_of or one.id:
            families.setdefault(first, []).append(one)
    return families


def _editions(families: Families, of: Document) -> list[Document]:
    return [d for d in families.get(of.edition_of or of.id or "", ()) if d is not of]


def _work(of: Document, platform: str) -> dict[str, object]:
    about: dict[str, object] = {
        "@type": "DigitalDocument",
        "name": of.title,
        "inLanguage": of.language,
        "publisher": {"@type": "Organization", "name": platform},
    }
    if of.sources:
        about["url"] = of.sources[0].url
    return about
