"""Where each file of `data/published/` stands, and how a break in one is told.

Core. Nobody edits these files, so every problem of one has the same code, blocks, and has one way out.
"""

from atlas.problem import FIRST_LINE, Problem, Span

FOLDER = "data/published"
IDS_FILE = f"{FOLDER}/ids.tsv"
URLS_FOLDER = f"{FOLDER}/urls"
REVISIONS_FOLDER = f"{FOLDER}/revisions"
LOG_FOLDER = f"{FOLDER}/log"
ROOTS_FILE = f"{FOLDER}/roots.jsonl"
ANCHORS_FOLDER = f"{FOLDER}/anchors"
SUMS_FILE = f"{FOLDER}/SHA256SUMS"

BROKEN = "broken-published"
"""Code of every problem of one of them."""
RESTORE = (
    "bring back the folder data/published as it was committed: `git log -p -- data/published` shows"
    " what changed it; it is written by ./run assign and ./run register alone"
)
_SHARD = 9
"""Characters of an id that frozen records with the same ones share a folder by."""


def frozen_file(number: str, revision: int) -> str:
    """Return where the frozen record of a revision stands, from the root of the atlas."""
    return f"{REVISIONS_FOLDER}/{number[:_SHARD]}/{number}.r{revision}.json"


def broken(path: str, message: str, line: int = 1, hint: str = RESTORE) -> Problem:
    """Make a problem of a file that nobody edits, at a line of it."""
    span = FIRST_LINE if line == 1 else Span(line, 1, 1)
    return Problem("broken-published", path, span, message, hint)


def lines_of(path: str, content: bytes, problems: list[Problem]) -> list[bytes]:
    """Return the lines of a file without their line feeds; a torn last one is told and left out."""
    lines = content.split(b"\n")
    if lines.pop():
        message = "this line is torn: it has no line feed"
        problems.append(broken(path, message, len(lines) + 1))
    return lines
