"""What every form of report is made from. Core."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from atlas.problem import Problem


@dataclass(frozen=True, slots=True)
class Report:
    """The outcome of one examination."""

    problems: Sequence[Problem]
    """In order of file and place."""
    texts: Mapping[str, str] = field(repr=False)
    """Text of each file with a problem, by path: for excerpts."""
    counts: Mapping[str, int]
    """How many of each noun were examined: `provisions` to 8."""

    @property
    def blocking(self) -> int:
        """How many problems block."""
        return sum(p.blocks for p in self.problems)

    @property
    def warnings(self) -> int:
        """How many problems only warn."""
        return len(self.problems) - self.blocking

    def line(self, problem: Problem) -> str | None:
        """Return the line of the file on which a problem stands, or None where there is none."""
        lines = _lines(self.texts.get(problem.path, ""))
        return (
            lines[problem.span.line - 1]
            if problem.span.line <= len(lines) and lines != [""]
            else None
        )

    def summary(self) -> str:
        """Return one line: how much was examined, and what was found."""
        examined = ", ".join(counted(n, noun) for noun, n in self.counts.items())
        found = counted(self.blocking, "problems") if self.blocking else "no problems"
        return f"{examined} examined: {found}" + (
            f", {counted(self.warnings, 'warnings')}" if self.warnings else ""
        )


@lru_cache(maxsize=4)
def _lines(text: str) -> list[str]:
    """Return the lines of a text, remembered: a file may have thousands of problems."""
    return text.split("\n")


def counted(n: int, plural: str) -> str:
    """Return a number with its noun: `1 provision`, `2 categories`, `3 pages of prose`."""
    if n != 1:
        return f"{n} {plural}"
    head, separator, tail = plural.partition(" of ")
    return f"1 {head.removesuffix('s')}{separator}{tail}"
