"""One publishing of the atlas: the one value that every page and every output receives.

Core. Everything that changes a byte of the site is in here: the joined records, the as-of date,
the addresses, the words and the revision of the source.
"""

from dataclasses import dataclass
from datetime import date

from atlas import urls
from atlas.model import Atlas
from atlas.urls import Urls
from atlas.words import Words


@dataclass(frozen=True, slots=True)
class Publication:
    """The atlas as of a day, at an address, in a language."""

    atlas: Atlas
    as_of: date
    urls: Urls
    words: Words
    revision: str | None = None
    """Revision of the source (a git commit), or None where it is not known."""

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
