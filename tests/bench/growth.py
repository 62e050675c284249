"""A year of evidence in git: 1,000 documents, two runs a day, a commit for each run, packed by `git gc`.

Everything is invented but the rates. Each document of some 30 kB has ten texts in the year, each with a
few sentences other than the one before; one in twenty flips between two known texts; one look in
fifty begins a spell in which looks fail; one change in ten touches a clause, and is confirmed.
"""

import hashlib
import itertools
import random
import subprocess
import tempfile
import time
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from atlas import ledger
from atlas.fold import after
from atlas.held import Held
from atlas.model import (
    ClauseSeen,
    ClauseState,
    DocumentState,
    Failure,
    LookFailed,
    RunEnded,
    Stamp,
    TextRef,
    TextSeen,
    Wording,
)
from bench.row import Row

START = datetime(2026, 1, 1, 5, 17, tzinfo=UTC)
MIB = 1024 * 1024
DEMANDED = 50
"""MiB that the repository may grow in the year."""
DEMANDED_SECONDS = 10
"""Of the processor, in which a year of evidence is read, every hash made again."""

CHANGES = 9
"""New texts of a document in a year, besides its first."""
LENGTH = 30_000
FLAPPING = 0.05
"""Share of documents that flip between two known texts, every fifth look."""
FAILING = 0.004
"""Chance of a look to begin a spell of failed ones."""
TOUCHED = 0.1
"""Share of changes that touch a clause."""
CLAUSES = 3


def rows(thorough):
    """Return the rows about growth and reading; 20 documents and 30 runs where not `thorough`."""
    documents, runs = (1000, 730) if thorough else (20, 30)
    with tempfile.TemporaryDirectory(prefix="growth-") as place:
        root = Path(place)
        year = _Year(documents, runs)
        began = time.monotonic()
        _commit(root, year)
        told = time.monotonic() - began
        packed = _packed(root)
        git(root, "checkout", "-q", "-f", "main")
        began = time.process_time()
        holding = Held(root).read()
        read = time.process_time() - began
    looks = sum(len(history.looks) for history in holding.evidence.histories.values())
    what = f"{documents:,} documents, {runs} runs, a commit each"
    counts = f"{year.texts:,} texts, {year.lines:,} lines, {looks:,} looks"
    return [
        Row(f"growth: {what}", f"<= {DEMANDED} MiB", f"{packed / MIB:.1f} MiB packed ({counts}; made in {told:.0f} s)", packed <= DEMANDED * MIB),
        Row("growth: sound when read back", "no problem", f"{len(holding.problems)} problems", not holding.problems),
        Row(f"growth: {what}, read and folded", f"<= {DEMANDED_SECONDS} s", f"{read:.1f} s of the processor", read <= DEMANDED_SECONDS),
    ]  # fmt: skip


@dataclass
class _Document:
    """One invented document and what happens to it."""

    id: str
    rng: random.Random
    changes: dict[int, int]
    """How many sentences change, by run."""
    is_flapping: bool
    sentences: list[str] = field(default_factory=list)
    state: DocumentState | None = None
    fails_until: int = -1
    clause: str = ""
    other: str | None = None
    """The text that it flips to."""


