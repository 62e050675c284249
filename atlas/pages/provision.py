"""The page of a provision: one clause, quoted, explained, graded, compared and traced to its source.

Core. Sections stand in the order of the view's fields; one that has nothing to say is absent.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from atlas import markdown, urls
from atlas.model import Provision
from atlas.pages import parts
from atlas.pages.citation import Citation, address, citation, schema_org, tags
from atlas.pages.comparison import Comparison, comparison
from atlas.pages.facets import DRAFT, facets
from atlas.pages.parts import Grade, Quotation, Row
from atlas.pages.plan import Alternate, Head, Link, PagePlan
from atlas.pages.provenance import Provenance, provenance
from atlas.pages.reading import Reason, Regulations, reasons, regulations
from atlas.pages.status import Facts, Notice, Spread, facts, notice, spread
from atlas.publication import Publication

_OTHERS = 8
"""So many other provisions of the document are listed; the document's page has all."""
_NO_DAY = "0000-00-00"
"""Sorts before every day: Pagefind leaves out what has nothing to be sorted by."""


@dataclass(frozen=True, slots=True)
class Index:
    """What search knows of the page besides its words."""

    filters: tuple[tuple[str, str], ...]
    meta: tuple[tuple[str, str], ...]
    sort: tuple[str, ...]
    """`name:value`."""


@dataclass(frozen=True, slots=True)
class Share:
    """Plain links to pass the page on; nobody's script."""

    url: str
    mail: str
    x: str
    linkedin: str


@dataclass(frozen=True, slots=True)
class ProvisionPage:
    """Everything that the page of a provision shows, in its order."""

    claim: str
    title: str
    id: str | None
    platform: Link
    document: Link
    clause_type: Link
    possessive: str
    """The platform's name in the possessive."""
    notice: Notice | None
    facts: Facts | None
    """None when the record no longer stands: the notice is in its place."""
    spread: Spread | None
    method: str | None
    """Link to the methodology; None where the atlas has no such page."""
    quotation: Quotation | None
    section: str
    read: tuple[Link, ...]
    """Documents that were read in full by a silent record."""
    provenance: Provenance
    draft: str | None
    """Who wrote the analysis, when nobody has reviewed it; None once reviewed."""
    impact: Markup
    actions: Markup
    importance: Markup
    reasons: tuple[Reason, ...]
    regulations: Regulations | None
    comparison: Comparison | None
    citation: Citation
    grade: Grade | None
    stance: Markup
    categories: tuple[Link, ...]
    others: tuple[Row, ...]
    all_others: Link | None
    """Leads to all of them, where not all are listed."""
    related: tuple[Row, ...]
    questions: Markup
    share: Share
    edit: str
    report: str
    json: str
    markdown: str
    site: str
    index: Index


def pages(publication: Publication) -> Iterator[PagePlan]:
    """Yield the plan of every provision's page, in the atlas's order.

    Search knows each record once, by its page in the language in which records are written.
    """
    for provision in publication.atlas.provisions.values():
        yield PagePlan(
            address=urls.provision(provision),
            template="pages/provision.html",
            head=_head(publication, provision),
            view=view(publication, provision),
            section="platforms",
            searchable=publication.original is None,
            scripts=("record.js",),
        )


def view(publication: Publication, of: Provision) -> ProvisionPage:
    """Return everything that a provision's page shows."""
    atlas, href, row = publication.atlas, publication.href, parts.row(publication, of)
    neighbours = [p for p in atlas.by_document[of.platform, of.document] if p.key != of.key]
    shelf = atlas.clause_types[of.clause_type]

    def prose(heading: str) -> Markup:
        return markdown.to_html(of.section_text(heading), href, first_heading=2)

    return ProvisionPage(
        claim=of.claim,
        title=of.title,
        id=of.id,
        platform=row.platform,
        document=row.document,
        clause_type=row.clause_type,
        possessive=parts.possessive(publication.words, row.platform.text),
        notice=notice(publication, of),
        facts=facts(publication, of) if of.counts else None,
        spread=spread(publication, of) if of.counts else None,
        method=publication.prose("methodology"),
        quotation=parts.quotation(publication, of),
        section=of.section or "",
        read=_read(publication, of),
        provenance=provenance(publication, of),
        draft=_draft(publication, of),
        impact=prose("Consumer impact"),
        actions=prose("What you can do"),
        importance=prose("Why it matters"),
        reasons=reasons(publication, of),
        regulations=regulations(publication, of),
        comparison=comparison(publication, of),
        citation=citation(publication, of),
        grade=row.grade,
        stance=row.stance,
        categories=tuple(
            Link(atlas.categories[key].name, href(urls.category(key)))
            for key in shelf.categories
            if key in atlas.categories
        ),
        others=parts.rows(publication, neighbours)[:_OTHERS],
        all_others=_all_others(publication, row, len(neighbours)),
        related=tuple(
            parts.row(publication, atlas.by_id[i]) for i in of.related if i in atlas.by_id
        ),
        questions=prose("Questions"),
        share=_share(publication, of),
        edit=publication.urls.edit(of.origin.path),
        report=_report(publication, of),
        json=href(urls.provision(of, "record.json")),
        markdown=href(urls.provision(of, "index.md")),
        site=atlas.site.title,
        index=_index(publication, of, row),
    )


