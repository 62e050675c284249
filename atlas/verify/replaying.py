"""Captures instead of sources: a file of an earlier run goes through the same stages. A line."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from urllib.parse import urlsplit

from atlas.fetch import unusable
from atlas.model import DocumentState, Fetched, Watched
from atlas.warc import Capture


class Replay:
    """Answers in the place of the fetcher with what was captured; asks nobody."""

    def __init__(self, captures: Iterable[Capture]) -> None:
        """Take the looks of a file of captures."""
        self.captures = {capture.fetched.document: capture for capture in captures}

    @property
    def instants(self) -> tuple[tuple[str, datetime], ...]:
        """The document and the instant of each capture, whole seconds as the ledger counts them."""
        return tuple(
            (name, one.fetched.observed_at.replace(microsecond=0))
            for name, one in self.captures.items()
        )

    def vantage(self, watched: Watched) -> str:
        """Return where the fetcher stood that captured a document."""
        return self.captures[watched.document].vantage

    async def fetch(
        self,
        watched: Watched,
        state: DocumentState,  # noqa: ARG002  the fetcher's signature
        extractor_is_current: bool,  # noqa: ARG002, FBT001
        last_full: datetime | None,  # noqa: ARG002
    ) -> Fetched:
        """Return the look that was captured of a document; a captured refusal tells what it would have told live."""
        fetched = self.captures[watched.document].fetched
        for body in fetched.bodies:
            if body.status != 200:
                host = urlsplit(body.final_url).hostname or ""
                return replace(fetched, bodies=(), failed=unusable(body.status, host).failed)
        return fetched

    def next_at(self, host: str) -> float:  # noqa: ARG002
        """Return that nobody needs to wait."""
        return 0.0
