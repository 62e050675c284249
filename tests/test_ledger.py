"""The ledger: what is read is what was written, and whatever was changed since is found and named."""

import hashlib
import json
import os
import random
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import ledger_values
import ledgers
import pytest
from conftest import ROOT
from hypothesis import given
from ledgers import BYTES, HASHES, TERMS, stamp, story

from atlas import ledger
from atlas.fold import histories
from atlas.ledger.chain import FIRST, decode
from atlas.model import DocumentState, LedgerLine, SourceFile, Stamp, TextSeen
from atlas.problem import Problem

MONTHS = ["data/evidence/ledger/2026-10.jsonl", "data/evidence/ledger/2026-11.jsonl"]
STATE = f"data/evidence/documents/{TERMS}.json"


def whole():
    """Return the files of a small evidence folder, by path."""
    span = ledgers.span()
    files = {f.path: f.content for f in ledger.evidence_files(story(), BYTES)}
    return {**files, ledger.span_path(span): ledger.encode_span(span)}


def examined(files, windows=frozenset()):
    """Return the evidence and the problems of files by path."""
    sources = [SourceFile(path, content) for path, content in files.items()]
    texts = {f.path: hashlib.sha256(f.content).hexdigest() for f in sources if "/texts/" in f.path}
    return ledger.read_evidence([f for f in sources if f.path not in texts], texts, windows)


def problems(files):
    """Return `path:line message` of each problem."""
    found = examined(files)[1]
    assert all(p.blocks and p.code == "broken-evidence" and p.hint for p in found)
    return [f"{p.path.removeprefix('data/evidence/')}:{p.span.line} {p.message}" for p in found]


def changed_line(files, path, number, change):
    """Return the files with one line changed by a function of its bytes."""
    lines = files[path].split(b"\n")
    lines[number - 1] = change(lines[number - 1])
    return {**files, path: b"\n".join(lines)}


def all_lines(files):
    """Return path, number and bytes of every line of the ledger, in order."""
    return [
        (path, number, line)
        for path in MONTHS
        for number, line in enumerate(files[path].split(b"\n")[:-1], 1)
    ]


def lines_of(content):
    return ledger.read([SourceFile(MONTHS[0], content)])[0]


# --- What is read is what was written ---------------------------------------------------------


@given(ledger_values.LINES)
def test_what_is_read_is_what_was_written(line):
    """Every value that a line can hold comes back as it was, and the same value is always the same bytes."""
    content = ledger.encode(line)
    assert content.count(b"\n") == 1
    assert content.endswith(b"\n")
    (found,) = lines_of(content)
    assert found == line
    assert ledger.encode(found) == content


@given(ledger_values.values(DocumentState))
def test_a_state_is_read_as_it_was_written(state):
    """The same of the state of a document."""
    content = ledger.encode_state(state)
    assert ledger.decode_state(content) == state
    assert ledger.encode_state(ledger.decode_state(content)) == content


def test_a_whole_folder_is_sound():
    """Everything that `evidence_files` writes is read without a problem, and says what was put in."""
    evidence, found = examined(whole())
    assert found == ()
    assert set(evidence.histories) == {TERMS, ledgers.PRIVACY}
    assert set(evidence.texts) == set(HASHES)
    assert evidence.spans == {TERMS: (ledgers.span(),)}
    entries = [(one.stamp, one.entry) for one in lines_of(whole()[MONTHS[0]])]
    assert entries == story()[: len(entries)]


