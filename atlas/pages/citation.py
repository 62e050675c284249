"""How a page cites its record: sentences for people, tags for reference managers, schema.org for machines.

Core. The sentences are made by `citing`.
"""

from dataclasses import dataclass

from atlas import citing, urls
from atlas.citing import Cited
from atlas.model import Document, Provision, State
from atlas.pages import heads, parts
from atlas.pages.provenance import people
from atlas.publication import Publication
from atlas.stability import is_former

INLINE = ("plain", "apa", "bluebook")
"""Forms on the page itself, one for each who copies by hand: anybody, who writes a paper, who files in court.

Reference managers read the page's tags; OSCOLA, close to the plain words, and the rest stand in the bundle.
"""


@dataclass(frozen=True, slots=True)
class Quoted:
    """A citation in one form."""

    form: str
    """Name of the form."""
    text: str


@dataclass(frozen=True, slots=True)
class Citation:
    """How to cite the record, and the clause that it quotes."""

    record: tuple[Quoted, ...]
    clause: tuple[Quoted, ...]
    """Empty where the record is silent."""
    more: str | None
    """Where all forms of all records of the document are linked; None while it has none with a number."""


def citation(publication: Publication, of: Provision) -> Citation:
    """Return how to cite a record and the clause that it quotes, the same in every language of the interface."""
    clause = citing.clause(publication, of)
    return Citation(
        record=quoted(publication, citing.record(publication, of)),
        clause=quoted(publication, clause) if clause else (),
        more=bundle(publication, publication.atlas.documents[of.platform, of.document]),
    )


def quoted(publication: Publication, cited: Cited) -> tuple[Quoted, ...]:
    """Return something citable in the forms that stand on a page."""
    say, own = publication.words.say, publication.in_own_language.words
    return tuple(
        Quoted(say(f"citation-form.{form.key}"), form.cite(own, cited))
        for form in citing.FORMS
        if form.key in INLINE
    )


def bundle(publication: Publication, of: Document) -> str | None:
    """Return where a document's page links its bundles, or None where there are none."""
    has_any = any(p.id for p in publication.atlas.by_document.get(of.key, ()))
    return publication.href(f"{urls.document(of)}#cite") if has_any else None


def address(publication: Publication, of: Provision) -> str:
    """Return the URL to cite: that of the revision, or the page's own while there is no number."""
    return publication.absolute(urls.permanent(of.id, of.number) if of.id else urls.provision(of))


def shared(publication: Publication, of: Provision) -> str:
    """Return the URL to pass on: the record's, which leads to its newest revision."""
    return publication.absolute(urls.permanent(of.id) if of.id else urls.provision(of))


def tags(publication: Publication, of: Provision) -> tuple[tuple[str, str], ...]:
    """Return Highwire and Dublin Core tags, which reference managers read."""
    site, atlas = publication.atlas.site, publication.atlas
    document = atlas.documents[of.platform, of.document]
    url = address(publication, of)
    found = [("citation_title", of.title), ("citation_publisher", site.title)]
    if of.analysis:
        found += [("citation_author", name) for name in people(publication, of.analysis.authors)]
        found.append(("citation_publication_date", f"{of.analysis.written:%Y/%m/%d}"))
    found += [("citation_language", site.language), ("citation_public_url", url)]
    found += [
        ("DC.title", of.title),
        ("DC.type", "Text"),
        ("DC.publisher", site.title),
        ("DC.language", site.language),
    ]
    found.append(("DC.identifier", of.id or url))
    found += [("DC.source", source.url) for source in document.sources]
    found.append(("DC.rights", site.licence.url))
    return tuple(found)


