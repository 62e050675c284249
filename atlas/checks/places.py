"""Passages: the texts of a record, and where in its file each of their characters stands.

Core. Checks search a passage and point at what they find.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from atlas.model import Provision, Section
from atlas.problem import Origin, Span

_WIDEST_BLOCK_MARKER = 3
_BLOCK_INDENT = 2


@dataclass(frozen=True, slots=True)
class Passage:
    """A text and its place."""

    text: str
    whole: Span
    """What to point at where the place of a single character cannot be told."""
    line: int
    """Line of the file on which the text begins."""
    column: int
    """Column at which its lines begin, or 0 where that cannot be told (escapes, folded lines)."""

    def span(self, start: int, end: int) -> Span:
        """Return where `text[start:end]` stands, cut at the end of its first line."""
        if not self.column:
            return self.whole
        line_start = self.text.rfind("\n", 0, start) + 1
        line_end = self.text.find("\n", start)
        end = min(end, line_end if line_end >= 0 else len(self.text))
        line = self.line + self.text.count("\n", 0, start)
        return Span(line, self.column + start - line_start, self.column + end - line_start)


def section_passage(section: Section) -> Passage:
    """Return the text under a heading."""
    return Passage(section.text, section.span, section.text_line, 1)


def field_passage(origin: Origin, text: str, *place: str | int) -> Passage:
    """Return the text of a field, whichever way it is written in YAML."""
    span = origin.at(*place)
    if is_block(origin, text, *place):
        column = origin.at_key(*place).column + _BLOCK_INDENT
        return Passage(text, span, span.line + 1, column)
    around = (span.end_column - span.column) - len(text)
    if around in {0, 2}:  # plain, or in quotes without escapes
        return Passage(text, span, span.line, span.column + around // 2)
    return Passage(text, span, span.line, 0)


def is_block(origin: Origin, text: str, *place: str | int) -> bool:
    """Return whether a field is written as a `|-` block: then its value's span is the marker."""
    span = origin.at(*place)
    width = span.end_column - span.column
    # Beside its name a text is as wide as it is long, or two wider in quotes.
    return width <= _WIDEST_BLOCK_MARKER and len(text) not in {width, width - 2}


def our_words(provision: Provision) -> Iterator[tuple[str, Callable[[], Passage]]]:
    """Yield every text of a record that is ours, and what gives its passage; the quotation is not."""
    origin = provision.origin
    texts: list[tuple[str | None, tuple[str | int, ...]]] = [
        (provision.title, ("title",)),
        (provision.claim, ("claim",)),
        (provision.severity_reason, ("severity_reason",)),
        *(
            (mapped.why, ("regulations", n, "why"))
            for n, mapped in enumerate(provision.regulations)
        ),
        *((example.note, ("examples", n, "note")) for n, example in enumerate(provision.examples)),
        (provision.status.reason if provision.status else None, ("status", "reason")),
        (provision.revision.because if provision.revision else None, ("revision", "because")),
    ]
    for text, place in texts:
        if text:
            yield text, partial(field_passage, origin, text, *place)
    for section in provision.sections:
        yield section.text, partial(section_passage, section)


def quoted_words(provision: Provision) -> Iterator[Passage]:
    """Yield every quotation of a record: its clause, and those of its examples."""
    if provision.clause:
        yield field_passage(provision.origin, provision.clause, "clause")
    for n, example in enumerate(provision.examples):
        if example.clause:
            yield field_passage(provision.origin, example.clause, "examples", n, "clause")
