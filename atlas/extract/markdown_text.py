"""The text of a Markdown file: its words without markup, a block a line.

Core. No addresses, no titles of links, no alternative texts: they change without the clause changing.
"""

from atlas import markdown
from atlas.extract.charset import decode
from atlas.extract.extracted import Reading
from atlas.model import Body, Failed, Failure

_CHARACTERS, _BRACKETS = 400_000, 5_000
"""What a parser of Markdown takes seconds for; the longest contracts have a third of either."""


def read(body: Body) -> Reading | Failed:
    """Return what a Markdown file says; one that is too long gives `too-large`."""
    decoded = decode(body.content, body.content_type, is_html=False)
    size, brackets = len(decoded.text), decoded.text.count("[")
    if size > _CHARACTERS or brackets > _BRACKETS:
        return Failed(
            Failure.TOO_LARGE,
            f"The Markdown has {size:,} characters and {brackets:,} brackets;"
            f" we read up to {_CHARACTERS:,} and {_BRACKETS:,}.",
        )
    blocks = markdown.blocks(decoded.text)
    return Reading("\n".join(blocks), characters=size, undecodable=decoded.undecodable)
