"""Small ledgers: runs written in place, for tests that need to say what was seen."""

import hashlib
import json
from datetime import UTC, datetime, timedelta

from atlas import ledger
from atlas.fold import after
from atlas.load_evidence import EvidenceReader
from atlas.model import (
    Archived,
    ArchiveSpan,
    ClauseSeen,
    ClauseState,
    DocumentState,
    Failure,
    ImportedObservation,
    LookFailed,
    Pending,
    RunEnded,
    SourceFile,
    Stamp,
    TermSeen,
    TextRef,
    TextSeen,
    Wording,
)
from atlas.record import EvidenceFolder

START = datetime(2026, 10, 30, 5, 17, tzinfo=UTC)
TERMS, PRIVACY = "SA-D-00001", "SA-D-00002"
CLAUSE, OTHER = "SA-P-100001", "SA-P-100002"
TEXTS = ("We may.\n", "We will.\n", "You may.\n")
HASHES = tuple(hashlib.sha256(text.encode()).hexdigest() for text in TEXTS)
BYTES = tuple(text.encode() for text in TEXTS)


def stamp(run=0, *, minutes=0):
    """Return the stamp of a look: runs begin twelve hours apart."""
    begun = START + timedelta(hours=12 * run)
    at = begun + timedelta(minutes=minutes)
    return Stamp(f"{begun:%Y%m%dT%H%M%SZ}", at, at, "region EU, language en, SampleBot/1.0")


def text_seen(document=TERMS, text=0, previous=None, **others):
    """Return a good look at one of `TEXTS`."""
    told = {
        "document": document,
        "text": TextRef(HASHES[text], len(TEXTS[text])),
        "previous": None if previous is None else HASHES[previous],
        "raw_sha256": (HASHES[text],),
        "title": "Terms",
        "language": "en",
        "extractor": "plain-v1",
        "final_urls": ("https://acme.example/terms",),
    }
    return TextSeen(**{**told, **others})


def clause_seen(state=ClauseState.INTACT, *, confirmed=True, run=0, wording=None, **others):
    """Return a sighting of a clause."""
    told = {
        "document": TERMS,
        "record": CLAUSE,
        "quote_sha256": HASHES[0],
        "state": state,
        "confirmed": confirmed,
        "text_sha256": HASHES[0],
        "first_seen_at": stamp(run).observed_at,
        "wording": None if wording is None else Wording(TEXTS[wording], HASHES[wording]),
    }
    return ClauseSeen(**{**told, **others})


def run_ended(*good, failed=None):
    """Return the last line of a run."""
    return RunEnded(good, failed or {}, ("html-v1", "plain-v1"), "15.0.0", "0.1.0")


def story():
    """Return three runs over two documents, the last in another month: each kind of line at least once."""
    return [
        (stamp(0), text_seen()),
        (stamp(0), clause_seen()),
        (stamp(0, minutes=1), text_seen(PRIVACY, 2)),
        (
            stamp(0, minutes=2),
            Archived(TERMS, "https://acme.example/terms", None, None, None, "no"),
        ),
        (stamp(0, minutes=3), run_ended()),
        (stamp(1), text_seen(text=1, previous=0)),
        (stamp(1), clause_seen(ClauseState.REWORDED, confirmed=False, run=1, wording=1, score=0.9)),
        (stamp(1, minutes=1), LookFailed(PRIVACY, Failure.UNREACHABLE, "It answered 503 — twice.")),
        (stamp(1, minutes=3), run_ended()),
        (stamp(4), TermSeen(PRIVACY, OTHER, "train", "We train.")),
        (stamp(4, minutes=3), run_ended(TERMS, failed={})),
    ]


def span(**others):
    """Return what another archive recorded of a document."""
    told = {
        "held_by": "open-terms-archive",
        "document": TERMS,
        "first_at": START,
        "last_at": START + timedelta(days=90),
        "versions": 3,
        "observations": tuple(
            ImportedObservation(
                START + timedelta(days=days),
                "https://archive.example/commit/1",
                "0" * 40,
                HASHES[0],
                "markdown-v1",
                {CLAUSE: clause},
            )
            for days, clause in ((0, HASHES[1]), (40, ""))
        ),
    }
    return ArchiveSpan(**{**told, **others})


def record_run(root, number):
    """Record one run of the story as the verifier does: mend what was left, then write what is new."""
    runs = sorted({stamp.run for stamp, _ in story()})
    with EvidenceFolder(root, runs[number]) as folder:
        loaded = EvidenceReader(root).read()
        mending, problems = ledger.mending(loaded.files, loaded.text_hashes)
        assert (loaded.problems, problems) == ((), ())
        folder.mend(mending.write, mending.remove)
        last = folder.last_line()
        if last and json.loads(last)["run"] == runs[number]:
            return
        new = [pair for pair in story() if pair[0].run == runs[number]]
        states = {}
        for stamp, entry in new:
            for document in (TERMS, PRIVACY):
                content = folder.state(document)
                before = states.get(document) or (
                    ledger.decode_state(content) if content else DocumentState(document)
                )
                states[document] = after(before, stamp, entry)
        texts = [
            (entry.document, BYTES[HASHES.index(entry.text.sha256)])
            for _, entry in new
            if isinstance(entry, TextSeen)
        ]
        lines = ledger.chain(new, last)
        folder.record(
            texts,
            {document: ledger.encode_state(state) for document, state in states.items()},
            ledger.month_of(new[0][0]),
            lines,
            ledger.encode_head(lines[-1]),
        )


def source(root, path):
    """Return a file of an atlas."""
    return SourceFile(path, (root / path).read_bytes())


def pending(seen, looks, told):
    """Return a change that is being confirmed since it was first seen."""
    return Pending(seen, looks, told.observed_at)
