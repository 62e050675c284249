"""The examination: load the files, parse the records, link the atlas, check it.

A line: joins the first four stages of the site, in this order, and has no rules of its own. It
imports nothing that draws, so that a check starts at once.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Protocol

from atlas import checks, held, load
from atlas.against import Against
from atlas.link import link
from atlas.misplaced import DOCUMENT_FILE, PLATFORM_FILE, SITE_FILE
from atlas.model import Atlas, Site, SourceFile
from atlas.parse import parse
from atlas.problem import FIRST_LINE, Fault, Problem
from atlas.reports.report import Report

NOTHING = frozenset({"missing-site", "nothing-to-examine"})
"""Codes of the problems that say that a run examined nothing."""

_PROVISION_DEPTH = len(["content", "platform", "a", "b", "c.md"])
_PROSE_DEPTH = len(["content", "a.md"])


class SiteFault(Fault):
    """The site's own files cannot be used; says where and why."""


class Progress(Protocol):
    """Whoever wants to know how far a build has come."""

    def begin(self, name: str, steps: int = 0) -> None:
        """Hear that a stage begins, with how many things it has to do (0: not known)."""

    def advance(self) -> None:
        """Hear that one of them is done."""


class Unwatched:
    """Nobody wants to know."""

    def begin(self, name: str, steps: int = 0) -> None:
        """Hear that a stage begins."""

    def advance(self) -> None:
        """Hear that a step is done."""


UNWATCHED = Unwatched()


@dataclass(frozen=True, slots=True)
class Examined:
    """What the first four stages found."""

    atlas: Atlas
    report: Report

    @property
    def is_sound(self) -> bool:
        """Whether nothing blocks."""
        return self.report.blocking == 0


def examine(
    root: Path,
    as_of: date,
    *,
    strict: bool = False,
    progress: Progress = UNWATCHED,
    machine: held.Held | None = None,
    against: Against | None = None,
) -> Examined:
    """Load, parse, link and check the atlas at `root`.

    `machine` is what is known of its machine files from before, `against` what was published elsewhere.
    """
    progress.begin("load")
    loaded = load.load(root)
    holding = (machine or held.Held(root)).read()
    is_broken = holding.is_broken
    if against is not None:
        is_broken &= against.published is None
        holding = against.over(holding)
    return _examined(
        loaded.files, holding, as_of, loaded.problems, progress, strict=strict, is_broken=is_broken
    )


def examine_files(
    files: Sequence[SourceFile],
    as_of: date,
    problems: Iterable[Problem] = (),
    *,
    strict: bool = False,
    progress: Progress = UNWATCHED,
) -> Examined:
    """Parse, link and check files that are at hand, machine files among them."""
    records = [file for file in files if not held.is_machine_file(file)]
    holding = held.of_files(files)
    return _examined(
        records, holding, as_of, problems, progress, strict=strict, is_broken=holding.is_broken
    )


def _examined(
    files: Sequence[SourceFile],
    holding: held.Holding,
    as_of: date,
    problems: Iterable[Problem],
    progress: Progress,
    *,
    strict: bool,
    is_broken: bool,
) -> Examined:
    progress.begin("parse", len(files))
    records, found = parse(files)
    progress.begin("link")
    atlas = link(holding.joined(records))
    progress.begin("check", len(checks.CHECKS))
    all_found = {
        *problems,
        *found,
        *holding.problems,
        *checks.run(atlas, as_of, is_broken=is_broken),
        *_missing(atlas),
    }
    found = sorted(all_found, key=lambda p: p.order)
    if strict:
        found = sorted(
            [*(replace(p, blocks=True) for p in found), *_unassigned(atlas)], key=lambda p: p.order
        )
    wanted = {p.path for p in found}
    texts = {
        f.path: f.content.decode("utf-8", "replace")
        for f in (*files, *holding.files)
        if f.path in wanted
    }
    return Examined(atlas, Report(tuple(found), texts, _counts(atlas)))


def only(report: Report, paths: Sequence[str], files: Sequence[str]) -> Report:
    """Return a report with the problems of the given files and folders alone; of all when none is given.

    Raises:
        SiteFault: a path holds no record.
    """
    for path in paths:
        if not any(_is_in(file, path) for file in files):
            raise SiteFault(
                f"{path or '.'} holds no record of the atlas; records stand below content/ and data/"
            )
    if not paths:
        return report
    return replace(
        report,
        problems=tuple(p for p in report.problems if any(_is_in(p.path, path) for path in paths)),
    )


def settings_of(root: Path) -> Site:
    """Return the settings of the atlas at `root`, whatever its records are like.

    Raises:
        SiteFault: data/site.yaml is missing or not in order.
    """
    records, problems = parse([f for f in load.load(root).files if f.path == SITE_FILE])
    if records.site is None:
        first = problems[0] if problems else None
        where = (
            f"{first.path}:{first.span.line}: {first.message}"
            if first
            else f"there is no {SITE_FILE}"
        )
        raise SiteFault(f"{where}; ./run check says more")
    return records.site


def _is_in(file: str, path: str) -> bool:
    return path in {"", file} or file.startswith(f"{path}/")


def _missing(atlas: Atlas) -> Iterator[Problem]:
    """Say that there is nothing to publish: a run that examined nothing must not look clean."""
    records = atlas.records
    if records.site is None and "data/site.yaml" not in records.unparsed:
        hint = "an atlas has a data/site.yaml; start from the one of this repository"
        yield Problem(
            "missing-site", "data/site.yaml", FIRST_LINE, "there is no data/site.yaml", hint
        )
    if not records.provisions and not any(
        p.startswith("content/platform/") for p in records.unparsed
    ):
        hint = "write one at content/platform/<platform>/<document>/<provision>.md; content/README.md shows how"
        yield Problem(
            "nothing-to-examine", "content/", FIRST_LINE, "there is no provision to examine", hint
        )


def _unassigned(atlas: Atlas) -> Iterator[Problem]:
    without = [
        *(d.origin for d in atlas.documents.values() if d.id is None),
        *(p.origin for p in atlas.provisions.values() if p.id is None),
    ]
    for origin in without:
        yield origin.problem(
            "unassigned-id", FIRST_LINE, "this record has no id yet", "run ./run assign"
        )


def _counts(atlas: Atlas) -> dict[str, int]:
    """Count what was examined, the files that could not be parsed included."""
    records = atlas.records
    lost = [PurePosixPath(p) for p in records.unparsed if p.startswith("content/")]
    return {
        "provisions": len(records.provisions)
        + sum(p.suffix == ".md" and len(p.parts) == _PROVISION_DEPTH for p in lost),
        "documents": len(records.documents) + sum(p.name == DOCUMENT_FILE for p in lost),
        "platforms": len(records.platforms) + sum(p.name == PLATFORM_FILE for p in lost),
        "clause types": len(records.clause_types),
        "regulations": len(records.regulations),
        "pages of prose": len(records.prose) + sum(len(p.parts) == _PROSE_DEPTH for p in lost),
    }
