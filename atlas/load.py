"""Reads what people wrote: records below `content/` and `data/`, templates with their assets.

Edge: touches the disk, judges nothing but whether a file can be read at all.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from atlas.model import SourceFile
from atlas.problem import FIRST_LINE, Fault, Problem

_READ_AT_MOST = 1024 * 1024
_TEXT_SUFFIXES = frozenset({".html", ".yaml", ".css", ".js", ".svg", ".txt", ".xml", ".md"})


class LoadFault(Fault):
    """A template cannot be read; says which and why."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """The files of an atlas as they stand, and those that could not be read."""

    files: tuple[SourceFile, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Templates:
    """A designer's folder: template texts by name, and assets as bytes by name."""

    texts: dict[str, str] = field(repr=False)
    assets: dict[str, bytes] = field(repr=False)


def load(root: Path) -> Loaded:
    """Read every record file of the atlas at `root`, in order of path.

    `README.md` and names that begin with `_` (but for the two that say what a folder is) are never
    published, so they are not read; nor are hidden files.
    """
    files: list[SourceFile] = []
    problems: list[Problem] = []
    top = root.resolve()
    for path in [*_below(root / "content"), *sorted((root / "data").glob("*.yaml"))]:
        name = path.relative_to(root).as_posix()
        try:
            if not _is_utf8(name):
                shown = name.encode("utf-8", "backslashreplace").decode()
                hint = "name it with lower-case letters, digits and hyphens"
                problems.append(
                    Problem(
                        "invalid-slug",
                        shown,
                        FIRST_LINE,
                        "the name of this file is not UTF-8",
                        hint,
                    )
                )
                continue
            if not path.resolve().is_relative_to(top):
                hint = "put the file itself here; nothing outside the atlas is published"
                problems.append(
                    Problem(
                        "outside-file", name, FIRST_LINE, "this link leads out of the atlas", hint
                    )
                )
                continue
            with path.open("rb") as stream:
                files.append(SourceFile(name, stream.read(_READ_AT_MOST)))
        except FileNotFoundError:
            continue  # gone between listing and reading: an editor saving, or a link to nothing
        except (OSError, RuntimeError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            problems.append(
                Problem(
                    "unreadable-file",
                    name,
                    FIRST_LINE,
                    f"this file cannot be read: {reason}",
                    "check its permissions",
                )
            )
    return Loaded(tuple(files), tuple(problems))


def load_templates(root: Path) -> Templates:
    """Read the packaged templates, and over them those of the atlas at `root`."""
    texts: dict[str, str] = {}
    assets: dict[str, bytes] = {}
    for folder in dict.fromkeys([packaged_templates(), (root / "templates").resolve()]):
        for path in _below(folder):
            name = path.relative_to(folder).as_posix()
            if name.startswith("assets/"):
                assets[name.removeprefix("assets/")] = path.read_bytes()
            elif path.suffix in _TEXT_SUFFIXES:
                texts[name] = _template_text(path, name)
    return Templates(texts, assets)


def _template_text(path: Path, name: str) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        message = f"templates/{name}: byte {error.start + 1} is not UTF-8; save the file as UTF-8"
        raise LoadFault(message) from error
    except OSError as error:
        raise LoadFault(f"templates/{name} cannot be read: {error.strerror}") from error


def packaged_templates() -> Path:
    """Return the folder of the templates that travel with the program."""
    here = Path(__file__).resolve().parent
    inside = here / "_templates"
    return inside if inside.is_dir() else here.parent / "templates"


def _below(folder: Path) -> Iterator[Path]:
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        for name in sorted(names):
            if _is_source(name):
                yield Path(parent, name)


def _is_utf8(name: str) -> bool:
    # Python keeps bytes of a name that are no UTF-8 as lone surrogates (PEP 383).
    return not any("\ud800" <= character <= "\udfff" for character in name)


def _is_source(name: str) -> bool:
    if name.startswith("_"):
        return name in {"_platform.yaml", "_document.yaml"}
    return not name.startswith((".", "#")) and not name.endswith("~") and name != "README.md"
