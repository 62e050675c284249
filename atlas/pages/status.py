"""Where a record stands: the notice above its title, its status line, and how common such clauses are.

Core. Figures come from `counting`; each is shown with the list that it counts.
"""

from dataclasses import dataclass

from markupsafe import Markup

from atlas import counting, urls
from atlas.model import Confidence, Provision, State
from atlas.pages import parts
from atlas.pages.parts import Grade, Quotation
from atlas.pages.plan import Link
from atlas.publication import Publication
from atlas.words import Words

NOT_REVIEWED, NOT_STATED = "not-reviewed", "not-stated"
"""Keys for a certainty that nobody has stated."""


@dataclass(frozen=True, slots=True)
class Notice:
    """What a reader must know before the title."""

    heading: str
    text: Markup
    answer: Quotation | None = None
    """The platform's answer, in its words."""
    replaced_by: Link | None = None
    changed: bool = False
    """Whether it tells of words that changed."""


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
    platform = publication.atlas.platforms[of.platform].name
    key = f"provision.notice.{of.state.value}"
    dated = (
        say(f"{key}-on", day=parts.day(publication.words, status.on), platform=platform)
        if status.on
        else ""
    )
    successor = publication.atlas.by_id.get(status.replaced_by) if status.replaced_by else None
    reason = [publication.written(status.reason)] if status.reason else []
    return Notice(
        heading=dated or say(key, platform=platform),
        text=Markup(" ").join([*reason, say(f"{key}-means")]),
        answer=_answer(publication, of, status.response) if status.response else None,
        replaced_by=Link(successor.claim, publication.href(urls.provision(successor)))
        if successor
        else None,
    )


def _answer(publication: Publication, of: Provision, response: str) -> Quotation:
    return Quotation(
        paragraphs=parts.paragraphs(response),
        language=publication.atlas.documents[of.platform, of.document].language,
        platform=parts.possessive(publication.words, publication.atlas.platforms[of.platform].name),
    )


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
