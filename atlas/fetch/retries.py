"""Further tries: which failures get one, and after how long.

Edge, owner of stamina, which counts the tries. The waiting is the host's pause (`hosts`), so that other
documents of a host that asked for rest wait as well, and so that all waiting goes through one clock.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import stamina
import stamina.instrumentation

from atlas.fetch.exchange import Answer
from atlas.fetch.failing import NotFetched
from atlas.fetch.hosts import LONGEST_PAUSE, Hosts
from atlas.fetch.settings import FetchSettings
from atlas.model import Failure

TRIES = 3

_BUSY = {408, 429, 500, 502, 503, 504}
_FIRST_WAIT = 5.0
_LONGEST_WAIT = 60.0

stamina.instrumentation.set_on_retry_hooks(
    ()
)  # a try that failed is told in the report, not in a log


@dataclass(slots=True)
class Patience:
    """Seconds that are left for one source."""

    left: float

    def spend(self, seconds: float) -> None:
        """Take off what was used."""
        self.left -= seconds


async def tried(
    ask: Callable[[], Awaitable[Answer]],
    host: str,
    hosts: Hosts,
    settings: FetchSettings,
    patience: Patience,
) -> Answer:
    """Ask, and ask again after a failed connection, a deadline, or a status that passes (408, 429, 5xx).

    Three times at most, with exponential waits and full jitter, or as long as the server asks for.
    Raises NotFetched as the last try did. A server that asks for more than two minutes is left alone.
    """
    number = 0

    async def once() -> Answer:
        nonlocal number
        number += 1
        try:
            answer = await ask()
            if answer.status in _BUSY:
                raise _busy(answer, host)
        except NotFetched as error:
            if error.again:
                wait = _wait(error, number, host, hosts, settings)
                _check(patience, wait if number < TRIES else 0.0, error)
                hosts.hold(host, wait)
            raise
        return answer

    async for attempt in stamina.retry_context(on=_another, attempts=TRIES, timeout=None):
        with attempt:
            return await once()
    raise AssertionError("the last try returns or raises")


def _another(error: Exception) -> bool | float:
    """No wait of stamina's own: the host's pause is the wait."""
    return 0.0 if isinstance(error, NotFetched) and error.again else False


def _busy(answer: Answer, host: str) -> NotFetched:
    return NotFetched(
        Failure.UNREACHABLE,
        f"`{host}` answered {answer.status}, also when asked again.",
        again=True,
        after=answer.headers.get("retry-after"),
        host=host,
        status=answer.status,
    )


def _check(patience: Patience, wait: float, error: NotFetched) -> None:
    patience.spend(wait)
    if patience.left <= 0:
        raise NotFetched(error.failed.reason, error.failed.detail, host=error.host) from error


def _wait(
    error: NotFetched, number: int, host: str, hosts: Hosts, settings: FetchSettings
) -> float:
    asked = None if error.after is None else _seconds(error.after, settings.clock.now())
    if error.after is not None and (asked is None or asked > LONGEST_PAUSE):
        what = "an unclear time" if asked is None else f"{asked:,.0f} seconds"
        why = f"`{host}` asked us to wait for {what}, so it was left alone for the rest of the run."
        hosts.leave_alone(host, why)
        raise NotFetched(Failure.UNREACHABLE, why, host=host) from error
    longest: float = min(_LONGEST_WAIT, _FIRST_WAIT * 2 ** (number - 1))
    return max(asked or 0.0, settings.chance() * longest)


def _seconds(after: str, now: datetime) -> float | None:
    """Read Retry-After, seconds or a date (RFC 9110, 10.2.3); None where it is neither."""
    after = after.strip()
    if after.isascii() and after.isdecimal():
        return float(after[:12])
    try:
        until = parsedate_to_datetime(after)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    if until.tzinfo is None:
        until = until.replace(tzinfo=UTC)
    return max(0.0, (until - now).total_seconds())