def test_a_line_in_full():
    """The form of a line is known outside of this program: it changes only with its `v`."""
    first, last = ledger.chain([story()[1], story()[-1]])
    assert json.loads(first) == {
        "v": 1, "seq": 1, "prev": "0" * 64, "run": "20261030T051700Z", "kind": "clause",
        "recorded_at": "2026-10-30T05:17:00Z", "observed_at": "2026-10-30T05:17:00Z",
        "document": TERMS, "vantage": "region EU, language en, SampleBot/1.0", "held_by": "us",
        "record": ledgers.CLAUSE, "quote_sha256": HASHES[0], "state": "intact", "confirmed": True,
        "text_sha256": HASHES[0], "first_seen_at": "2026-10-30T05:17:00Z", "looks": 1, "score": None,
        "wording": None, "lookalike": None, "prefix": "", "suffix": "", "copies": 1,
    }  # fmt: skip
    assert json.loads(last) == {
        "v": 1, "seq": 2, "prev": hashlib.sha256(first[:-1]).hexdigest(), "run": "20261101T051700Z",
        "kind": "run", "recorded_at": "2026-11-01T05:20:00Z", "observed_at": "2026-11-01T05:20:00Z",
        "document": None, "vantage": "region EU, language en, SampleBot/1.0", "held_by": "us",
        "good": [TERMS], "failed": {}, "extractors": ["html-v1", "plain-v1"], "unicode": "15.0.0",
        "program": "0.1.0",
    }  # fmt: skip
    assert (
        last == json.dumps(json.loads(last), sort_keys=True, separators=(",", ":")).encode() + b"\n"
    )


def test_new_lines_follow_on_the_last():
    """Runs that are written one after the other make the same bytes as all at once."""
    at_once = ledger.chain(story())
    one_by_one = []
    for pair in story():
        one_by_one += ledger.chain([pair], one_by_one[-1] if one_by_one else None)
    assert one_by_one == at_once


@pytest.mark.parametrize(
    "at",
    [
        datetime(2026, 1, 1, 0, 0, 0, 1, tzinfo=UTC),
        datetime(2026, 1, 1),  # noqa: DTZ001  without a zone, for the purpose
        datetime(2026, 1, 1, tzinfo=timezone(timedelta(hours=1))),
    ],
)
def test_only_whole_seconds_in_utc_are_written(at):
    """What would come back as another instant is refused before it is written."""
    with pytest.raises(ValueError, match="whole second in UTC"):
        ledger.chain([(replace(stamp(), observed_at=at), story()[0][1])])


def test_the_same_bytes_everywhere():
    """Locale, time zone and hash seed of the process change nothing."""
    program = (
        "import hashlib, sys; sys.path += ['tests', '.']; import ledgers; from atlas import ledger;"
        "files = ledger.evidence_files(ledgers.story(), ledgers.BYTES);"
        "print(hashlib.sha256(b''.join(f.path.encode() + f.content for f in files)).hexdigest())"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": locale},
            cwd=ROOT, capture_output=True, text=True, check=True,
        ).stdout
        for seed, zone, locale in (("1", "Asia/Kathmandu", "tr_TR.UTF-8"), ("77", "America/St_Johns", "C"))
    }  # fmt: skip
    files = ledger.evidence_files(story(), BYTES)
    own = hashlib.sha256(b"".join(f.path.encode() + f.content for f in files)).hexdigest()
    assert found == {f"{own}\n"}


# --- Whatever was changed is found ------------------------------------------------------------


def test_every_changed_byte_is_found_and_its_line_named(thorough):
    """Any byte of any line made any other: there is one problem, and it stands at that very line."""
    files = whole()
    moments = random.Random(None if thorough else 20261122)
    for path, number, line in all_lines(files):
        places = range(len(line)) if thorough else moments.sample(range(len(line)), 40)
        for place in places:
            new = moments.choice([b for b in range(256) if b not in (line[place], 10)])
            edited = changed_line(
                files,
                path,
                number,
                lambda old, at=place, new=new: old[:at] + bytes([new]) + old[at + 1 :],
            )
            found = examined(edited)[1]
            assert [(p.path, p.span.line) for p in found] == [(path, number)], (
                number,
                place,
                new,
                found,
            )


