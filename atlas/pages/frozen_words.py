"""What a frozen revision says in words, and in what the next one differs from it.

Core. Names are those that were frozen; grades and other closed words are said as the interface says them today.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby

from markupsafe import Markup

from atlas import markdown
from atlas.model import Basis, Confidence, Severity
from atlas.pages import parts
from atlas.pages.parts import Grade, Quotation
from atlas.publication import Publication
from atlas.revisions import Revision
from atlas.word_diff import Part, word_diff


@dataclass(frozen=True, slots=True)
class Law:
    """A regulation that may apply, as it was called then."""

    name: str
    article: str
    why: str


@dataclass(frozen=True, slots=True)
class Difference:
    """A field in which the next revision differs: word by word, or what it was and what it became."""

    label: str
    """What the field is called; of our analysis, the heading of the section."""
    words: tuple[Part, ...] = ()
    theirs: bool = False
    """Whether the words are the platform's."""
    written: bool = False
    """Whether the label is a heading as the record had it, in the record's language."""
    before: str | Markup = ""
    after: str | Markup = ""


def grade(publication: Publication, revision: Revision) -> Grade | None:
    """Return its severity, or None when it was silent."""
    key = revision.text("severity")
    return parts.grade(publication, Severity(key)) if key else None


def stance(publication: Publication, revision: Revision) -> str | Markup:
    """Return the name that its stance had."""
    name = revision.text("stance", "name")
    return publication.written(name) if name else publication.words.say("stance.not-addressed")


def confidence(publication: Publication, revision: Revision) -> str:
    """Return the reviewer's certainty in a word, or nothing where none was stated."""
    key = revision.text("confidence")
    return parts.label(publication.words, Confidence(key)) if key else ""


def basis(publication: Publication, revision: Revision) -> str:
    """Return what its reading rested on."""
    return parts.label(publication.words, Basis(revision.text("basis")))


def quotation(publication: Publication, revision: Revision) -> Quotation | None:
    """Return its quotation, or None when it was silent."""
    clause = revision.text("clause")
    if not clause:
        return None
    return Quotation(
        paragraphs=parts.paragraphs(clause),
        language=revision.text("document", "language"),
        platform=parts.possessive(publication.words, revision.text("platform", "name")),
    )


def laws(revision: Revision) -> tuple[Law, ...]:
    """Return the regulations that it named, in its order."""
    return tuple(
        Law(law.get("name", ""), law.get("article", ""), law.get("why", ""))
        for law in listed(revision, "regulations")
    )


def listed(revision: Revision, name: str) -> Iterator[Mapping[str, str]]:
    """Yield the entries of a list of the frozen form."""
    found = revision.tree.get(name)
    for entry in found if isinstance(found, list) else ():
        if isinstance(entry, dict):
            yield entry


def differences(
    publication: Publication, before: Revision, after: Revision
) -> Iterator[Difference]:
    """Yield what the next revision changed, in the order of its fields."""
    for name in after.changed:
        label = field(publication, name)
        if name == "analysis":
            yield from _sections(publication, before, after)
        elif name in _CLOSED:
            none = publication.words.say("revision.none")
            old, new = (_CLOSED[name](publication, one) or none for one in (before, after))
            yield Difference(label, before=old, after=new)
        else:
            words = _compared(_worded(before, name), _worded(after, name))
            is_theirs = name == "clause"
            told = tuple(_quoted(words)) if is_theirs else _plain(words)
            yield Difference(label, told, theirs=is_theirs)


def field(publication: Publication, name: str) -> str:
    """Return what a field is called that a revision can change."""
    return publication.words.say(f"revision.field.{name.replace('_', '-')}")


def heading(publication: Publication, written: str) -> tuple[str, bool]:
    """Return the heading of a section as the record's page has it, and whether that is how it was written."""
    known = _HEADINGS.get(written)
    return (publication.words.say(known), False) if known else (written, True)


def _sections(publication: Publication, before: Revision, after: Revision) -> Iterator[Difference]:
    """Yield each section of our analysis that differs, in the order of the older revision, new ones last."""
    old, new = (
        {part.get("heading", ""): part.get("markdown", "") for part in listed(one, "sections")}
        for one in (before, after)
    )
    for name in dict.fromkeys((*old, *new)):
        if old.get(name) != new.get(name):
            words = _compared(*(markdown.plain(side.get(name, "")) for side in (old, new)))
            label, is_written = heading(publication, name)
            yield Difference(label, _plain(words), written=is_written)


def _compared(before: str, after: str) -> tuple[Part, ...]:
    return word_diff(" ".join(before.split()), " ".join(after.split()))


def _quoted(words: tuple[Part, ...]) -> Iterator[Part]:
    """Yield a difference between two quotations: where one leaves words out that the other has, both are told."""
    for part in words:
        if not part.stands_for:
            yield part
        elif part.kind == "omitted":
            yield replace(part, kind="removed", stands_for="")
            yield Part("added", part.stands_for)
        else:
            yield Part("removed", part.stands_for)
            yield replace(part, kind="added", stands_for="")


def _plain(words: tuple[Part, ...]) -> tuple[Part, ...]:
    """Return a difference in words of ours, where a number or a negation weighs no more than others."""
    return tuple(
        Part(kind, "".join(part.text for part in run))
        for kind, run in groupby(words, key=lambda part: part.kind)
    )


def _worded(revision: Revision, name: str) -> str:
    if name == "regulations":
        return "; ".join(
            f"{', '.join(filter(None, (law.name, law.article)))}: {law.why}"
            for law in laws(revision)
        )
    return revision.text(name)


def _severity(publication: Publication, revision: Revision) -> str:
    found = grade(publication, revision)
    return found.word if found else publication.words.say("parts.silent")


def _clause_type(publication: Publication, revision: Revision) -> Markup:
    return publication.written(revision.text("clause_type", "name"))


_HEADINGS = {
    "Why it matters": "provision.importance",
    "Consumer impact": "provision.impact",
    "What you can do": "provision.actions",
    "Questions": "provision.questions",
}
"""The sections that a record may have, and where the words are for their headings."""

_CLOSED: Mapping[str, Callable[[Publication, Revision], str | Markup]] = {
    "clause_type": _clause_type,
    "stance": stance,
    "severity": _severity,
    "confidence": confidence,
    "basis": basis,
}
"""Fields that are told by what they were and what they became; the others are told word by word."""
