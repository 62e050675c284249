"""What a page is before it is drawn: an address, a template, and the finished values for it.

Core. A page is a pure function of its template set and its plan; views are frozen values of text,
numbers and safe HTML, in the words and with the links that the page will show.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead somewhere."""

    text: str
    href: str
    written: bool = False
    """In a list of several kinds: whether the words are a record's, not the interface's."""


@dataclass(frozen=True, slots=True)
class Alternate:
    """Another form of the same page: for `<link rel="alternate">`."""

    media_type: str
    href: str
    title: str


@dataclass(frozen=True, slots=True)
class Version:
    """The page in one of the languages of the interface."""

    language: str
    name: str
    """What the language calls itself."""
    href: str
    url: str
    """Full URL."""


@dataclass(frozen=True, slots=True)
class Head:
    """What a page says of itself to machines."""

    title: str
    """Text of the window's title, without the atlas's name."""
    description: str
    """One or two sentences of plain text."""
    canonical: str
    """Full URL of the page."""
    og_type: str = "website"
    indexed: bool = True
    """Whether search engines are asked to list it."""
    cite_as: str | None = None
    """Permanent URL to cite (RFC 8574)."""
    meta: tuple[tuple[str, str], ...] = ()
    """Further `<meta>` pairs of name and content (Highwire, Dublin Core)."""
    alternates: tuple[Alternate, ...] = ()
    json_ld: Mapping[str, object] | None = None
    """A schema.org description."""
    refresh: str | None = None
    """Where a redirect leads."""


@dataclass(frozen=True, slots=True)
class PagePlan:
    """One page: where it goes, what draws it, and with what."""

    address: str
    """Where it is published: a path from the root of the site."""
    template: str
    """Name below `templates/`, as in `pages/provision.html`."""
    head: Head
    view: object
    section: str = ""
    """Which entry of the main navigation is current: `platforms`, `clause-types`, `regulations`, `method`."""
    searchable: bool = False
    """Whether the page is in the search index."""
    styles: tuple[str, ...] = ("pages.css",)
    """The sheet that the page is given in place of `atlas.css`, which it contains when published; empty: that one."""
    scripts: tuple[str, ...] = field(default=())
    """Names of assets that the page runs."""
    asks: bool = False
    """Whether its scripts ask the site for files: only such pages may."""
    evaluates: bool = False
    """Whether its scripts compile WebAssembly: the search page's do."""
    language: str = ""
    """Language of the interface; nothing for the site's own."""
    versions: tuple[Version, ...] = ()
    """The page in each language, the site's own first; empty where there is only one."""
