"""A pack as a whole: its files are those that were packed, and which of them the log vouches for.

Core. The sums lie in the pack themselves: they show what slipped, and a forger writes them anew. What
counts against one is the log, whose hashes the files that are called proved have.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from atlas.citation_check.exhibit import Exhibit, sha256
from atlas.citation_check.found import Found, Verdict, visible

SUMS, MANIFEST = "SHA256SUMS", "manifest.json"
_LINE = re.compile(r"([0-9a-f]{64})  (\S.*)").fullmatch


@dataclass(frozen=True, slots=True)
class PackChecked:
    """What became of the files of one pack."""

    name: str
    files: int
    breaks: tuple[str, ...]
    """Each file that is not as it was packed, and how, as a sentence."""
    proved: tuple[str, ...]
    """Paths of the files that the log vouches for."""
    signed: tuple[str, ...]
    """Paths of what others signed."""
    copied: tuple[str, ...]
    """Paths of all others: they are as they were packed, and nothing else vouches for them."""


def sums_text(hashes: Mapping[str, str]) -> str:
    """Return what `SHA256SUMS` holds, from the SHA-256 of each other file by its path."""
    return "".join(f"{hashes[path]}  {path}\n" for path in sorted(hashes))


def judged(
    name: str, hashes: Mapping[str, str], sums: bytes | None, proved: frozenset[str]
) -> PackChecked:
    """Compare the files of a pack, by path and SHA-256, with its sums; `proved` are hashes that the log vouches for."""
    rest = {path: found for path, found in hashes.items() if path != SUMS}
    kinds: dict[str, list[str]] = {"proved": [], "signed": [], "copied": []}
    for path in sorted(rest):
        is_anchor = "anchors" in path.split("/")[:-1]
        kind = "signed" if is_anchor else "proved" if rest[path] in proved else "copied"
        kinds[kind].append(path)
    breaks = tuple(_breaks(rest, sums))
    return PackChecked(name, len(hashes), breaks, **{kind: tuple(p) for kind, p in kinds.items()})


def vouched(exhibit: Exhibit, found: Mapping[str, Found]) -> frozenset[str]:
    """Return the SHA-256 of each file of an exhibit for which the log vouches, by what the checks came to."""

    def passes(*codes: str) -> bool:
        return all(found[code].verdict is Verdict.PASS for code in codes)

    if not passes("inclusion", "root"):
        return frozenset()
    files = [exhibit.proof, exhibit.roots, *exhibit.log.values()]
    files += [exhibit.record] if passes("frozen-record") else []
    files += exhibit.texts.values() if passes("text-hash") else ()
    return frozenset(sha256(file.content) for file in files if file)


def _breaks(hashes: Mapping[str, str], sums: bytes | None) -> Iterable[str]:
    if sums is None:
        yield f"`{SUMS}` is missing, so nobody can tell whether anything else is."
        return
    listed: dict[str, str] = {}
    for number, line in enumerate(sums.decode("utf-8", "replace").splitlines(), 1):
        match = _LINE(line)
        if match is None or match[2] in listed:
            yield f"Line {number} of `{SUMS}` is not as it was packed: it is no sum of a further file."
        else:
            listed[match[2]] = match[1]
    for path in sorted({*listed, *hashes}):
        shown = visible(path)
        if path not in hashes:
            yield f"`{shown}` is missing: it was packed, and is not there."
        elif path not in listed:
            yield f"`{shown}` was added: it is not listed in `{SUMS}`."
        elif hashes[path] != listed[path]:
            yield f"`{shown}` was changed: it has not the sum that it was packed with."
