"""When to ask `only if it changed`, and with what (RFC 9110, 13.1).

Edge. A `304 Not Modified` counts as a good look, so it must stand for the very text that we hold, read as
we read today. No cache is in between: it might answer from memory, and then nobody looked.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from atlas.model import DocumentState, Watched

FULL_EVERY = timedelta(days=30)
"""At least so often the whole page is asked for, whatever the server would answer."""

_HEADER = re.compile(r"[\x21-\x7e][\x20-\x7e]{0,1000}")


@dataclass(frozen=True, slots=True)
class Validators:
    """What the server said of the text that we hold."""

    url: str
    """Where it came from, after redirects: only there the validators mean anything."""
    etag: str | None
    last_modified: str | None

    def headers_for(self, url: str) -> Mapping[str, str]:
        """Return the headers that ask for the page only if it changed; none at another address."""
        if url != self.url:
            return {}
        found = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in found.items() if value is not None}


def validators(
    watched: Watched,
    state: DocumentState,
    last_full: datetime | None,
    now: datetime,
    *,
    extractor_is_current: bool,
) -> Validators | None:
    """Return what to ask with, or None where the whole page is wanted.

    A document of several sources, or of one that a browser draws, is always asked for whole.
    """
    if len(watched.sources) != 1 or watched.sources[0].render:
        return None
    if state.text is None or len(state.text.final_urls) != 1 or not extractor_is_current:
        return None
    if last_full is None or now - last_full >= FULL_EVERY:
        return None
    etag, last_modified = _usable(state.etag), _usable(state.last_modified)
    if etag is None and last_modified is None:
        return None
    return Validators(state.text.final_urls[0], etag, last_modified)


def _usable(value: str | None) -> str | None:
    return value if value is not None and _HEADER.fullmatch(value) else None
