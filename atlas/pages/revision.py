"""The page of a former revision: what the record said then, drawn from its frozen form, and what the next one changed.

Core. Its canonical URL is the record's, so that links to it add to the record, and search engines are asked not to
list it: nobody who searches should be answered with words that no longer stand. The current number has no such
page; its address leads to the record.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from markupsafe import Markup

from atlas import citing, markdown, urls
from atlas.citing.plain import plain
from atlas.model import Provision, State
from atlas.pages import frozen_words, parts
from atlas.pages.frozen_words import Difference, Law
from atlas.pages.parts import Fact, Grade, Quotation
from atlas.pages.plan import Alternate, Head, Link, PagePlan
from atlas.pages.status import headline
from atlas.publication import Publication
from atlas.revisions import Revision, revisions


@dataclass(frozen=True, slots=True)
class Section:
    """A heading of our analysis with its text."""

    heading: str
    text: Markup
    written: bool
    """Whether the heading is as the record had it, in the record's language."""


@dataclass(frozen=True, slots=True)
class RevisionPage:
    """What `pages/revision.html` is handed."""

    crumbs: tuple[Link, ...]
    claim: str
    title: str
    id: str
    number: int
    next_number: int
    replaced: str
    """Which revision this is, which took its place and when."""
    because: str
    """Why, as its author says."""
    record: Link
    next: Link | None
    """The next revision, where that is a former one as well."""
    history: str
    status: str
    """That the record no longer counts, or is disputed, and since when; nothing while it is active."""
    withheld: str
    """Why the law forbids to show the words; nothing where they are shown."""
    grade: Grade | None
    stance: str | Markup
    clause_type: str
    confidence: str
    basis: str
    quotation: Quotation | None
    withdrawn: bool
    """Whether the record that quotes it was withdrawn."""
    section: str
    document: str
    sections: tuple[Section, ...]
    regulations: tuple[Law, ...]
    differences: tuple[Difference, ...]
    language: str
    """Language of the quotation."""
    citation: str
    frozen: tuple[Fact, ...]
    sha256: str
    """Of the frozen form."""


def pages(publication: Publication) -> Iterator[PagePlan]:
    """Plan the page of each revision before the current one."""
    for of in publication.atlas.provisions.values():
        known = revisions(publication.atlas, of)
        for revision, following in pairwise(known):
            yield PagePlan(
                address=urls.revision(of, revision.number),
                template="pages/revision.html",
                head=_head(publication, of, revision),
                view=view(publication, of, revision, following),
                section="platforms",
            )


def view(
    publication: Publication, of: Provision, revision: Revision, following: Revision
) -> RevisionPage:
    """Return everything that the page of a former revision shows; of a withheld record, no words of it."""
    say, href = publication.words.say, publication.href
    shown = not of.withheld and bool(revision.tree)
    document = publication.atlas.documents[of.platform, of.document]
    platform = publication.atlas.platforms[of.platform]
    graded = frozen_words.grade(publication, revision)
    return RevisionPage(
        crumbs=(
            Link(platform.name, href(urls.platform(of.platform)), written=True),
            Link(document.title, href(urls.document(document)), written=True),
            Link(of.title, href(urls.provision(of)), written=True),
        ),
        claim=revision.text("claim") if shown else of.claim,
        title=revision.text("title") if shown else of.title,
        id=of.id or "",
        number=revision.number,
        next_number=following.number,
        replaced=_replaced(publication, revision, following),
        because=following.because or "",
        record=Link(of.claim, href(urls.provision(of))),
        next=Link(
            say("revision.number", number=following.number),
            href(urls.revision(of, following.number)),
        )
        if following.number < of.number
        else None,
        history=href(urls.history(of)),
        status=headline(publication, of),
        withheld=of.withheld,
        grade=parts.marked(publication, of, graded) if shown and graded else None,
        stance=frozen_words.stance(publication, revision) if shown else "",
        clause_type=revision.text("clause_type", "name") if shown else "",
        confidence=frozen_words.confidence(publication, revision) if shown else "",
        basis=frozen_words.basis(publication, revision) if shown else "",
        quotation=frozen_words.quotation(publication, revision) if shown else None,
        withdrawn=of.state is State.WITHDRAWN,
        section=revision.text("section") if shown else "",
        document=revision.text("document", "title") if shown else document.title,
        sections=tuple(_sections(publication, revision)) if shown else (),
        regulations=frozen_words.laws(revision) if shown else (),
        differences=tuple(frozen_words.differences(publication, revision, following))
        if shown
        else (),
        language=revision.text("document", "language"),
        citation=_citation(publication.in_own_language, of, revision, shown=shown),
        frozen=tuple(_frozen(publication, of, revision)),
        sha256=revision.sha256 or "",
    )


def _replaced(publication: Publication, revision: Revision, following: Revision) -> str:
    say, day = publication.words.say, revision.until or following.on
    if day is None:
        return say("revision.replaced", number=revision.number, next=following.number)
    told = parts.day(publication.words, day)
    return say("revision.replaced-on", day=told, number=revision.number, next=following.number)


def _sections(publication: Publication, revision: Revision) -> Iterator[Section]:
    for part in frozen_words.listed(revision, "sections"):
        html = markdown.to_html(part.get("markdown", ""), publication.href)
        heading, is_written = frozen_words.heading(publication, part.get("heading", ""))
        yield Section(heading, html, is_written)


def _frozen(publication: Publication, of: Provision, revision: Revision) -> Iterator[Fact]:
    """Yield when the revision stood, and where its frozen form and its proof are."""
    say, href = publication.words.say, publication.href

    def told(day: date | None) -> str:
        return parts.day(publication.words, day) if day else say("revision.not-recorded")

    yield Fact(say("revision.first-published"), told(revision.first_published))
    yield Fact(say("revision.until"), told(revision.until))
    yield Fact(
        say("revision.form"),
        "record.json",
        href(urls.revision(of, revision.number, "record.json")),
    )
    if of.id in publication.atlas.published.logged:
        yield Fact(say("revision.proof"), "proof.json", href(urls.provision(of, "proof.json")))


def _citation(publication: Publication, of: Provision, revision: Revision, *, shown: bool) -> str:
    """Return the sentence that cites this very revision; of one whose words are withheld, the record."""
    cited = (
        citing.former_revision(publication, of, revision.tree)
        if shown
        else citing.record(publication, of)
    )
    return plain(publication.words, cited)


def _head(publication: Publication, of: Provision, revision: Revision) -> Head:
    say = publication.words.say
    return Head(
        title=say("revision.window", number=revision.number, id=of.id),
        description=say("revision.description", number=revision.number, id=of.id),
        canonical=publication.absolute(urls.provision(of)),
        og_type="article",
        indexed=False,
        cite_as=publication.absolute(urls.permanent(of.id or "", revision.number)),
        alternates=(
            Alternate(
                "application/json",
                publication.href(urls.revision(of, revision.number, "record.json")),
                say("provision.json"),
            ),
        ),
    )
