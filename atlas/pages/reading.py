"""Our reading of a clause: why it carries its grade, and which regulations may apply to it.

Core. Every sentence is the record's, its stance's or the rubric's; nothing is inferred.
"""

from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup

from atlas import urls
from atlas.model import Mapped, Provision, RegulationStatus
from atlas.pages import parts
from atlas.pages.parts import Grade
from atlas.pages.plan import Link
from atlas.publication import Publication

_UNFOLDED = 12
"""Past so many regulations, a page shows one row a jurisdiction and folds the full table."""
_NAMED_IN_ROW = 3


@dataclass(frozen=True, slots=True)
class Reason:
    """One ground of the grade: what was judged, and why so."""

    head: str
    text: str | Markup
    grade: Grade | None = None
    """Shown in place of `head` where the ground is the rubric's."""
    link: Link | None = None
    """Shown in place of `head` where there is more to read."""


@dataclass(frozen=True, slots=True)
class Application:
    """A regulation that may apply, where in it, and why."""

    regulation: Link
    status: str
    """Where it stands, in words; nothing while it is in force, or where that is not confirmed."""
    article: str | Markup
    why: str


@dataclass(frozen=True, slots=True)
class Law:
    """The regulations of one jurisdiction."""

    jurisdiction: Link
    applications: tuple[Application, ...]
    summary: Markup


@dataclass(frozen=True, slots=True)
class Regulations:
    """All regulations that may apply, by jurisdiction."""

    laws: tuple[Law, ...]
    total: int
    folded: bool
    """Whether there are so many that the full table is folded away."""


def reasons(publication: Publication, of: Provision) -> tuple[Reason, ...]:
    """Return why the record has its grade, in the order rubric, stance, record, confidence, basis."""
    words, say, atlas = publication.words, publication.words.say, publication.atlas
    found: list[Reason] = []
    grade = parts.grade_of(publication, of)
    stance = atlas.stance(of)
    if grade:
        found.append(Reason(grade.word, say(f"severity.{grade.key}.definition"), grade=grade))
    if stance:
        default = parts.label(publication.words, stance.severity)
        shelf = Link(stance.name, publication.href(urls.clause_type(of.clause_type)))
        carries = words.markup(
            "provision.stance-carries",
            severity=default,
            reason=publication.written(stance.reason),
        )
        found.append(Reason(stance.name, carries, link=shelf))
        if grade and of.severity_reason:
            key = (
                "provision.grade-kept"
                if grade.key == stance.severity
                else "provision.grade-differs"
            )
            why = publication.written(of.severity_reason)
            text = words.markup(key, severity=grade.word, default=default, reason=why)
            found.append(Reason(say("provision.this-record"), text))
    if of.confidence:
        word = parts.label(publication.words, of.confidence)
        definition = say(f"confidence.{of.confidence.value}.definition")
        found.append(Reason(say("provision.confidence-is", confidence=word), definition))
    basis = parts.label(publication.words, of.basis)
    found.append(
        Reason(say("provision.basis-is", basis=basis), say(f"basis.{of.basis.value}.definition"))
    )
    return tuple(found)


def regulations(publication: Publication, of: Provision) -> Regulations | None:
    """Return the regulations that may apply, or None when the record names none."""
    known = publication.atlas.regulations
    mapped = sorted(
        (m for m in of.regulations if m.id in known), key=lambda m: known[m.id].jurisdiction
    )
    if not mapped:
        return None
    grouped = groupby(mapped, key=lambda m: known[m.id].jurisdiction)
    laws = tuple(_law(publication, code, tuple(members)) for code, members in grouped)
    return Regulations(laws, total=len(mapped), folded=len(mapped) > _UNFOLDED)


def _law(publication: Publication, code: str, mapped: tuple[Mapped, ...]) -> Law:
    say, known = publication.words.say, publication.atlas.regulations
    joined = Markup("{}").format(say("provision.join-regulations")).join
    shown = [
        say("provision.regulation-at", short=known[m.id].short, article=m.article)
        if m.article
        else known[m.id].short
        for m in mapped[:_NAMED_IN_ROW]
    ]
    further = len(mapped) - _NAMED_IN_ROW
    more = [say("provision.more", n=further)] if further > 0 else []
    return Law(
        jurisdiction=Link(
            parts.place(publication.words, code), publication.href(urls.jurisdiction(code))
        ),
        applications=tuple(_application(publication, m) for m in mapped),
        summary=joined([publication.written(joined(shown)), *more]),
    )


def _application(publication: Publication, mapped: Mapped) -> Application:
    regulation = publication.atlas.regulations[mapped.id]
    notable = regulation.status not in {None, RegulationStatus.IN_FORCE}
    return Application(
        regulation=Link(regulation.short, publication.href(urls.regulation(mapped.id))),
        status=parts.label(publication.words, regulation.status)
        if regulation.status and notable
        else "",
        article=publication.written(mapped.article)
        if mapped.article
        else publication.words.say("provision.article-not-stated"),
        why=mapped.why,
    )
