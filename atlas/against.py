"""What was published, read from another commit or another checkout, for a check that nothing of it is taken away.

A line: joins reading with the judging of what was read. Machine files that somebody edited are told
here, since no record says so.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import zip_longest
from pathlib import Path

from atlas import git_trees
from atlas.git_versions import HistoryFault
from atlas.held import Holding
from atlas.ledger import DOCUMENTS_FOLDER, LEDGER_FOLDER, TEXTS_FOLDER
from atlas.load_published import FOLDER, PublishedReader
from atlas.model import Published, SourceFile
from atlas.problem import FIRST_LINE, Fault, Problem, Span
from atlas.published import read_published
from atlas.published.kept import all_gone, taken_away

_WRITTEN = {
    FOLDER: "the publishing job",
    LEDGER_FOLDER: "the verifying job",
    DOCUMENTS_FOLDER: "the verifying job",
    TEXTS_FOLDER: "the verifying job",
}
"""Who alone writes the files below a folder."""


PUBLISHED = "published"
"""Branch of `origin` that holds what was entered last: it only moves on, so that the next run can look back at it."""


class AgainstFault(Fault):
    """There is nothing to check against; says why, and what to do."""


@dataclass(frozen=True, slots=True)
class Against:
    """What was published elsewhere, and what is wrong with the machine files here."""

    published: Published | None
    """None: what is published here holds all of it, unless a problem says otherwise."""
    problems: tuple[Problem, ...] = ()

    def over(self, holding: Holding) -> Holding:
        """Return what the machine files here say, with what was published elsewhere in place of their word."""
        published = holding.published if self.published is None else self.published
        return replace(holding, published=published, problems=(*holding.problems, *self.problems))


def against(root: Path, where: str, folder: Path) -> Against:
    """Return what was published in the commit that `where` names, or in the checkout at `folder` where that is one.

    Raises:
        AgainstFault: there is no such commit or checkout, or what it holds is broken.
    """
    if (folder / FOLDER).is_dir():
        return _checkout(root, folder, where)
    try:
        return _commit(root, where)
    except HistoryFault as fault:
        if folder.is_dir():
            raise AgainstFault(
                f"{where} holds no {FOLDER}; name a checkout of this atlas, or a commit"
            ) from fault
        raise AgainstFault(str(fault)) from fault


def kept(root: Path) -> Against | None:
    """Return what of all that was published last is not here any more; None where nothing was published yet.

    What was published last is on the branch `published` of `origin`, which only moves on. Machine files
    may have grown since, and records have changed as they may.

    Raises:
        AgainstFault: this is no whole repository, or what was published last is broken.
    """
    try:
        git_trees.whole(root)
        base = git_trees.known(root, f"refs/remotes/origin/{PUBLISHED}")
        before = git_trees.files(root, base, (FOLDER,)) if base else ()
    except HistoryFault as fault:
        raise AgainstFault(str(fault)) from fault
    if base is None:
        return None
    _sound(before, base[:10])
    had = {file.path: file.content for file in before}
    has = {file.path: file.content for file in PublishedReader(root).read().files}
    lost = taken_away(had, has, base[:10]) if has or not had else (all_gone(base[:10]),)
    return Against(None, tuple(lost))


def refuse_loss(root: Path, fault: type[Fault]) -> None:
    """See that nothing is gone of what git knows was entered here: in HEAD, or where it was published last.

    Where there is no repository nothing is known.

    Raises:
        Fault: of the kind `fault`: something is gone.
    """
    try:
        known = git_trees.known(root, f"refs/remotes/origin/{PUBLISHED}")
        for base in dict.fromkeys(filter(None, (git_trees.commit(root, "HEAD"), known))):
            lost = next(_lost(root, base), None)
            if lost is not None:
                raise fault(f"{lost.path}: {lost.message}; {lost.hint}; nothing was written")
    except HistoryFault:
        return


def _lost(root: Path, base: str) -> Iterator[Problem]:
    """Yield what is not here any more of what a commit has below `data/published`."""
    if not (paths := git_trees.different(root, base, (FOLDER,))):
        return
    before = {file.path: file.content for file in git_trees.files(root, base, paths)}
    if before and not any((root / FOLDER).rglob("[!.]*.*")):
        yield all_gone(base[:10])
        return
    there = {path: _content(root / path) for path in paths}
    now = {path: content for path, content in there.items() if content is not None}
    yield from taken_away(before, now, base[:10])


def _checkout(root: Path, folder: Path, where: str) -> Against:
    loaded = PublishedReader(folder).read()
    published = _sound(loaded.files, where, loaded.problems)
    here = {file.path: file.content for file in PublishedReader(root).read().files}
    there = {file.path: file.content for file in loaded.files}
    paths = sorted(path for path in here.keys() | there.keys() if here.get(path) != there.get(path))
    return Against(
        published,
        tuple(_edited(p, there.get(p), here.get(p), where, f"copy it from {where}") for p in paths),
    )


def _commit(root: Path, ref: str) -> Against:
    """Return what was published in the newest commit that HEAD and another one come from.

    What was published since is not here yet: nobody can have taken it away.
    """
    base = git_trees.common(root, git_trees.commit(root, ref))
    published = _sound(git_trees.files(root, base, (FOLDER,)), base[:10])
    paths = git_trees.different(root, base, tuple(_WRITTEN))
    before = (
        {file.path: file.content for file in git_trees.files(root, base, paths)} if paths else {}
    )
    return Against(
        published,
        tuple(
            _edited(
                path,
                before.get(path),
                _content(root / path),
                base[:10],
                f"`git checkout {base[:10]} -- {path}`",
            )
            for path in paths
        ),
    )


def _sound(files: Iterable[SourceFile], where: str, problems: Iterable[Problem] = ()) -> Published:
    """Return what files say that stand elsewhere.

    Raises:
        AgainstFault: they are broken.
    """
    published, found = read_published(files)
    for first in (*problems, *found):
        raise AgainstFault(
            f"what was published is broken in {where} itself: {first.path}:{first.span.line}:"
            f" {first.message}; check against a commit in which it is whole"
        )
    return published


def _edited(
    path: str, before: bytes | None, now: bytes | None, where: str, restore: str
) -> Problem:
    """Tell of a machine file that is not what it is elsewhere, at the first line that differs."""
    writer = next(who for folder, who in _WRITTEN.items() if path.startswith(f"{folder}/"))
    line = 1
    if now is None:
        message, way = f"this file is in {where} and not here", f"bring it back: {restore}"
    elif before is None:
        message, way = f"this file is not in {where}", "take it away"
    else:
        pairs = zip_longest(before.split(b"\n"), now.split(b"\n"))
        line = next((n for n, (old, new) in enumerate(pairs, 1) if old != new), 1)
        message, way = (
            f"from this line on the file is not what it is in {where}",
            f"revert it: {restore}",
        )
    span = FIRST_LINE if line == 1 else Span(line, 1, 1)
    hint = f"{way}; it is written by {writer} alone"
    return Problem("edited-ledger", path, span, message, hint)


def _content(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None