def test_every_line_feed_matters():
    """A line broken in two, or two made one, is told at the place."""
    files = whole()
    for path, number, line in all_lines(files):
        halved = changed_line(files, path, number, lambda old: old[:9] + b"\n" + old[10:])
        assert {(p.path, p.span.line) for p in examined(halved)[1]} == {
            (path, number),
            (path, number + 1),
        }
        lines = files[path].split(b"\n")
        joined = b"\n".join(
            [*lines[: number - 1], line + b" " + lines[number], *lines[number + 1 :]]
        )
        first = examined({**files, path: joined})[1][0]
        assert (first.path, first.span.line) == (path, number)


def test_every_missing_line_is_missed():
    """Each line taken out is told at the place where it was, the last one included."""
    files = whole()
    for path, number, line in all_lines(files):
        content = files[path].replace(line + b"\n", b"")
        found = problems({**files, path: content})
        followed = content.split(b"\n")[number - 1]
        if followed:
            assert found[0].startswith(f"{path[14:]}:{number} "), found
            assert " missing before this one" in found[0]
        assert len(found) == 1, found
    assert problems({p: c for p, c in files.items() if p != MONTHS[0]}) == [
        "ledger/2026-11.jsonl:1 9 lines are missing before this one: its `seq` is 10, and 1 is due"
    ]
    assert problems({p: c for p, c in files.items() if p != MONTHS[1]}) == [
        "ledger/head.json:1 the last 2 lines of the ledger are gone: it had 11, and 9 are left"
    ]
    assert problems({p: c for p, c in files.items() if p not in MONTHS}) == [
        "ledger/head.json:1 the last 11 lines of the ledger are gone: it had 11, and 0 are left"
    ]
    assert problems({**files, MONTHS[1]: b""}) == ["ledger/2026-11.jsonl:1 this file is empty"]


def test_lines_out_of_place_are_named():
    """Two lines exchanged, one written twice, two files exchanged."""
    files = whole()
    lines = files[MONTHS[0]].split(b"\n")
    swapped = [*lines[:2], lines[3], lines[2], *lines[4:]]
    assert (
        "ledger/2026-10.jsonl:3 a line is missing before this one: its `seq` is 4, and 3 is due"
        in (problems({**files, MONTHS[0]: b"\n".join(swapped)}))
    )
    twice = [*lines[:3], lines[2], *lines[3:]]
    assert problems({**files, MONTHS[0]: b"\n".join(twice)}) == [
        "ledger/2026-10.jsonl:4 this line does not belong here: its `seq` is 3, and 4 is due"
    ]
    exchanged = {**files, MONTHS[0]: files[MONTHS[1]], MONTHS[1]: files[MONTHS[0]]}
    assert problems(exchanged)[0] == (
        "ledger/2026-10.jsonl:1 9 lines are missing before this one: its `seq` is 10, and 1 is due"
    )


def rechained(entries, path=MONTHS[0]):
    """Return a ledger in one file whose chain and head are in order."""
    lines = ledger.chain(entries)
    return {path: b"".join(lines), ledger.HEAD_FILE: ledger.encode_head(lines[-1])}


def test_runs_are_one_stretch_each():
    """Two runs that took turns, a line after the end of its run, a run in the file of another month."""
    first, second = story()[:2], story()[5:7]
    turns = [first[0], second[0], first[1], second[1]]
    assert problems(rechained(turns)) == [
        "ledger/2026-10.jsonl:3 the run `20261030T051700Z` ended before, or another one began within it"
    ]
    late = [story()[0], story()[4], story()[1]]
    assert problems(rechained(late)) == [
        "ledger/2026-10.jsonl:3 the run `20261030T051700Z` ended before, or another one began within it"
    ]
    assert problems(rechained(story()[9:])) == [
        "ledger/2026-10.jsonl:1 this run was recorded in 2026-11, and the file is another month's"
    ]


