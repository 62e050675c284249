"""Writes a zip whose bytes depend on its files alone: names in order, one time for all, nothing compressed.

Edge. It is there whole or not at all, and takes the place of nothing.
"""

import hashlib
import os
import zipfile
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from atlas import durable
from atlas.problem import Fault

_TIME = (1980, 1, 1, 0, 0, 0)
"""The first that a zip can tell; when a pack was made says nothing of what is in it."""
_UNIX = 3
_MODE = 0o100644 << 16


class ZipFileFault(Fault):
    """A zip cannot be written; says why."""


class Written(NamedTuple):
    """A zip that was written."""

    size: int
    """Bytes."""
    sha256: str


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Return files as a zip. Stored, since other versions of a compressor give other bytes."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as archive:
        for name, content in sorted(files.items()):
            entry = zipfile.ZipInfo(name, _TIME)
            entry.create_system, entry.external_attr = _UNIX, _MODE
            archive.writestr(entry, content)
    return made.getvalue()


def write_zip(path: Path, files: Mapping[str, bytes], name: str) -> Written:
    """Write a zip where nothing is yet, and return what was written.

    Raises:
        ZipFileFault: something is there, or the disk refuses.
    """
    content = zipped(files)
    new = path.with_name(f"{durable.NEW}{path.name}-{os.getpid()}")
    if path.exists():
        raise _is_there(name)
    if not path.parent.is_dir():
        raise ZipFileFault(
            f"there is no folder {path.parent} to write {path.name} to; make it first"
        )
    with durable.told(name, ZipFileFault):
        try:
            durable.write(new, content)
            os.link(new, path)
            durable.sync(path.parent)
        except FileExistsError:
            raise _is_there(name) from None
        finally:
            new.unlink(missing_ok=True)
    return Written(len(content), hashlib.sha256(content).hexdigest())


def _is_there(name: str) -> ZipFileFault:
    return ZipFileFault(
        f"{name} is there already, and a pack takes the place of nothing; name another --output"
    )
