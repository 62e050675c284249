"""What a document says of its own date, against when its text was seen to change.

Core. Within one edition only. The platform's date is a claim: it is set beside the looks, and never
taken for one.
"""

from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from atlas.model import History


@dataclass(frozen=True, slots=True)
class Announced:
    """A text that was seen to be new, with the date that it states."""

    observed: date
    """Day of the first look that found this text."""
    looked_before: date
    """Day of the last good look that found the text before: the change came after it."""
    stated: date | None
    """The date that the text states of itself; None: none was recognised."""
    stated_before: date | None
    """The date that the text before stated."""

    @property
    def is_unannounced(self) -> bool:
        """Whether the words changed and the stated date did not."""
        return self.stated is not None and self.stated == self.stated_before


def announced(of: History, as_of: date) -> tuple[Announced, ...]:
    """Return each new text of a document with the date that it states, oldest first."""
    texts = sorted(
        (t for t in of.texts if t.stamp.observed_at.date() <= as_of and not t.seen.technical),
        key=lambda t: t.stamp.observed_at,
    )
    good = sorted(look.at for look in of.looks if look.failure is None)
    found = []
    for before, now in pairwise(texts):
        if now.seen.known:
            continue
        at = now.stamp.observed_at
        earlier = [look for look in good if look < at]
        found.append(
            Announced(
                observed=at.date(),
                looked_before=(earlier[-1] if earlier else before.stamp.observed_at).date(),
                stated=_day(now.seen.announced),
                stated_before=_day(before.seen.announced),
            )
        )
    return tuple(found)


def _day(stated: str | None) -> date | None:
    return date.fromisoformat(stated) if stated else None
