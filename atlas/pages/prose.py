"""A page of prose, with generated listings in the places that ask for them.

Core. What a listing says comes from the closed lists of the record format and from the site's
settings, so that the method cannot drift away from what the program does.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from markupsafe import Markup

from atlas import listings, markdown, urls
from atlas.canonical import CLAUSE_FORM
from atlas.model import Prose, Severity
from atlas.pages import parts
from atlas.pages.heads import head
from atlas.pages.plan import Link, PagePlan
from atlas.publication import Publication

_METHOD = "methodology"


@dataclass(frozen=True, slots=True)
class Term:
    """A word of a closed list and what it means."""

    label: str
    definition: str
    grade: parts.Grade | None = None
    """For a severity: how it is drawn."""


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of the page; exactly one field is filled."""

    html: Markup | None = None
    terms: tuple[Term, ...] = ()
    code: str = ""
    link: Link | None = None
    fingerprint: str = ""
    """What stands before the hash that a reader computes in the box: the name of the form."""


@dataclass(frozen=True, slots=True)
class Part:
    """What stands under one heading."""

    id: str
    heading: Markup
    """Empty for what stands before the first heading."""
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True)
class ProseView:
    """What `pages/prose.html` is handed."""

    title: str
    description: str
    parts: tuple[Part, ...]


def pages(publication: Publication) -> Iterator[PagePlan]:
    """Plan each page of prose."""
    for of in publication.atlas.records.prose:
        address = urls.prose(of.slug)
        view = ProseView(of.title, of.description, _parts(publication, of))
        computes = any(block.fingerprint for part in view.parts for block in part.blocks)
        yield PagePlan(
            address=address,
            template="pages/prose.html",
            head=head(publication, address, of.title, of.description),
            view=view,
            section="method" if of.slug == _METHOD else "",
            scripts=("canonical.js",) if computes else (),
        )


def _parts(publication: Publication, of: Prose) -> tuple[Part, ...]:
    found = [Part("start", Markup())]
    for piece in listings.pieces(of.text):
        if piece.heading:
            anchor = _anchor(piece.heading, {part.id for part in found})
            found.append(Part(anchor, markdown.to_inline_html(piece.heading, publication.href)))
        elif piece.text or piece.listing in listings.LISTINGS:
            found[-1] = replace(found[-1], blocks=(*found[-1].blocks, _block(publication, piece)))
    return tuple(part for part in found if part.heading or part.blocks)


def _anchor(heading: str, taken: set[str]) -> str:
    """Return an id made of the words of a heading, unlike those that are taken."""
    words = "-".join(re.findall(r"\w+", markdown.plain(heading).casefold())) or "part"
    reserved = taken | {"main", "find"}
    numbered = (f"{words}-{number}" for number in range(2, len(reserved) + 3))
    return next(name for name in (words, *numbered) if name not in reserved)


def _block(publication: Publication, piece: listings.Piece) -> Block:
    if piece.listing:
        return _listing(publication, piece.listing)
    return Block(html=markdown.to_html(piece.text, publication.href, first_heading=2))


def _listing(publication: Publication, name: str) -> Block:
    site = publication.atlas.site
    if name == listings.FRESHNESS:
        return Block(terms=_freshness(publication))
    if name == listings.FINGERPRINT:
        return Block(fingerprint=f"{CLAUSE_FORM}:sha256:")
    if name == listings.USER_AGENT:
        return Block(code=site.user_agent)
    if name == listings.CONTACT:
        return Block(link=Link(site.contact, f"mailto:{site.contact}"))
    return Block(terms=tuple(_term(publication, member) for member in listings.VOCABULARIES[name]))


def _term(publication: Publication, member: StrEnum) -> Term:
    words = publication.words
    definition = words.say(f"{parts.vocabulary_name(type(member))}.{member.value}.definition")
    grade = parts.grade(publication, member) if isinstance(member, Severity) else None
    return Term(parts.label(words, member), definition, grade)


def _freshness(publication: Publication) -> tuple[Term, ...]:
    site, say = publication.atlas.site, publication.words.say
    days = {"verified": site.verified_days, "due": site.due_days, "stale": site.due_days}
    return tuple(
        Term(say(f"freshness.{key}.label"), say(f"freshness.{key}.definition", n=limit))
        for key, limit in days.items()
    )
