"""Everything below `data/published/` together: each file by itself, with its sum, and with the others.

Core. Each break is told once, at the file and the line where it is seen most exactly.
"""

import hashlib
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain

from atlas.model import Leaf, Published, SourceFile
from atlas.problem import Problem
from atlas.published.addresses import Addresses
from atlas.published.ids import decode_ids
from atlas.published.judging import FrozenLine, FrozenLines, frozen_said, judge
from atlas.published.log import decode_log, leaf_place
from atlas.published.places import (
    ANCHORS_FOLDER,
    FOLDER,
    IDS_FILE,
    LOG_FOLDER,
    REVISIONS_FOLDER,
    ROOTS_FILE,
    SUMS_FILE,
    URLS_FOLDER,
    broken,
    frozen_file,
)
from atlas.published.sums import decode_sums, is_sum_of

_FROZEN = re.compile(
    rf"{REVISIONS_FOLDER}/[^/]+/([A-Z]{{2,8}}-P-[0-9]{{5,6}})\.r([1-9][0-9]*)\.json"
).fullmatch
_ANCHOR = re.compile(
    rf"{ANCHORS_FOLDER}/([1-9][0-9]*)\.(?:[a-z0-9][a-z0-9-]*\.tsr|sigstore\.json)"
).fullmatch

Key = tuple[str, int]


def read_published(files: Iterable[SourceFile]) -> tuple[Published, tuple[Problem, ...]]:
    """Return what the files below `data/published/` say, and every break; each of them blocks.

    Other files are passed over. What is broken is left out as far as it cannot be read.
    """
    held = {file.path: file.content for file in files if file.path.startswith(f"{FOLDER}/")}
    if not held:
        return Published(), ()
    hashes = {path: hashlib.sha256(content).hexdigest() for path, content in held.items()}
    hashes.pop(SUMS_FILE, None)
    is_whole = is_sum_of(held.get(SUMS_FILE, b""), hashes)
    sums, problems = ({}, []) if is_whole else decode_sums(held.get(SUMS_FILE, b""))
    changed = {p for p in hashes if not is_whole and sums.get(p, ("",))[0] != hashes[p]}
    if windows := sorted(path for path in {*changed, SUMS_FILE} if _is_windows(path, held)):
        problems = [_windows_line_endings(windows[0])]
        return Published(), tuple(problems)
    given, found = decode_ids(held[IDS_FILE]) if IDS_FILE in held else ({}, [])
    problems += found
    urls, columns = _addresses(_below(held, URLS_FOLDER), problems)
    leaves, roots, found = decode_log(
        _below(held, LOG_FOLDER), held.get(ROOTS_FILE), hashes.keys() - changed
    )
    problems += found
    sizes = None if found else {root.size for root in roots}
    frozen, anchors = _others(held, sizes, problems)
    lines: list[FrozenLine] = []
    agree = is_whole and _agree(columns, frozen, hashes, leaves)
    if is_whole and (problems or not agree):
        sums, _ = decode_sums(held[SUMS_FILE])
    if not agree:
        lines += (line for of in columns for line in of.lines())
        problems += _frozen_breaks(frozen, lines, hashes, sums)
        if not problems:
            problems += _leaf_breaks(leaves, lines)
    if problems or not is_whole:
        told = {problem.path for problem in problems} | _vouched(lines, hashes, sums)
        problems += [one for one in _sum_breaks(hashes, sums) if one.path not in told]
    return Published(given, urls, frozen, leaves, roots, anchors), tuple(problems)


def _below(held: Mapping[str, bytes], folder: str) -> dict[str, bytes]:
    return {path: held[path] for path in sorted(held) if path.startswith(f"{folder}/")}


def _addresses(
    files: dict[str, bytes], problems: list[Problem]
) -> tuple[Addresses, list[FrozenLines]]:
    """Return the ledger of addresses without the files of it that are not in order."""
    lines: list[FrozenLines] = []
    sound, owners = {}, {}
    for path, content in files.items():
        judged = judge(path, content)
        lines.append(judged.frozen)
        problems += judged.problems
        if not judged.problems:
            sound[path], owners[path] = content, judged.owners
    return Addresses(sound, owners), lines


def _others(
    held: Mapping[str, bytes], sizes: Collection[int] | None, problems: list[Problem]
) -> tuple[dict[Key, bytes], dict[str, bytes]]:
    """Return frozen records and anchors, and tell what is no file of what was published."""
    frozen: dict[Key, bytes] = {}
    anchors: dict[str, bytes] = {}
    lines = (f"{URLS_FOLDER}/", f"{LOG_FOLDER}/")
    for path, content in sorted(held.items()):
        if match := _FROZEN(path):
            key = match[1], int(match[2])
            frozen[key] = content
            if path != frozen_file(*key):
                message = f"this frozen record does not stand at {frozen_file(*key)}"
                problems.append(broken(path, message))
        elif match := _ANCHOR(path):
            anchors[path.removeprefix(f"{ANCHORS_FOLDER}/")] = content
            if sizes is not None and int(match[1]) not in sizes:
                problems.append(broken(path, f"there is no root of {match[1]} leaves"))
        elif path not in {IDS_FILE, SUMS_FILE, ROOTS_FILE} and not path.startswith(lines):
            problems.append(broken(path, "this is no file of what was published"))
    return frozen, anchors


