"""That the files of what was published only grow: every line and file of an earlier state is in a later one.

Core. What may differ is where an address leads and what kind it is, and what the law forbids to show;
that a file is missing although the ledger vouches for it is told where the files are read.
"""

from collections.abc import Iterator, Mapping
from itertools import zip_longest

from atlas.problem import FIRST_LINE, Problem, Span
from atlas.published.places import FOLDER, REVISIONS_FOLDER, SUMS_FILE, URLS_FOLDER

_FORGOTTEN = 2
"""Columns of an address's line, from the second on, that may change: its kind and its target."""


def taken_away(
    before: Mapping[str, bytes], now: Mapping[str, bytes], where: str
) -> Iterator[Problem]:
    """Yield a problem for each file below `data/published` of which something is gone, in order of path.

    `before` and `now` are contents by path from the root of the atlas; `where` names the earlier state.
    """
    for path in sorted(before.keys() - {SUMS_FILE}):
        had, has = before[path], now.get(path)
        if had == has:
            continue
        if has is None:
            if not path.startswith(f"{REVISIONS_FOLDER}/"):
                yield _problem(path, f"this file was published in {where} and is not here", where)
        elif path.endswith(".tsv"):
            yield from _lines(path, had, has, where)
        elif not (path.endswith(".jsonl") and has.startswith(had)):
            lines = zip_longest(had.split(b"\n"), has.split(b"\n"))
            line = next(n for n, (old, new) in enumerate(lines, 1) if old != new)
            message = f"from this line on the file is not what was published in {where}"
            yield _problem(path, message, where, line)


def all_gone(where: str) -> Problem:
    """Return the problem that nothing is left of what was published in an earlier state."""
    return _problem(FOLDER, f"{FOLDER} was published in {where} and holds nothing here", where)


def _lines(path: str, had: bytes, has: bytes, where: str) -> Iterator[Problem]:
    """Yield a problem of a table's first line that is not there any more."""
    may_lead_on = path.startswith(f"{URLS_FOLDER}/")
    held = {_fixed(line, may_lead_on) for line in has.split(b"\n")}
    gone = [line for line in had.split(b"\n") if _fixed(line, may_lead_on) not in held]
    if gone:
        of = gone[0].partition(b"\t")[0].decode("utf-8", "replace")
        lines = "its line is" if len(gone) == 1 else f"its line and {len(gone) - 1} more are"
        yield _problem(path, f"{of} was published in {where}, and {lines} not here", where)


def _fixed(line: bytes, may_lead_on: bool) -> tuple[bytes, ...]:  # noqa: FBT001 - one of two tables
    """Return the columns of a line that never change."""
    first, *others = line.split(b"\t")
    return (first, *(others[_FORGOTTEN:] if may_lead_on else others))


def _problem(path: str, message: str, where: str, line: int = 1) -> Problem:
    hint = (
        f"bring it back: `git checkout {where} -- {path}`, then ./run register enters what came since;"
        " it is written by ./run assign and ./run register alone"
    )
    span = FIRST_LINE if line == 1 else Span(line, 1, 1)
    return Problem("edited-ledger", path, span, message, hint)
