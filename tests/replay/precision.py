"""How often what is shown is true, over replays of which the truth is known.

The truth of a look is whether the letters of the quotation stand in the text that the platform really published
then; a page that is not the document says nothing, and has to be shown as such.
"""

from collections import Counter
from dataclasses import dataclass, field

from replay.follow import SHOWN_AS_THERE, Follower, is_in, watch
from replay.histories import SEEDS, WRONG, histories, looks
from replay.synthetic import CRASH, GERMAN, HALF, HISTORIES, REDESIGNED

from atlas.canonical import clause_sha256, letters
from atlas.model import ClauseState

QUOTED = 8
"""Clauses that are followed in each document: long blocks of its first version, spread over it."""


@dataclass
class Tally:
    """States shown, one for each look and clause."""

    shown: int = 0
    wrong: list = field(default_factory=list)
    wrongly_there: int = 0
    """Shown as intact, or verified, while the words were not in the text."""
    states: Counter = field(default_factory=Counter)
    changes: int = 0

    def add(self, follower, pages):
        """Count one replay; `pages` holds for each look what the platform published, and whether that is what came."""
        quotes = {quote.record: quote.text for quote in follower.watched.quotes}
        self.changes += len(follower.changes)
        for finding, (text, came) in zip(follower.findings, pages, strict=True):
            if finding.failed:
                self._count(finding, finding.failed.reason, "", is_right=not came)
            for outcome in finding.outcomes:
                quote = quotes[outcome.record]
                is_there = is_in(quote, text)
                right = _is_right(outcome, quote, is_there=is_there)
                self._count(finding, outcome.state, outcome.record, is_right=right)
                self.wrongly_there += outcome.state in SHOWN_AS_THERE and not is_there

    def _count(self, finding, state, record, *, is_right):
        self.shown += 1
        self.states[str(state)] += 1
        if not is_right:
            self.wrong.append(f"{finding.observed_at:%Y-%m-%d %H:%M} {record} {state}")

    @property
    def precision(self):
        """Share of states shown that are right."""
        return 1 - len(self.wrong) / self.shown


def _is_right(outcome, quote, *, is_there):
    if outcome.state in SHOWN_AS_THERE:
        return is_there
    if outcome.state is ClauseState.DIFFERS and outcome.old_sha256 != clause_sha256(quote):
        # Other words were confirmed, and the quotation has come back or a third wording has come.
        return is_there or outcome.new_sha256 != outcome.old_sha256
    return not is_there


def real(longest):
    """Tally the archive's histories, seeds among them; at most so many looks at a version, None: all of nine months."""
    tally = Tally()
    for document, versions in histories().items():
        quotes = {"seed": SEEDS[document]} if document in SEEDS else _blocks(versions)
        follower = Follower(watch(quotes))
        for at, text in looks(versions, longest=longest):
            follower.text(text, at=at)
        tally.add(follower, _published(follower.pages, lambda text: text.startswith(WRONG)))
    return tally


def synthetic():
    """Tally the ten made-up histories."""
    tally = Tally()
    for history in HISTORIES:
        follower = history()
        wrong = {CRASH, GERMAN, HALF, REDESIGNED}
        tally.add(follower, _published(follower.pages, wrong.__contains__))
    return tally


def _published(pages, is_wrong):
    """Beside each page the text that was published then: of a wrong page, the last right one's, or else the first's."""
    text = next(page for page in pages if not is_wrong(page))
    for page in pages:
        text = text if is_wrong(page) else page
        yield text, not is_wrong(page)


def _blocks(versions):
    first = next(text for _, text in versions if not text.startswith(WRONG))
    long = [block for block in first.split("\n") if 100 <= len(letters(block)) <= 700]
    chosen = long[:: max(1, len(long) // QUOTED)][:QUOTED]
    return {f"block {number}": block for number, block in enumerate(chosen, 1)}
