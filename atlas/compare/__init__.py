"""The whole decision about one document: what a look at it adds to what is known.

Core. `verify` is pure: the same input gives the same finding, on any machine and at any hour.
"""

from atlas.compare.finding import Finding, Outcome
from atlas.compare.look import verify

__all__ = ["Finding", "Outcome", "verify"]
