"""What was seen of the fictional atlas's documents, told look by look; `write` turns the story into `tests/sample/data/evidence/`.

Every Sunday morning each document is looked at from its first day on, and what nobody tells otherwise repeats.
A look that is told says what it found: words that stand otherwise than before, or why it found nothing. What is
pending, what is confirmed and what a line of the ledger says follows from that, through `atlas.fold` and `atlas.ledger`.
"""

import hashlib
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

from atlas import fold, ledger
from atlas.canonical import clause_sha256, text_sha256, text_v1
from atlas.model import (
    Archived,
    ArchiveSpan,
    ClauseSeen,
    ClauseState,
    DocumentState,
    Failure,
    ImportedObservation,
    LookFailed,
    RunEnded,
    Stamp,
    TermSeen,
    TextRef,
    TextSeen,
    Wording,
)

FIRST, LAST = date(2024, 11, 24), date(2026, 11, 22)
"""Sundays. The last is the as-of date of all tests."""
NOBODY_LOOKED = (date(2025, 10, 5), date(2025, 10, 12))
"""Sundays on which no run took place."""
NEW_EXTRACTOR = date(2026, 11, 1)
"""Day from which pages are read by another method."""
MORNING, EVENING = time(5, 17, tzinfo=UTC), time(17, 17, tzinfo=UTC)
VANTAGE = "region EU, language en, FarawayAtlasBot/1.0"
PASSING = "A sentence that the quotation leaves out stands here."
"""Stands in a document where a quotation has `[...]`."""


class Found(NamedTuple):
    """How one clause stands from a look on."""

    state: ClauseState
    words: str = ""
    """What stands there now; nothing where it is the quotation, or nothing."""
    score: float | None = None
    instead: tuple[str, str] | None = None
    """A part of the quotation, and what stands in its place."""


def reworded(words, score):
    return Found(ClauseState.REWORDED, words, score)


def reworded_in(part, now, score):
    return Found(ClauseState.REWORDED, "", score, (part, now))


def rewritten(words, score):
    return Found(ClauseState.REWRITTEN, words, score)


def removed(score):
    """Tell that nothing but words of this likeness, and less, stands in new blocks."""
    return Found(ClauseState.REMOVED, "", score)


def typography(words):
    return Found(ClauseState.TYPOGRAPHY, words)


INTACT = Found(ClauseState.INTACT)
MOVED = Found(ClauseState.MOVED)
SCATTERED = Found(ClauseState.SCATTERED)


class Look(NamedTuple):
    """One look of which there is something to tell."""

    day: str
    """ISO date; a plus sign after it says that it was in the evening."""
    found: Mapping[str, Found] = {}
    """By the last digits of the record's id. What is not named stands as before."""
    failed: Failure | None = None
    """Why it found nothing; that repeats until a look that is told as good."""
    why: str = ""
    archived: Archived | None = None
    term: tuple[str, str, str] | None = None
    """Digits of a silent record, the term that appeared, and the block that holds it."""
    reread: bool = False
    """Whether another text came of the same page, because it is read by another method."""

    @property
    def at(self):
        day = date.fromisoformat(self.day.removesuffix("+"))
        return datetime.combine(day, EVENING if self.day.endswith("+") else MORNING)


class Told(NamedTuple):
    """What was seen of one document."""

    place: str
    since: str
    """Day of the first look: a Sunday."""
    looks: tuple[Look, ...] = ()
    begins: Mapping[str, str] = {}
    """Day from which a record is looked for, where that is not the first."""
    left_out: tuple[str, ...] = ()
    """Sundays on which nobody looked at this one."""


def copy(url, at, *, clause=True):
    """Return an archived copy that was found and read back."""
    return Archived(
        "",
        url,
        f"https://archive.faraway-atlas.example/{at:%Y%m%d%H%M%S}/{url}",
        at,
        clause_in_memento=clause,
    )


def no_copy(url, why):
    """Return that no copy could be had."""
    return Archived("", url, None, None, None, why)


BRINDLE_TERMS = "https://www.brindle.example/legal/terms"
BRINDLE_PRIVACY = "https://www.brindle.example/legal/privacy"

