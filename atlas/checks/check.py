"""What a check is: a code, the rule as a contributor reads it, and a generator of problems.

Core. The rule is the first sentence of the module that holds the check, so it is written once.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date

from atlas.model import Atlas
from atlas.problem import Problem


@dataclass(frozen=True, slots=True)
class Check:
    """One editorial rule."""

    code: str
    """Code of every problem that it finds: the name of its module with hyphens."""
    text: str = field(repr=False)
    """Docstring of its module."""
    find: Callable[[Atlas, date], Iterator[Problem]] = field(repr=False)
    """Yields every place of the atlas that breaks the rule; the date is the one to count from."""

    judges_text: bool = False
    """Whether it reads only what a record says, so that it can judge one whose fields are broken."""
    compares: bool = False
    """Whether it compares records with what was published, and so says nothing while the files of that are broken."""

    @property
    def rule(self) -> str:
        """The rule in one sentence."""
        return " ".join(self.text.partition("\n\n")[0].split())
