"""The page of a clause type: who stands where, and every quotation in full, side by side.

Core. A platform counts once, by its most severe record; its other records are quoted all the same.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from atlas import counting, urls
from atlas.model import NOT_ADDRESSED, ClauseType, Provision
from atlas.pages import parts
from atlas.pages.heads import Step, Trail, crumbs, head
from atlas.pages.neatline import Neatline, neatline
from atlas.pages.plan import Link, PagePlan
from atlas.publication import Publication
from atlas.stability import cells, is_former

_FORMER = "former"
"""Stands among the stances for the platforms that take none any more."""
_TALLEST = 72
_STEP = 18
"""Heights in pixels: of the longest bar at most, and of one platform at most."""


@dataclass(frozen=True, slots=True)
class Bar:
    """How many reviewed platforms take a stance: a head of the matrix."""

    stance: Markup
    grade: parts.Grade | None
    """The stance's own grade; None for the silent and the former."""
    n: int
    height: int
    """Height in pixels."""
    former: bool = False
    """Whether it counts the platforms whose words have changed or gone since they were quoted."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Where one platform stands."""

    grade: parts.Grade | None
    href: str
    """The record by which the platform counts."""
    former: bool
    """Whether its quotation is no longer the platform's words."""


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One reviewed platform across the stances."""

    platform: Link
    draft: bool
    """Whether the record by which it counts is a draft."""
    marks: tuple[Mark | None, ...]
    """One a bar; exactly one of them is there."""


@dataclass(frozen=True, slots=True)
class Quoted:
    """One record's quotation, in full."""

    claim: Link
    quotation: parts.Quotation
    line: Neatline | None
    """None: no look found the quotation."""
    platform: Link
    document: Link
    grade: parts.Grade | None
    """The record's grade where it differs from the stance's."""
    draft: bool
    state: str
    former: bool
    counts_by: Link | None
    """The record by which the platform counts, where it is another one."""


@dataclass(frozen=True, slots=True)
class StanceGroup:
    """A stance with the quotations that take it."""

    key: str
    name: str
    grade: parts.Grade | None
    reason: str
    platforms: int
    quoted: tuple[Quoted, ...]


@dataclass(frozen=True, slots=True)
class ClauseTypeView:
    """What `pages/clause-type.html` is handed."""

    crumbs: tuple[Link, ...]
    name: str
    summary: str
    in_force: int
    reviewed: int
    former: int
    """Platforms whose words have changed or gone since; reviewed, and not in force."""
    records: int
    drafts: int
    commonest: Bar | None
    """The stance that most platforms take, when one leads and more than one platform takes it."""
    bars: tuple[Bar, ...]
    """Mildest stance first, then the silent, the former last."""
    rows: tuple[MatrixRow, ...]
    stances: tuple[StanceGroup, ...]
    """Most severe first."""
    silent: tuple[parts.Row, ...]
    scope_in: str
    scope_out: str
    look_for: tuple[str, ...]
    categories: tuple[Link, ...]
    related: tuple[Link, ...]
    gone: tuple[parts.Row, ...]
    """Superseded and withdrawn records."""


def pages(publication: Publication) -> Iterator[PagePlan]:
    """Plan the page of each clause type."""
    atlas, say = publication.atlas, publication.words.say
    for of in atlas.clause_types.values():
        address = urls.clause_type(of.key)
        categories = [atlas.categories[key] for key in of.categories if key in atlas.categories]
        trail: Trail = (
            Step(say("nav.clause-types"), urls.CLAUSE_TYPES),
            *(Step(c.name, urls.category(c.key), written=True) for c in categories[:1]),
        )
        about = {
            "@type": "DefinedTerm",
            "name": of.name,
            "termCode": of.key,
            "description": of.summary,
            "inDefinedTermSet": publication.absolute(urls.CLAUSE_TYPES),
        }
        yield PagePlan(
            address=address,
            template="pages/clause-type.html",
            head=head(publication, address, of.name, of.summary, trail=trail, about=about),
            view=view(publication, of, trail),
            section="clause-types",
        )


