"""From the bodies of a document to its text: one module a kind of file.

Core. What comes in is hostile: whatever it holds, it becomes a text or a `Failed`, within bounds.
PDFium is not made for threads: extract in one thread of a process at a time.
"""

import hashlib
import json
from dataclasses import replace

from atlas.canonical import text_v1
from atlas.extract import html, markdown_text, pdf, plain
from atlas.extract.extracted import Extracted, Reading
from atlas.extract.kinds import Kind, kind_of
from atlas.extract.stated_date import announced
from atlas.model import Body, Failed, Failure, Source

__all__ = ["EXTRACTORS", "Extracted", "extract", "recipe"]

EXTRACTORS = tuple(f"{kind}-v1" for kind in Kind)
"""Names of the methods in use. Another way of reading is another name, and a re-reading of stored bytes."""


def extract(bodies: tuple[Body, ...], sources: tuple[Source, ...]) -> Extracted | Failed:
    """Return the text of a document whose sources answered with these bodies, one for each, in order."""
    kinds: list[Kind] = []
    readings: list[Reading] = []
    for body, source in zip(bodies, sources, strict=True):
        kind = kind_of(body)
        if isinstance(kind, Failed):
            return _named(kind, body, len(bodies))
        reading = _read(kind, body, source)
        if isinstance(reading, Failed):
            return _named(reading, body, len(bodies))
        kinds.append(kind)
        readings.append(reading)
    return _joined(tuple(kinds), tuple(readings), bodies)


def recipe(sources: tuple[Source, ...]) -> str:
    """Return a digest of what a person can change of how a document is read: 16 hexadecimal digits.

    With another recipe the same page gives another text, which is then our doing and not the platform's.
    """
    told = [[s.url, s.select, list(s.remove), s.render] for s in sources]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:16]


def _read(kind: Kind, body: Body, source: Source) -> Reading | Failed:
    if kind is Kind.HTML:
        read = html.read(body, source.select, source.remove)
    elif source.select or source.remove:
        named = source.select or source.remove[0]
        return Failed(
            Failure.BAD_SELECTOR,
            f"The selector `{named}` picks parts of an HTML page, and this is {kind.named}.",
        )
    elif kind is Kind.PDF:
        read = pdf.read(body)
    elif kind is Kind.MARKDOWN:
        read = markdown_text.read(body)
    else:
        read = plain.read(body)
    if isinstance(read, Failed):
        return read
    if not (text := text_v1(read.lines)):
        return Failed(
            Failure.NO_TEXT, f"{len(body.content):,} bytes came, and no text was found in them."
        )
    return replace(read, lines=text)


def _named(failed: Failed, body: Body, sources: int) -> Failed:
    """Say which source failed, where there are several."""
    if sources == 1:
        return failed
    return Failed(failed.reason, f"{failed.detail} It came from `{body.url}`.")


def _joined(
    kinds: tuple[Kind, ...], readings: tuple[Reading, ...], bodies: tuple[Body, ...]
) -> Extracted:
    text = "".join(reading.lines for reading in readings)
    characters = sum(reading.characters for reading in readings)
    return Extracted(
        text=text,
        title=next((reading.title for reading in readings if reading.title), ""),
        language=next((reading.language for reading in readings if reading.language), ""),
        extractor="+".join(dict.fromkeys(f"{kind}-v1" for kind in kinds)),
        kinds=tuple(kinds),
        raw_sha256=tuple(hashlib.sha256(body.content).hexdigest() for body in bodies),
        is_noindex=any(reading.is_noindex for reading in readings),
        asks_to_sign_in=any(reading.asks_to_sign_in for reading in readings),
        undecodable=sum(reading.undecodable for reading in readings) / max(1, characters),
        announced=announced(text),
    )