def schema_org(publication: Publication, of: Provision) -> dict[str, object]:
    """Return the page as schema.org has it: a page, about an article, about a quotation.

    No rating, no claim review: a severity says nothing of a company, and a clause is no claim that
    can be true or false.
    """
    atlas, page = publication.atlas, publication.absolute(urls.provision(of))
    platform = atlas.platforms[of.platform]
    document = atlas.documents[of.platform, of.document]
    trail = (
        heads.Step(platform.name, urls.platform(of.platform)),
        heads.Step(document.title, urls.document(document)),
        heads.Step(of.title, urls.provision(of)),
    )
    return {
        "@context": heads.SCHEMA,
        "@type": "WebPage",
        "@id": page,
        "url": page,
        "name": of.claim,
        "inLanguage": atlas.site.language,
        "isPartOf": _site(publication.in_own_language, "WebSite"),
        "mainEntity": _article(publication.in_own_language, of),
        "breadcrumb": heads.breadcrumbs(publication, trail),
    }


def _article(publication: Publication, of: Provision) -> dict[str, object]:
    atlas, say = publication.atlas, publication.words.say
    site = atlas.site
    article: dict[str, object] = {
        "@type": "Article",
        "headline": of.claim,
        "name": of.title,
        "url": address(publication, of),
        "publisher": _site(publication, "Organization"),
        "version": str(of.revision.number if of.revision else 1),
        "creativeWorkStatus": _status(publication, of),
        "license": site.licence.url,
        "isPartOf": _site(publication, "Dataset"),
    }
    if site.fictional:
        article["genre"] = say("citation.fictional")
    if of.id:
        article["identifier"] = of.id
    if of.analysis:
        article["datePublished"] = of.analysis.written.isoformat()
        authors = [
            {"@type": "Person", "name": name} for name in people(publication, of.analysis.authors)
        ]
        article["author"] = authors or _site(publication, "Organization")
    if of.revision:
        article["dateModified"] = of.revision.on.isoformat()
    severity = parts.grade(publication, atlas.severity(of))
    if severity and of.counts:
        rubric = {
            "@type": "DefinedTermSet",
            "name": say("citation.rubric"),
            "url": _rubric(publication),
        }
        article["keywords"] = {
            "@type": "DefinedTerm",
            "name": severity.word,
            "inDefinedTermSet": rubric,
        }
    article["about"] = _quotation(publication, of) if of.clause else _document(publication, of)
    return article


def _status(publication: Publication, of: Provision) -> str:
    """Return what became of a record that no longer counts, else whether it is a draft."""
    if not of.counts:
        return publication.words.say(f"citation.{of.state.value}")
    return publication.words.say(f"citation.status-{'draft' if of.is_draft else 'published'}")


def _quotation(publication: Publication, of: Provision) -> dict[str, object]:
    say, said = publication.words.say, {}
    if of.state is State.WITHDRAWN:
        said = {"creativeWorkStatus": say("citation.withdrawn-clause")}
    elif is_former(publication.atlas, of):
        said = {"creativeWorkStatus": say("citation.former-clause")}
    return {
        "@type": "Quotation",
        **said,
        "text": of.clause,
        "inLanguage": publication.atlas.documents[of.platform, of.document].language,
        "isPartOf": _document(publication, of),
    }


def _document(publication: Publication, of: Provision) -> dict[str, object]:
    platform = publication.atlas.platforms[of.platform]
    document = publication.atlas.documents[of.platform, of.document]
    author = {"@type": "Organization", "name": platform.name}
    entity = document.entity or platform.entity
    if entity:
        author["legalName"] = entity
    if platform.homepage:
        author["url"] = platform.homepage
    described: dict[str, object] = {
        "@type": "DigitalDocument",
        "name": document.title,
        "author": author,
    }
    if document.sources:
        described["url"] = document.sources[0].url
    return described


def _site(publication: Publication, kind: str) -> dict[str, object]:
    return {
        "@type": kind,
        "name": publication.atlas.site.title,
        "url": publication.absolute(urls.HOME),
    }


def _rubric(publication: Publication) -> str:
    return publication.absolute(urls.SEVERITIES)
