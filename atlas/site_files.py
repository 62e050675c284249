"""Files of a published site, wherever somebody has them: in a folder, in a zip, or at the site's address.

Edge. A folder may hold them at their addresses or flat beside each other, as somebody downloads them.
All of them are strangers' files: sizes and counts are bounded, and no name leads out of the folder.
"""

import asyncio
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import Protocol
from urllib.parse import urljoin

from atlas.fetch import Asking, Fetcher, FetchSettings, NotFetched
from atlas.problem import Fault

LARGEST = 64 * 2**20
"""Bytes of one file that are read."""
MOST_FILES = 20_000
"""Files of a folder or a zip that are looked at."""
_ALTOGETHER = 512 * 2**20
"""Bytes of a zip once unpacked."""
_HOPS = 5
_REDIRECTS = {301, 302, 303, 307, 308}
_MARK = ".atlas-site"
_ROOT_MARKS = (_MARK, "api/v1/log/roots.jsonl")


class SiteFilesFault(Fault):
    """Files of the site cannot be read; says why."""


class SiteFiles(Protocol):
    """Where files of a site are."""

    name: str
    """For sentences."""
    is_whole: bool
    """Whether it is a site, where what is not there was not published."""

    def read(self, path: str) -> bytes | None:
        """Return the file at a path from the root of the site; None: there is none."""

    def names(self, below: str = "") -> Iterator[str]:
        """Yield the paths of the files that can be listed, in order."""


class Folder:
    """A folder: a site, a pack that was unpacked, or files that were downloaded beside each other."""

    def __init__(self, path: Path, name: str = "") -> None:
        """Take a folder that is there."""
        self._path = path
        self.name = name or str(path)
        self.is_whole = (path / _MARK).is_file() or (path / "id").is_dir()

    def is_at(self, path: Path) -> bool:
        """Tell whether it is the folder at a path."""
        return self._path.resolve() == path.resolve()

    def read(self, path: str) -> bytes | None:
        """Return the file at a path, or the one of its name that lies flat in the folder."""
        pure = PurePosixPath(path)
        if pure.is_absolute() or ".." in pure.parts:
            return None
        for place in (self._path / pure, self._path / pure.name):
            try:
                if place.is_file():
                    return _read(place)
            except (OSError, ValueError):
                continue
        return None

    def names(self, below: str = "") -> Iterator[str]:
        """Yield the paths of all files below a folder of it."""
        top = self._path / below
        found = (path for path in top.rglob("*") if path.is_file()) if top.is_dir() else iter(())
        names = (path.relative_to(self._path).as_posix() for path in islice(found, MOST_FILES))
        yield from sorted(names)


class Zip:
    """A zip, such as a pack."""

    def __init__(self, content: bytes, name: str) -> None:
        """Open it.

        Raises:
            SiteFilesFault: it is none that can be read, or a bomb.
        """
        self.name, self.is_whole = name, False
        try:
            self._zip = zipfile.ZipFile(BytesIO(content))
            files = [one for one in self._zip.infolist() if not one.is_dir()]
        except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
            raise SiteFilesFault(f"{name} is no zip that can be read: {error}") from None
        if len(files) > MOST_FILES or sum(one.file_size for one in files) > _ALTOGETHER:
            raise SiteFilesFault(f"{name} holds more than any pack of ours: {len(files):,} files")
        self._files = {one.filename: one for one in files}

    def read(self, path: str) -> bytes | None:
        """Return the file at a path, or the only one of its name at the top."""
        found = self._files.get(path) or self._files.get(PurePosixPath(path).name)
        if not found:
            return None
        try:
            with self._zip.open(found) as file:
                content = file.read(LARGEST + 1)
        except (
            zipfile.BadZipFile,
            RuntimeError,
            OSError,
            EOFError,
            NotImplementedError,
            ValueError,
        ):
            raise SiteFilesFault(
                f"{self.name} is damaged: {found.filename} cannot be read"
            ) from None
        except Exception as error:
            if type(error).__module__ in {"zlib", "lzma", "_lzma"}:
                message = f"{self.name} is damaged: {found.filename} cannot be read"
                raise SiteFilesFault(message) from None
            raise
        if len(content) > LARGEST:
            raise SiteFilesFault(f"{self.name}: {found.filename} is larger than any file of ours")
        return content

    def names(self, below: str = "") -> Iterator[str]:
        """Yield the paths of all files below a folder of it."""
        yield from sorted(name for name in self._files if name.startswith(below))


class Web:
    """The site at its address. Names cannot be listed there."""

    def __init__(self, base: str, settings: FetchSettings) -> None:
        """Take the base URL, with a final slash, and how one fetches."""
        self.name, self.is_whole, self._base = base, True, base
        self._settings = replace(
            settings, pause=0.2, jitter=0.0, wire_limit=LARGEST, body_limit=LARGEST
        )
        self._known: dict[str, bytes | None] = {}

    def read(self, path: str) -> bytes | None:
        """Return what is served at a path.

        Raises:
            SiteFilesFault: the site gives no answer, or leads elsewhere.
        """
        if path not in self._known:
            self._known[path] = asyncio.run(self._asked(path))
        return self._known[path]

    def names(self, below: str = "") -> Iterator[str]:  # noqa: ARG002
        """Yield nothing."""
        yield from ()

    async def _asked(self, path: str) -> bytes | None:
        served = path.removesuffix("index.html")
        url = self._base + served
        try:
            async with Fetcher(self._settings) as fetcher:
                for _ in range(_HOPS):
                    answer = await fetcher.call(url, Asking())
                    if answer.status not in _REDIRECTS:
                        break
                    url = urljoin(url, answer.headers.get("location", ""))
                    if not url.startswith(self._base):
                        raise SiteFilesFault(
                            f"{self._base}{served} leads to another site: {url[:200]}"
                        )
        except NotFetched as error:
            raise SiteFilesFault(f"{self._base}{served}: {error.failed.detail}") from None
        if answer.status in {404, 410}:
            return None
        if answer.status != 200:
            raise SiteFilesFault(f"{self._base}{served} answered with status {answer.status}")
        return answer.content


def read_file(path: Path, name: str) -> bytes:
    """Return the bytes of a file.

    Raises:
        SiteFilesFault: it is empty, too large, or cannot be read.
    """
    try:
        content = _read(path)
    except OSError as error:
        raise SiteFilesFault(f"{name} cannot be read: {error.strerror or error}") from None
    if not content:
        raise SiteFilesFault(f"{name} is empty")
    return content


def site_around(path: Path) -> tuple[Path, str] | None:
    """Return the site in which a file stands and its path there; None: it stands in none."""
    for folder in path.parents[:12]:
        if any((folder / mark).is_file() for mark in _ROOT_MARKS):
            return folder, path.relative_to(folder).as_posix()
    return None


_STUB = re.compile(
    rb'<link[^>]*rel="?canonical"?[^>]*href="?[^"> ]*?(platform/[^/"> ]+/[^/"> ]+/[^/"> ]+/)'
)


def stub_target(page: bytes) -> str:
    """Return the folder of the record to which a page leads, from the root of the site; empty: to none."""
    match = _STUB.search(page[: 2**16])
    return match[1].decode("utf-8", "replace") if match else ""


def _read(path: Path) -> bytes:
    with path.open("rb") as file:
        content = file.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise SiteFilesFault(
            f"{path.name} has more than {LARGEST // 2**20} MiB, and no file of ours has so many"
        )
    return content
