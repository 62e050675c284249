"""One line of the table: what was measured, what is demanded, and what came out."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """A measure with its verdict."""

    measure: str
    demanded: str
    figure: str
    holds: bool
    details: tuple[str, ...] = ()
    """What to look at: one line each, printed below the table."""


def share(part, whole):
    """Write a share as a percentage with its counts."""
    return f"{part / whole:.2%} ({part} of {whole})" if whole else "nothing to count"
