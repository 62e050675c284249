"""What a person should look at, from the evidence: changed quotations to adopt, and documents in trouble.

Core. A proposal edits quotations on a branch of its own and nothing else; a concern edits nothing.
Both are written for a forge that draws Markdown, and hold words of strangers: those stand in
fences that they cannot close.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from atlas.canonical import CLAUSE_FORM, TEXT_FORM, clause_sha256
from atlas.model import (
    Atlas,
    ClauseSeen,
    ClauseState,
    Document,
    History,
    Provision,
    Wording,
)
from atlas.pages.parts import day
from atlas.stability.standing import PERSON_AFTER
from atlas.word_diff import word_diff
from atlas.words import Words

BODY_LENGTH = 60_000
"""A forge takes 65,536 characters; what does not fit is named and left out."""

_WHAT_IT_DOES = (
    "The branch puts the new words into each quotation, sets `captured_at` to when they were first "
    "seen, and takes out `recorded_hash`, which was of the former words. A record that was published "
    "gets its next revision, and what it said stands beside it. Nothing else is touched. Stance, "
    "severity, reasons, regulations and the analysis still speak of the former words, and so do "
    "reviews: read them again before merging."
)
_REMARK_LENGTH = 12_000
"""So long may one record's part be before its words are left to the evidence file."""


@dataclass(frozen=True, slots=True)
class Edit:
    """One quotation to put other words into."""

    path: str
    record: str
    words: str = field(repr=False)
    seen_at: datetime
    """When they were first seen."""
    because: str
    """What a record that was published says of its next revision."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """One document whose quotations have changed: one branch, one pull request."""

    document: str
    title: str
    body: str = field(repr=False)
    edits: tuple[Edit, ...]
    mark: str
    """Stands in the body: the same change, whoever asks."""

    @property
    def branch(self) -> str:
        """Name of the branch that holds the edits."""
        return f"verify/{self.document}"


@dataclass(frozen=True, slots=True)
class Concern:
    """One document that needs a person: one issue."""

    document: str
    title: str
    body: str = field(repr=False)

    @property
    def mark(self) -> str:
        """Stands in the body, so that the issue is found again."""
        return concern_mark(self.document)


def concern_mark(document: str) -> str:
    """Return what the issue about a document carries, unseen by readers."""
    return f"<!-- concern:{document} -->"


def proposals(atlas: Atlas, words: Words, site_address: str) -> tuple[Proposal, ...]:
    """Return one proposal for each document with confirmed new words, in order of id."""
    found = []
    for document, history in _watched(atlas):
        changed = [*_changed(atlas, history, (ClauseState.REWORDED, ClauseState.REWRITTEN))]
        edits = [
            Edit(
                p.origin.path,
                p.id or "",
                seen.wording.text,
                seen.first_seen_at,
                _because(seen, words),
            )
            for p, seen in changed
            if seen.wording
        ]
        if edits:
            found.append(_proposal(document, history, changed, tuple(edits), site_address))
    return tuple(found)


def concerns(atlas: Atlas, now: datetime, words: Words, site_address: str) -> tuple[Concern, ...]:
    """Return one concern for each document that a person must look at, in order of id."""
    found = []
    for document, history in _watched(atlas):
        remarks = [
            *_trouble(history, now, words),
            *_lost(atlas, history),
            *_terms(atlas, history),
        ]
        if remarks:
            title = f"{document.id}: {_headline(remarks)}"
            body = _bounded(
                [_introduction(document, site_address), *(text for _, text in remarks)],
                concern_mark(document.id or ""),
            )
            found.append(Concern(document.id or "", title, body))
    return tuple(found)


def fenced(text: str, language: str = "text") -> str:
    """Return a stranger's text as a block of code: nothing in it is drawn, linked or notified."""
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * max(4, longest + 1)
    return f"{fence}{language}\n{text}\n{fence}"


def _watched(atlas: Atlas) -> Iterator[tuple[Document, History]]:
    for key in sorted(atlas.evidence.histories):
        document = atlas.document_by_id.get(key)
        if document is not None:
            yield document, atlas.evidence.histories[key]


def _changed(
    atlas: Atlas, history: History, states: Sequence[ClauseState]
) -> Iterator[tuple[Provision, ClauseSeen]]:
    """Yield the records whose quotation was confirmed to be in one of the states, by id."""
    if history.state is None:
        return
    for clause in sorted(history.state.clauses, key=lambda c: c.record):
        seen, provision = clause.standing, atlas.by_id.get(clause.record)
        if seen is None or provision is None or not provision.clause or seen.state not in states:
            continue
        if seen.confirmed and seen.quote_sha256 == clause_sha256(provision.clause):
            yield provision, seen


def _proposal(
    document: Document,
    history: History,
    changed: Sequence[tuple[Provision, ClauseSeen]],
    edits: tuple[Edit, ...],
    site_address: str,
) -> Proposal:
    count = len(edits)
    what = "1 quotation has changed" if count == 1 else f"{count} quotations have changed"
    wordings = "+".join(sorted(s.wording.sha256[:16] for _, s in changed if s.wording))
    mark = f"<!-- proposal:{document.id}:{wordings} -->"
    parts = [
        _introduction(document, site_address),
        _WHAT_IT_DOES,
        *_copies(history),
        *(_told(p, seen) for p, seen in changed),
    ]
    return Proposal(document.id or "", f"{document.id}: {what}", _bounded(parts, mark), edits, mark)


