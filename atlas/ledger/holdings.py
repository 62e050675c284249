"""Everything below `data/evidence/` together: the ledger, the states that follow from it, the texts it names, imports.

Core. States are made again from the ledger and compared byte for byte; of a text only the hash of
its bytes is needed. `mending` says what a killed run left to be done.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from atlas.fold import histories
from atlas.ledger.breaks import RESTORE, Ledger, broken, examine, windows_line_endings
from atlas.ledger.chain import HEAD_FILE, LEDGER_FOLDER, VERSION, chain, encode_head, month_of
from atlas.ledger.coding import Wrong, dump, dump_lines, load, tree_of, value_of
from atlas.model import (
    ArchiveSpan,
    DocumentState,
    Entry,
    Evidence,
    History,
    ImportedObservation,
    SourceFile,
    Stamp,
    TextSeen,
)
from atlas.problem import Problem, Span

EVIDENCE_FOLDER = "data/evidence"
DOCUMENTS_FOLDER = f"{EVIDENCE_FOLDER}/documents"
TEXTS_FOLDER = f"{EVIDENCE_FOLDER}/texts"
IMPORTED_FOLDER = f"{EVIDENCE_FOLDER}/imported"
_TEXT = re.compile(
    rf"{TEXTS_FOLDER}/([0-9a-f]{{2}})/(\1[0-9a-f]{{62}})\.[A-Z]{{2,8}}-D-[0-9]{{5,6}}\.txt"
).fullmatch
_DIGEST = "content_sha256"
_SPAN = ("held_by", "document", "first_at", "last_at", "versions")


def encode_state(state: DocumentState) -> bytes:
    """Return what `documents/<id>.json` holds."""
    return dump_lines({"v": VERSION, **tree_of(state)})


def decode_state(content: bytes) -> DocumentState:
    """Return the state that a file of `documents/` holds.

    Raises:
        Wrong: it is not what `encode_state` writes.
    """
    if not content.endswith(b"\n"):
        raise Wrong("", "this file is torn: it has no line feed")
    tree = load(content, is_indented=True)
    if tree.pop("v", None) != VERSION:
        raise Wrong("v", f"`v` is not {VERSION}, the only format that this program reads")
    state: DocumentState = value_of(DocumentState, tree)
    return state


def encode_span(span: ArchiveSpan) -> bytes:
    """Return what `imported/<source>/<document-id>.jsonl` holds: the span, then each of its observations."""
    tree = tree_of(span)
    lines = b"".join(dump(one) + b"\n" for one in tree.pop("observations"))
    return (
        dump({"v": VERSION, **tree, _DIGEST: _digest({"v": VERSION, **tree}, lines)})
        + b"\n"
        + lines
    )


def _digest(head: Mapping[str, object], lines: bytes) -> str:
    """Return the SHA-256 of an import without this very figure: what stands in it is nobody's to edit."""
    return hashlib.sha256(dump(dict(head)) + b"\n" + lines).hexdigest()


def state_path(document: str) -> str:
    """Return where the state of a document stands, from the root of the atlas."""
    return f"{DOCUMENTS_FOLDER}/{document}.json"


def text_path(sha256: str, document: str) -> str:
    """Return where the text of this hash stands that a document had, from the root of the atlas.

    The name ends with the document because git looks for likenesses between files whose names end
    alike: so the texts of a document are packed as what changed between them, a sixth of the size.
    """
    return f"{TEXTS_FOLDER}/{sha256[:2]}/{sha256}.{document}.txt"


def span_path(span: ArchiveSpan) -> str:
    """Return where a span stands, from the root of the atlas."""
    return f"{IMPORTED_FOLDER}/{span.held_by}/{span.document}.jsonl"


