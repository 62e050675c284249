"""The address of a document has no `#` part: it is fetched whole, and its parts are chosen by `select`."""

from collections.abc import Iterator
from datetime import date

from atlas.checks.check import Check
from atlas.checks.places import field_passage
from atlas.model import Atlas
from atlas.problem import Origin, Problem


def _find(atlas: Atlas, _as_of: date) -> Iterator[Problem]:
    for document in atlas.records.documents:
        for n, source in enumerate(document.sources):
            yield from _judge(document.origin, source.url, "sources", n, "url")
    for provision in atlas.records.provisions:
        for n, example in enumerate(provision.examples):
            if example.source_url:
                yield from _judge(provision.origin, example.source_url, "examples", n, "source_url")


CHECK = Check("address-fragment", __doc__, _find)


def _judge(origin: Origin, url: str, *place: str | int) -> Iterator[Problem]:
    start = url.find("#")
    if start >= 0:
        span = field_passage(origin, url, *place).span(start, len(url))
        yield origin.problem(
            CHECK.code,
            span,
            f"`{url[start:]}` is not part of the address",
            "end the address before the `#`",
        )
