"""What the verifier must show, in the order of the table."""

from importlib import import_module
from importlib.util import find_spec

PARTS = (
    "rewordings",
    "transitions",
    "followed",
    "pages",
    "stopwatch",
    "replay",
    "extraction",
    "growth",
    "load",
)
"""Each a module of this folder with `rows(thorough)`; the stopwatch after all that it times."""


def rows(thorough):
    """Yield all rows; with reduced counts where not `thorough`."""
    for part in PARTS:
        if find_spec(f"bench.{part}"):
            yield from import_module(f"bench.{part}").rows(thorough)


def table(rows):
    """Write rows as a table, with the details of each below it."""
    cells = [
        ("measure", "demanded", "figure", ""),
        *((r.measure, r.demanded, r.figure, "" if r.holds else "MISSED") for r in rows),
    ]
    widths = [max(len(row[column]) for row in cells) for column in range(4)]
    lines = [
        "  ".join(c.ljust(w) for c, w in zip(row, widths, strict=True)).rstrip() for row in cells
    ]
    for row in rows:
        if row.details:
            lines += ["", f"{row.measure}:", *(f"  {detail}" for detail in row.details)]
    return "\n".join(lines)
