"""The file security.txt is good for at least thirty days more.

Readers of it may not trust one that has run out (RFC 9116, 2.5.5), and nobody notices when it does.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from atlas.checks.check import Check
from atlas.model import Atlas
from atlas.problem import Problem

_LEAST = timedelta(days=30)


def _find(atlas: Atlas, as_of: date) -> Iterator[Problem]:
    site = atlas.records.site
    if site and site.security_expires < as_of + _LEAST:
        message = f"security.txt runs out on {site.security_expires}"
        hint = "see that the contact is still right, then write a day within the coming year"
        yield site.origin.problem(CHECK.code, ("security_expires",), message, hint, blocks=False)


CHECK = Check("security-expires", __doc__, _find)
