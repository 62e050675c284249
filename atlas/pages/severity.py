"""The page of a severity: what it means, and the records that carry it.

Core.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from atlas import counting, urls
from atlas.model import Severity
from atlas.pages import parts
from atlas.pages.heads import Step, Trail, crumbs, head, indexed_if
from atlas.pages.plan import Link, PagePlan
from atlas.publication import Publication


@dataclass(frozen=True, slots=True)
class SeverityView:
    """What `pages/severity.html` is handed."""

    crumbs: tuple[Link, ...]
    heading: str
    grade: parts.Grade | None
    definition: str
    records: tuple[parts.Row, ...]
    drafts: int


def pages(publication: Publication) -> Iterator[PagePlan]:
    """Plan the page of each severity."""
    say = publication.words.say
    trail: Trail = (Step(say("severities.list"), urls.SEVERITIES),)
    for of in Severity:
        address = urls.severity(of)
        heading = say("severities.heading", severity=parts.label(publication.words, of))
        definition = say(f"severity.{of.value}.definition")
        records = counting.that_count(publication.atlas.by_severity.get(of, ()))
        about = {
            "@type": "DefinedTerm",
            "name": parts.label(publication.words, of),
            "termCode": of.value,
            "description": definition,
            "inDefinedTermSet": publication.absolute(urls.SEVERITIES),
        }
        yield PagePlan(
            address=address,
            template="pages/severity.html",
            head=indexed_if(
                head(publication, address, heading, definition, trail=trail, about=about), records
            ),
            view=SeverityView(
                crumbs=crumbs(publication, trail),
                heading=heading,
                grade=parts.grade(publication, of),
                definition=definition,
                records=tuple(parts.row(publication, p) for p in records),
                drafts=len(counting.drafts(records)),
            ),
        )
