"""`SHA256SUMS`: the hash of every other file of `data/published/`, in the form that `sha256sum -c` reads.

Core. It stands beside what it sums up, so it shows damage; that nobody wrote both anew is what git
and the roots of the log show.
"""

import hashlib
import re
from collections.abc import Mapping
from itertools import count, islice
from operator import lt

from atlas.problem import Problem
from atlas.published.places import FOLDER, SUMS_FILE, broken, lines_of

_LINE = re.compile(rb"([0-9a-f]{64})  ([!-~]+)").fullmatch
_LINES = re.compile(rb"(?:[0-9a-f]{64}  [!-~]++\n)*+").fullmatch


def encode_sums(hashes: Mapping[str, str]) -> bytes:
    """Return what `SHA256SUMS` holds, from the SHA-256 of each other file by path from the root of the atlas."""
    below = len(FOLDER) + 1
    return "".join(f"{hashes[path]}  {path[below:]}\n" for path in sorted(hashes)).encode()


def is_sum_of(content: bytes, hashes: Mapping[str, str]) -> bool:
    """Return whether `SHA256SUMS` names these files, each with its hash, and no others."""
    names = "".join(hashes)
    is_plain = names.isascii() and names.isprintable() and " " not in names
    return is_plain and content == encode_sums(hashes)


def renewed_sums(content: bytes, files: Mapping[str, bytes | None]) -> bytes:
    """Return what `SHA256SUMS` holds after files were written (None: taken out), by path from the root of the atlas."""
    found, _ = decode_sums(content)
    hashes = {path: sha256 for path, (sha256, _) in found.items() if path not in files}
    for path, new in files.items():
        if new is not None:
            hashes[path] = hashlib.sha256(new).hexdigest()
    return encode_sums(hashes)


def decode_sums(content: bytes) -> tuple[dict[str, tuple[str, int]], list[Problem]]:
    """Return hash and number of the line of each file, by path from the root of the atlas, and what is wrong."""
    if _LINES(content):
        cells = content.decode().split()
        paths = [f"{FOLDER}/{name}" for name in cells[1::2]]
        if all(map(lt, paths, islice(paths, 1, None))):
            return dict(zip(paths, zip(cells[::2], count(1)), strict=False)), []
    return _decoded(content)


def _decoded(content: bytes) -> tuple[dict[str, tuple[str, int]], list[Problem]]:
    """Return the same line by line, where not every one is in order."""
    problems: list[Problem] = []
    found: dict[str, tuple[str, int]] = {}
    before = ""
    for number, line in enumerate(lines_of(SUMS_FILE, content, problems), 1):
        match = _LINE(line)
        if not match:
            message = "this line is not a SHA-256, two blanks and the name of a file"
            problems.append(broken(SUMS_FILE, message, number))
            continue
        path = f"{FOLDER}/{match[2].decode()}"
        if path in found:
            problems.append(broken(SUMS_FILE, f"`{path}` is named twice", number))
        elif path < before:
            problems.append(broken(SUMS_FILE, f"`{path}` is out of order", number))
        before = max(before, path)
        found.setdefault(path, (match[1].decode(), number))
    return found, problems
