"""Makes the search index: runs Pagefind once over a finished folder.

Edge; the one owner of pagefind-bin. Which pages are found, and by what, is said by the pages
themselves (`data-pagefind-*`); the interface is our own, so what Pagefind ships of one is removed.
"""

import json
import os
import shutil
import signal
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import current_thread, main_thread

from atlas.problem import Fault

FOLDER = "pagefind"

_WORD_CHARACTERS = "-§"
"""Marks that are part of a word, so that an id or a section is one."""

_UNUSED = ("pagefind-ui.", "pagefind-modular-ui.", "pagefind-component-ui.", "pagefind-highlight.")
_ENTRY = "pagefind-entry.json"

_UNASKED = "Did not find a data-pagefind-body element"
"""What Pagefind says where no page asks to be found, before it indexes every one of them."""


class SearchFault(Fault):
    """The search index cannot be made; says why."""


@dataclass(frozen=True, slots=True)
class Indexed:
    """What was indexed."""

    pages: int
    bytes: int
    """Size of the index on disk."""


def index(site: Path, expected: int | None = None) -> Indexed:
    """Index the pages below `site` that ask for it, into `site/pagefind/`.

    Where no page asks, there is no index. `expected` is how many pages ought to be found.

    Raises:
        SearchFault: the program is not there, fails, leaves an index that would not load, or finds
            another number of pages than expected.
    """
    folder = site / FOLDER
    shutil.rmtree(folder, ignore_errors=True)
    run = _run(site)
    if _UNASKED in run.stdout:
        shutil.rmtree(folder, ignore_errors=True)
        found = Indexed(0, 0)
    elif run.returncode != 0:
        raise SearchFault(f"the search index could not be made: {_last_words(run)}")
    else:
        for file in folder.iterdir():
            if file.name.startswith(_UNUSED):
                file.unlink()
        found = _read_back(folder)
    if expected is not None and found.pages != expected:
        raise SearchFault(
            f"{found.pages} pages are in the search index, and {expected} ought to be; build again"
        )
    return found


def _run(site: Path) -> "subprocess.CompletedProcess[str]":
    try:
        import pagefind_bin  # noqa: PLC0415  only a build that indexes needs it

        program = pagefind_bin.get_executable()
    except (ImportError, OSError) as error:
        raise SearchFault(
            f"Pagefind, which makes the search index, is not installed: {error}; --no-search builds without it"
        ) from error
    command = [
        program,
        "--site",
        ".",
        "--output-subdir",
        FOLDER,
        f"--include-characters={_WORD_CHARACTERS}",
    ]
    # Pagefind also listens to its environment and to a file in the working directory: neither is ours.
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith("PAGEFIND_")
    }
    try:
        return _ended(command, site, environment)
    except OSError as error:
        raise SearchFault(
            f"Pagefind does not run here: {error}; --no-search builds without it"
        ) from error


def _ended(
    command: Sequence[str], site: Path, environment: Mapping[str, str]
) -> "subprocess.CompletedProcess[str]":
    """Run a program to its end; it never outlives us, whatever ends us meanwhile. Raises OSError."""
    child = None
    try:
        # subprocess.run() knows its child only some time after that runs.
        with _undisturbed():
            child = subprocess.Popen(  # noqa: S603  the packaged executable, with arguments of our own
                command,
                cwd=site,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                encoding="utf-8",
                errors="replace",
            )
        output, complaints = child.communicate()
    finally:
        if child is not None:
            child.kill()
            child.wait()  # what is killed may still be writing
            with child:  # closes its pipes
                pass
    return subprocess.CompletedProcess(command, child.returncode, output, complaints)


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Put off until the end what interrupts us or tells us to stop; elsewhere than in the main thread nothing does.

    The handlers wait rather than the signals: a program inherits which signals are held back.
    """
    came: list[int] = []
    with ExitStack() as afterwards:
        afterwards.callback(_raise, came)
        for number in (signal.SIGINT, signal.SIGTERM):
            handler = signal.getsignal(number)
            if callable(handler) and current_thread() is main_thread():
                afterwards.callback(signal.signal, number, handler)
                signal.signal(number, lambda one, _: came.append(one))
        yield


def _raise(numbers: Sequence[int]) -> None:
    for number in numbers:
        signal.raise_signal(number)


def _read_back(folder: Path) -> Indexed:
    sizes = {file: file.stat().st_size for file in folder.rglob("*") if file.is_file()}
    empty = sorted(file.name for file, size in sizes.items() if size == 0)
    if empty:
        raise SearchFault(f"Pagefind left an empty file, {empty[0]}; build again")
    try:
        entry = json.loads((folder / _ENTRY).read_text(encoding="utf-8"))
        pages = sum(int(language["page_count"]) for language in entry["languages"].values())
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise SearchFault(
            f"Pagefind left an index that does not load: {error}; build again"
        ) from error
    return Indexed(pages, sum(sizes.values()))


def _last_words(run: "subprocess.CompletedProcess[str]") -> str:
    lines = [line.strip() for line in (run.stderr + run.stdout).splitlines() if line.strip()]
    return " ".join(lines[-3:]) or f"Pagefind ended with {run.returncode} and said nothing"
