"""Captures as WARC (ISO 28500): what sources answered, kept as it came, and read back.

Edge; the one owner of warcio. A file holds the captures of one run, gzipped record by record: for each body a
`resource` record with the bytes after transfer and content decoding, and a `metadata` record that says of which
document it is a part, how it was reached, and what the run made of it.
"""

import hashlib
import json
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, redirect_stderr
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO, StringIO
from pathlib import Path
from typing import BinaryIO, TypedDict

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord
from warcio.warcwriter import WARCWriter

from atlas.model import Body, Fetched
from atlas.problem import Fault

_LARGEST = 64 * 1024 * 1024
"""Bytes of one body at most: three times what the fetcher takes."""
_FORMAT = 1


class WarcFault(Fault):
    """A file of captures cannot be written or read; says which and why."""


@dataclass(frozen=True, slots=True)
class Capture:
    """One look at a document that answered with bodies, and what the run made of it."""

    fetched: Fetched
    outcome: str
    vantage: str
    """Where the fetcher stood."""


class Captures:
    """The captures of a run, written to a file as they come; nothing is held in memory."""

    def __init__(self, path: Path, stream: BinaryIO, program: str) -> None:
        """Begin the file."""
        self.path = path
        self.count = 0
        """How many bodies were written."""
        self._writer = WARCWriter(stream, gzip=True, warc_version="1.1")
        about = {"software": program, "format": "WARC File Format 1.1"}
        self._writer.write_record(self._writer.create_warcinfo_record(path.name, about))

    def keep(self, capture: Capture) -> None:
        """Write one capture; one that came without bodies leaves nothing.

        Raises:
            WarcFault: the file cannot be written.
        """
        try:
            if capture.fetched.bodies:
                self.count += _write(self._writer, capture)
        except OSError as error:
            raise _unwritten(self.path, error) from error

    def end(self) -> None:
        """Write how many bodies there are, without which the file does not count as whole."""
        self._writer.write_record(
            _json_record(self._writer, "", {"format": _FORMAT, "bodies": self.count}, {})
        )


@contextmanager
def captures(folder: Path, run: str, program: str) -> Iterator[Captures]:
    """Give the file `<folder>/<run>.warc.gz` to keep captures in; it has its name once the block ends, however it ends.

    Where no capture was kept there is no file.

    Raises:
        WarcFault: the file cannot be written.
    """
    path = folder / f"{run}.warc.gz"
    unfinished = path.with_suffix(".unfinished")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        stream = unfinished.open("wb")
    except OSError as error:
        raise _unwritten(path, error) from error
    kept = Captures(path, stream, program)
    try:
        yield kept
    finally:
        try:
            with stream:
                kept.end()
            if kept.count:
                unfinished.replace(path)
            else:
                unfinished.unlink()
        except OSError as error:
            raise _unwritten(path, error) from error


def read(path: Path) -> tuple[Capture, ...]:
    """Return the looks that a file of captures holds, in order of document.

    Raises:
        WarcFault: the file cannot be read, is damaged, or holds captures that another program made.
    """
    found: dict[str, dict[int, _Part]] = {}
    try:
        with path.open("rb") as stream, redirect_stderr(StringIO()):
            for part in _parts(stream, path):
                bodies = found.setdefault(part.document, {})
                if part.number in bodies:
                    message = f"it holds {part.document} more than once; a file holds the captures of one run"
                    raise _damaged(path, message)
                bodies[part.number] = part
    except FileNotFoundError:
        raise WarcFault(f"there is no {path}") from None
    except OSError as error:
        raise WarcFault(f"{path} cannot be read: {error.strerror or error}") from error
    except (
        ArchiveLoadFailed,
        LookupError,
        TypeError,
        zlib.error,
        EOFError,
        UnicodeError,
        ValueError,
        AttributeError,
    ) as error:
        # warcio tells damage by whichever of these its parser meets first.
        raise _damaged(
            path, str(error).strip().partition("\n")[0] or "a record is broken"
        ) from error
    return tuple(_look(path, document, found[document]) for document in sorted(found))


@dataclass(frozen=True, slots=True)
class _Part:
    document: str
    number: int
    observed_at: datetime
    outcome: str
    vantage: str
    body: Body


class _Metadata(TypedDict):
    """What the metadata record of a body says, as JSON."""

    format: int
    document: str
    source: int
    observed_at: str
    outcome: str
    vantage: str
    url: str
    status: int
    content_type: str
    redirects: list[str]
    moved_for_good: bool
    etag: str | None
    last_modified: str | None
    browser: str | None
    raw_sha256: str


