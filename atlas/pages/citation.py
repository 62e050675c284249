"""How a record is cited: sentences for people, tags for reference managers, schema.org for machines.

Core. Two things can be cited, our record and the platform's clause. No sentence holds the day on
which it was read: that is the reader's to add.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from atlas import urls
from atlas.model import Provision
from atlas.pages import heads, parts
from atlas.pages.provenance import people
from atlas.publication import Publication
from atlas.stability import is_former


@dataclass(frozen=True, slots=True)
class Citation:
    """The two sentences."""

    record: str
    """Cites our record."""
    clause: str
    """Cites the platform's words; nothing when the record is silent."""


def citation(publication: Publication, of: Provision) -> Citation:
    """Return how to cite a record and the clause that it quotes, the same in every language of the interface."""
    publication = publication.in_own_language
    say = publication.words.say
    joined = say("citation.join").join
    return Citation(
        record=say(
            "citation.whole", parts=joined(_record(publication, of)), url=address(publication, of)
        ),
        clause=_clause(publication, of) if of.clause else "",
    )


def address(publication: Publication, of: Provision) -> str:
    """Return the URL to cite: the permanent one, or the page's own while there is no id."""
    return publication.absolute(urls.permanent(of.id) if of.id else urls.provision(of))


def _record(publication: Publication, of: Provision) -> Iterator[str]:
    say, words, atlas = publication.words.say, publication.words, publication.atlas
    names = people(publication, of.analysis.authors) if of.analysis else ()
    if names:
        yield say("citation.join").join(names)
    yield atlas.site.title
    platform, document = (
        atlas.platforms[of.platform].name,
        atlas.documents[of.platform, of.document].title,
    )
    yield say("citation.title", title=of.title, platform=platform, document=document)
    if atlas.site.fictional:
        yield say("citation.fictional")
    yield say("citation.record", id=of.id) if of.id else say("citation.unassigned")
    yield say("citation.revision", number=of.revision.number if of.revision else 1)
    if of.is_draft:
        yield say("citation.draft")
    if of.state.value != "active":
        yield say(f"citation.{of.state.value}")
    if is_former(atlas, of):
        yield say("citation.former")
    if of.revision:
        yield say("citation.revised", day=parts.day(words, of.revision.on))
    elif of.analysis:
        yield say("citation.written", day=parts.day(words, of.analysis.written))


def _clause(publication: Publication, of: Provision) -> str:
    say, words = publication.words.say, publication.words
    platform = publication.atlas.platforms[of.platform]
    document = publication.atlas.documents[of.platform, of.document]
    told = [platform.name, say("citation.document", title=document.title)]
    if publication.atlas.site.fictional:
        told.append(say("citation.fictional"))
    if of.section:
        told.append(say("citation.section", section=of.section))
    if document.stated_date:
        told.append(say("citation.dated", day=parts.day(words, document.stated_date)))
    if of.captured_at:
        told.append(say("citation.captured", time=parts.instant(words, of.captured_at)))
    if is_former(publication.atlas, of):
        told.append(say("citation.former-clause"))
    source = document.sources[0].url if document.sources else say("citation.no-address")
    return say("citation.whole", parts=say("citation.join").join(told), url=source)


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
        "creativeWorkStatus": say("citation.status-draft")
        if of.is_draft
        else say("citation.status-published"),
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
    if severity:
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


def _quotation(publication: Publication, of: Provision) -> dict[str, object]:
    former = is_former(publication.atlas, of)
    return {
        "@type": "Quotation",
        **(
            {"creativeWorkStatus": publication.words.say("citation.former-clause")}
            if former
            else {}
        ),
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