def view(publication: Publication, of: ClauseType, trail: Trail) -> ClauseTypeView:
    """Return what the page of a clause type shows."""
    atlas = publication.atlas
    found = counting.prevalence(atlas, of.key)
    records = counting.counted(atlas, of.key)
    takers = counting.stance_platforms(atlas, of.key)
    leaders = {slug: counting.leading(atlas, slug, of.key) for slug in found.reviewed}
    bars = _bars(publication, of, takers, len(found.former))
    takers = {**takers, _FORMER: found.former}
    return ClauseTypeView(
        crumbs=crumbs(publication, trail),
        name=of.name,
        summary=of.summary,
        in_force=len(found.in_force),
        reviewed=len(found.reviewed),
        former=len(found.former),
        records=len(records),
        drafts=found.drafts,
        commonest=_commonest(bars),
        bars=tuple(bars.values()),
        rows=_rows(publication, bars, takers, leaders),
        stances=_stances(publication, of, takers, leaders),
        silent=tuple(parts.row(publication, p) for p in records if p.is_silent),
        scope_in=of.scope_in,
        scope_out=of.scope_out,
        look_for=of.look_for,
        categories=tuple(
            Link(atlas.categories[key].name, publication.href(urls.category(key)))
            for key in of.categories
            if key in atlas.categories
        ),
        related=tuple(
            Link(atlas.clause_types[key].name, publication.href(urls.clause_type(key)))
            for key in of.related
            if key in atlas.clause_types
        ),
        gone=parts.rows(
            publication, (p for p in atlas.by_clause_type.get(of.key, ()) if not p.counts)
        ),
    )


def _bars(
    publication: Publication, of: ClauseType, takers: Mapping[str, tuple[str, ...]], former: int
) -> dict[str, Bar]:
    step = min(_STEP, _TALLEST / (max(former, *map(len, takers.values())) or 1))
    bars = {
        key: Bar(
            publication.written(stance.name),
            parts.grade(publication, stance.severity),
            len(takers[key]),
            round(step * len(takers[key])),
        )
        for key, stance in of.stances.items()
    }
    if silent := len(takers[NOT_ADDRESSED]):
        name = publication.words.markup("stance.not-addressed")
        bars[NOT_ADDRESSED] = Bar(name, None, silent, round(step * silent))
    if former:
        name = publication.words.markup("parts.former")
        bars[_FORMER] = Bar(name, None, former, round(step * former), former=True)
    return bars


def _commonest(bars: Mapping[str, Bar]) -> Bar | None:
    most = max((bar.n for bar in bars.values() if not bar.former), default=0)
    first = [bar for bar in bars.values() if bar.n == most and not bar.former]
    return first[0] if most > 1 and len(first) == 1 else None


def _rows(
    publication: Publication,
    bars: Mapping[str, Bar],
    takers: Mapping[str, tuple[str, ...]],
    leaders: Mapping[str, Provision | None],
) -> tuple[MatrixRow, ...]:
    """Return the reviewed platforms, most severe stance first, so that the marks draw a staircase."""
    apart = (NOT_ADDRESSED, _FORMER)
    downwards = [*(key for key in reversed(tuple(bars)) if key not in apart), *apart]
    platforms = publication.atlas.platforms
    return tuple(
        MatrixRow(
            platform=Link(platforms[slug].name, publication.href(urls.platform(slug))),
            draft=leader.is_draft,
            marks=tuple(_mark(publication, leader) if key == stance else None for key in bars),
        )
        for stance in downwards
        for slug in takers.get(stance, ())
        if (leader := leaders[slug])
    )


def _mark(publication: Publication, of: Provision) -> Mark:
    grade = parts.grade(publication, publication.atlas.severity(of))
    return Mark(grade, publication.href(urls.provision(of)), is_former(publication.atlas, of))


def _stances(
    publication: Publication,
    of: ClauseType,
    takers: Mapping[str, tuple[str, ...]],
    leaders: Mapping[str, Provision | None],
) -> tuple[StanceGroup, ...]:
    records = counting.counted(publication.atlas, of.key)
    return tuple(
        StanceGroup(
            key=key,
            name=stance.name,
            grade=parts.grade(publication, stance.severity),
            reason=stance.reason,
            platforms=len(takers[key]),
            quoted=tuple(
                quoted
                for p in records
                if p.stance == key and (quoted := _quoted(publication, p, leaders[p.platform]))
            ),
        )
        for key, stance in reversed(of.stances.items())
    )


def _quoted(publication: Publication, of: Provision, leader: Provision | None) -> Quoted | None:
    quotation = parts.quotation(publication, of)
    if quotation is None:
        return None
    atlas = publication.atlas
    looked = cells(atlas, of, publication.as_of)
    row, stance, severity = parts.row(publication, of), atlas.stance(of), atlas.severity(of)
    differs = stance is not None and severity is not stance.severity
    other = leader if leader is not None and leader.key != of.key else None
    return Quoted(
        claim=row.claim,
        quotation=quotation,
        line=neatline(publication.words, looked) if looked else None,
        platform=row.platform,
        document=row.document,
        grade=row.grade if differs else None,
        draft=row.draft,
        state=row.state,
        former=row.former,
        counts_by=Link(other.claim, publication.href(urls.provision(other))) if other else None,
    )