def evidence_files(
    entries: Iterable[tuple[Stamp, Entry]], texts: Iterable[bytes] = ()
) -> list[SourceFile]:
    """Return all files of an evidence folder that holds these entries from the first on, and these texts."""
    entries = list(entries)
    lines = chain(entries)
    held = {hashlib.sha256(text).hexdigest(): text for text in texts}
    files: dict[str, bytes] = {
        text_path(entry.text.sha256, entry.document): held[entry.text.sha256]
        for _, entry in entries
        if isinstance(entry, TextSeen) and entry.text.sha256 in held
    }
    months: dict[str, str] = {}
    grown: dict[str, list[bytes]] = {}
    for (stamp, _), line in zip(entries, lines, strict=True):
        month = months.setdefault(stamp.run, month_of(stamp))
        grown.setdefault(f"{LEDGER_FOLDER}/{month}.jsonl", []).append(line)
    files |= {path: b"".join(content) for path, content in grown.items()}
    if lines:
        files[HEAD_FILE] = encode_head(lines[-1])
    ledger = examine([SourceFile(p, c) for p, c in files.items() if p.startswith(LEDGER_FOLDER)])
    files |= _states(histories(one.line for one in ledger.placed if one.line))
    return [SourceFile(path, files[path]) for path in sorted(files)]


@dataclass(frozen=True, slots=True)
class Mending:
    """What brings the folder to where the ledger says that it is."""

    write: Mapping[str, bytes] = field(default_factory=dict)
    """Files to write, by path from the root of the atlas."""
    remove: tuple[str, ...] = ()
    """States and texts that no line of the ledger knows."""


def mending(
    files: Sequence[SourceFile], texts: Iterable[str]
) -> tuple[Mending, tuple[Problem, ...]]:
    """Return what a killed run left to be done, given all files of the folder and the paths of its texts.

    Problems are those that no mending can take away; then nothing is mended.
    """
    ledger = examine([f for f in files if f.path.startswith(f"{LEDGER_FOLDER}/")])
    if ledger.problems and not ledger.is_behind:
        return Mending(), tuple(ledger.problems)
    wanted = _states(histories(one.line for one in ledger.placed if one.line))
    if ledger.is_behind:
        wanted[HEAD_FILE] = encode_head(ledger.placed[-1].content)
    there = {file.path: file.content for file in files}
    known = _named(ledger)
    strays = [p for p in there if p.startswith(f"{DOCUMENTS_FOLDER}/") and p not in wanted]
    strays += [path for path in texts if _TEXT(path) and path not in known]
    write = {path: content for path, content in wanted.items() if there.get(path) != content}
    return Mending(write, tuple(sorted(strays))), ()


def read_evidence(
    files: Iterable[SourceFile],
    text_hashes: Mapping[str, str],
    windows: frozenset[str] = frozenset(),
) -> tuple[Evidence, tuple[Problem, ...]]:
    """Return all that the evidence says, and everything wrong with it; every problem blocks.

    `text_hashes` has the SHA-256 of each file below `texts/` as it stands, by path; `windows` the
    paths of those that have Windows line endings.
    """
    folders: dict[str, list[SourceFile]] = {}
    for file in files:
        folders.setdefault(file.path.split("/")[2], []).append(file)
    ledger = examine(folders.pop("ledger", []))
    problems = list(ledger.problems)
    known = histories(one.line for one in ledger.placed if one.line)
    states, imports = folders.pop("documents", []), folders.pop("imported", [])
    if not problems:  # otherwise all that follows from the ledger would be told as well
        problems += _judge_states(states, known)
        problems += _judge_texts(ledger, text_hashes)
    good = _judge_hashes(text_hashes, windows, problems)
    spans: dict[str, tuple[ArchiveSpan, ...]] = {}
    for file in sorted(imports, key=lambda f: f.path):
        span = _read_span(file, problems)
        if span:
            spans[span.document] = (*spans.get(span.document, ()), span)
    for stray in (file for folder in folders.values() for file in folder):
        problems.append(_stray(stray.path))
    return Evidence(known, spans, good), tuple(problems)


def _states(known: Mapping[str, History]) -> dict[str, bytes]:
    return {
        state_path(document): encode_state(history.state)
        for document, history in known.items()
        if history.state
    }


def _judge_states(states: Sequence[SourceFile], known: Mapping[str, History]) -> list[Problem]:
    """Compare each state with the one that follows from the ledger."""
    hint = "run ./run verify, which makes it again from the ledger, or " + RESTORE
    wanted, problems = _states(known), []
    for file in states:
        content = wanted.pop(file.path, None)
        if content is None:
            problems.append(_stray(file.path))
        elif b"\r\n" in file.content:
            problems.append(windows_line_endings(file.path))
        elif content != file.content:
            span, message = (
                _difference(file.content, content),
                "this state does not follow from the ledger",
            )
            problems.append(broken(file.path, message, hint, span))
    for path in sorted(wanted):
        message = "this state is gone, and the ledger knows the document"
        problems.append(broken(path, message, hint))
    return problems


