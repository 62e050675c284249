"""Where the record of a citation stands besides its words: what the newest leaf of its proof and its page say. Core."""

from collections.abc import Mapping, Sequence

from atlas.citation_check.exhibit import Exhibit, canonical, sha256
from atlas.citation_check.found import Found, Verdict, visible
from atlas.model import State
from atlas.proof import Inclusion


def standing(
    of: Exhibit, found: Mapping[str, Found], page: Mapping[str, object] | None = None
) -> str:
    """Return it in whole sentences; nothing where nobody says that the record was ever more than active.

    `page` is the record of its page as it reads, where that is at hand. A leaf counts only where its path
    leads to its root.
    """
    entries = of.entries if found["inclusion"].verdict is Verdict.PASS else ()
    told = page.get("status") if page and "address" in page else None
    status = {str(key): value for key, value in told.items()} if isinstance(told, Mapping) else {}
    state, reason = (visible(str(status.get(key) or "")) for key in ("state", "reason"))
    said = f"Its page says that the record is {state}. {reason}" if state else ""
    if entries:
        newest = entries[-1].leaf
        if newest.status_sha256 == _sha256(status):
            said = f"Its page says why: {reason}" if reason else ""
        elif state:
            said = f"{said} The log has no such status of it."
        elif page and "address" in page:
            said = "Its page does not say so."
    return f"{_logged(entries)} {said}".strip()


def _logged(entries: Sequence[Inclusion]) -> str:
    """Return what the newest leaf says of the record's status, and which root entered that."""
    if all(entry.leaf.status is State.ACTIVE for entry in entries):
        return ""
    newest = entries[-1].leaf
    first = entries[-1]
    for entry in reversed(entries):
        if entry.leaf.status_sha256 != newest.status_sha256:
            break
        first = entry
    state = "active again" if newest.status is State.ACTIVE else newest.status.value
    return (
        f"The log says that the record is {state}, as entered by the root of {first.root.at:%Y-%m-%d};"
        " nothing of that is in the frozen record."
    )


def _sha256(status: dict[str, object]) -> str | None:
    """Return the hash that the log has of a status; None: there is none."""
    content = canonical(status) if status else None
    return sha256(content.rstrip(b"\n")) if content else None
