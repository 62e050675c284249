"""How other platforms handle the same thing: computed peers, then the wordings that a record names.

Core. Peers are records of the same clause type, chosen by `counting` and by nothing else; what a
record names stands apart, with its relation and its note, and is never counted.
"""

from dataclasses import dataclass

from markupsafe import Markup

from atlas import counting, urls
from atlas.model import Example, Provision
from atlas.pages import parts
from atlas.pages.parts import Grade, Quotation
from atlas.pages.plan import Link
from atlas.publication import Publication

_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Wording:
    """Another platform's words, with where they stand."""

    platform: str
    address: str | None
    """Where to read on: the record's page, or the document's; None where neither is known."""
    document: str
    quotation: Quotation | None
    """None when the record says that the documents are silent."""
    grade: Grade | None
    stance: Markup
    draft: bool
    state: str
    former: bool
    is_record: bool


@dataclass(frozen=True, slots=True)
class Named:
    """A wording that the record names, and how it relates to the record's own."""

    wording: Wording
    repeats: bool
    """Whether its words already stand among the peers."""
    relation: str
    meaning: str
    note: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything that stands under "How other platforms handle this"."""

    peers: tuple[Wording, ...]
    """At most three, best first."""
    named: tuple[Named, ...]
    unique: bool
    """Whether others were reviewed and none has such a clause; never true beside peers."""
    everyone: Link
    """All platforms with this clause type."""


def comparison(publication: Publication, of: Provision) -> Comparison | None:
    """Return the comparison, or None when there is nothing to compare with."""
    atlas = publication.atlas
    peers = counting.peers(atlas, of)
    quoted = {peer.id for peer in peers[:_SHOWN] if peer.id}
    named = tuple(
        n for n in (_named(publication, e, repeats=e.record in quoted) for e in of.examples) if n
    )
    unique = counting.is_unique(atlas, of)
    if not (peers or named or unique):
        return None
    return Comparison(
        peers=tuple(_record(publication, p) for p in peers[:_SHOWN]),
        named=named,
        unique=unique,
        everyone=Link(
            publication.words.say("provision.everyone"),
            publication.href(urls.clause_type(of.clause_type)),
        ),
    )


def _named(publication: Publication, example: Example, *, repeats: bool) -> Named | None:
    record = publication.atlas.by_id.get(example.record) if example.record else None
    if (record and record.withheld) or (record is None and not example.clause):
        return None
    wording = _record(publication, record) if record else _elsewhere(publication, example)
    say = publication.words.say
    return Named(
        wording=wording,
        repeats=repeats,
        relation=parts.label(publication.words, example.relation),
        meaning=say(f"relation.{example.relation.value}.definition"),
        note=example.note,
    )


def _record(publication: Publication, of: Provision) -> Wording:
    row = parts.row(publication, of)
    return Wording(
        platform=row.platform.text,
        address=row.claim.href,
        document=row.document.text,
        quotation=parts.quotation(publication, of),
        grade=row.grade,
        stance=row.stance,
        draft=row.draft,
        state=row.state,
        former=row.former,
        is_record=True,
    )


def _elsewhere(publication: Publication, example: Example) -> Wording:
    """Return words that are no record yet; their language is not recorded."""
    platform = example.platform or ""
    return Wording(
        platform=platform,
        address=urls.text_fragment(example.source_url, example.clause or "")
        if example.source_url
        else None,
        document=example.document or "",
        quotation=Quotation(
            paragraphs=parts.paragraphs(example.clause or ""),
            language="",
            platform=parts.possessive(publication.words, platform),
        ),
        grade=None,
        stance=Markup(),
        draft=False,
        state="active",
        former=False,
        is_record=False,
    )