def edited(**fields):
    """Return a change of a line that keeps it canonical; a value of ... takes the key out."""

    def edit(line):
        tree = {**json.loads(line), **fields}
        kept = {key: value for key, value in tree.items() if value is not ...}
        return json.dumps(kept, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()

    return edit


@pytest.mark.parametrize(
    ("number", "change", "message", "column"),
    [
        (1, lambda _: b"{", "this is not JSON: unexpected end of data at character 2", 1),
        (1, lambda _: b"[]", "this is no object", 1),
        (1, lambda line: b" " + line, "this is not in canonical form: keys in order, each once, no blanks", 1),
        (1, lambda line: line[:-1] + b',"v":1}', "this is not in canonical form: keys in order, each once, no blanks", 1),
        (1, lambda line: line.replace(b"Terms", b"\xff"), "this is not JSON: str is not valid UTF-8: surrogates not allowed at character 1", 1),
        (1, edited(v=2), "`v` is not 1, the only format that this program reads", None),
        (1, edited(v=True), "`v` is not 1, the only format that this program reads", None),
        (1, edited(kind="rumour"), "`kind` is none of text, clause, term, failed, archived, run", None),
        (1, edited(kind=["text"]), "`kind` is none of text, clause, term, failed, archived, run", None),
        (1, edited(title=...), "the key `title` is missing", 1),
        (1, edited(mood="good"), "`mood` is not a key of a line of kind `text`", None),
        (1, edited(title=7), "`title` is not a text", None),
        (1, edited(known="no"), "`known` is not true or false", None),
        (1, edited(document="CA-7"), "`document` is not an id like `CA-D-00011`", None),
        (1, edited(raw_sha256="no"), "`raw_sha256` is not a list", None),
        (1, edited(raw_sha256=["no"]), "`raw_sha256` is not a SHA-256: 64 hexadecimal digits in lower case", None),
        (1, edited(text=None), "`text` is not an object", None),
        (1, edited(text={"form": "text-v1", "sha256": HASHES[0]}), "the key `characters` is missing", None),
        (1, edited(observed_at="2026-02-30T00:00:00Z"), "`observed_at` is not an instant like `2026-11-22T05:17:00Z`", None),
        (1, edited(observed_at="2026-10-30"), "`observed_at` is not an instant like `2026-11-22T05:17:00Z`", None),
        (1, edited(announced="in May"), "`announced` is not a date like `2026-11-22`", None),
        (1, edited(seq="1"), "`seq` is not a whole number", None),
        (1, edited(prev=None), "`prev` is not a SHA-256: 64 hexadecimal digits in lower case", None),
        (2, edited(state="gone"), "`state` is none of never-observed, intact, typography, moved, scattered, differs, reworded, rewritten, removed", None),
        (2, edited(score="high"), "`score` is not a number with a fraction", None),
        (2, edited(looks=1.5), "`looks` is not a whole number", None),
        (5, edited(document=TERMS), "`document` is not null in the line of a run", None),
        (5, edited(failed=[]), "`failed` is not an object", None),
        (5, edited(failed={"lazy": []}), "`lazy` is none of unreachable, truncated, too-large, wrong-type, no-text, bad-certificate, bad-selector, refused-address, not-permitted, no-browser, suspect, no-address, no-id", None),
    ],
)  # fmt: skip
def test_a_line_of_another_form_is_told(number, change, message, column):
    """What is wrong with a line is said at the line, and at the key where there is one."""
    (found,) = examined(changed_line(whole(), MONTHS[0], number, change))[1]
    assert (found.path, found.span.line, found.message) == (MONTHS[0], number, message)
    assert column is None or found.span.column == column


def test_a_key_is_pointed_at():
    """The column is that of the key in the line, counted in code points."""
    (found,) = examined(changed_line(whole(), MONTHS[0], 8, edited(reason="no", detail="—")))[1]
    line = (
        changed_line(whole(), MONTHS[0], 8, edited(reason="no", detail="—"))[MONTHS[0]]
        .split(b"\n")[7]
        .decode()
    )
    assert line[found.span.column - 1 : found.span.end_column - 1] == '"reason"'


def test_a_torn_last_line_is_told():
    """A line without a line feed, whatever it holds, is no line."""
    files = whole()
    torn = {**files, MONTHS[1]: files[MONTHS[1]][:-1]}
    assert problems(torn) == ["ledger/2026-11.jsonl:2 this line is torn: it has no line feed"]
    assert problems({**files, MONTHS[1]: files[MONTHS[1]] + b'{"v"'}) == [
        "ledger/2026-11.jsonl:3 this line is torn: it has no line feed"
    ]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "there is no `head.json`, so nobody can say which line is the last"),
        (b"{}", "this file is torn: it has no line feed"),
        (b"{}\n", "this is not `seq`, `sha256` and `v`, which is 1"),
        (b"?\n", "this is not JSON: unexpected character, expected a JSON value at character 1"),
    ],
)
def test_the_head_says_which_line_is_the_last(content, message):
    """Without it nobody would miss the last line."""
    files = {**whole(), ledger.HEAD_FILE: content}
    assert problems({p: c for p, c in files.items() if c is not None}) == [
        f"ledger/head.json:1 {message}"
    ]