class _Year:
    """What each run adds, one after the other."""

    def __init__(self, documents, runs):
        rng = random.Random(20261122)
        self.runs, self.texts, self.lines = runs, 0, 0
        self.words = _words(rng)
        self.documents = [self._document(n, runs) for n in range(documents)]
        self.last = None
        self.grown = {}

    def _document(self, number, runs):
        rng = random.Random(number)
        changes = {rng.randrange(1, runs): rng.randint(1, 6) for _ in range(CHANGES)}
        one = _Document(f"GR-D-{10000 + number:05}", rng, changes, rng.random() < FLAPPING)
        one.state = DocumentState(one.id)
        one.clause = self._sentence(rng)
        one.sentences = [one.clause]
        while sum(map(len, one.sentences)) < LENGTH:
            one.sentences.append(self._sentence(rng))
        return one

    def _sentence(self, rng):
        words, weights = self.words
        return " ".join(rng.choices(words, cum_weights=weights, k=rng.randint(8, 40))) + ".\n"

    def run(self, number):
        """Return the files that a run writes, by path."""
        at = START + timedelta(hours=12 * number)
        stamp = Stamp(f"{at:%Y%m%dT%H%M%SZ}", at, at, "region EU, language en, GrowthBot/1.0")
        files, entries, good, failed = {}, [], [], []
        for one in self.documents:
            before = one.state
            new = list(self._looked(one, number, stamp, files))
            for entry in new:
                one.state = after(one.state, stamp, entry)
                entries.append((stamp, entry))
            if not new:
                (failed if one.fails_until > number else good).append(one.id)
            if new or before.trouble or any(c.pending for c in before.clauses):
                files[ledger.state_path(one.id)] = one
        reasons = {Failure.UNREACHABLE: tuple(failed)} if failed else {}
        ended = RunEnded(tuple(good), reasons, ("html-v1",), "15.0.0", "0.1.0")
        entries.append((stamp, ended))
        for path, one in files.items():
            if isinstance(one, _Document):
                one.state = after(one.state, stamp, ended)
                files[path] = ledger.encode_state(one.state)
        lines = ledger.chain(entries, self.last)
        self.last = lines[-1]
        self.lines += len(lines)
        path = f"{ledger.LEDGER_FOLDER}/{ledger.month_of(stamp)}.jsonl"
        self.grown[path] = self.grown.get(path, b"") + b"".join(lines)
        return {**files, path: self.grown[path], ledger.HEAD_FILE: ledger.encode_head(lines[-1])}

    def _looked(self, one, number, stamp, files):
        """Yield what one look at a document adds."""
        if one.fails_until > number:
            return
        if one.rng.random() < FAILING:
            one.fails_until = number + one.rng.choice([1, 1, 2, 6])
            yield LookFailed(one.id, Failure.UNREACHABLE, "The server answered 503 three times.")
            return
        touched = False
        if one.state.text is None or number in one.changes:
            for _ in range(one.changes.get(number, 0)):
                one.sentences[one.rng.randrange(1, len(one.sentences))] = self._sentence(one.rng)
            if one.state.text and one.rng.random() < TOUCHED:
                touched = True
                one.sentences[0] = self._sentence(one.rng)
            one.other = one.state.text.text.sha256 if one.state.text else None
            text = "".join(one.sentences).encode()
            yield self._text(one, hashlib.sha256(text).hexdigest(), len(text), text, files)
        elif one.is_flapping and one.other and number % 5 == 0:
            now, one.other = one.other, one.state.text.text.sha256
            yield self._text(one, now, LENGTH, None, files)
        yield from self._clauses(one, stamp, is_touched=touched)

    def _text(self, one, sha256, characters, content, files):
        before = one.state.text
        if content is not None:
            files[ledger.text_path(sha256, one.id)] = content
            self.texts += 1
        return TextSeen(
            one.id, TextRef(sha256, characters), before.text.sha256 if before else None,
            (hashlib.sha256(one.rng.randbytes(8)).hexdigest(),), "Terms of Service", "en", "html-v1",
            (f"https://h{one.id[-3:]}.example/legal/terms",), known=content is None,
        )  # fmt: skip

    def _clauses(self, one, stamp, *, is_touched):
        """Yield the first sightings, a change of the first clause, and its confirmation a look later."""
        at, number = stamp.observed_at, int(one.id[-5:]) * CLAUSES
        if not one.state.clauses:
            for record in range(number, number + CLAUSES):
                text = one.sentences[record - number]
                sha256 = hashlib.sha256(text.encode()).hexdigest()
                yield ClauseSeen(one.id, f"GR-P-{record:06}", sha256, ClauseState.INTACT, True, sha256, at, prefix=text[:32], suffix=text[-32:])  # fmt: skip  # noqa: FBT003
            return
        clause = one.state.clauses[0]
        if is_touched:
            text = one.sentences[0]
            wording = Wording(text, hashlib.sha256(text.encode()).hexdigest())
            seen = clause.standing or clause.pending.seen
            yield replace(
                seen,
                state=ClauseState.REWORDED,
                confirmed=False,
                first_seen_at=at,
                looks=1,
                score=0.87,
                wording=wording,
            )
        elif clause.pending:
            yield replace(clause.pending.seen, confirmed=True, looks=clause.pending.looks + 1)


def _words(rng):
    """Return invented words and their cumulative weights: as unequal as those of a language, so that they pack alike."""
    syllables = "con ter pro vi de re ser use data we you al low in form a tion ment ing er ly pol icy par ty on to of is or".split()
    words = ["".join(rng.choices(syllables, k=rng.choice([1, 1, 2, 2, 3]))) for _ in range(4000)]
    return words, list(itertools.accumulate(1 / rank for rank in range(1, len(words) + 1)))


def git(root, *arguments, **options):
    """Run git in a folder, without the settings of whoever runs it."""
    return subprocess.run(
        ["git", "-c", "core.autocrlf=false", "-c", "init.defaultBranch=main", *arguments],
        cwd=root, check=True, **options,
    )  # fmt: skip


def _commit(root, year):
    """Write the year as a repository, one commit for each run, by way of git's own importer."""
    git(root, "init", "-q")
    with subprocess.Popen(
        ["git", "fast-import", "--quiet", "--depth=0"], cwd=root, stdin=subprocess.PIPE
    ) as importer:
        into = importer.stdin
        for number in range(year.runs):
            files = year.run(number)
            at = int((START + timedelta(hours=12 * number)).timestamp())
            into.write(b"commit refs/heads/main\n")
            into.write(b"committer bot <bot@growth.example> %d +0000\n" % at)
            into.write(b"data 4\nRun\n")
            for path, content in files.items():
                into.write(b"M 100644 inline %s\ndata %d\n" % (path.encode(), len(content)))
                into.write(content + b"\n")
        into.close()
    assert importer.returncode == 0


def _packed(root):
    """Return the bytes of all objects after `git gc`, as if they had come in by ordinary commits."""
    # What the importer packed whole would be left whole; `-f` looks for likenesses afresh, with gc's own limits.
    git(root, "repack", "-q", "-a", "-d", "-f")
    git(root, "gc", "-q", "--prune=now")
    return sum(path.stat().st_size for path in (root / ".git/objects").rglob("*") if path.is_file())
