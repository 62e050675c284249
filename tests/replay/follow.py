"""Look after look at one document, as a run would take them: what the replays are told with."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from atlas.canonical import clause_sha256, letters
from atlas.compare import verify
from atlas.fold import after
from atlas.model import (
    Body,
    ClauseSeen,
    ClauseState,
    DocumentState,
    Failed,
    Failure,
    Fetched,
    LookFailed,
    Quote,
    RunEnded,
    Silence,
    Source,
    Stamp,
    TermSeen,
    TextSeen,
    Watched,
)

START = datetime(2026, 3, 1, 5, 17, tzinfo=UTC)
HALF_DAY = timedelta(hours=12)
DOCUMENT = "SA-D-00001"
ADDRESS = "https://acme.example/terms"


def watch(quotes, silences=(), *, language="en", address=ADDRESS, select=None):
    """One document with quotations by the id of their record, and silences with their terms."""
    return Watched(
        DOCUMENT,
        "acme",
        (Source(url=address, select=select),),
        language,
        tuple(Quote(record, text, clause_sha256(text)) for record, text in quotes.items()),
        tuple(Silence(record, terms) for record, terms in dict(silences).items()),
    )


def plain(text, *, url=ADDRESS, **fields):
    """An answer of plain text."""
    return Body(url, url, 200, "text/plain; charset=utf-8", text.encode(), **fields)


def page(content, *, url=ADDRESS, **fields):
    """An answer of HTML."""
    given = {"final_url": url, **fields}
    content = content.encode() if isinstance(content, str) else content
    return Body(
        url=url, status=200, content_type="text/html; charset=utf-8", content=content, **given
    )


@dataclass
class Follower:
    """What is known of a document, look by look; after each the lines must add up to the finding's state."""

    watched: Watched
    state: DocumentState = field(default_factory=lambda: DocumentState(DOCUMENT))
    held: str | None = None
    lines: list = field(default_factory=list)
    """Stamp and entry of each line, as the ledger would hold them."""
    findings: list = field(default_factory=list)
    pages: list = field(default_factory=list)
    """The text of each look that brought plain text."""
    at: datetime = START - HALF_DAY
    asks_twice: bool = False
    """Whether each look is taken twice, to see that the second adds nothing."""

    def look(self, body=None, *, at=None, failed=None, not_modified=False):
        """Take one look, half a day after the one before unless another time is given; return its finding."""
        self.at = at or self.at + HALF_DAY
        bodies = (body,) if body else ()
        fetched = Fetched(DOCUMENT, self.at, bodies, failed, not_modified=not_modified)
        stamp = Stamp(f"{self.at:%Y%m%dT%H%M%SZ}", self.at, self.at, "not stated")
        before, held = self.state, self.held
        finding = verify(self.watched, fetched, before, held, stamp)
        folded = before
        for entry in finding.entries:
            folded = after(folded, stamp, entry)
        assert folded == finding.state
        lines = finding.entries or (_ended(finding),)
        for entry in lines:
            self.state = after(self.state, stamp, entry)
        self.lines += [(stamp, entry) for entry in lines]
        self.held = finding.text or self.held
        if self.asks_twice:
            assert verify(self.watched, fetched, before, held, stamp) == finding
            assert verify(self.watched, fetched, self.state, self.held, stamp).entries == ()
        self.findings.append(finding)
        return finding

    def text(self, text, **when):
        """Take a look that brings this plain text."""
        self.pages.append(text)
        return self.look(plain(text), **when)

    def fails(
        self, reason=Failure.UNREACHABLE, detail="The host did not answer in 30 seconds.", **when
    ):
        """Take a look that fails."""
        return self.look(failed=Failed(reason, detail), **when)

    def shown(self, record):
        """What a page shows of a clause: its state, and whether the document is in trouble besides."""
        outcomes = [f.outcomes for f in self.findings if f.outcomes]
        return next(o.state for o in outcomes[-1] if o.record == record)

    @property
    def changes(self):
        """The looks that confirmed a change: time of the first agreeing look, record, state."""
        return [
            (seen.first_seen_at, seen.record, seen.state)
            for (_, seen), finding in self._clause_lines()
            if any(o.changed and o.record == seen.record for o in finding.outcomes)
        ]

    def _clause_lines(self):
        by_time = {f.observed_at: f for f in self.findings}
        for stamp, entry in self.lines:
            if isinstance(entry, ClauseSeen):
                yield (stamp, entry), by_time[stamp.observed_at]

    def told(self):
        """All lines but those of runs, one short text each: hours since the first look, kind, what it says."""
        start = self.findings[0].observed_at
        return [
            f"{(stamp.observed_at - start) / timedelta(hours=1):5.1f} h  {_told(entry)}"
            for stamp, entry in self.lines
            if not isinstance(entry, RunEnded)
        ]


def _ended(finding):
    good = () if finding.failed else (finding.document,)
    failed = {finding.failed.reason: (finding.document,)} if finding.failed else {}
    return RunEnded(good, failed, ("plain-v1",), "15.0.0", "0.1.0")


def _told(entry):
    match entry:
        case TextSeen():
            words = [f"text {entry.text.characters} characters"]
            words += ["known"] if entry.known else []
            words += ["technical"] if entry.technical else []
            return ", ".join(words)
        case ClauseSeen():
            words = [f"clause {entry.record} {entry.state}"]
            words += [] if entry.confirmed else ["not confirmed"]
            words += [f"looks {entry.looks}"] if entry.looks > 1 else []
            words += [f"score {entry.score:.2f}"] if entry.score else []
            words += [f"copies {entry.copies}"] if entry.copies != 1 else []
            words += ["lookalike"] if entry.lookalike else []
            return ", ".join(words)
        case TermSeen():
            return f"term {entry.record} {entry.term}"
        case LookFailed():
            return f"failed {entry.reason}"
    raise AssertionError(entry)


def is_in(quote, text):
    """Whether the letters of a quotation stand in a text in order, ellipses left out: the label of a replay."""
    whole, at = _letters(text), 0
    for part in quote.replace("…", "...").replace("[...]", "...").split("..."):
        at = whole.find(_letters(part), at)
        if at < 0:
            return False
        at += len(_letters(part))
    return True


_letters = lru_cache(letters)

SHOWN_AS_THERE = {ClauseState.INTACT, ClauseState.TYPOGRAPHY, ClauseState.MOVED}