def test_a_text_that_is_not_what_it_was_is_told():
    """Edited, exchanged, taken away, or put there by nobody."""
    files = whole()
    path, other = ledger.text_path(HASHES[0], TERMS), ledger.text_path(HASHES[1], TERMS)
    digest = hashlib.sha256(b"We must.\n").hexdigest()
    assert problems({**files, path: b"We must.\n"}) == [
        f"{path[14:]}:1 this text is not the one that was held: its SHA-256 is {digest}, not that of its name"
    ]
    assert len(problems({**files, path: files[other], other: files[path]})) == 2
    assert problems({p: c for p, c in files.items() if p != path}) == [
        f"ledger/2026-10.jsonl:1 the text that this line names is gone: {path}"
    ]
    stray = ledger.text_path(digest, TERMS)
    assert problems({**files, stray: b"We must.\n"}) == [
        f"{stray[14:]}:1 no line of the ledger knows this file"
    ]


def test_a_state_follows_from_the_ledger():
    """Edited, taken away, or put there by nobody: the ledger decides."""
    files = whole()
    assert problems({**files, STATE: files[STATE].replace(b"plain-v1", b"plain-v2")}) == [
        f"documents/{TERMS}.json:58 this state does not follow from the ledger"
    ]
    assert problems({**files, STATE: files[STATE] + b"\n"}) == [
        f"documents/{TERMS}.json:{files[STATE].count(10) + 1} this state does not follow from the ledger"
    ]
    assert problems({p: c for p, c in files.items() if p != STATE}) == [
        f"documents/{TERMS}.json:1 this state is gone, and the ledger knows the document"
    ]
    other = STATE.replace(TERMS, "SA-D-00009")
    assert problems({**files, other: files[STATE]}) == [
        "documents/SA-D-00009.json:1 no line of the ledger knows this file"
    ]


@pytest.mark.parametrize(
    "path",
    [
        "README",
        "notes/a.txt",
        "texts/a.txt",
        "documents/a.json",
        "ledger/2026-13.jsonl",
        "ledger/old.txt",
    ],
)
def test_nothing_else_stands_there(path):
    """A file that the program did not write is told, wherever below the folder."""
    assert [p.split(" ")[0] for p in problems({**whole(), f"data/evidence/{path}": b"\n"})] == [
        f"{path}:1"
    ]


