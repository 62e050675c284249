"""Where a quotation comes from: its source, its document, its evidence, and who wrote about it.

Core. What is not known is said to be not known.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from atlas import urls
from atlas.model import Atlas, Provision
from atlas.pages import evidence, parts
from atlas.pages.evidence import Check, Hash
from atlas.pages.parts import Fact
from atlas.publication import Publication
from atlas.stability import monitoring, standing


@dataclass(frozen=True, slots=True)
class Source:
    """The address at which the document is published."""

    live: str
    """Leads to the clause in the page as it is now."""
    original: str
    archive: str
    """Where archived copies can be looked up; whether there is one is not known."""
    captured: str
    """Day of capture, ISO 8601; nothing where it is not recorded."""


@dataclass(frozen=True, slots=True)
class Provenance:
    """All that is known of where the record comes from."""

    source: Source | None
    document_record: tuple[Fact, ...]
    details: tuple[Fact, ...]
    evidence: tuple[Fact, ...]
    hashes: tuple[Hash, ...]
    check: Check | None
    """None where nothing is quoted."""


def provenance(publication: Publication, of: Provision) -> Provenance:
    """Return where a record comes from."""
    return Provenance(
        source=source(publication, of),
        document_record=_document_record(publication, of),
        details=_details(publication, of),
        evidence=_evidence(publication, of),
        hashes=evidence.hashes(publication, of),
        check=evidence.check(publication, of),
    )


def source(publication: Publication, of: Provision) -> Source | None:
    """Return the first address of the record's document, or None where none is recorded."""
    document = publication.atlas.documents[of.platform, of.document]
    if not document.sources:
        return None
    url = document.sources[0].url
    return Source(
        live=urls.text_fragment(url, of.clause or ""),
        original=url,
        archive=urls.wayback(url),
        captured=of.captured_at.date().isoformat() if of.captured_at else "",
    )


def people(publication: Publication, keys: Iterable[str]) -> tuple[str, ...]:
    """Return the names of the people behind `keys`."""
    return tuple(
        publication.atlas.people[key].name for key in keys if key in publication.atlas.people
    )


def _document_record(publication: Publication, of: Provision) -> tuple[Fact, ...]:
    say = publication.words.say
    section = publication.written(of.section) if of.section else say("provision.not-recorded")
    return (
        Fact(say("provision.section"), section),
        Fact(say("provision.captured"), _captured(publication, of)),
    )


def _captured(publication: Publication, of: Provision) -> str:
    if of.captured_at is None:
        return publication.words.say("provision.not-recorded")
    return parts.instant(publication.words, of.captured_at)


def _details(publication: Publication, of: Provision) -> tuple[Fact, ...]:
    say = publication.words.say
    document = publication.atlas.documents[of.platform, of.document]
    platform = publication.atlas.platforms[of.platform]
    stated = parts.day(publication.words, document.stated_date) if document.stated_date else ""
    return (
        Fact(
            say("provision.document"),
            publication.written(document.title),
            publication.href(urls.document(document)),
        ),
        Fact(say("provision.document-kind"), parts.label(publication.words, document.kind)),
        Fact(
            say("provision.entity"),
            document.entity or platform.entity or say("provision.not-recorded"),
        ),
        Fact(
            say("provision.edition"),
            parts.place(publication.words, document.region)
            if document.region
            else say("provision.no-region"),
        ),
        Fact(
            say("provision.stated-date"),
            say("provision.stated", day=stated) if stated else say("provision.no-stated-date"),
        ),
        *_looked(publication, of),
        Fact(say("provision.record-id"), of.id or say("provision.unassigned")),
        Fact(say("provision.document-id"), document.id or say("provision.unassigned")),
    )


def _looked(publication: Publication, of: Provision) -> tuple[Fact, ...]:
    """Return since when the clause is watched and when its words were last found; nothing where they are withheld."""
    if of.withheld:
        return ()
    say, words = publication.words.say, publication.words
    watched = monitoring(publication.atlas, of, publication.as_of)
    last = standing(publication.atlas, of, publication.as_of).last_seen
    return (
        Fact(
            say("provision.first-tracked"),
            parts.day(words, watched.first) if watched else say("provision.not-yet"),
        ),
        Fact(
            say("provision.last-verified"),
            parts.instant(words, last) if last else say("provision.never"),
        ),
    )


def _evidence(publication: Publication, of: Provision) -> tuple[Fact, ...]:
    say, words = publication.words.say, publication.words
    document = publication.atlas.documents[of.platform, of.document]
    facts = [Fact(say("provision.source"), s.url, s.url) for s in document.sources]
    if not facts:
        facts.append(Fact(say("provision.source"), say("provision.no-address")))
    facts += evidence.held(publication, of)
    analysis = of.analysis
    if analysis is None:
        facts.append(Fact(say("provision.analysis"), say("provision.not-recorded")))
    else:
        written = say(
            "provision.written",
            method=parts.label(words, analysis.method),
            day=parts.day(words, analysis.written),
        )
        facts.append(Fact(say("provision.analysis"), written))
        authors = _list(publication, people(publication, analysis.authors))
        facts.append(Fact(say("provision.authors"), authors or say("provision.not-named")))
        if analysis.interests:
            facts.append(Fact(say("provision.interests"), publication.written(analysis.interests)))
    facts.append(Fact(say("provision.reviewers"), _reviewers(publication, of)))
    if of.revision:
        told = words.markup(
            "provision.revised",
            number=of.revision.number,
            day=parts.day(words, of.revision.on),
            because=publication.written(of.revision.because),
        )
        facts.append(Fact(say("provision.revision"), told))
    return (*facts, *_proof(publication, of))


def _proof(publication: Publication, of: Provision) -> tuple[Fact, ...]:
    """Return which leaf of the log says last where the record stands, and where that can be checked."""
    say = publication.words.say
    found = _last_leaves(publication.atlas).get(of.id or "")
    if found is None:
        return (Fact(say("provision.proof"), say("provision.not-logged")),)
    index, day = found
    told = say("provision.logged", index=index, day=parts.day(publication.words, day))
    return (
        Fact(say("provision.proof"), told, publication.href(urls.provision(of, "proof.json"))),
        Fact(
            say("provision.proof"),
            say("provision.check-proof"),
            f"{publication.href(urls.VERIFY)}#{of.id}",
        ),
    )


@lru_cache(maxsize=8)
def _last_leaves(atlas: Atlas) -> Mapping[str, tuple[int, date]]:
    """Return the place of each record's last leaf, and the day on which it was entered, by id."""
    found: dict[str, tuple[int, date]] = {}
    start = 0
    for root in atlas.published.roots:
        for index, leaf in enumerate(atlas.published.leaves[start : root.size], start):
            found[leaf.id] = (index, root.at.date())
        start = root.size
    return found


def _reviewers(publication: Publication, of: Provision) -> str:
    say = publication.words.say
    known = [r for r in of.reviews if r.by in publication.atlas.people]
    told = [
        say(
            "provision.reviewed-on",
            name=publication.atlas.people[r.by].name,
            day=parts.day(publication.words, r.on),
        )
        for r in known
    ]
    return _list(publication, told) or say("provision.nobody")


def _list(publication: Publication, words: Iterable[str]) -> str:
    return publication.words.say("provision.join-people").join(words)
