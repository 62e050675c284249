"""An atlas that a command edits: read whole, judged again as it would stand after the edit, then written.

A line: load, parse, link and check, with what was published. Nothing is written before all of it is ready.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from atlas import checks, load
from atlas.editing.fields import Editable, EditFault, editable
from atlas.link import link
from atlas.load_published import PublishedReader
from atlas.misplaced import SITE_FILE
from atlas.model import Atlas, Document, Platform, Provision, SourceFile
from atlas.parse import parse
from atlas.problem import Problem
from atlas.published import read_published
from atlas.reports.report import counted
from atlas.write import replace_file
from atlas.writers import only_writer

Content = Mapping[str, bytes]
"""Files by path, from the root of the atlas."""
Edits = Mapping[str, bytes | None]
"""Files to write in this order, by path; None takes a file away."""

_NO_ATLAS = f"there is no {SITE_FILE}, so this is no atlas"
_UNREVISED = "unrevised-change"
"""Code of the problem that a revision mends: whoever edits says so, and is not refused for it."""


@dataclass(frozen=True, slots=True)
class Opened:
    """The files of an atlas as they stand on disk, and what they add up to."""

    root: Path
    files: Content = field(repr=False)
    atlas: Atlas = field(repr=False)
    problems: tuple[Problem, ...] = field(repr=False)
    """Of the form of files; checks are asked only when something is to be written."""
    left: list[Problem] = field(default_factory=list, init=False, repr=False)
    """What was wrong before an edit and is still, once it was judged; empty before."""

    def sheet(self, of: Provision | Document | Platform) -> Editable:
        """Return the file of a record, document or platform for editing."""
        return editable(of.origin.path, self.files[of.origin.path])


@contextmanager
def editing(root: Path, command: str) -> Iterator[Opened]:
    """Give the atlas at `root` to one command, as in `./run revise`; nobody else writes there until the block ends.

    Raises:
        EditFault: another command writes, or there is no atlas that can be read.
    """
    if not (root / SITE_FILE).is_file():
        raise EditFault(_NO_ATLAS)
    with only_writer(root, command, EditFault):
        yield opened(root)


def opened(root: Path) -> Opened:
    """Read the atlas at `root`.

    Raises:
        EditFault: it has no settings that can be read, or what was published is broken.
    """
    loaded = load.load(root)
    machine = PublishedReader(root).read()
    records, problems = parse(loaded.files)
    published, found = read_published(machine.files)
    broken = (*machine.problems, *found)
    if broken:
        raise EditFault(said(broken[0]))
    if records.site is None:
        first = next((p for p in problems if p.path == SITE_FILE), None)
        raise EditFault(said(first) if first else _NO_ATLAS)
    atlas = link(replace(records, published=published))
    files = {file.path: file.content for file in loaded.files}
    return Opened(root, files, atlas, (*loaded.problems, *problems))


def said(problem: Problem) -> str:
    """Return a problem as a sentence: where, what, and the way out."""
    return f"{problem.path}:{problem.span.line}: {problem.message}; {problem.hint}".rstrip("; ")


def where(of: Provision | Document | Platform, *place: str | int) -> str:
    """Return file and line of a field, for a sentence."""
    return f"{of.origin.path}:{of.origin.at_key(*place).line}"


def parsed(path: str, content: bytes) -> Provision:
    """Return a record as its text says it.

    Raises:
        EditFault: it does not parse.
    """
    records, problems = parse([SourceFile(path, content)])
    if problems or not records.provisions:
        raise EditFault(said(problems[0]) if problems else f"{path} is no place of a record")
    return records.provisions[0]


def judge(before: Opened, edits: Edits, as_of: date, sound: Collection[str] = ()) -> None:
    """Refuse what would leave the atlas with a problem that it does not have now, or these files with any.

    A problem elsewhere that is there already stops nobody, so that one thing can be mended at a time; `left` has it.

    Raises:
        EditFault: it would; names the first such problem.
    """
    whole = {**before.files, **edits}
    after = {path: content for path, content in whole.items() if content is not None}
    known = Counter((p.code, p.message) for p in blocking(before, before.files, as_of))
    found = blocking(before, after, as_of)
    for problem in found:
        if problem.path in sound:
            raise EditFault(f"it has problems, which come first: {said(problem)}")
        if known[problem.code, problem.message]:
            known[problem.code, problem.message] -= 1
        else:
            raise EditFault(f"nothing was changed, since this would follow: {said(problem)}")
    before.left[:] = found


def told_left(atlas: Opened) -> str:
    """Return a line on the problems that an edit found and left there; nothing where there are none."""
    if not atlas.left:
        return ""
    verb = "is" if len(atlas.left) == 1 else "are"
    found = counted(len(atlas.left), "problems")
    return f"there {verb} {found} still, as before this; ./run check tells where\n"


def write(root: Path, edits: Edits) -> None:
    """Write files in the order given, each whole or not at all."""
    for path, content in edits.items():
        if content is None:
            (root / path).unlink(missing_ok=True)
            continue
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        replace_file(root / path, content)


def blocking(atlas: Opened, files: Content, as_of: date) -> list[Problem]:
    """Return every problem that blocks and that no revision would mend, had an atlas these files."""
    records, found = parse(SourceFile(path, content) for path, content in sorted(files.items()))
    linked = link(replace(records, published=atlas.atlas.published))
    problems = (*found, *checks.run(linked, as_of))
    return [p for p in problems if p.blocks and p.code != _UNREVISED]
