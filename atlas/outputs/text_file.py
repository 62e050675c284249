"""What an output yields: a path below the site's root and the text to stand there. Core."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TextFile:
    """A file to publish, before it is bytes; always written as UTF-8."""

    path: str
    text: str