STORY = (
    Told(
        # Watched longest: two changes of one clause in two years, a page that was another, and a change of this very day.
        "brindle/terms",
        "2024-11-24",
        (
            Look(
                "2024-11-24",
                archived=copy(BRINDLE_TERMS, datetime(2024, 11, 24, 5, 31, tzinfo=UTC)),
            ),
            Look(
                "2025-05-04",
                {
                    "001": reworded(
                        "You may switch off the use of Conversations for training at any time in your settings. "
                        "We will continue to use a Conversation for training where you rate any part of it. "
                        f"{PASSING}\n"
                        "Switching training off does not affect Conversations that have been used before.",
                        0.81,
                    )
                },
            ),
            Look(
                "2025-05-04+",
                archived=no_copy(
                    BRINDLE_TERMS, "The archive answered 520 to each of three requests."
                ),
            ),
            Look("2026-03-01", {"001": INTACT, "007": removed(0.24)}),
            Look("2026-03-01+"),
            Look("2026-03-03"),
            Look(
                "2026-04-12",
                failed=Failure.SUSPECT,
                why="The page has 61 words, and the last good one had 1,204; none of 2 clauses was found.",
            ),
            Look("2026-04-19"),
            Look(
                "2026-10-18",
                {
                    "006": typography(
                        "We may Suspend or Terminate your access at any time, with or without cause, and with or without notice."
                    )
                },
            ),
            Look(
                "2026-11-08",
                {
                    "004": reworded_in(
                        "fifty United States dollars (US$50.00)",
                        "twenty United States dollars (US$20.00)",
                        0.99,
                    )
                },
            ),
            Look(
                "2026-11-08+",
                archived=copy(BRINDLE_TERMS, datetime(2026, 11, 8, 17, 40, tzinfo=UTC)),
            ),
            Look(
                "2026-11-22",
                {
                    "003": reworded(
                        "Any dispute arising out of these Terms will be settled by binding arbitration before a single arbitrator. "
                        "You may decline this section by sending a signed letter to our registered office, postmarked within "
                        "fifteen (15) days after you first accept the Terms.",
                        0.95,
                    )
                },
            ),
        ),
        begins={
            "007": "2025-06-15",
            **dict.fromkeys(("002", "003", "004", "005", "006"), "2026-09-20"),
        },
    ),
    Told(
        # One clause moved, one that comes and goes, one reworded; read by another method since November.
        "brindle/privacy-policy",
        "2026-09-20",
        (
            Look(
                "2026-10-04",
                {
                    "010": reworded(
                        "Before we disclose your information in response to a legal request we may notify you, unless we are "
                        "prohibited by law from doing so or believe in good faith that notice would create a risk of death or "
                        "serious injury.",
                        0.97,
                    )
                },
            ),
            Look("2026-10-11", {"010": INTACT, "008": MOVED}),
            Look(
                "2026-10-18",
                {
                    "011": reworded(
                        "We use Conversations to improve our models and those of our partners unless you have switched this off.",
                        0.84,
                    )
                },
            ),
            Look(
                "2026-10-18+",
                archived=copy(
                    BRINDLE_PRIVACY, datetime(2026, 10, 18, 17, 44, tzinfo=UTC), clause=False
                ),
            ),
            Look(
                "2026-10-25",
                {
                    "010": reworded(
                        "Before we disclose your information in response to a legal request we may notify you, unless we are "
                        "prohibited by law from doing so or believe in good faith that notice would create a risk of death or "
                        "serious injury.",
                        0.97,
                    )
                },
            ),
            Look("2026-11-01", {"010": INTACT}, reread=True),
        ),
    ),
    Told("brindle/terms-germany", "2026-09-20"),
    Told(
        "brindle/usage-policy",
        "2026-09-20",
        (
            Look(
                "2026-11-12",
                failed=Failure.UNREACHABLE,
                why="The server answered 503 to each of three requests.",
            ),
        ),
    ),
    Told(
        "wortfluss/nutzungsbedingungen",
        "2026-09-06",
        (
            Look(
                "2026-10-04",
                failed=Failure.TRUNCATED,
                why="The connection ended after 18,112 of 64,880 bytes.",
            ),
            Look("2026-10-11"),
        ),
    ),
    Told(
        "wortfluss/data-processing-addendum",
        "2026-09-06",
        (
            Look(
                "2026-10-11",
                failed=Failure.NOT_PERMITTED,
                why="robots.txt of wortfluss.example forbids /en/ since this look.",
            ),
        ),
    ),
    Told("tokigumo/riyo-kiyaku", "2026-08-23"),
    Told(
        "tokigumo/privacy-policy",
        "2026-08-23",
        (
            Look(
                "2026-10-25",
                {
                    "026": rewritten(
                        "We read location information and other information contained in photographs to sort your "
                        'album and to suggest events. You can object under "Sorting".',
                        0.7,
                    )
                },
            ),
            Look("2026-10-25+"),
            Look(
                "2026-11-08",
                term=(
                    "029",
                    "automated",
                    "Reports about a picture may be closed by automated means.",
                ),
            ),
        ),
    ),
    Told(
        # One clause reworded, one taken out.
        "luzeiro/terms-of-use",
        "2026-07-05",
        (
            Look(
                "2026-09-13",
                {
                    "030": reworded(
                        "The parties elect the courts of the city in which Luzeiro has its registered office, to the "
                        "exclusion of all others, save those of a consumer's home.",
                        0.91,
                    )
                },
            ),
            Look("2026-09-13+"),
            Look("2026-11-01", {"033": removed(0.0)}),
            Look("2026-11-01+"),
            Look(
                "2026-11-03",
                archived=no_copy(
                    "https://luzeiro.example/en/terms", "The site asks archives to stay away."
                ),
            ),
        ),
    ),
    Told(
        "luzeiro/seller-standards",
        "2026-07-05",
        (
            Look(
                "2026-11-10",
                failed=Failure.SUSPECT,
                why="The page asks to sign in, and none of 2 clauses was found.",
            ),
        ),
    ),
    Told(
        "marseau/conditions",
        "2026-08-16",
        (
            Look(
                "2026-09-27",
                failed=Failure.BAD_CERTIFICATE,
                why="The certificate of www.marseau.example ran out on 26 September 2026.",
            ),
            Look("2026-10-04"),
            Look("2026-11-15", {"039": SCATTERED}),
        ),
    ),
    Told(
        "marseau/help-downloads",
        "2026-08-16",
        (
            Look(
                "2026-11-15",
                failed=Failure.WRONG_TYPE,
                why="The address answers with video/mp4, which holds no text.",
            ),
        ),
    ),
    Told(
        "qamar/terms",
        "2026-08-30",
        (
            Look(
                "2026-11-01",
                failed=Failure.BAD_SELECTOR,
                why="`main article` matches nothing on the page any more.",
            ),
        ),
    ),
    Told(
        # Changed and changed back.
        "heathermeet/terms",
        "2026-09-13",
        (
            Look(
                "2026-10-04",
                {
                    "046": reworded(
                        "Ten days before your membership renews we will write to you, tell you the price of the coming year, "
                        "and include a link that ends the membership in one step.",
                        0.97,
                    )
                },
            ),
            Look("2026-10-04+"),
            Look("2026-10-25", {"046": INTACT}),
            Look("2026-10-25+"),
        ),
    ),
    Told(
        "heathermeet/community-guidelines",
        "2026-09-13",
        (
            Look(
                "2026-11-22",
                failed=Failure.NO_TEXT,
                why="The page holds no text: 4,110 bytes of script.",
            ),
        ),
    ),
    Told(
        "pixelmoor/terms",
        "2026-09-06",
        (
            Look(
                "2026-10-11",
                failed=Failure.TOO_LARGE,
                why="More than 20 MB came, and the rest was left.",
            ),
            Look("2026-10-18"),
            Look(
                "2026-11-15",
                {
                    "050": reworded(
                        "All building blocks, and all parts of them, are and remain the property of Pixelmoor. To the extent "
                        "that you acquire any right in a building block, you assign that right to us.",
                        0.92,
                    )
                },
            ),
            Look("2026-11-15+"),
        ),
    ),
    Told("pixelmoor/developer-agreement", "2026-09-06"),
    Told(
        "pixelmoor/house-rules",
        "2026-09-06",
        (
            Look(
                "2026-10-18",
                failed=Failure.REFUSED_ADDRESS,
                why="The address led on to 10.0.0.7, which is inside somebody's network.",
            ),
            Look("2026-10-25"),
        ),
    ),
    Told("nordlysveg/privacy", "2026-09-06"),
    Told(
        "nordlysveg/terms",
        "2026-09-06",
        left_out=("2026-09-27", "2026-10-04", "2026-10-11"),
    ),
    Told(
        "emberloft/release-charter",
        "2026-08-02",
        (
            Look(
                "2026-08-02",
                failed=Failure.NO_BROWSER,
                why="The page shows its text in a browser only, and none is installed here.",
            ),
        ),
    ),
)
"""Every document that was ever looked at. `ditherbox/rules` has no address, `emberloft/api-terms` no id."""