def _agree(
    columns: Iterable[FrozenLines],
    frozen: Collection[Key],
    hashes: Mapping[str, str],
    leaves: Iterable[Leaf],
) -> bool:
    """Return whether lines, frozen records and leaves say the same: that of hundreds of thousands is quickly told."""
    hashed = {key: hashes.get(frozen_file(*key), "") for key in frozen}
    said = set(chain.from_iterable(of.said() for of in columns))
    return said == {frozen_said(*key, hashed[key]) for key in hashed} and all(
        hashed.get((leaf.id, leaf.revision)) == leaf.record_sha256 for leaf in leaves
    )


def _frozen_breaks(
    frozen: Mapping[Key, bytes],
    lines: Sequence[FrozenLine],
    hashes: Mapping[str, str],
    sums: Mapping[str, tuple[str, int]],
) -> Iterator[Problem]:
    """Compare each frozen record with the lines of its addresses; `SHA256SUMS` says which of two is the right one."""
    named: dict[Key, FrozenLine] = {}
    for line in lines:
        key, path = (line.id, line.revision), frozen_file(line.id, line.revision)
        first = named.setdefault(key, line)
        actual, summed = hashes.get(path), sums.get(path, ("", 0))[0]
        if actual is None:
            if not line.is_gone and not summed and first is line:
                message = f"the frozen record of this line, {path}, is not there"
                yield broken(line.path, message, line.number)
        elif line.sha256 not in {actual, summed}:
            message = f"the hash of this line is not that of {path}"
            yield broken(line.path, message, line.number)
        elif line.sha256 != actual and first is line:
            message = (
                "this frozen record is not the one that was published:"
                f" {line.path}, line {line.number}, holds another hash of it"
            )
            yield broken(path, message)
        elif actual != summed and summed and first is line:
            message = f"the hash of this line is not that of {path}, which is as it was published"
            yield broken(SUMS_FILE, message, sums[path][1])
    for key in sorted(frozen.keys() - named.keys()):
        message = "no line of the ledger of addresses names this frozen record"
        yield broken(frozen_file(*key), message)


def _vouched(
    lines: Iterable[FrozenLine], hashes: Mapping[str, str], sums: Mapping[str, tuple[str, int]]
) -> set[str]:
    """Return the frozen records whose line of the ledger says that they are as they were, and their sum is not."""
    paths = ((frozen_file(line.id, line.revision), line.sha256) for line in lines)
    return {path for path, sha256 in paths if path in sums and hashes.get(path) == sha256}


def _leaf_breaks(leaves: Sequence[Leaf], lines: Sequence[FrozenLine]) -> Iterator[Problem]:
    """Compare what a leaf says with the frozen record that it stands for."""
    hashes = {(line.id, line.revision): line.sha256 for line in lines}
    for place, leaf in enumerate(leaves):
        sha256 = hashes.get((leaf.id, leaf.revision))
        if sha256 != leaf.record_sha256:
            path, number = leaf_place(place)
            frozen = frozen_file(leaf.id, leaf.revision)
            what = "has another hash" if sha256 else "was never published"
            yield broken(path, f"this leaf stands for {frozen}, which {what}", number)


def _sum_breaks(
    hashes: Mapping[str, str], sums: Mapping[str, tuple[str, int]]
) -> Iterator[Problem]:
    """Compare the files with `SHA256SUMS`."""
    for path in sorted(sums.keys() - hashes.keys()):
        yield broken(SUMS_FILE, f"this line names {path}, which is not there", sums[path][1])
    for path, actual in sorted(hashes.items()):
        if path not in sums:
            yield broken(path, "this file has no line in SHA256SUMS: no command wrote it")
        elif sums[path][0] != actual:
            message = (
                "this file is not the one that was written:"
                f" SHA256SUMS, line {sums[path][1]}, holds another hash of it"
            )
            yield broken(path, message)


def _is_windows(path: str, held: Mapping[str, bytes]) -> bool:
    return not path.startswith(f"{ANCHORS_FOLDER}/") and b"\r\n" in held.get(path, b"")


def _windows_line_endings(path: str) -> Problem:
    message = "this file has Windows line endings, so no hash in it can hold"
    hint = (
        f"keep the line `{FOLDER}/** -text` in .gitattributes, run `git config core.autocrlf false`,"
        f" delete the folder {FOLDER} and bring it back with `git checkout -- {FOLDER}`"
    )
    return broken(path, message, hint=hint)
