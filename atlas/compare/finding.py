"""What one look at one document comes to: new lines for the ledger, and what each clause is shown as.

Core. A `Finding` is a value: nothing was written yet when it is there.
"""

from dataclasses import dataclass, field
from datetime import datetime

from atlas.model import ClauseState, DocumentState, Entry, Failed, Wording


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a good look says of one record's quotation."""

    record: str
    state: ClauseState
    """What is shown: `differs` while a change is being confirmed, `never-observed` where the words were never found."""
    found: ClauseState
    """What this look found, confirmed or not."""
    confirmed: bool
    """Whether the state shown is settled: neither waiting for further looks nor never observed."""
    changed: bool
    """Whether this very look confirmed a change of the clause."""
    needs_person: bool
    """Whether no further look will settle it: scattered, or never found at all."""
    looks: int
    """How many looks agree, this one included; settled states count those that settled them."""
    old_sha256: str
    """clause-v1 of the words that stood until now: the quotation, or the last confirmed wording; empty once removed."""
    new_sha256: str | None
    """clause-v1 of the words found now; None: none were."""
    score: float | None = None
    """Likeness of the words found to the quotation, 0 to 1; None where the words themselves were found."""
    wording: Wording | None = None
    """The words found, where they are other than the quotation."""
    start: int | None = None
    """Where they start in the document's text-v1, in characters."""
    end: int | None = None
    prefix: str = ""
    """32 characters before them."""
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """All that follows from one look at one document."""

    document: str
    observed_at: datetime
    entries: tuple[Entry, ...]
    """What is new, in the order of the ledger; empty: all repeats."""
    state: DocumentState
    """The state before with the entries folded in."""
    failed: Failed | None = None
    """Why the look told us nothing."""
    text: str | None = field(default=None, repr=False)
    """The good text, to be held."""
    quarantined: str | None = field(default=None, repr=False)
    """The text of a suspect page, never to be held as the document's."""
    outcomes: tuple[Outcome, ...] = ()
    """One for each quotation, in order; empty where the look failed."""
    guard: tuple[str, ...] = ()
    """What the guard found against the page, one sentence each."""