def _all_others(publication: Publication, row: Row, number: int) -> Link | None:
    if number <= _OTHERS:
        return None
    return Link(publication.words.say("provision.all-of-document", n=number), row.document.href)


def _read(publication: Publication, of: Provision) -> tuple[Link, ...]:
    documents = [
        publication.atlas.document_by_id[i]
        for i in of.read
        if i in publication.atlas.document_by_id
    ]
    return tuple(Link(d.title, publication.href(urls.document(d))) for d in documents)


def _draft(publication: Publication, of: Provision) -> str | None:
    if not of.is_draft:
        return None
    if of.analysis is None:
        return publication.words.say("provision.draft-unsigned")
    return publication.words.say(
        "provision.draft-written",
        method=parts.label(publication.words, of.analysis.method),
        day=parts.day(publication.words, of.analysis.written),
    )


def _share(publication: Publication, of: Provision) -> Share:
    url = address(publication, of)
    return Share(
        url, urls.share_mail(url, of.claim), urls.share_x(url, of.claim), urls.share_linkedin(url)
    )


def _report(publication: Publication, of: Provision) -> str:
    say = publication.words.say
    name = of.id or "/".join(of.key)
    title = say("provision.report-title", id=name, title=of.title)
    return publication.urls.report(
        title, say("provision.report-body", id=name, url=address(publication, of))
    )


def _index(publication: Publication, of: Provision, row: Row) -> Index:
    document = publication.atlas.documents[of.platform, of.document]
    meta = [
        ("platform", row.platform.text),
        ("document", row.document.text),
        ("document-id", document.id or ""),
        ("language", document.language),
        ("severity", row.grade.key if row.grade else "silent"),
        ("clause-type", row.clause_type.text),
        ("stance", parts.stance_name(publication, of)),
        ("state", row.state),
        ("draft", DRAFT if of.is_draft else ""),
        ("captured", of.captured_at.date().isoformat() if of.captured_at else ""),
    ]
    sort = (
        f"severity:{parts.rank(publication.atlas.severity(of))}",
        f"platform:{row.platform.text}",
        f"captured:{of.captured_at.date().isoformat() if of.captured_at else _NO_DAY}",
    )
    return Index(facets(publication, of), tuple(pair for pair in meta if pair[1]), sort)


def _head(publication: Publication, of: Provision) -> Head:
    say, row = publication.words.say, parts.row(publication, of)
    return Head(
        title=say("provision.window", claim=of.claim, platform=row.platform.text),
        description=say(
            "provision.description",
            platform=row.platform.text,
            document=row.document.text,
            stance=parts.stance_name(publication, of),
            severity=_severity(publication, row),
        ),
        canonical=publication.absolute(urls.provision(of)),
        og_type="article",
        indexed=of.counts,
        cite_as=address(publication, of) if of.id else None,
        meta=tags(publication, of),
        alternates=(
            Alternate(
                "application/json",
                publication.href(urls.provision(of, "record.json")),
                say("provision.json"),
            ),
            Alternate(
                "text/markdown",
                publication.href(urls.provision(of, "index.md")),
                say("provision.markdown"),
            ),
        ),
        json_ld=schema_org(publication, of),
    )


def _severity(publication: Publication, row: Row) -> str:
    return row.grade.word if row.grade else publication.words.say("parts.silent")
