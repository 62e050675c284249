"""An address that was published never dies: what stood there stands there, leads on, or says why it is gone.

Many addresses that one deed took away are told once, where that was done. Ids that were changed, and
what was moved to other documents, are told by `changed-id` and `moved-record` alone.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from atlas.addresses import by_file
from atlas.checks.check import Check
from atlas.checks.vanishing import Cause, Causes
from atlas.model import Atlas
from atlas.problem import Problem
from atlas.published import Addresses


def _find(atlas: Atlas, _as_of: date) -> Iterator[Problem]:
    if not atlas.published.addresses or atlas.records.site is None:
        return
    causes = Causes(atlas)
    counts: Counter[Cause] = Counter()
    firsts: dict[Cause, str] = {}
    for address, number in _vanished(atlas):
        cause = causes.of(address, number)
        if cause is not None:
            counts[cause] += 1
            firsts.setdefault(cause, address)
    for cause, count in counts.items():
        yield Problem(
            CHECK.code, cause.path, cause.span, cause.message(firsts[cause], count), cause.hint
        )


CHECK = Check("vanished-address", __doc__, _find, compares=True)


def _vanished(atlas: Atlas) -> Iterator[tuple[str, str]]:
    """Yield every address at which nothing is now, or what has another id, and the id that it was given to."""
    ledger, there = Addresses.of(atlas.published.addresses), by_file(atlas)
    for path in ledger.files:
        entered, now = ledger.owners(path), there.get(path, "")
        if entered == now:
            continue
        lines = set(now.split("\n"))
        left = set(entered.split("\n")) - lines
        standing = {line.partition("\t")[0] for line in lines} if left else set()
        for line in sorted(left):
            address, _, number = line.partition("\t")
            if number or address not in standing:
                yield address, number