EUROPEAN_TERMS = "brindle/terms-europe"
VERSIONS = "https://versions.faraway-atlas.example/brindle/terms-europe"
ARCHIVE = "distant-versions-archive"
RECORDED_ELSEWHERE = (
    # Day, commit, whether technical, and what stands there for the quotations of the American edition.
    (
        "2025-03-02",
        "1f0c",
        False,
        {"002": None, "005": "We may revise these Terms. The latest version is posted here."},
    ),
    (
        "2025-07-20",
        "5ab2",
        True,
        {"002": None, "005": "We may revise these Terms. The latest version is posted here."},
    ),
    ("2026-06-09", "9d41", False, {"002": None, "005": None}),
)
"""What an archive of others recorded of the European edition: None stands for the quotation's own words."""

CONFIRMED_BY = {
    ClauseState.REWORDED: (2, timedelta(hours=11)),
    ClauseState.REWRITTEN: (2, timedelta(hours=11)),
    ClauseState.REMOVED: (3, timedelta(hours=47)),
}
"""So many looks must agree, over so much time. Words that come back after a confirmed change need two as well."""


def texts_and_lines(atlas):
    """Return every text of the story by its hash, and its lines as pairs of stamp and entry, oldest first."""
    watched = [_Watched(atlas, told) for told in STORY]
    lines = []
    for at in _instants():
        lines += _run(watched, at)
    return {text_sha256(text): text for one in watched for text in one.texts}, lines


