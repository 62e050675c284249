"""Where a record stands: the notice above its title, its status line, what others say, how common such clauses are.

Core. Figures come from `counting`; each is shown with the list that it counts.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from markupsafe import Markup

from atlas import counting, urls
from atlas.model import Atlas, Confidence, Provision, State
from atlas.pages import parts
from atlas.pages.parts import Grade, Quotation
from atlas.pages.plan import Link
from atlas.publication import Publication
from atlas.stability import standing
from atlas.words import Words

NOT_REVIEWED, NOT_STATED = "not-reviewed", "not-stated"
"""Keys for a certainty that nobody has stated."""


@dataclass(frozen=True, slots=True)
class Notice:
    """What a reader must know before the title."""

    heading: str
    text: Markup
    withheld: str = ""
    """Why the law forbids to show the words; nothing where they are shown."""
    said: bool = False
    """Whether others say something of the record, in their own words further down."""
    replaced_by: Link | None = None
    changed: bool = False
    """Whether it tells of words that changed."""


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody says of the record, in their words."""

    heading: Markup
    """Who, and when."""
    quotation: Quotation
    source: Link | None
    """Where it was said in public; None: it was sent to us."""


@dataclass(frozen=True, slots=True)
class Facts:
    """The status line."""

    grade: Grade | None
    stance: Markup
    confidence: str
    basis: str
    draft: bool
    reviewed: str
    """Day of the last review; nothing for a draft."""


@dataclass(frozen=True, slots=True)
class Spread:
    """How common such clauses are, each figure with the list that it counts."""

    platforms: Link
    """`2 of 3 reviewed platforms`."""
    elsewhere: Link | None
    """`5 provisions on 2 other platforms`; None where there are none."""
    drafts: str
    """How many of the counted records are drafts; nothing where none is."""


def notice(publication: Publication, of: Provision) -> Notice | None:
    """Return what a reader must know before the title, or None for an active record."""
    if of.status is None or of.state is State.ACTIVE:
        return None
    say, status = publication.words.say, of.status
    successor = publication.atlas.by_id.get(status.replaced_by) if status.replaced_by else None
    reason = [publication.written(status.reason)] if status.reason else []
    return Notice(
        heading=headline(publication, of),
        text=Markup(" ").join([*reason, say(f"provision.notice.{of.state.value}-means")]),
        withheld=of.withheld,
        said=bool(publication.atlas.statements_on.get(of.key)),
        replaced_by=Link(successor.claim, publication.href(urls.provision(successor)))
        if successor
        else None,
    )


def headline(publication: Publication, of: Provision) -> str:
    """Return that a record is disputed, superseded or withdrawn, and since when; nothing while it is active."""
    if of.status is None or of.state is State.ACTIVE:
        return ""
    say, platform = publication.words.say, publication.atlas.platforms[of.platform].name
    key = f"provision.notice.{of.state.value}"
    if of.status.on is None:
        return say(key, platform=platform)
    return say(f"{key}-on", day=parts.day(publication.words, of.status.on), platform=platform)


def whose(publication: Publication, of: Provision) -> str:
    """Return whose words a quotation is: the platform's, its former ones, or no more than what a record quoted."""
    if of.state is State.WITHDRAWN:
        return of.state.value
    if standing(publication.atlas, of, publication.as_of).is_former:
        return "their-former"
    return "their" if of.counts else of.state.value


def statements(publication: Publication, of: Provision) -> tuple[Said, ...]:
    """Return what others say of a record: answers of the platform first, each kind in order of its number."""
    say, written = publication.words.say, publication.written
    return tuple(
        Said(
            heading=publication.words.markup(
                f"provision.{statement.kind.value}",
                by=written(statement.by),
                day=parts.day(publication.words, statement.on),
            ),
            # In which language it is said is not recorded.
            quotation=Quotation(parts.paragraphs(statement.text), language="", platform=""),
            source=Link(say("provision.said-there"), statement.source_url)
            if statement.source_url
            else None,
        )
        for statement in publication.atlas.statements_on.get(of.key, ())
    )


def replaces(publication: Publication, of: Provision) -> tuple[Link, ...]:
    """Return the records whose place a record has taken."""
    found = _successions(publication.atlas).get(of.id or "", ())
    return tuple(Link(p.claim, publication.href(urls.provision(p))) for p in found)


@lru_cache(maxsize=8)
def _successions(atlas: Atlas) -> Mapping[str, tuple[Provision, ...]]:
    """Return by id which records it has replaced."""
    found: defaultdict[str, tuple[Provision, ...]] = defaultdict(tuple)
    for provision in atlas.provisions.values():
        if provision.status and provision.status.replaced_by:
            found[provision.status.replaced_by] += (provision,)
    return found


def facts(publication: Publication, of: Provision) -> Facts:
    """Return the status line."""
    say, words = publication.words.say, publication.words
    last = max((review.on for review in of.reviews), default=None)
    return Facts(
        grade=parts.grade(publication, publication.atlas.severity(of)),
        stance=parts.stance(publication, of),
        confidence=certainty_word(words, certainty(of)),
        basis=parts.label(words, of.basis),
        draft=of.is_draft,
        reviewed=say("provision.reviewed-last", day=parts.day(words, last)) if last else "",
    )


def certainty(of: Provision) -> str:
    """Return the key of a reviewer's certainty, or of why there is none."""
    if of.confidence and not of.is_draft:
        return of.confidence.value
    return NOT_REVIEWED if of.is_draft else NOT_STATED


def certainty_word(words: Words, key: str) -> str:
    """Return a reviewer's certainty in a word, or that nobody has stated one, from its key."""
    known = key in {confidence.value for confidence in Confidence}
    return parts.label(words, Confidence(key)) if known else words.say(f"provision.{key}")


def spread(publication: Publication, of: Provision) -> Spread:
    """Return how common clauses of the record's type are."""
    say, atlas = publication.words.say, publication.atlas
    figures = counting.prevalence(atlas, of.clause_type)
    others, peers = len(counting.elsewhere(atlas, of)), len(counting.peers(atlas, of))
    shelf = publication.href(urls.clause_type(of.clause_type))
    platforms = say("provision.prevalence", n=len(figures.reviewed), k=len(figures.in_force))
    provisions, on = (
        say("provision.provisions", n=others),
        say("provision.other-platforms", n=peers),
    )
    elsewhere = say("provision.elsewhere", provisions=provisions, platforms=on)
    total = len(counting.counted(atlas, of.clause_type))
    return Spread(
        platforms=Link(platforms, f"{shelf}#reviewed"),
        elsewhere=Link(elsewhere, f"{shelf}#quotations") if others else None,
        drafts=say("provision.drafts", n=total, drafts=figures.drafts) if figures.drafts else "",
    )
