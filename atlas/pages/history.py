"""The page of a record's history: every revision with its days and its reason, every status, what others say of it.

Core. A record of which there is nothing to tell beside its first revision says so, and is not for search engines.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from atlas import urls
from atlas.became import Said, Stood, became
from atlas.model import Provision
from atlas.pages import parts
from atlas.pages.frozen_words import field
from atlas.pages.heads import Step, Trail, breadcrumbs, crumbs
from atlas.pages.plan import Alternate, Head, Link, PagePlan
from atlas.pages.status import headline
from atlas.publication import Publication
from atlas.revisions import Correction, Revision, corrections
from atlas.words import Words


@dataclass(frozen=True, slots=True)
class Entry:
    """What happened to the record, in the list."""

    what: Link
    """A revision leads to its page, the current one to the record; a status to the record, a statement to its words."""
    current: bool
    """Whether it is the current revision."""
    stood: str
    """From when until when a revision was published; of anything else when it was entered."""
    because: str
    """Why a revision took the place of the one before, or why the record has the status, as its author says."""
    sha256: str
    status: str = ""
    """What the status means, and since when."""
    changed: str = ""
    """Which fields a revision changed; nothing where it changed none."""
    json: str = ""
    """Where the frozen form of a revision is."""
    written: str = ""
    """When a revision was written, the day by which it is cited; nothing where it names none."""


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """What `pages/history.html` is handed."""

    crumbs: tuple[Link, ...]
    record: Link
    id: str
    entries: tuple[Entry, ...]
    """Newest first."""
    alone: bool
    """Whether there is one revision and nothing else to tell."""
    corrected: str
    """Day on which spelling was put right; nothing where it was not."""
    corrections: tuple[Correction, ...]
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
    entries = tuple(_entry(publication, of, event) for event in reversed(became(atlas, of)))
    corrected = corrections(atlas, of)
    status = headline(publication, of)
    return HistoryPage(
        crumbs=crumbs(publication, _trail(publication, of)),
        record=Link(of.claim, href(urls.provision(of))),
        id=of.id or "",
        entries=entries,
        alone=len(entries) == 1 and not (corrected or status),
        corrected=parts.day(words, of.corrected_on) if of.corrected_on else "",
        corrections=corrected,
        status=status,
        reason=(of.status.reason or "") if of.status else "",
        withheld=of.withheld,
        json=href(urls.provision(of, "history.json")),
    )


def _entry(publication: Publication, of: Provision, event: Revision | Stood | Said) -> Entry:
    match event:
        case Revision():
            return _revision(publication, of, event)
        case Stood():
            return _status(publication, of, event)
        case Said():
            return _statement(publication, of, event)


def _revision(publication: Publication, of: Provision, revision: Revision) -> Entry:
    words, number = publication.words, revision.number
    current = number == of.number
    fields = [field(publication, name) for name in revision.changed]
    return Entry(
        what=Link(
            words.say("revision.number", number=number),
            publication.href(urls.provision(of) if current else urls.revision(of, number)),
        ),
        current=current,
        stood=_span(words, revision),
        because=revision.because or "",
        changed=words.say("history.join").join(fields),
        json=publication.href(urls.revision(of, number, "record.json")),
        sha256=revision.sha256 or "",
        written=_written(words, revision),
    )


def _written(words: Words, revision: Revision) -> str:
    """Return the day that a published revision gives itself, in the words of its citation."""
    day = revision.on or revision.written
    if day is None or revision.first_published is None:
        return ""
    key = "citation.revised" if revision.on else "citation.written"
    return words.say(key, day=parts.day(words, day))


def _status(publication: Publication, of: Provision, stood: Stood) -> Entry:
    words = publication.words
    told = headline(publication, of.model_copy(update={"status": stood.status}))
    return Entry(
        what=Link(parts.label(words, stood.state), publication.href(urls.provision(of))),
        current=False,
        stood=_entered(words, stood.entered),
        because=(stood.status.reason or "") if stood.status else "",
        sha256=stood.sha256 or "",
        status=told or words.say(f"state.{stood.state.value}.definition"),
    )


def _statement(publication: Publication, of: Provision, said: Said) -> Entry:
    words, statement = publication.words, said.statement
    heading = (
        words.markup(
            f"provision.{statement.kind.value}",
            by=publication.written(statement.by),
            day=parts.day(words, statement.on),
        )
        if statement
        else said.name
    )
    return Entry(
        what=Link(heading, f"{publication.href(urls.provision(of))}#statements"),
        current=False,
        stood=_entered(words, said.entered),
        because="",
        sha256=said.sha256,
    )


def _entered(words: Words, day: date | None) -> str:
    if day is None:
        return words.say("history.not-published")
    return words.say("history.entered", day=parts.day(words, day))


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
