"""The list of severities, with the rubric's sentence for each.

Core.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from atlas import counting, urls
from atlas.model import Severity
from atlas.pages import parts
from atlas.pages.heads import head
from atlas.pages.plan import PagePlan
from atlas.publication import Publication


@dataclass(frozen=True, slots=True)
class SeverityRow:
    """One severity in the list."""

    grade: parts.Grade
    definition: str
    records: int
    drafts: int


@dataclass(frozen=True, slots=True)
class SeveritiesView:
    """What `pages/severities.html` is handed."""

    severities: tuple[SeverityRow, ...]
    """Most severe first."""
    silent: tuple[parts.Row, ...]
    """Records that carry no grade, because the documents say nothing."""


def pages(publication: Publication) -> Iterator[PagePlan]:
    """Plan the list of severities."""
    say = publication.words.say
    silent = counting.that_count(p for p in publication.atlas.provisions.values() if p.is_silent)
    yield PagePlan(
        address=urls.SEVERITIES,
        template="pages/severities.html",
        head=head(
            publication, urls.SEVERITIES, say("severities.list"), say("severities.list-description")
        ),
        view=SeveritiesView(
            severities=tuple(row for severity in Severity for row in _row(publication, severity)),
            silent=tuple(parts.row(publication, p) for p in silent),
        ),
    )


def _row(publication: Publication, of: Severity) -> Iterator[SeverityRow]:
    records = counting.that_count(publication.atlas.by_severity.get(of, ()))
    grade = parts.grade(publication, of)
    if grade:
        definition = publication.words.say(f"severity.{of.value}.definition")
        yield SeverityRow(grade, definition, len(records), len(counting.drafts(records)))