def _write(writer: WARCWriter, capture: Capture) -> int:
    fetched = capture.fetched
    date = fetched.observed_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    for number, body in enumerate(fetched.bodies):
        resource = writer.create_warc_record(
            body.final_url,
            "resource",
            payload=BytesIO(body.content),
            length=len(body.content),
            warc_content_type="application/octet-stream",
            warc_headers_dict={"WARC-Date": date},
        )
        writer.write_record(resource)
        said: _Metadata = {
            "format": _FORMAT,
            "document": fetched.document,
            "source": number,
            "observed_at": fetched.observed_at.isoformat(),
            "outcome": capture.outcome,
            "vantage": capture.vantage,
            "url": body.url,
            "status": body.status,
            "content_type": body.content_type,
            "redirects": list(body.redirects),
            "moved_for_good": body.moved_for_good,
            "etag": body.etag,
            "last_modified": body.last_modified,
            "browser": body.browser,
            "raw_sha256": hashlib.sha256(body.content).hexdigest(),
        }
        belongs = {
            "WARC-Date": date,
            "WARC-Concurrent-To": resource.rec_headers.get_header("WARC-Record-ID"),
        }
        writer.write_record(_json_record(writer, body.final_url, said, belongs))
    return len(fetched.bodies)


def _json_record(
    writer: WARCWriter, url: str, said: Mapping[str, object], headers: dict[str, str]
) -> ArcWarcRecord:
    text = json.dumps(said).encode()
    return writer.create_warc_record(
        url,
        "metadata",
        payload=BytesIO(text),
        length=len(text),
        warc_content_type="application/json",
        warc_headers_dict=headers,
    )


def _parts(stream: BinaryIO, path: Path) -> Iterator[_Part]:
    """Yield each body with what its metadata record says, which follows it."""
    waiting: dict[str, tuple[str, bytes]] = {}
    count, promised = 0, None
    for record in ArchiveIterator(stream, check_digests="raise"):
        if record.rec_type == "resource":
            name = record.rec_headers.get_header("WARC-Record-ID")
            url = record.rec_headers.get_header("WARC-Target-URI")
            waiting[name] = (url, _content(path, record))
        elif record.rec_type == "metadata":
            name = record.rec_headers.get_header("WARC-Concurrent-To")
            said = json.loads(_content(path, record))
            if name is None:
                promised = said["bodies"]
            elif name in waiting:
                count += 1
                yield _part(path, said, *waiting.pop(name))
    if waiting or count != promised:
        raise _damaged(path, "it ends before its end")


def _part(path: Path, said: _Metadata, final_url: str, content: bytes) -> _Part:
    try:
        if said["format"] != _FORMAT:
            raise _damaged(path, f"its captures are in form {said['format']}, which we do not read")
        if hashlib.sha256(content).hexdigest() != said["raw_sha256"]:
            raise _damaged(path, f"the bytes held of {said['document']} are not those captured")
        observed_at = datetime.fromisoformat(said["observed_at"])
        body = Body(
            said["url"],
            final_url,
            said["status"],
            said["content_type"],
            content,
            tuple(said["redirects"]),
            said["moved_for_good"],
            said["etag"],
            said["last_modified"],
            said["browser"],
        )
        return _Part(
            said["document"], said["source"], observed_at, said["outcome"], said["vantage"], body
        )
    except (KeyError, TypeError) as error:
        raise _damaged(path, f"a metadata record is not of our making ({error!r})") from error


def _content(path: Path, record: ArcWarcRecord) -> bytes:
    content: bytes = record.content_stream().read(_LARGEST + 1)
    if len(content) > _LARGEST:
        raise _damaged(path, f"a record is larger than {_LARGEST // 2**20} MiB")
    return content


def _look(path: Path, document: str, found: dict[int, _Part]) -> Capture:
    if sorted(found) != [*range(len(found))]:
        raise _damaged(path, f"it lacks a source of {document}")
    first = found[0]
    bodies = tuple(found[number].body for number in range(len(found)))
    return Capture(Fetched(document, first.observed_at, bodies), first.outcome, first.vantage)


def _damaged(path: Path, why: str) -> WarcFault:
    return WarcFault(f"{path} is no whole file of captures: {why}. Take another copy of it.")


def _unwritten(path: Path, error: OSError) -> WarcFault:
    return WarcFault(f"{path}: {error.strerror or error}; captures cannot be kept there")
