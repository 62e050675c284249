"""Time stamps: asks each authority of the site for one over the newest root of the log, and keeps what holds.

A line: read, ask, judge, write. Nothing that an authority does or leaves undone stops the others, and
nobody is asked twice for the same root.
"""

import asyncio
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from atlas.fetch import Asking, Fetcher, FetchSettings, NotFetched
from atlas.held import Held
from atlas.model import Published, Root, SourceFile, TimestampAuthority
from atlas.problem import Fault
from atlas.proof import root_line, stamp
from atlas.published import ANCHORS_FOLDER, FOLDER, SUMS_FILE, renewed_sums
from atlas.write_published import PublishedFolder

LARGEST = 64 * 2**10
"""Bytes of an answer; one with a long chain of certificates has 8,000."""
_STAMPED = {200, 201}
"""What authorities answer with a time stamp; Sigstore's says that it was created."""
_HEADERS = {
    "Content-Type": "application/timestamp-query",
    "Accept": "application/timestamp-reply",
}


class TimestampFault(Fault):
    """There is nothing to put a time to; says why."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What came of asking one authority."""

    authority: str
    """Its name in the settings."""
    sentence: str
    is_kept: bool
    """Whether the root has its time stamp, now or since an earlier run."""


def timestamp(
    root: Path,
    authorities: Sequence[TimestampAuthority],
    trusted: Sequence[stamp.Certificate],
    settings: FetchSettings,
) -> Iterator[Asked]:
    """Ask every authority that the newest root has no time stamp of, and yield what came of each as soon as it is kept.

    With `trusted` certificates, a time stamp is kept only where its chain ends at one of them.

    Raises:
        TimestampFault: what was published is damaged, or the log is empty.
        WritePublishedFault: another command writes there, or nothing can be written.
    """
    published, newest = _newest(root)
    for authority in authorities:
        name = f"{newest.size}.{authority.name}.tsr"
        if name in published.anchors:
            sentence = f"It has put a time to the root of {newest.size} leaves before."
            yield Asked(authority.name, sentence, is_kept=True)
            continue
        try:
            answer, judged = _answer(authority, newest, trusted, settings)
        except NotFetched as error:
            yield Asked(authority.name, error.failed.detail, is_kept=False)
            continue
        is_sound = judged.verdict is stamp.Verdict.HOLDS or (
            judged.verdict is stamp.Verdict.UNTRUSTED and not trusted
        )
        if is_sound:
            _keep(root, name, answer)
        yield Asked(authority.name, judged.sentence, is_sound)


def _answer(
    authority: TimestampAuthority,
    newest: Root,
    trusted: Sequence[stamp.Certificate],
    settings: FetchSettings,
) -> tuple[bytes, stamp.Judged]:
    """Return what an authority answers for a root, and what that proves.

    Raises:
        NotFetched: nothing came, or more than is taken in.
    """
    line, nonce = root_line(newest), secrets.randbits(64)
    asking = Asking("POST", _HEADERS, stamp.request(line, nonce))
    bounded = replace(settings, wire_limit=LARGEST, body_limit=LARGEST)

    async def ask() -> tuple[int, bytes]:
        async with Fetcher(bounded) as fetcher:
            answer = await fetcher.call(authority.url, asking)
            return answer.status, answer.content

    status, content = asyncio.run(ask())
    if status not in _STAMPED:
        sentence = f"It answered with status {status} in place of a time stamp."
        return content, stamp.Judged(stamp.Verdict.FAILS, sentence)
    return content, stamp.judged(content, line, trusted, nonce)


def _keep(root: Path, name: str, answer: bytes) -> None:
    """Write a time stamp as it came, with its sum."""
    with PublishedFolder(root, "./run timestamp") as folder:
        _, files = _read(root)
        sums = next((file.content for file in files if file.path == SUMS_FILE), b"")
        new = {f"{ANCHORS_FOLDER}/{name}": answer}
        folder.replace({**new, SUMS_FILE: renewed_sums(sums, new)})


def _newest(root: Path) -> tuple[Published, Root]:
    published, _ = _read(root)
    if not published.roots:
        raise TimestampFault(
            "the log has no root yet, so there is nothing to put a time to; run ./run register first"
        )
    return published, published.roots[-1]


def _read(root: Path) -> tuple[Published, tuple[SourceFile, ...]]:
    holding = Held(root).read()
    broken = [one for one in holding.problems if one.path.startswith(f"{FOLDER}/")]
    if broken:
        place = f"{broken[0].path}:{broken[0].span.line}: {broken[0].message}"
        raise TimestampFault(f"what was published is damaged ({place}); ./run check says all of it")
    return holding.published, holding.files
