"""The neatline as it is drawn: one path for each kind of cell, in an SVG that is one unit a cell wide.

Core. Shape carries what it says: a solid cell was looked at and holds the same words, a hollow one
was not seen, a notch rises where the words changed, and where nothing is known there is no line.
"""

from dataclasses import dataclass
from itertools import groupby

from atlas.pages import parts
from atlas.stability import Cell, Cells
from atlas.words import Words


@dataclass(frozen=True, slots=True)
class Neatline:
    """A line of cells: path data for each kind, empty where there is none of it."""

    width: int
    same: str
    unseen: str
    changed: str
    seams: str
    """Hairlines between solid cells."""
    first: str
    """First day that it says something of, in words."""
    last: str
    """The day with which its last cell ends."""


def neatline(words: Words, of: Cells) -> Neatline:
    """Return cells as paths; the line proper is 10 high and stands 8 below the top, into which notches rise."""
    runs = _runs(of.cells)
    return Neatline(
        width=len(of.cells),
        same="".join(f"M{x} 8h{n}v10H{x}z" for cell, x, n in runs if cell is Cell.SAME),
        unseen="".join(
            f"M{x} 8h{n}v10H{x}z" + _seams(x, n) for cell, x, n in runs if cell is Cell.UNSEEN
        ),
        changed="".join(f"M{x} 0h{n}v18H{x}z" for cell, x, n in runs if cell is Cell.CHANGED),
        seams="".join(_seams(x, n) for cell, x, n in runs if cell is Cell.SAME),
        first=parts.day(words, of.first),
        last=parts.day(words, of.end),
    )


def _seams(start: int, length: int) -> str:
    """Return the lines between the cells of a run; steps that repeat weigh next to nothing when compressed."""
    return f"M{start + 1} 8v10" + "m1-10v10" * (length - 2) if length > 1 else ""


def _runs(row: tuple[Cell, ...]) -> list[tuple[Cell, int, int]]:
    """Return stretches of one kind: the kind, where it begins and how many cells it has."""
    found, start = [], 0
    for cell, group in groupby(row):
        length = len(tuple(group))
        found.append((cell, start, length))
        start += length
    return found
