"""What is wrong, where, and the way out: the one value with which every stage reports.

Ground: values only. Lines and columns count from 1, columns in code points, so that an editor can
jump to them.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

Place = tuple[str | int, ...]
"""Where in a file's fields: keys and list indexes from the outside in, `("regulations", 0, "id")`."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of one line: `end_column` is the first column after it."""

    line: int
    column: int
    end_column: int


FIRST_LINE = Span(1, 1, 1)

_LONGEST_QUOTED = 120
_LONGEST_SENTENCE = 1000
_LONG_QUOTED = re.compile(rf"`([^`]{{{_LONGEST_QUOTED}}})[^`]+`")


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with one place of one file.

    `code` is stable and kebab-case; `message` says what is wrong in a sentence; `hint` says the way
    out; a problem that does not block is a warning, which only `--strict` refuses.
    """

    code: str
    path: str
    span: Span
    message: str
    hint: str = ""
    blocks: bool = True

    def __post_init__(self) -> None:
        """Keep message and hint short, whatever they quote."""
        for name in ("message", "hint"):
            sentence = getattr(self, name)
            if len(sentence) > _LONGEST_QUOTED:
                object.__setattr__(self, name, shortened(sentence))

    @property
    def order(self) -> tuple[str, int, int, str, str]:
        """Sort key: by file, then by place, so that a report reads from the top of each file."""
        return (self.path, self.span.line, self.span.column, self.code, self.message)


def shortened(sentence: str) -> str:
    """Return a sentence of which nothing that it quotes, nor the whole, is too long to be read."""
    shown = _LONG_QUOTED.sub(r"`\1…`", sentence)
    return shown if len(shown) <= _LONGEST_SENTENCE else shown[:_LONGEST_SENTENCE] + "…"


@dataclass(frozen=True, slots=True)
class Origin:
    """The file that a record came from, and where in it each field stands.

    `values` and `keys` map a place to the span of the value or of the key. A place that the file
    does not hold falls back to the nearest enclosing place that it does, at last to line 1.
    """

    path: str
    values: Mapping[Place, Span] = field(default_factory=dict, repr=False)
    keys: Mapping[Place, Span] = field(default_factory=dict, repr=False)
    inside: Place = ()
    """Prefix of every place: the key of the entry, for a registry that holds many records."""

    def at(self, *place: str | int) -> Span:
        """Return the span of the value at `place`, or of what encloses it."""
        full = self.inside + place
        while full:
            span = self.values.get(full)
            if span is not None and (full == self.inside + place or full not in self.keys):
                return span
            if full in self.keys:
                return self.keys[full]
            full = full[:-1]
        return self.values.get((), FIRST_LINE)

    def at_key(self, *place: str | int) -> Span:
        """Return the span of the key at `place`, or of what encloses it."""
        return self.keys.get(self.inside + place) or self.at(*place)

    def problem(
        self,
        code: str,
        place: Place | Span,
        message: str,
        hint: str = "",
        *,
        blocks: bool = True,
    ) -> Problem:
        """Make a problem of this file at `place`."""
        span = place if isinstance(place, Span) else self.at(*place)
        return Problem(code, self.path, span, message, hint, blocks)


class Fault(Exception):
    """Something that stops a command and is no bug: its text says what, and the way out.

    Caught once, at the door. Everything else that is raised is a bug and shows a traceback.
    """

    def __init__(self, sentence: str, problem: Problem | None = None) -> None:
        """Tell it in a sentence, and as a problem where it has a place in a file."""
        super().__init__(sentence)
        self.problem = problem
