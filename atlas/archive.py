"""Asks the Wayback Machine's Save Page Now for copies, and reads back what it says to have saved.

Edge. The archive saves when it likes: an address is handed in, its job is asked about until it ends, and only a copy
that was fetched back counts as one. Nothing that the archive does or leaves undone stops a run: it is a reason.
"""

import asyncio
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from urllib.parse import urlencode, urljoin

from atlas.fetch import Answer, Asking, Fetcher, FetchSettings, NotFetched
from atlas.model import Body

NOT_CONFIGURED = "no archive account is configured"

_HOPS = 3
_AT_ONCE = 6
_REDIRECTS = {301, 302, 307, 308}
_COPY = re.compile(r"/web/(?P<stamp>\d{14})(?:id_)?/(?P<url>.+)", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveSettings:
    """Whose account asks, and how patiently. Times in seconds."""

    key: str = field(repr=False)
    secret: str = field(repr=False)
    address: str = "https://web.archive.org"
    pause: float = 60 / 7
    """Between two requests to save: an account may make seven a minute."""
    poll: float = 6.0
    """Between two questions about one job."""
    job_deadline: float = 300.0
    """After which a job is given up."""
    budget: float = 1800.0
    """After which nothing more is handed in; what is left over is asked for in the next run."""


@dataclass(frozen=True, slots=True)
class Copy:
    """What came of asking for a copy of one address."""

    url: str
    address: str | None = None
    """The copy, for readers; None: there is none."""
    captured_at: datetime | None = None
    body: Body | None = field(default=None, repr=False)
    """The copy as it was read back, without the archive's own additions."""
    reason: str = ""
    """Why there is no copy: the end of a sentence that begins with `because`, without its stop."""


class _NoCopy(Exception):
    """There will be no copy; says why."""


async def save(
    urls: Sequence[str],
    settings: ArchiveSettings,
    fetch: FetchSettings,
    done: Callable[[Copy], None],
) -> None:
    """Ask for a copy of each address, in this order, and hand over what came of each as soon as it is known.

    Addresses whose turn did not come within the budget are left out.
    """
    # Questions about jobs are many and small, and the archive asks for a pause between savings alone.
    async with Fetcher(replace(fetch, pause=min(1.0, settings.pause), jitter=0.0)) as fetcher:
        asking = _Asking(fetcher, settings, fetch)
        async with asyncio.TaskGroup() as group:
            for url in dict.fromkeys(urls):
                group.create_task(asking.one(url, done))


class _Asking:
    """One run's conversation with the archive."""

    def __init__(self, fetcher: Fetcher, settings: ArchiveSettings, fetch: FetchSettings) -> None:
        self._fetcher, self._settings, self._clock = fetcher, settings, fetch.clock
        self._started = self._clock.monotonic()
        self._turn, self._at_once = asyncio.Lock(), asyncio.Semaphore(_AT_ONCE)
        self._next_at = self._started

    async def one(self, url: str, done: Callable[[Copy], None]) -> None:
        """Ask for one copy, and wait for it."""
        async with self._at_once:
            try:
                async with self._turn:
                    if self._since(self._started) >= self._settings.budget:
                        return
                    await self._clock.sleep(max(0.0, self._next_at - self._clock.monotonic()))
                    try:
                        job = await self._job(url)
                    finally:
                        self._next_at = self._clock.monotonic() + self._settings.pause
                done(await self._copy(url, job))
            except _NoCopy as none:
                done(Copy(url, reason=str(none)))

    async def _job(self, url: str) -> str:
        """Hand an address in and return the name of the job."""
        form = urlencode({"url": url, "skip_first_archive": "1", "capture_all": "0"}).encode()
        answer = await self._ask("/save", form)
        job = answer.get("job_id")
        if not isinstance(job, str) or not re.fullmatch(r"[\w-]{1,200}", job):
            raise _refusal(answer)
        return job

    async def _copy(self, url: str, job: str) -> Copy:
        """Wait for a job to end, and read the copy back."""
        started = self._clock.monotonic()
        while (answer := await self._ask(f"/save/status/{job}")).get("status") != "success":
            if answer.get("status") != "pending":
                raise _refusal(answer)
            if self._since(started) >= self._settings.job_deadline:
                limit = f"{self._settings.job_deadline:g}"
                raise _NoCopy(f"the archive did not finish within {limit} seconds")
            await self._clock.sleep(self._settings.poll)
        stamp, original = answer.get("timestamp"), answer.get("original_url") or url
        if not isinstance(stamp, str) or not isinstance(original, str):
            raise _NoCopy("the archive says that it has a copy, and not where")
        return await self._read_back(url, f"/web/{stamp}id_/{original}")

    async def _read_back(self, url: str, path: str) -> Copy:
        for _ in range(_HOPS):
            found = _COPY.fullmatch(path)
            at = _instant(found["stamp"]) if found else None
            if found is None or at is None:
                raise _NoCopy("the archive led to another place than a copy")
            answer = await self._call(path, Asking())
            if answer.status == 200:
                address = f"{self._settings.address}/web/{found['stamp']}/{found['url']}"
                kind = answer.headers.get("content-type", "")
                body = Body(url, self._settings.address + path, 200, kind, answer.content)
                return Copy(url, address, at, body)
            if answer.status not in _REDIRECTS:
                status = f"(status {answer.status})"
                raise _NoCopy(f"the copy was not there when it was read back {status}")
            location = answer.headers.get("location", "")
            path = urljoin(self._settings.address + path, location)
            path = path.removeprefix(self._settings.address)
        raise _NoCopy("the archive led from one copy to the next without an end")

    async def _ask(self, path: str, form: bytes | None = None) -> Mapping[str, object]:
        """Return what the archive answers as JSON, to the account that asks."""
        account = f"LOW {self._settings.key}:{self._settings.secret}"
        headers = {"Accept": "application/json", "Authorization": account}
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        method = "GET" if form is None else "POST"
        answer = await self._call(path, Asking(method, headers, form))
        if answer.status == 429:
            raise _NoCopy("the archive asks for fewer requests (status 429)")
        if answer.status in {401, 403}:
            raise _NoCopy(f"the archive refuses the account (status {answer.status})")
        try:
            tree = json.loads(answer.content)
        except (ValueError, RecursionError):
            tree = None
        if not isinstance(tree, dict):
            raise _NoCopy(f"the archive's answer cannot be read (status {answer.status})")
        return tree

    async def _call(self, path: str, asking: Asking) -> Answer:
        try:
            return await self._fetcher.call(self._settings.address + path, asking)
        except NotFetched as none:
            raise _NoCopy(f"the archive gave no answer: {none.failed.detail.rstrip('.')}") from none

    def _since(self, moment: float) -> float:
        return self._clock.monotonic() - moment


def _refusal(answer: Mapping[str, object]) -> _NoCopy:
    """Say why the archive has no copy, in its own words, tidied so that they fit into a sentence."""
    code, message = answer.get("status_ext"), answer.get("message")
    said = message if isinstance(message, str) else ""
    said = " ".join("".join(c if c.isprintable() else " " for c in said).split())[:200].rstrip(". ")
    named = isinstance(code, str) and re.fullmatch(r"error:[\w-]{1,60}", code)
    refused = f"the archive refused ({code})" if named else "the archive refused"
    return _NoCopy(f"{refused}: {said}" if said else refused)


def _instant(stamp: str) -> datetime | None:
    """Return the instant that fourteen digits stand for; None: they stand for none."""
    try:
        return datetime.strptime(stamp, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        return None
