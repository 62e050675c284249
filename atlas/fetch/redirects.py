"""Redirects followed by hand, each step judged like a first address (RFC 9110, 15.4).

Edge.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from atlas.fetch.address import Target, checked, joined
from atlas.fetch.exchange import Answer
from atlas.fetch.failing import NotFetched
from atlas.model import Failure

MOST = 5

_PERMANENT = {301, 308}
_REDIRECTS = {301, 302, 303, 307, 308}


@dataclass(frozen=True, slots=True)
class Reached:
    """Where a chain of redirects ended."""

    answer: Answer
    target: Target
    passed: tuple[str, ...]
    """Addresses on the way, without the first and with the last."""

    moved_for_good: bool
    """Whether there was a redirect and each was permanent."""


async def follow(url: str, ask: Callable[[Target], Awaitable[Answer]]) -> Reached:
    """Ask for an address, and for whatever it redirects to, at most five times.

    Raises NotFetched: unreachable for a loop, for too many redirects and for one without an address;
    refused address for one from https to http, or to where we do not go.
    """
    target = checked(url)
    passed: list[str] = []
    seen = {target.url}
    permanent = True
    while True:
        answer = await ask(target)
        if answer.status not in _REDIRECTS:
            return Reached(answer, target, tuple(passed), bool(passed) and permanent)
        permanent = permanent and answer.status in _PERMANENT
        target = _next(target, answer)
        if target.url in seen:
            raise NotFetched(
                Failure.UNREACHABLE, "The page redirects in a circle.", status=answer.status
            )
        if len(passed) == MOST:
            raise NotFetched(
                Failure.UNREACHABLE,
                f"The page redirects more than {MOST} times.",
                status=answer.status,
            )
        seen.add(target.url)
        passed.append(target.url)


def _next(target: Target, answer: Answer) -> Target:
    location = answer.headers.get("location", "")
    if not location:
        raise NotFetched(
            Failure.UNREACHABLE,
            f"The page redirects ({answer.status}) without saying where to.",
            status=answer.status,
        )
    following = checked(joined(target.url, location))
    if target.scheme == "https" and following.scheme != "https":
        raise NotFetched(
            Failure.REFUSED_ADDRESS,
            f"The page redirects from https to http, at `{following.host}`, where anybody could change it on the way.",
        )
    return following
