"""The page of a provision: one clause, quoted, explained, graded, compared and traced to its source.

Core. Sections stand in the order of the view's fields; one that has nothing to say is absent.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from atlas import markdown, urls
from atlas.model import Failure, Provision
from atlas.pages import parts
from atlas.pages.citation import Citation, address, citation, schema_org, shared, tags
from atlas.pages.comparison import Comparison, comparison
from atlas.pages.editions import Recorded, Watched, recorded, watched
from atlas.pages.facets import Index, index
from atlas.pages.line import Line, line
from atlas.pages.parts import Grade, Quotation, Row
from atlas.pages.plan import Alternate, Head, Link, PagePlan
from atlas.pages.provenance import Provenance, provenance
from atlas.pages.reading import Reason, Regulations, reasons, regulations
from atlas.pages.stability import Panel, panel, recently, unobserved
from atlas.pages.standing import Expiring, Seen, notices, seen, wording
from atlas.pages.status import (
    Facts,
    Notice,
    Said,
    Spread,
    facts,
    headline,
    notice,
    replaces,
    spread,
    statements,
    whose,
)
from atlas.publication import Publication

_OTHERS = 8
"""So many other provisions of the document are listed; the document's page has all."""


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
    history: str
    """Link to what the record was before; nothing without an id."""
    platform: Link
    document: Link
    clause_type: Link
    possessive: str
    """The platform's name in the possessive."""
    replaces: tuple[Link, ...]
    """Records whose place this one has taken."""
    notices: tuple[Notice, ...]
    facts: Facts | None
    """None when the record no longer stands: the notice is in its place."""
    wording: Expiring | None
    """What is known of the wording; None when silent or no longer standing."""
    spread: Spread | None
    recently: str
    """How many changes there were lately; nothing without a look."""
    method: str | None
    """Link to the methodology; None where the atlas has no such page."""
    quotation: Quotation | None
    whose: str
    """Whose words the quotation is: `their`, `their-former`, `superseded` or `withdrawn`."""
    section: str
    line: Line | None
    """None: no look found the quotation, so there is no line."""
    seen: Seen | None
    """What stands there now, where that is other words."""
    read: tuple[Link, ...]
    """Documents that were read in full by a silent record."""
    provenance: Provenance
    withheld: bool
    """Whether the law forbids to show quotation and analysis."""
    statements: tuple[Said, ...]
    """What others say of the record, in their words."""
    draft: str | None
    """Who wrote the analysis, when nobody has reviewed it; None once reviewed."""
    impact: Markup
    actions: Markup
    importance: Markup
    reasons: tuple[Reason, ...]
    regulations: Regulations | None
    panel: Panel | None
    unobserved: str
    """Why there are no figures over time, and what that leaves open."""
    unwatched: str
    """Why nobody can look, and the next step; nothing where somebody can."""
    editions: tuple[Watched, ...]
    """The same words in other editions that we look at ourselves."""
    recorded: tuple[Recorded, ...]
    """What archives of others recorded."""
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
            styles=(),
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
        history=href(urls.history(of)) if of.id else "",
        platform=row.platform,
        document=row.document,
        clause_type=row.clause_type,
        possessive=parts.possessive(publication.words, row.platform.text),
        notices=tuple(n for n in (notice(publication, of), *notices(publication, of)) if n),
        replaces=replaces(publication, of),
        facts=facts(publication, of) if of.counts else None,
        wording=wording(publication, of) if of.counts and not of.is_silent else None,
        spread=spread(publication, of) if of.counts else None,
        recently=recently(publication, of) if of.counts else "",
        method=publication.prose("methodology"),
        quotation=parts.quotation(publication, of),
        whose=whose(publication, of),
        section=of.section or "",
        line=line(publication, of),
        seen=seen(publication, of) if of.counts else None,
        read=_read(publication, of),
        provenance=provenance(publication, of),
        withheld=bool(of.withheld),
        statements=statements(publication, of),
        draft=_draft(publication, of),
        impact=prose("Consumer impact"),
        actions=prose("What you can do"),
        importance=prose("Why it matters"),
        reasons=() if of.withheld else reasons(publication, of),
        regulations=regulations(publication, of),
        panel=panel(publication, of),
        unobserved=unobserved(publication, of),
        unwatched=_unwatched(publication, of),
        editions=watched(publication, of),
        recorded=recorded(publication, of),
        comparison=None if of.withheld else comparison(publication, of),
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
        index=index(publication, of, row),
    )


def _unwatched(publication: Publication, of: Provision) -> str:
    document = publication.atlas.documents[of.platform, of.document]
    if document.sources and document.id and of.id:
        return ""
    failure = Failure.NO_ID if document.sources else Failure.NO_ADDRESS
    say = publication.words.say
    label = say(f"failure.{failure.value}.label")
    return say("stability.unwatched", what=label, then=say(f"failure.{failure.value}.next"))


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
    if not of.is_draft or of.withheld:
        return None
    if of.analysis is None:
        return publication.words.say("provision.draft-unsigned")
    return publication.words.say(
        "provision.draft-written",
        method=parts.label(publication.words, of.analysis.method),
        day=parts.day(publication.words, of.analysis.written),
    )


def _share(publication: Publication, of: Provision) -> Share:
    url = shared(publication, of)
    return Share(
        url, urls.share_mail(url, of.claim), urls.share_x(url, of.claim), urls.share_linkedin(url)
    )


def _report(publication: Publication, of: Provision) -> str:
    say = publication.words.say
    name = of.id or "/".join(of.key)
    title = say("provision.report-title", id=name, title=of.title)
    return publication.urls.report(
        title, say("provision.report-body", id=name, url=shared(publication, of))
    )


def _head(publication: Publication, of: Provision) -> Head:
    say, row = publication.words.say, parts.row(publication, of)
    return Head(
        title=say("provision.window", claim=of.claim, platform=row.platform.text),
        description=_description(publication, of, row),
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


def _description(publication: Publication, of: Provision, row: Row) -> str:
    say, gone = publication.words.say, "" if of.counts else headline(publication, of)
    if of.withheld:
        return f"{gone} {say('provision.withheld')}"
    told = say(
        "provision.description",
        platform=row.platform.text,
        document=row.document.text,
        stance=parts.stance_name(publication, of),
        severity=_severity(publication, row),
    )
    return f"{gone} {told}".strip()


def _severity(publication: Publication, row: Row) -> str:
    return row.grade.word if row.grade else publication.words.say("parts.silent")
