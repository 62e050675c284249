"""Which looks come after what is recorded: the ledger does not go back in time, and holds no look twice. A line."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from atlas.model import History
from atlas.model.run_report import LeftOut
from atlas.problem import Fault

MOST_AHEAD = timedelta(hours=1)
"""How far a capture may be ahead of our clock: two machines' clocks are that far apart at most."""


class OrderFault(Fault):
    """A look is said to be of an instant that cannot be; says which, and what the clock says."""


def left_out(
    looks: Iterable[tuple[str, datetime]], histories: Mapping[str, History], now: datetime
) -> tuple[LeftOut, ...]:
    """Return the documents whose look, an id and an instant, is not after the last one that is recorded, by id.

    A look that repeats stands in the line of its run, which bears the earliest instant of that run. So a look is
    recorded already where the last one is not before the earliest of those that came together with it.

    Raises:
        OrderFault: a look is more than an hour ahead of the clock.
    """
    at = dict(looks)
    for document, instant in sorted(at.items()):
        if instant - now > MOST_AHEAD:
            raise OrderFault(
                f"the capture of {document} is said to be of {_told(instant)}, and it is {_told(now)} now; nothing was "
                "recorded. Check the clocks of the machine that captured it and of this one."
            )
    earliest = min(at.values(), default=now)
    found = []
    for document, instant in sorted(at.items()):
        history = histories.get(document)
        times = {look.at for look in history.looks} if history else set()
        if times and (last := max(times)) >= earliest:
            known = instant in times or last < instant
            because = "already recorded" if known else "older than the last look"
            found.append(
                LeftOut(document=document, captured_at=instant, last_look_at=last, because=because)
            )
    return tuple(found)


def refuse_past(documents: Iterable[str], histories: Mapping[str, History], now: datetime) -> None:
    """Refuse to look while the clock is behind the last recorded look at one of these documents.

    Raises:
        OrderFault: it is.
    """
    for document in documents:
        history = histories.get(document)
        last = max((look.at for look in history.looks), default=now) if history else now
        if last > now:
            raise OrderFault(
                f"the clock says {_told(now)}, and the last look at {document} is recorded for {_told(last)}; nothing "
                "was looked at. Set the clock of this machine."
            )


def _told(instant: datetime) -> str:
    return f"{instant:%Y-%m-%d %H:%M:%S} UTC"
