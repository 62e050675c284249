"""Where the record of a citation stands besides its words: what the newest leaf of its proof and its page say. Core."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from atlas.citation_check.exhibit import Exhibit, canonical, leaf_named, sha256
from atlas.citation_check.found import Found, Verdict, failed, not_checked, visible
from atlas.model import State
from atlas.proof import Inclusion


class Source(StrEnum):
    """How the record of a page came to be beside the proof."""

    TOGETHER = "together"
    """From one place of a site or a pack: whoever published the one published the other."""
    BUILT_HERE = "built-here"
    """From a site that was built here, and may not be published yet."""
    APART = "apart"
    """Somebody saved it by itself, or the proof is from elsewhere: one may be older than the other."""


class Standing(NamedTuple):
    """Where a record stands."""

    sentence: str
    """In whole sentences; empty: nobody says that it was ever more than active."""
    differs: Found | None = None
    """What it means that its page has another status than the newest leaf; None: it has not, or nobody can tell."""


def standing(
    of: Exhibit,
    found: Mapping[str, Found],
    page: Mapping[str, object] | None = None,
    source: Source = Source.TOGETHER,
) -> Standing:
    """Return where the record stands, by the log and by its page.

    `page` is the record of its page as it reads, where that is at hand, and `source` where it is from. A leaf
    counts only where its path leads to its root.
    """
    entries = of.entries if found["inclusion"].verdict is Verdict.PASS else ()
    if page is None or "address" not in page:
        return Standing(_logged(entries))
    told = page.get("status")
    status = {str(key): value for key, value in told.items()} if isinstance(told, Mapping) else {}
    state, reason = (visible(str(status.get(key) or "")) for key in ("state", "reason"))
    said = f"Its page says that the record is {state}. {reason}".strip() if state else ""
    if not entries:
        return Standing(said)
    actual = None if status.get("state") == State.ACTIVE else _sha256(status)
    if entries[-1].leaf.status_sha256 == actual:
        return Standing(f"{_logged(entries)} {_why(page, state, reason)}".strip())
    if not state:
        said = "Its page does not say so."
    elif actual not in {entry.leaf.status_sha256 for entry in entries}:
        said = f"{said} The log has no such status of it."
    else:
        said = f"{said} The log has that of it no more."
    return Standing(f"{_logged(entries)} {said}".strip(), _differs(entries[-1], source))


def _why(page: Mapping[str, object], state: str, reason: str) -> str:
    """Return what the page says of a status that the log has: the reason, or what is disputed."""
    if reason:
        return f"Its page says why: {reason}"
    said = page.get("statements")
    if state != State.DISPUTED or not isinstance(said, Sequence):
        return ""
    tellers = [visible(str(one.get("by") or "")) for one in said if isinstance(one, Mapping)]
    names = ", ".join(dict.fromkeys(name for name in tellers if name))
    return f"Its page says what is disputed, in the words of {names}." if names else ""


def _differs(newest: Inclusion, source: Source) -> Found:
    what = (
        f"The status on its page is not the one in {leaf_named(newest)}, the newest of this record"
    )
    if source is Source.BUILT_HERE:
        return not_checked(
            f"{what}: this site was built here, and the next publishing enters what changed since."
        )
    if source is Source.APART:
        return not_checked(
            f"{what}: the page and the proof are not from one place, so one may be older than the other."
        )
    return failed(f"{what}: it was changed since, or was never published.")


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
