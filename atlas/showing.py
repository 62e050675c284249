"""What a preview shows: the new site, or the last good one and what is wrong with the new.

A line: joins the outcome of a build, the templates that can draw it, and the server's value.
"""

import traceback
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Event

from atlas import load, urls
from atlas.model import Atlas
from atlas.pages import problems as pages
from atlas.pages.plan import PagePlan
from atlas.problem import FIRST_LINE, Fault, Problem
from atlas.publication import Publication
from atlas.render import TemplateFault
from atlas.reports import text
from atlas.reports.report import Report
from atlas.server import LAST_GOOD, PREVIEW, Showing, plain_page
from atlas.static import inside
from atlas.write import OutputFile

_PROBLEMS = "problems"
_EVERYTHING = PREVIEW + _PROBLEMS
_CHECK, _BUILD = "./run check", "./run build"


@dataclass(frozen=True, slots=True)
class Drawer:
    """What can draw a page."""

    publication: Publication
    draw: Callable[[PagePlan], str] = field(repr=False)
    assets: tuple[OutputFile, ...] = field(default=(), repr=False)
    """Style and icon of its pages, where no site holds them yet."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a build."""

    report: Report | None
    """None when the program itself failed."""
    atlas: Atlas | None = None
    drawer: Drawer | None = None
    """What drew the site, if it came out well."""
    pages: int = 0
    command: str = _CHECK
    """What says the same in a terminal."""
    address: str | None = None
    """The page that a template could not draw."""
    trace: str = ""
    """What a failure of the program left behind."""


def of_fault(fault: Fault, root: Path) -> Outcome:
    """Return a fault as an outcome with a problem, in a file where it names one."""
    problem = fault.problem or Problem("fault", "", FIRST_LINE, str(fault))
    texts = {}
    for folder in (root, load.packaged_templates().parent):
        path = folder / problem.path
        if path.is_file() and problem.path not in texts:
            texts[problem.path] = path.read_text(encoding="utf-8", errors="replace")
    address = fault.address if isinstance(fault, TemplateFault) else None
    return Outcome(Report((problem,), texts, {}), command=_BUILD, address=address)


def showing(
    outcome: Outcome,
    drawers: Iterable[Callable[[], Drawer]],
    site: Path,
    *,
    is_kept: bool,
    coming: tuple[str, Event],
) -> Showing:
    """Return what to show; the first of `drawers` that works draws what there is to say.

    `site` is the last good site if one `is_kept`; `coming` is where its search index will be.
    """
    base = Showing(site, coming=coming, own=_own_files())
    for drawer in drawers:
        try:
            return _drawn(outcome, drawer(), base, is_kept=is_kept)
        except Fault:
            continue  # the very template that draws problems may be the broken one
        except Exception:  # noqa: BLE001  so may be what it is handed; what was to be said is still said
            traceback.print_exc()
    page = plain_page(summary(outcome, is_kept=is_kept))
    return replace(base, otherwise=page, own={**base.own, _PROBLEMS: page.encode()})


def summary(outcome: Outcome, *, is_kept: bool) -> str:
    """Return an outcome for the terminal."""
    kept = "The last good site stays." if is_kept else "There is no good site to show yet."
    if outcome.report is None:
        return f"{outcome.trace}The program failed, and that is not your doing: please report it. {kept}"
    if outcome.drawer is None:
        return f"{_list(outcome.report)}{kept}"
    notes = _list(outcome.report) if outcome.report.problems else ""
    return f"{notes}{outcome.pages} pages built"


def _list(report: Report) -> str:
    if report.counts:
        return text.render(report)
    return "".join(f"{text.problem_text(report, problem)}\n" for problem in report.problems)


def _drawn(outcome: Outcome, drawer: Drawer, base: Showing, *, is_kept: bool) -> Showing:
    publication, report = drawer.publication, outcome.report
    if report is None:
        everything = drawer.draw(pages.of_fault(publication, outcome.trace, is_kept=is_kept))
        instead = {}
    else:
        everything = drawer.draw(
            pages.of_site(publication, report, outcome.command, is_kept=is_kept)
        )
        instead = (
            {}
            if outcome.drawer
            else _instead(outcome, report, drawer, base.folder if is_kept else None)
        )
    notice = pages.notice(publication, report, _EVERYTHING)
    return replace(
        base,
        base=publication.urls.base_path,
        instead=instead,
        otherwise=None if is_kept else everything,
        notice=drawer.draw(notice) if notice else "",
        spare={f"/{file.path}": file.content for file in drawer.assets},
        own={**base.own, _PROBLEMS: everything.encode()},
    )


def _instead(outcome: Outcome, report: Report, drawer: Drawer, site: Path | None) -> dict[str, str]:
    """Return what stands in place of each page that a problem stops."""
    found: dict[str, list[Problem]] = {}
    for problem in report.problems:
        address = outcome.address or pages.address_of(problem.path)
        if address:
            found.setdefault(address, []).append(problem)
    drawn = {}
    for address, problems in found.items():
        if any(problem.blocks for problem in problems):
            for version in _versions(drawer.publication, address):
                last_good = f"?{LAST_GOOD}" if site and inside(site, version) else None
                plan = pages.of_page(
                    drawer.publication, report, problems, version, _EVERYTHING, last_good
                )
                drawn[version] = drawer.draw(plan)
    return drawn


def _versions(publication: Publication, address: str) -> list[str]:
    """Return a page's address in each language of the interface, of which it may be one already."""
    folders = [urls.language_folder(tag) for tag in publication.atlas.site.translations]
    if address.removeprefix("/").startswith(tuple(folders)):
        return [address]
    return [address, *(replace(publication.urls, folder=f).placed(address) for f in folders)]


def _own_files() -> dict[str, bytes]:
    folder = load.packaged_templates() / "preview"
    return {
        path.name: path.read_bytes() for path in folder.iterdir() if path.suffix in {".css", ".js"}
    }