def test_imports_are_read_strictly():
    """Other archives' histories: the right place, the right order, nothing left out."""
    span = ledgers.span()
    path, content = ledger.span_path(span), ledger.encode_span(span)
    first, *rest = content.split(b"\n")
    cases = {
        content[:-1]: f"{path}:1 this file is torn: its last line has no line feed",
        first + b"\n{}\n": f"{path}:2 the key `address` is missing",
        b"\n".join([first, rest[1], rest[0], b""]): (
            f"{path}:3 `observed_at` is before the line above, or outside the span"
        ),
        content.replace(TERMS.encode(), b"SA-D-00003"): (
            f"{path}:1 what stands here belongs into {path.replace(TERMS, 'SA-D-00003')}"
        ),
        b"\n".join([first, rest[0], b""]): (
            f"{path}:1 what stands here is not what was imported: its hash is another"
        ),
        content.replace(b'"technical":false', b'"technical":true', 1): (
            f"{path}:1 what stands here is not what was imported: its hash is another"
        ),
        content.replace(
            b'"v":1', b'"v":2'
        ): f"{path}:1 `v` is not 1, the only format that this program reads",
    }
    for bad, message in cases.items():
        assert problems({**whole(), path: bad}) == [message.removeprefix("data/evidence/")]


def test_windows_line_endings_are_told_for_what_they_are():
    """A checkout that rewrote line ends says so, with the way out, and says nothing else."""
    files = {path: content.replace(b"\n", b"\r\n") for path, content in whole().items()}
    _, found = examined(files, frozenset(p for p in files if "/texts/" in p))
    assert {p.message for p in found} == {
        "this file has Windows line endings, so no hash in it can hold"
    }
    assert {p.path for p in found} >= {*MONTHS, ledger.span_path(ledgers.span())}
    assert all("core.autocrlf false" in p.hint for p in found)


# --- What a killed run left -------------------------------------------------------------------


def test_a_sound_folder_needs_no_mending():
    """Nothing is written or removed where all is well."""
    files = whole()
    mending, found = ledger.mending(*split(files))
    assert (mending, found) == (ledger.Mending(), ())


def test_what_a_killed_run_left_is_mended():
    """States ahead of the ledger or gone, texts that no line names, a head that is behind."""
    sound = whole()
    old = {f.path: f.content for f in ledger.evidence_files(story()[:5], BYTES[:1])}
    stray = ledger.text_path(hashlib.sha256(b"x").hexdigest(), TERMS)
    other = STATE.replace(TERMS, "SA-D-00009")
    broken = {
        **sound,
        STATE: old[STATE],
        ledger.HEAD_FILE: old[ledger.HEAD_FILE],
        stray: b"x",
        other: b"{}",
    }
    del broken[STATE.replace(TERMS, ledgers.PRIVACY)]
    mending, found = ledger.mending(*split(broken))
    assert found == ()
    mended = {p: c for p, c in {**broken, **mending.write}.items() if p not in mending.remove}
    assert mended == sound


def test_what_was_edited_is_not_mended():
    """A broken chain is for a person: nothing is made again from it."""
    broken = changed_line(whole(), MONTHS[0], 2, lambda line: line.replace(b"intact", b"moved"))
    mending, found = ledger.mending(*split(broken))
    assert mending == ledger.Mending()
    assert [type(p) for p in found] == [Problem]


def split(files):
    sources = [SourceFile(path, content) for path, content in files.items()]
    return [f for f in sources if "/texts/" not in f.path], [p for p in files if "/texts/" in p]


def test_every_state_can_be_made_again():
    """The states on disk are those that the lines add up to, and no other."""
    files = whole()
    lines, _ = ledger.read([SourceFile(p, c) for p, c in files.items() if "/ledger/" in p])
    states = {
        ledger.state_path(d): ledger.encode_state(h.state) for d, h in histories(lines).items()
    }
    assert states == {path: c for path, c in files.items() if "/documents/" in path}


def test_a_field_that_came_later_changes_no_line_that_was_written_before():
    """What is not recorded leaves no key, so lines and states of before are read and made again byte for byte."""
    at = datetime(2026, 6, 9, tzinfo=UTC)
    plain = next(entry for _, entry in story() if isinstance(entry, TextSeen))
    for recipe in ("", "0123456789abcdef"):
        line = LedgerLine(1, FIRST, Stamp("r", at, at, "here"), replace(plain, recipe=recipe))
        written = ledger.encode(line).removesuffix(b"\n")
        assert (b'"recipe"' in written) is bool(recipe)
        assert decode(written) == line
