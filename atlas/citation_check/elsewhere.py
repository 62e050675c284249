"""Whether the words of a quotation stand in a page that somebody else serves. Core."""

from atlas.citation_check.exhibit import Exhibit, Seen
from atlas.citation_check.found import visible
from atlas.extract import Extracted, extract
from atlas.locate import find, folded
from atlas.model import Source


def stands(of: Exhibit, seen: Seen) -> tuple[bool | None, str]:
    """Return whether the words stand in a page, read as a whole, and its name or why that cannot be said."""
    if seen.body is None or of.quote is None:
        return None, seen.why or "There is no quotation at hand to look for."
    source = Source.model_construct(url=seen.url, select=None, remove=(), render=False)
    read = extract((seen.body,), (source,))
    if not isinstance(read, Extracted):
        return None, read.detail
    return find(of.quote, folded(read.text)) is not None, f"`{visible(seen.url)}`"