def _because(seen: ClauseSeen, words: Words) -> str:
    verb = "rewrote" if seen.state is ClauseState.REWRITTEN else "reworded"
    on = day(words, seen.first_seen_at.date())
    return f"The platform {verb} the clause; first seen on {on}."


def _introduction(document: Document, site_address: str) -> str:
    address = f"{site_address}platform/{document.platform}/{document.slug}/"
    sources = "".join(f"\n- source: <{s.url}>" for s in document.sources)
    return f"Document `{document.id}`\n\n- page: <{address}>\n- evidence: <{address}evidence.json>{sources}"


def _told(provision: Provision, seen: ClauseSeen) -> str:
    head = f"### `{provision.id}`: {seen.state.value}\n\n"
    facts = [
        f"- file: `{provision.origin.path}`",
        f"- first seen {_instant(seen.first_seen_at)}, {seen.looks} looks agree",
        *([f"- likeness to the quotation {seen.score:.2f}"] if seen.score is not None else []),
        f"- quotation: `{CLAUSE_FORM}:sha256:{seen.quote_sha256}`",
        *([f"- new words: `{CLAUSE_FORM}:sha256:{seen.wording.sha256}`"] if seen.wording else []),
        f"- text of the document: `{TEXT_FORM}:sha256:{seen.text_sha256}`",
    ]
    return head + "\n".join(facts) + "\n\n" + _words(provision.clause or "", seen.wording)


def _words(old: str, new: Wording | None) -> str:
    if 2 * (len(old) + len(new.text if new else "")) > _REMARK_LENGTH:
        return "The words are too long for this place; the evidence file has them."
    parts = [f"Quoted:\n\n{fenced(old)}"]
    if new:
        parts.append(f"Now:\n\n{fenced(new.text)}")
        parts.append(f"Word for word:\n\n{fenced(_marked(old, new.text))}")
    return "\n\n".join(parts)


def _marked(old: str, new: str) -> str:
    forms = {
        "same": "{}",
        "omitted": "{}",
        "elided": "{}",
        "removed": "[-{}-]",
        "added": "{{+{}+}}",
    }
    return "".join(forms[part.kind].format(part.text) for part in word_diff(old, new))


def _copies(history: History) -> Iterator[str]:
    kept = [copy for _, copy in history.archived if copy.address]
    if kept:
        yield "Archived copies:\n" + "".join(f"\n- <{copy.address}>" for copy in kept[-5:])


def _trouble(history: History, now: datetime, words: Words) -> Iterator[tuple[str, str]]:
    trouble = history.state.trouble if history.state else None
    if trouble is None or now - trouble.since < PERSON_AFTER:
        return
    label = words.say(f"failure.{trouble.reason.value}.label")
    after = words.say(f"failure.{trouble.reason.value}.next")
    since = _instant(trouble.since)
    yield (
        f"no good look since {since[:10]}",
        f"### {label}, since {since}\n\n{fenced(trouble.detail)}\n\n{after}",
    )


def _lost(atlas: Atlas, history: History) -> Iterator[tuple[str, str]]:
    states = (ClauseState.REMOVED, ClauseState.SCATTERED)
    found = [*_changed(atlas, history, states)]
    for provision, seen in found:
        told = _told(provision, seen)
        if seen.lookalike:
            told += f"\n\nA passage that was there before and resembles it:\n\n{fenced(seen.lookalike.text)}"
        yield (f"{provision.id} {seen.state.value}", told)


def _terms(atlas: Atlas, history: History) -> Iterator[tuple[str, str]]:
    for stamp, seen in history.terms:
        provision = atlas.by_id.get(seen.record)
        if (
            provision is None
            or not provision.is_silent
            or _read_since(provision, stamp.observed_at)
        ):
            continue
        head = f"### `{seen.record}` was recorded as silent, and new words hold a term to look for"
        yield (
            f"{seen.record} may no longer be silent",
            f"{head}\n\nSeen {_instant(stamp.observed_at)}: {fenced(seen.term)}\n\n{fenced(seen.passage)}",
        )


def _read_since(provision: Provision, seen_at: datetime) -> bool:
    """Return whether somebody reviewed a silent record after the term was seen."""
    return any(review.on > seen_at.date() for review in provision.reviews)


def _headline(remarks: Sequence[tuple[str, str]]) -> str:
    first = remarks[0][0]
    return first if len(remarks) == 1 else f"{first}, and {len(remarks) - 1} more"


def _bounded(parts: Sequence[str], mark: str) -> str:
    """Join what fits, the mark always, and say what was left out."""
    kept, room = [], BODY_LENGTH - len(mark) - 200
    for number, part in enumerate(parts):
        room -= len(part) + 2
        if room < 0:
            kept.append(f"{len(parts) - number} more are left out here; the evidence file has all.")
            break
        kept.append(part)
    return "\n\n".join([*kept, mark]) + "\n"


def _instant(at: datetime) -> str:
    return at.strftime("%Y-%m-%d %H:%M UTC")
