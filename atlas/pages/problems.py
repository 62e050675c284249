"""What stops the site, as the preview shows it: the same list as in the terminal, on a page.

Core. Never published: only the preview draws these plans.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from atlas import urls
from atlas.pages.plan import Head, Link, PagePlan
from atlas.problem import Problem
from atlas.publication import Publication
from atlas.reports.report import Report
from atlas.reports.text import excerpt

_CONTENT = "content/"
_SENTENCE = re.compile(r"(.*?[.?!;])\s+(?=\S)(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of a sentence: words, or something to be typed as it stands."""

    text: str
    code: bool = False


@dataclass(frozen=True, slots=True)
class SourceLine:
    """One line of a file, with its number."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Trouble:
    """One problem as people see it."""

    number: int | None
    """Its number among what stops the site; None for a note."""
    message: tuple[Run, ...]
    place: str
    code: str
    above: SourceLine | None
    line: SourceLine | None
    """The line where it is; None when the file has none there."""
    caret: str
    below: SourceLine | None
    way_out: tuple[Run, ...]
    """The first sentence of the hint."""
    further: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class TroubledFile:
    """A file, and what is wrong with it."""

    path: str
    troubles: tuple[Trouble, ...]


@dataclass(frozen=True, slots=True)
class ProblemsView:
    """A page of problems."""

    heading: str
    lead: str
    last_good: str | None
    """Where the last good version of this page is."""
    files: tuple[TroubledFile, ...]
    elsewhere: Link | None
    command: str | None
    """What shows the same list in a terminal."""
    trace: str | None = None
    """What a fault of the program left behind."""


@dataclass(frozen=True, slots=True)
class NoticeView:
    """The bar at the top of every page while something is wrong."""

    key: str
    n: int
    href: str


def of_site(
    publication: Publication, report: Report, command: str | None, *, is_kept: bool
) -> PagePlan:
    """Return the page that lists every problem; `is_kept`: whether there is a last good site."""
    say, n, notes = publication.words.say, report.blocking, report.warnings
    if n:
        heading, lead = (
            say("preview.stops-site", n),
            say("preview.stays" if is_kept else "preview.none-kept"),
        )
    else:
        heading = say("preview.stops-nothing", notes) if notes else say("preview.all-good")
        lead = say("preview.notes-only")
    view = ProblemsView(heading, lead, None, _files(publication, report), None, command)
    return _plan(publication, urls.HOME, view)


def of_page(
    publication: Publication,
    report: Report,
    here: Sequence[Problem],
    address: str,
    everything: str,
    last_good: str | None,
) -> PagePlan:
    """Return what stands in place of one page that the problems `here` stop.

    `everything` is where all problems are listed, `last_good` where the page's last good version is.
    """
    say = publication.words.say
    mine = Report(here, report.texts, report.counts)
    others = report.blocking > mine.blocking
    view = ProblemsView(
        heading=say("preview.stops-page", mine.blocking),
        lead=say("preview.none-kept"),
        last_good=last_good,
        files=_files(publication, mine),
        elsewhere=Link(say("preview.elsewhere", report.blocking), everything) if others else None,
        command=None,
    )
    return _plan(publication, address, view)


def of_fault(publication: Publication, trace: str, *, is_kept: bool) -> PagePlan:
    """Return the page that says that the program failed, with the traceback to report."""
    say = publication.words.say
    lead = (
        f"{say('preview.report-fault')} {say('preview.stays' if is_kept else 'preview.none-kept')}"
    )
    view = ProblemsView(say("preview.our-fault"), lead, None, (), None, None, trace)
    return _plan(publication, urls.HOME, view)


def notice(publication: Publication, report: Report | None, everything: str) -> PagePlan | None:
    """Return the bar for every page, or None when there is nothing to say; no report: the program failed."""
    if report is None:
        view = NoticeView("preview.notice-fault", 1, everything)
    elif report.blocking:
        view = NoticeView("preview.notice-problems", report.blocking, everything)
    elif report.warnings:
        view = NoticeView("preview.notice-notes", report.warnings, everything)
    else:
        return None
    return PagePlan(urls.HOME, "preview/notice.html", _head(publication, "", "", urls.HOME), view)


def address_of(path: str) -> str | None:
    """Return the address of the page that a file of the atlas becomes, or None where it is no page."""
    if not path.startswith(_CONTENT):
        return None
    parts = path.removeprefix(_CONTENT).split("/")
    if parts[-1] in {"_platform.yaml", "_document.yaml"}:
        parts.pop()
    elif parts[-1].endswith(".md"):
        parts[-1] = parts[-1].removesuffix(".md")
    else:
        return None
    return f"/{'/'.join(parts)}/"


def _plan(publication: Publication, address: str, view: ProblemsView) -> PagePlan:
    head = _head(publication, view.heading, view.lead, address)
    return PagePlan(address, "pages/problems.html", head, view)


def _head(publication: Publication, title: str, description: str, address: str) -> Head:
    return Head(title, description, publication.absolute(address), indexed=False)


def _files(publication: Publication, report: Report) -> tuple[TroubledFile, ...]:
    numbers: Iterator[int] = iter(range(1, len(report.problems) + 1))
    files: dict[str, list[Trouble]] = {}
    for problem in sorted(report.problems, key=lambda p: (p.path, not p.blocks, p.order)):
        number = next(numbers) if problem.blocks else None
        files.setdefault(problem.path, []).append(_trouble(publication, report, problem, number))
    return tuple(TroubledFile(path, tuple(troubles)) for path, troubles in files.items())


def _trouble(
    publication: Publication, report: Report, problem: Problem, number: int | None
) -> Trouble:
    span = problem.span
    lines = report.texts.get(problem.path, "").removesuffix("\n").split("\n")
    source = report.line(problem)
    shown, caret = excerpt(source, span.column, span.end_column) if source else ("", "")
    way_out, further = _hint(problem.hint)
    return Trouble(
        number=number,
        message=_sentence(problem.message),
        place=publication.words.say("preview.place", line=span.line, column=span.column),
        code=problem.code,
        above=_neighbour(lines, span.line - 1) if source else None,
        line=SourceLine(span.line, shown) if source else None,
        caret=caret,
        below=_neighbour(lines, span.line + 1) if source else None,
        way_out=way_out,
        further=further,
    )


def _neighbour(lines: Sequence[str], number: int) -> SourceLine | None:
    return (
        SourceLine(number, excerpt(lines[number - 1], 1, 1)[0])
        if 1 <= number <= len(lines)
        else None
    )


def _hint(hint: str) -> tuple[tuple[Run, ...], tuple[Run, ...]]:
    """Return the first sentence of a hint, which says the way out, and the rest of it."""
    parts = _SENTENCE.fullmatch(hint)
    return (_sentence(parts[1]), _sentence(parts[2])) if parts else (_sentence(hint), ())


def _sentence(text: str) -> tuple[Run, ...]:
    """Return words that began in the middle of a line as a sentence, what is in backticks as code."""
    if not text:
        return ()
    whole = text[0].upper() + text[1:]
    whole = whole.removesuffix(";")
    if whole[-1] not in ".?!:…":
        whole += "."
    return tuple(
        Run(part, code=bool(place % 2))
        for place, part in enumerate(re.split(r"`([^`]*)`", whole))
        if part
    )
