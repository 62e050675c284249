"""Where a quotation stands in a document, and if it does not, what stands there instead.

Core. `find` answers only with the very words (intact, other typography, moved, scattered); `search`
looks in new blocks for other words in their place. A likeness never means that a clause is intact.
"""

from atlas.locate.blocks import novel_blocks
from atlas.locate.candidates import REWORDED_FROM, REWRITTEN_FROM, Candidate, search
from atlas.locate.document import Folded, folded
from atlas.locate.ladder import Found, find
from atlas.locate.quotation import SHORTEST_PART, short_parts

__all__ = [
    "REWORDED_FROM",
    "REWRITTEN_FROM",
    "SHORTEST_PART",
    "Candidate",
    "Folded",
    "Found",
    "find",
    "folded",
    "novel_blocks",
    "search",
    "short_parts",
]
