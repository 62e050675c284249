"""The page of a record's history: every revision with its days and its reason, spelling put right, what became of it.

Core. A record of which there is nothing to tell beside its first revision says so, and is not for search engines.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from atlas import urls
from atlas.model import Provision
from atlas.pages import parts
from atlas.pages.frozen_words import field
from atlas.pages.heads import Step, Trail, breadcrumbs, crumbs
from atlas.pages.plan import Alternate, Head, Link, PagePlan
from atlas.pages.status import headline
from atlas.publication import Publication
from atlas.revisions import Correction, Revision, corrections, revisions
from atlas.words import Words


@dataclass(frozen=True, slots=True)
class Stood:
    """A revision in the list."""

    revision: Link
    """Leads to its page; the current one to the record."""
    current: bool
    stood: str
    """From when until when it was published."""
    because: str
    """Why it took the place of the one before, as its author says; nothing for the first."""
    changed: str
    """Which fields it changed; nothing where it changed none."""
    json: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody said of the record, as an entry."""

    kind: str
    by: str
    day: str
    href: str


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """What `pages/history.html` is handed."""

    crumbs: tuple[Link, ...]
    record: Link
    id: str
    revisions: tuple[Stood, ...]
    """Newest first."""
    alone: bool
    """Whether there is one revision and nothing else to tell."""
    corrected: str
    """Day on which spelling was put right; nothing where it was not."""
    corrections: tuple[Correction, ...]
    said: tuple[Said, ...]
    status: str
    """That the record is withdrawn, superseded or disputed, and since when; nothing while it is active."""
    reason: str
    withheld: str
    """Why the law forbids to show the words; nothing where they are shown."""
    json: str


def pages(publication: Publication) -> Iterator[PagePlan]:
    """Plan the history of each record that has an id."""
    for of in publication.atlas.provisions.values():
        if of.id:
            shown = view(publication, of)
            yield PagePlan(
                address=urls.history(of),
                template="pages/history.html",
                head=_head(publication, of, indexed=of.counts and not shown.alone),
                view=shown,
                section="platforms",
            )


def view(publication: Publication, of: Provision) -> HistoryPage:
    """Return everything that the page of a record's history shows."""
    atlas, href, words = publication.atlas, publication.href, publication.words
    stood = tuple(_stood(publication, of, revision) for revision in reversed(revisions(atlas, of)))
    said = tuple(
        Said(
            kind=words.say(f"history.{statement.kind.value}"),
            by=statement.by,
            day=parts.day(words, statement.on),
            href=f"{href(urls.provision(of))}#statements",
        )
        for statement in atlas.statements_on.get(of.key, ())
    )
    corrected = corrections(atlas, of)
    status = headline(publication, of)
    return HistoryPage(
        crumbs=crumbs(publication, _trail(publication, of)),
        record=Link(of.claim, href(urls.provision(of))),
        id=of.id or "",
        revisions=stood,
        alone=len(stood) == 1 and not (corrected or said or status),
        corrected=parts.day(words, of.corrected_on) if of.corrected_on else "",
        corrections=corrected,
        said=said,
        status=status,
        reason=(of.status.reason or "") if of.status else "",
        withheld=of.withheld,
        json=href(urls.provision(of, "history.json")),
    )


def _stood(publication: Publication, of: Provision, revision: Revision) -> Stood:
    words, number = publication.words, revision.number
    current = number == of.number
    fields = [field(publication, name) for name in revision.changed]
    return Stood(
        revision=Link(
            words.say("revision.number", number=number),
            publication.href(urls.provision(of) if current else urls.revision(of, number)),
        ),
        current=current,
        stood=_span(words, revision),
        because=revision.because or "",
        changed=words.say("history.join").join(fields),
        json=publication.href(urls.revision(of, number, "record.json")),
        sha256=revision.sha256 or "",
    )


def _span(words: Words, revision: Revision) -> str:
    """Return from when until when a revision was published, or the day that it gives itself."""
    first = parts.day(words, revision.first_published) if revision.first_published else ""
    until = parts.day(words, revision.until) if revision.until else ""
    if first:
        return words.say("history.from-to" if until else "history.since", first=first, until=until)
    if revision.on:
        return words.say("history.dated", day=parts.day(words, revision.on))
    return words.say("history.not-published")


def _trail(publication: Publication, of: Provision) -> Trail:
    atlas = publication.atlas
    return (
        Step(atlas.platforms[of.platform].name, urls.platform(of.platform), written=True),
        Step(
            atlas.documents[of.platform, of.document].title,
            urls.document(atlas.documents[of.platform, of.document]),
            written=True,
        ),
        Step(of.title, urls.provision(of), written=True),
    )


def _head(publication: Publication, of: Provision, *, indexed: bool) -> Head:
    say, address = publication.words.say, urls.history(of)
    trail = (*_trail(publication, of), Step(say("history.heading"), address))
    return Head(
        title=say("history.window", id=of.id),
        description=say("history.description", id=of.id),
        canonical=publication.absolute(address),
        indexed=indexed,
        alternates=(
            Alternate(
                "application/json",
                publication.href(urls.provision(of, "history.json")),
                say("provision.json"),
            ),
        ),
        json_ld={"@context": "https://schema.org", "@graph": [breadcrumbs(publication, trail)]},
    )