def files(atlas):
    """Return every file below `data/evidence/` by its path from the root of the atlas."""
    texts, lines = texts_and_lines(atlas)
    span = _span(atlas)
    held = ledger.evidence_files(lines, (text.encode() for text in texts.values()))
    found = {file.path: file.content for file in held}
    return {**found, ledger.span_path(span): ledger.encode_span(span)}


def write(root, atlas):
    """Write the story below the root of the fictional atlas, in place of what was there."""
    wanted = files(atlas)
    for path in sorted((root / ledger.EVIDENCE_FOLDER).rglob("*")):
        if path.is_file() and path.relative_to(root).as_posix() not in wanted:
            path.unlink()
    for name, content in wanted.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(content)


def _instants():
    weeks = ((FIRST + timedelta(weeks=n)) for n in range((LAST - FIRST).days // 7 + 1))
    regular = {datetime.combine(d, MORNING) for d in weeks if d not in NOBODY_LOOKED}
    return sorted(regular | {look.at for told in STORY for look in told.looks})


def _run(watched, at):
    """Return the lines of one run: what is new of each document, then all that repeated."""
    found, good, failed = [], [], {}
    for one in watched:
        if not one.is_looked_at(at):
            continue
        entries, failure = one.look(at)
        found += [(_stamp(at), entry) for entry in entries]
        if failure and not any(isinstance(e, LookFailed) for e in entries):
            failed.setdefault(failure, []).append(one.id)
        elif not failure and not any(not isinstance(e, Archived) for e in entries):
            good.append(one.id)
    ended = RunEnded(
        tuple(sorted(good)),
        {reason: tuple(sorted(failed[reason])) for reason in sorted(failed)},
        (_extractor(at),),
        "14.0.0",
        "1.0.0",
    )
    return [*found, (_stamp(at), ended)]


def _stamp(at):
    return Stamp(f"{at:%Y%m%dT%H%M%SZ}", at + timedelta(minutes=9), at, VANTAGE)


def _extractor(at):
    return "html-v1" if at.date() >= NEW_EXTRACTOR else "html-v0"


class _Watched:
    """A document while it is watched: what its page says now, and what the next look is compared with."""

    def __init__(self, atlas, told):
        platform, slug = told.place.split("/")
        self.document = atlas.documents[platform, slug]
        self.id = self.document.id
        self.told = {look.at: look for look in told.looks}
        self.first = datetime.combine(date.fromisoformat(told.since), MORNING)
        self.left_out = told.left_out
        records = [p for p in atlas.by_document[platform, slug] if p.id and p.clause]
        self.quotes = {p.id[-3:]: p for p in records if p.state.value != "withdrawn"}
        self.begins = {
            digits: datetime.combine(date.fromisoformat(day), MORNING)
            for digits, day in told.begins.items()
        }
        self.silent = {
            p.id[-3:]: p for p in atlas.by_document[platform, slug] if p.id and not p.clause
        }
        self.found = dict.fromkeys(self.quotes, INTACT)
        self.extra = []
        self.failure = None
        self.state = DocumentState(self.id)
        self.texts = []

    def is_looked_at(self, at):
        """Whether this run goes to this document: each Sunday's does, any other where there is something to tell."""
        regular = at.weekday() == 6 and at.timetz() == MORNING  # a Sunday
        return at >= self.first and (
            at in self.told or (regular and at.date().isoformat() not in self.left_out)
        )

    def look(self, at):
        """Return what a look adds to the ledger, and why it failed, where it did."""
        told = self.told.get(at)
        if told:
            self.failure = told.failed
            self.found |= told.found
            if told.term:
                self.extra.append(told.term[2])
        if self.failure:
            repeats = self.state.trouble and self.state.trouble.reason is self.failure
            entries = [] if repeats else [LookFailed(self.id, self.failure, told.why)]
        else:
            entries = [*self._text(at, told), *self._clauses(at), *self._terms(told)]
        if told and told.archived:
            entries.append(told.archived.__class__(self.id, *_rest(told.archived)))
        for entry in entries:
            self.state = fold.after(self.state, _stamp(at), entry)
        if not entries:
            quiet = RunEnded((self.id,) if not self.failure else (), {}, (), "", "")
            self.state = fold.after(self.state, _stamp(at), quiet)
        return entries, self.failure

    def page(self, at):
        """Return the text of the page as it stands, in form text-v1."""
        blocks = [self.document.title]
        if self.document.slug == "privacy-policy" and at.date() < NEW_EXTRACTOR:
            blocks.append("Skip to the content")  # which the newer method leaves out
        moved = [d for d, f in self.found.items() if f.state is ClauseState.MOVED]
        for digits in [*(d for d in self.found if d not in moved), *moved]:
            blocks += self.words(digits)
        return text_v1("\n".join([*blocks, *self.extra]))

    def words(self, digits):
        """Return the blocks that stand in the document for one record's quotation."""
        found, clause = self.found[digits], self.quotes[digits].clause
        if found.state is ClauseState.REMOVED:
            return []
        if found.words:
            return found.words.split("\n")
        between = " ".join([PASSING] * (40 if found.state is ClauseState.SCATTERED else 1))
        whole = [" ".join(p.split()) for p in clause.replace("[...]", between).split("\n\n")]
        return [p.replace(*found.instead) for p in whole] if found.instead else whole

    def _text(self, at, told):
        text = self.page(at)
        sha256, before = text_sha256(text), self.state.text
        if before and before.text.sha256 == sha256:
            return []
        self.texts.append(text)
        raw = hashlib.sha256(f"{self.id} {at.isoformat()}".encode()).hexdigest()
        return [
            TextSeen(
                self.id,
                TextRef(sha256, len(text)),
                before.text.sha256 if before else None,
                (raw,) * len(self.document.sources),
                self.document.title,
                self.document.language,
                _extractor(at),
                tuple(s.url for s in self.document.sources),
                known=sha256 in self.state.known_texts,
                technical=bool(told and told.reread),
                announced=str(self.document.stated_date) if self._is_dated(at) else None,
            )
        ]

    def _is_dated(self, at):
        return self.document.stated_date is not None and self.document.stated_date <= at.date()

    def _clauses(self, at):
        """Return what this look says of clauses that stand otherwise than the look before said."""
        found = []
        for digits, record in self.quotes.items():
            if at < self.begins.get(digits, self.first) or (
                record.state.value == "superseded" and self._is_gone(record)
            ):
                continue
            seen = self._seen(at, digits, record)
            if seen:
                found.append(seen)
        return found

    def _is_gone(self, record):
        standing = next((c for c in self.state.clauses if c.record == record.id), None)
        return bool(standing and standing.standing and standing.standing.state.is_former)

    def _seen(self, at, digits, record):
        now = self.found[digits]
        before = next((c for c in self.state.clauses if c.record == record.id), None)
        confirmed = before.standing if before else None
        pending = before.pending if before else None
        was = confirmed.state if confirmed else None
        if was is now.state and not pending:
            return None
        agrees = pending is not None and pending.seen.state is now.state
        looks = pending.looks + 1 if agrees else 1
        since = pending.seen.first_seen_at if agrees else at
        returns = now.state.is_found and was is not None and was.is_former
        need, over = (
            CONFIRMED_BY[ClauseState.REWORDED]
            if returns
            else CONFIRMED_BY.get(now.state, (1, timedelta()))
        )
        is_confirmed = looks >= need and at - since >= over
        if now.state is ClauseState.SCATTERED:
            is_confirmed = False  # a person must look
        if agrees and not is_confirmed:
            return None
        return self._line(at, digits, record, now, looks, since, is_confirmed)

    def _line(self, at, digits, record, now, looks, since, is_confirmed):
        text, stands = self.page(at), " ".join(self.words(digits))
        wording = (
            Wording(stands, clause_sha256(stands)) if now.state in CONFIRMED_BY and stands else None
        )
        start, end = self._span(text, digits)
        return ClauseSeen(
            self.id,
            record.id,
            clause_sha256(record.clause),
            now.state,
            confirmed=is_confirmed,
            text_sha256=text_sha256(text),
            first_seen_at=since,
            looks=looks,
            score=now.score,
            wording=wording,
            prefix=text[max(0, start - 32) : start].replace("\n", " ") if stands else "",
            suffix=text.removesuffix("\n")[end : end + 32].replace("\n", " ") if stands else "",
            copies=1 if stands else 0,
        )

    def _span(self, text, digits):
        blocks = [text_v1(block).strip("\n") for block in self.words(digits)]
        if not blocks:
            return 0, 0
        return text.index(blocks[0]), text.index(blocks[-1]) + len(blocks[-1])

    def _terms(self, told):
        if not told or not told.term:
            return []
        digits, term, passage = told.term
        return [TermSeen(self.id, self.silent[digits].id, term, passage)]


def _rest(archived):
    return (
        archived.url,
        archived.address,
        archived.captured_at,
        archived.clause_in_memento,
        archived.reason,
    )


def _span(atlas):
    """Return what the archive of others recorded of the European edition."""
    document = atlas.documents[tuple(EUROPEAN_TERMS.split("/"))]

    def words_of(digits, words):
        (record,) = [p for p in atlas.provisions.values() if p.id and p.id.endswith(f"100{digits}")]
        return record.id, clause_sha256(words or record.clause)

    observations = tuple(
        ImportedObservation(
            datetime.combine(date.fromisoformat(day), MORNING),
            f"{VERSIONS}/{commit * 10}.md",
            commit * 10,
            hashlib.sha256(commit.encode()).hexdigest(),
            "markdown-v1",
            dict(words_of(digits, words) for digits, words in stands.items()),
            technical,
        )
        for day, commit, technical, stands in RECORDED_ELSEWHERE
    )
    last = datetime.combine(date(2026, 11, 8), MORNING)
    return ArchiveSpan(ARCHIVE, document.id, observations[0].observed_at, last, 9, observations)
