"""What every page says of itself to machines: title, canonical URL, and the way to it as schema.org.

Core. Beside `parts`, which holds what pages show to people.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from atlas.pages.plan import Head, Link
from atlas.publication import Publication

SCHEMA = "https://schema.org"


@dataclass(frozen=True, slots=True)
class Step:
    """A page on the way to another: its words and its address."""

    text: str
    address: str
    written: bool = False
    """Whether the words are a record's, not the interface's."""


Trail = tuple[Step, ...]
"""The pages above a page, from the outermost on."""


def head(
    publication: Publication,
    address: str,
    title: str,
    description: str,
    *,
    trail: Trail = (),
    about: Mapping[str, object] | None = None,
) -> Head:
    """Return the head of an indexed page; `about` is what it describes, in terms of schema.org."""
    things = [
        *([breadcrumbs(publication, (*trail, Step(title, address)))] if trail else []),
        *([about] if about else []),
    ]
    return Head(
        title=title,
        description=" ".join(description.split()),
        canonical=publication.absolute(address),
        json_ld={"@context": SCHEMA, "@graph": things} if things else None,
    )


def indexed_if(of: Head, listed: Collection[object]) -> Head:
    """Return the head of a list; search engines are asked to leave out one that has become empty."""
    return replace(of, indexed=bool(listed))


def crumbs(publication: Publication, trail: Trail) -> tuple[Link, ...]:
    """Return the pages above a page as links."""
    return tuple(Link(step.text, publication.href(step.address), step.written) for step in trail)


def breadcrumbs(publication: Publication, trail: Trail) -> dict[str, object]:
    """Return the way to a page as a BreadcrumbList."""
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": place,
                "name": step.text,
                "item": publication.absolute(step.address),
            }
            for place, step in enumerate(trail, start=1)
        ],
    }
