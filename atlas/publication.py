"""One publishing of the atlas: the one value that every page and every output receives.

Core. Everything that changes a byte of the site is in here: the joined records, the as-of date,
the addresses, the words and the revision of the source. There is one for each language of the
interface; what people wrote in the records stays in the site's own language in all of them.
"""

from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from atlas import urls
from atlas.model import Atlas
from atlas.urls import Urls
from atlas.words import Words, marked, marks


@dataclass(frozen=True, slots=True)
class Interface:
    """One language in which pages are published."""

    language: str
    """Its tag (BCP 47)."""
    name: str
    """What its speakers call it."""
    urls: Urls


@dataclass(frozen=True, slots=True)
class Publication:
    """The atlas as of a day, at an address, in a language."""

    atlas: Atlas
    as_of: date
    urls: Urls
    words: Words
    revision: str | None = None
    """Revision of the source (a git commit), or None where it is not known."""
    original: "Publication | None" = None
    """The same in the site's own language, in which records are written; None: this is it."""
    interfaces: tuple[Interface, ...] = ()
    """All languages that pages are published in, the site's own first; empty where it is the only one."""

    @property
    def in_own_language(self) -> "Publication":
        """The same in the language in which records are written."""
        return self.original or self

    @property
    def lang_written(self) -> Markup:
        """Attributes of an element that holds what people wrote in a record; none in its own language."""
        return marks(self.original.words, self.words) if self.original else Markup()

    @property
    def lang_said(self) -> Markup:
        """Attributes of an element that holds words of the interface inside such an element."""
        return marks(self.words, self.original.words) if self.original else Markup()

    def written(self, text: str) -> Markup:
        """Return what people wrote in a record as HTML that says so among words of another language."""
        return marked(text, self.lang_written)

    def href(self, address: str) -> str:
        """Return what a page links with, for an address of this site."""
        return self.urls.href(address)

    def prose(self, slug: str) -> str | None:
        """Return the link to a page of prose, or None where the atlas has no such page."""
        pages = self.atlas.records.prose
        return self.href(urls.prose(slug)) if any(page.slug == slug for page in pages) else None

    def absolute(self, address: str) -> str:
        """Return the full URL of an address of this site."""
        return self.urls.absolute(address)
