"""Whether a citation holds: one check a file, of what was gathered of it; `CHECKS` lists them in order.

Core. A check passes, fails, or was not made; what was not made never looks as if it had passed. Each
says in one plain sentence what was compared with what.
"""

from collections.abc import Callable

from atlas.citation_check.archived_copy import found as archived_copy
from atlas.citation_check.attestation import found as attestation
from atlas.citation_check.clause_hash import found as clause_hash
from atlas.citation_check.exhibit import Exhibit
from atlas.citation_check.found import Found, Verdict
from atlas.citation_check.frozen_record import found as frozen_record
from atlas.citation_check.inclusion import found as inclusion
from atlas.citation_check.live_page import found as live_page
from atlas.citation_check.quote_in_text import found as quote_in_text
from atlas.citation_check.root import found as root
from atlas.citation_check.text_hash import found as text_hash
from atlas.citation_check.time_stamp import found as time_stamp

__all__ = ["CHECKS", "Exhibit", "Found", "Verdict", "check"]

CHECKS: tuple[tuple[str, Callable[[Exhibit], Found]], ...] = (
    ("frozen-record", frozen_record),
    ("clause-hash", clause_hash),
    ("quote-in-text", quote_in_text),
    ("text-hash", text_hash),
    ("inclusion", inclusion),
    ("root", root),
    ("attestation", attestation),
    ("time-stamp", time_stamp),
    ("archived-copy", archived_copy),
    ("live-page", live_page),
)
"""Code and function of each, from the record outwards."""


def check(of: Exhibit) -> dict[str, Found]:
    """Return what each check came to, by code, in order."""
    return {code: found(of) for code, found in CHECKS}
