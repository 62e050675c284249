"""Histories looked at as runs would: changes confirmed, what is shown while they last, and how soon."""

from time import process_time

from replay import latency, precision
from replay.histories import PRIVACY, TERMS, histories
from replay.seeds import replayed, terms_as_fetched

from atlas.model import ClauseState
from bench.row import Row, share


def rows(thorough):
    """Return the rows about both seeds, precision and latency; three looks at a version where not `thorough`."""
    return [*_seeds(), *_precision(thorough), *_latency(500 if thorough else 40)]


def _seeds():
    histories()
    before = process_time()
    terms, privacy, pages = replayed(TERMS), replayed(PRIVACY), terms_as_fetched()
    seconds = process_time() - before
    first = [f"{at:%Y-%m-%d}" for at, _, _ in privacy.changes]
    still = len(terms.changes) + len(pages.changes)
    took = len(terms.findings) + len(privacy.findings) + len(pages.findings)
    return [
        Row("changes of the first seed, versions and pages", "0", str(still), still == 0),
        Row(
            "changes of the second seed",
            "1, first observed 2026-06-09",
            f"{len(first)}, first observed {', '.join(first)}",
            first == ["2026-06-09"],
        ),
        Row("both replays", "<= 10 s", f"{seconds:.1f} s for {took:,} looks", seconds <= 10),
    ]


def _precision(thorough):
    found = []
    real, made_up = precision.real(None if thorough else 3), precision.synthetic()
    for what, tally in (("real histories", real), ("made-up histories", made_up)):
        right = tally.shown - len(tally.wrong)
        found += [
            Row(
                f"states shown that are right, {what}",
                ">= 99.5 %",
                share(right, tally.shown),
                tally.precision >= 0.995,
                tuple(tally.wrong),
            ),
            Row(
                f"shown as there and not there, {what}",
                "0",
                f"{tally.wrongly_there} of {sum(tally.states[s] for s in _THERE)}",
                tally.wrongly_there == 0,
            ),
        ]
    return found


def _latency(count):
    found = []
    for kind, within in {"reworded": 25, "removed": 61}.items():
        differs, confirmed = latency.worst(count)[kind]
        found += [
            Row(
                f"hours until a clause {kind} is shown to differ",
                "<= 13",
                f"{differs:.1f}",
                differs <= 13,
            ),
            Row(
                f"hours until a clause {kind} is confirmed",
                f"<= {within}",
                f"{confirmed:.1f}",
                confirmed <= within,
            ),
        ]
    return found


_THERE = (ClauseState.INTACT, ClauseState.TYPOGRAPHY, ClauseState.MOVED)
