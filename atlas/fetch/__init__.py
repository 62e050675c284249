"""Fetch: from a watched document to the bodies of its sources, or to why there are none.

Edge. `Fetcher` looks at one document, `visit` at many, politely. What they return are values of the
ground (`Fetched`, `Body`, `Failed`); how they go about it stands in `FetchSettings`.
"""

from atlas.fetch.exchange import Answer, Asking
from atlas.fetch.failing import NotFetched
from atlas.fetch.fetcher import Fetcher, unusable
from atlas.fetch.queue import visit
from atlas.fetch.settings import Clock, Endpoint, FetchSettings, SystemClock

__all__ = [
    "Answer",
    "Asking",
    "Clock",
    "Endpoint",
    "FetchSettings",
    "Fetcher",
    "NotFetched",
    "SystemClock",
    "unusable",
    "visit",
]
