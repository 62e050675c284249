"""Reads what people wrote: records below `content/` and `data/`, templates with their assets.

Edge: touches the disk, judges nothing but whether a file can be read at all.
"""

import os
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from atlas.model import SourceFile
from atlas.problem import FIRST_LINE, Fault, Problem

_READ_AT_MOST = 1024 * 1024
_SHELF_ENDINGS = frozenset({".yaml", ".yml"})
_RECORD_ENDINGS = frozenset({".md", ".markdown", *_SHELF_ENDINGS})
_TEXT_SUFFIXES = frozenset({".html", ".yaml", ".css", ".js", ".svg", ".txt", ".xml", ".md", ".py"})


class LoadFault(Fault):
    """A template, or the fictional atlas, cannot be read; says which and why."""


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
    """Read every record file of the atlas at `root` in order of path.

    `README.md` and names that begin with `_` (but for the two that say what a folder is) are never
    published, so they are not read; nor are hidden files.
    """
    files: list[SourceFile] = []
    problems: list[Problem] = []
    top = root.resolve()
    for path in _record_paths(root, problems):
        name = path.relative_to(root).as_posix()
        try:
            fault = _fault(path, top) if name.isprintable() else _unprintable(name)
            if fault:
                problems.append(Problem(fault[0], visible_name(name), FIRST_LINE, *fault[1:]))
                continue
            with path.open("rb") as stream:
                files.append(SourceFile(name, stream.read(_READ_AT_MOST)))
        except FileNotFoundError:
            continue  # gone between listing and reading: an editor saving
        except (OSError, RuntimeError) as error:
            problems.append(_unreadable(name, error))
    return Loaded(tuple(files), tuple(problems))


def visible_name(name: str) -> str:
    """Return a path that can be printed on one line: other characters and bytes as escapes."""
    # Python keeps bytes of a name that are no UTF-8 as lone surrogates (PEP 383).
    return "".join(
        c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in name
    )


def _record_paths(root: Path, problems: list[Problem]) -> Iterator[Path]:
    """Yield what may be a record, and report what stands where none can be read."""

    def unlisted(error: OSError) -> None:
        if not isinstance(error, FileNotFoundError):
            problems.append(_unreadable(Path(error.filename).relative_to(root).as_posix(), error))

    for folder in (root / "content", root / "data"):
        if folder.exists() and not folder.is_dir():
            hint = "move it away, and make a folder of this name"
            message = "this is a file, and a folder belongs here"
            problems.append(Problem("unreadable-file", folder.name, FIRST_LINE, message, hint))
    for parent, folders, names in _walk(root / "content", unlisted):
        for name in folders:
            if Path(name).suffix.lower() in _RECORD_ENDINGS or (parent / name).is_symlink():
                yield parent / name
        yield from (parent / name for name in names)
    for path in sorted([*(root / "data").glob("*"), *(root / "data").glob("*/*")]):
        if path.suffix.lower() in _SHELF_ENDINGS and _is_source(path.name):
            yield path


def _fault(path: Path, top: Path) -> tuple[str, str, str] | None:
    """Return code, message and hint where something is no file of this atlas."""
    try:
        is_inside = path.resolve(strict=True).is_relative_to(top)
    except FileNotFoundError:
        if path.is_symlink():
            return "unreadable-file", "this link leads to nothing", "mend the link, or take it out"
        raise
    except (OSError, RuntimeError):
        if path.is_symlink():
            return "unreadable-file", "this link leads to itself", "mend the link, or take it out"
        raise
    if not is_inside:
        hint = "put the file itself here; nothing outside the atlas is published"
        return "outside-file", "this link leads out of the atlas", hint
    mode = path.stat().st_mode
    if stat.S_ISREG(mode):
        return None
    if not stat.S_ISDIR(mode):
        return "unreadable-file", "this is no file but a pipe, a socket or a device", "take it out"
    if path.is_symlink():
        hint = "put the folder itself here; nothing below a link to a folder is read"
        return "unreadable-file", "this is a link to a folder", hint
    hint = f"write the record into a file of this name; a folder is called `{path.stem}`"
    return "unreadable-file", "this is a folder, and its name is that of a record", hint


def _unprintable(name: str) -> tuple[str, str, str]:
    hint = "name it with lower-case letters, digits and hyphens"
    if any("\ud800" <= character <= "\udfff" for character in name):
        return "invalid-slug", "the name of this file is not UTF-8", hint
    hidden = next(c for c in name if not c.isprintable())
    message = f"the name of this file holds U+{ord(hidden):04X}, which cannot be seen"
    return "invalid-slug", message, hint


def _unreadable(name: str, error: OSError | RuntimeError) -> Problem:
    reason = getattr(error, "strerror", None) or str(error)
    message = f"this file cannot be read: {reason}"
    return Problem(
        "unreadable-file", visible_name(name), FIRST_LINE, message, "check its permissions"
    )


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
    if not any(name.endswith(".html") for name in texts):
        raise LoadFault(f"there are no templates in {packaged_templates()}; bring the folder back")
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


def fictional_atlas() -> Path:
    """Return the root of the invented atlas that shows what this program does: a checkout has it.

    Raises:
        LoadFault: the program was installed without it.
    """
    root = Path(__file__).resolve().parent.parent / "tests" / "sample"
    if not (root / "data" / "site.yaml").is_file():
        raise LoadFault(
            "the fictional atlas is not installed with the program; `--demo` works in a checkout of its repository"
        )
    return root


def _below(folder: Path) -> Iterator[Path]:
    for parent, _, names in _walk(folder):
        yield from (parent / name for name in names)


def _walk(
    folder: Path, unlisted: Callable[[OSError], None] | None = None
) -> Iterator[tuple[Path, list[str], list[str]]]:
    """Yield each folder with the folders and the sources in it, in order of name."""
    for parent, folders, names in os.walk(folder, onerror=unlisted):
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        yield Path(parent), folders, sorted(filter(_is_source, names))


def _is_source(name: str) -> bool:
    if name.startswith((".", "#")) or name.endswith("~"):
        return False
    if name.startswith("_"):
        # One that is nearly called so is read, so that it is told where nothing is published from it.
        return Path(name).stem.lower() in {"_platform", "_document"}
    return name != "README.md"