def _difference(content: bytes, wanted: bytes) -> Span:
    """Return where the bytes of a file begin to be others than wanted."""
    lines = content.decode("utf-8", "replace").split("\n")
    others = wanted.decode().split("\n")
    for number, (line, other) in enumerate(zip(lines, others, strict=False), 1):
        if line != other:
            pairs = zip(line, other, strict=False)
            column = next(
                (i for i, (a, b) in enumerate(pairs, 1) if a != b), min(len(line), len(other)) + 1
            )
            return Span(number, column, column)
    number = min(len(lines), len(others))
    return Span(number, 1, 1)


def _named(ledger: Ledger) -> dict[str, int]:
    """Return the path of each text that we hold, and the index of the first line that names it."""
    named: dict[str, int] = {}
    for at, one in enumerate(ledger.placed):
        if one.line and isinstance(one.line.entry, TextSeen) and one.line.stamp.held_by == "us":
            seen = one.line.entry
            named.setdefault(text_path(seen.text.sha256, seen.document), at)
    return named


def _judge_texts(ledger: Ledger, text_hashes: Mapping[str, str]) -> list[Problem]:
    """Tell texts that are gone, and those that no line names."""
    paths = _named(ledger)
    gone = [
        ledger.placed[at].broken(f"the text that this line names is gone: {path}", key="sha256")
        for path, at in paths.items()
        if path not in text_hashes
    ]
    return gone + [_stray(path) for path in text_hashes if path not in paths]


def _judge_hashes(
    text_hashes: Mapping[str, str], windows: frozenset[str], problems: list[Problem]
) -> dict[str, str]:
    """Return the path of each text that is what its name says, by hash; tell the others."""
    good: dict[str, str] = {}
    for path, sha256 in text_hashes.items():
        found = _TEXT(path)
        if found is None:
            continue  # told as a stray
        if found[2] == sha256:
            good.setdefault(sha256, path)
        elif path in windows:
            problems.append(windows_line_endings(path))
        else:
            message = f"this text is not the one that was held: its SHA-256 is {sha256}, not that of its name"
            problems.append(broken(path, message, RESTORE))
    return good


def _read_span(file: SourceFile, problems: list[Problem]) -> ArchiveSpan | None:
    if b"\r\n" in file.content:
        problems.append(windows_line_endings(file.path))
        return None
    number = 1
    key = ""
    try:
        if not file.content.endswith(b"\n"):
            raise Wrong("", "this file is torn: its last line has no line feed")
        first, *rest = file.content[:-1].split(b"\n")
        tree = load(first)
        if tree.pop("v", None) != VERSION:
            raise Wrong("v", f"`v` is not {VERSION}, the only format that this program reads")
        told = tree.pop(_DIGEST, None)
        observations = []
        span: ArchiveSpan = value_of(ArchiveSpan, {**tree, "observations": []})
        if span_path(span) != file.path:
            raise Wrong("document", f"what stands here belongs into {span_path(span)}")
        last = span.first_at
        for line in rest:
            number += 1
            one: ImportedObservation = value_of(ImportedObservation, load(line))
            if not last <= one.observed_at <= span.last_at:
                raise Wrong(
                    "observed_at", "`observed_at` is before the line above, or outside the span"
                )
            last = one.observed_at
            observations.append(one)
        number = 1
        if told != _digest({"v": VERSION, **tree}, b"".join(line + b"\n" for line in rest)):
            raise Wrong(_DIGEST, "what stands here is not what was imported: its hash is another")
    except Wrong as wrong:
        key = wrong.key
        text = file.content.decode("utf-8", "replace").split("\n")[number - 1]
        at = text.find(f'"{key}":') + 1 if key else 0
        place = Span(number, at, at + len(key) + 2) if at else Span(number, 1, 1)
        hint = "import the document again, or " + RESTORE
        problems.append(broken(file.path, str(wrong), hint, place))
        return None
    return ArchiveSpan(
        **{name: getattr(span, name) for name in _SPAN}, observations=tuple(observations)
    )


def _stray(path: str) -> Problem:
    hint = "move it away; only ./run verify and imports write below data/evidence/"
    return broken(path, "no line of the ledger knows this file", hint)
