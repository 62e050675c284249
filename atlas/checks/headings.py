"""The sections that a record may have, in their order. Core."""

import difflib
from functools import lru_cache

WHY = "Why it matters"
IMPACT = "Consumer impact"
ACTIONS = "What you can do"
QUESTIONS = "Questions"

HEADINGS = (WHY, IMPACT, ACTIONS, QUESTIONS)
REQUIRED = (WHY, IMPACT)
"""A record has at least one of these."""


@lru_cache(maxsize=1024)
def meant(heading: str) -> str | None:
    """Return the heading that an unknown one was probably meant to be."""
    by_lower = {h.lower(): h for h in HEADINGS}
    close = difflib.get_close_matches(heading.lower(), by_lower, 1, 0.6)
    return by_lower[close[0]] if close else None
