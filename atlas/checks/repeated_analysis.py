"""Analysis says something of its own: no section repeats another, and no record repeats another record.

Two texts repeat each other when they share half of their runs of eight words, or more (Jaccard
index); quotations and runs that stand in the clause are left out. Of records only those that count
are compared: one that was replaced may well read like its successor.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cached_property
from itertools import chain, combinations, count
from string import punctuation

from atlas.checks.blanks import without_quotations
from atlas.checks.check import Check
from atlas.checks.headings import HEADINGS
from atlas.model import Atlas, Provision
from atlas.problem import Problem

_RUN = 8
_SAME = 0.5
_MOST_HOLDERS = 20
"""A run that more records share is a turn of phrase, and tells nothing about two of them."""
_SHORT = 128
_SAMPLE = 4
"""Of a text with more than `_SHORT` runs, every fourth run leads to texts that may be like it."""

_PUNCTUATION = str.maketrans(
    dict.fromkeys(f"{punctuation}\u2013\u2014\u2018\u2019\u201c\u201d\u2026", " ")
)
_Numbers = defaultdict[str, int]
"""Words by number, in order of appearance: unlike hashes of text, the same in every process."""


def _find(atlas: Atlas, _as_of: date) -> Iterator[Problem]:
    numbers: _Numbers = defaultdict(count().__next__)
    seen = _Seen()
    for provision in atlas.records.provisions:
        analysis = _Analysis(provision, numbers)
        if analysis.may_repeat_itself:
            yield from _within(analysis)
        if provision.counts and analysis.sample:
            earlier = seen.like(analysis)
            if earlier:
                yield _across(provision, *earlier)
            else:
                seen.add(analysis)


CHECK = Check("repeated-analysis", __doc__, _find)


def _within(analysis: "_Analysis") -> Iterator[Problem]:
    of = analysis.provision
    # One of each heading: a file with thousands of sections is refused for that, and not compared all with all.
    known = {
        section.heading: (section, own)
        for section, own in zip(reversed(of.sections), reversed(analysis.own), strict=True)
        if section.heading in HEADINGS
    }
    for (earlier, a), (later, b) in combinations(reversed(known.values()), 2):
        likeness = _likeness(a, b)
        if likeness >= _SAME:
            message = f"{likeness:.0%} the same as `{earlier.heading}` (line {earlier.span.line})"
            hint = "say something new, or take the section out"
            yield of.origin.problem(CHECK.code, later.span, message, hint)


def _across(of: Provision, other: Provision, likeness: float) -> Problem:
    message = f"the analysis repeats that of {other.origin.path}: {likeness:.0%} the same"
    hint = (
        "say what is particular to this clause; what holds for its type belongs to the clause type"
    )
    return of.origin.problem(CHECK.code, of.sections[0].span, message, hint)


def _likeness(a: frozenset[int], b: frozenset[int]) -> float:
    shared = len(a & b)
    return shared / (len(a) + len(b) - shared) if shared else 0.0


class _Analysis:
    """The sections of a record as words and as runs of words."""

    def __init__(self, provision: Provision, numbers: _Numbers) -> None:
        self.provision = provision
        self.clause = _numbered(provision.clause or "", numbers)
        self.sections = [_numbered(without_quotations(s.text), numbers) for s in provision.sections]
        # All sections at once, which is quick; the odd run over a boundary does no harm here.
        runs = [*_runs([*chain.from_iterable(self.sections)])]
        self.may_repeat_itself = len(set(runs)) < len(runs)
        is_short = len(runs) <= _SHORT
        self.sample = runs if is_short else [run for run in runs if not run % _SAMPLE]
        """Enough runs to find by them every analysis that is like this one."""

    @cached_property
    def own(self) -> list[frozenset[int]]:
        """The runs of each section, without those that stand in the clause."""
        quoted = frozenset(_runs(self.clause))
        return [frozenset(_runs(section)) - quoted for section in self.sections]

    @cached_property
    def all_own(self) -> frozenset[int]:
        """The runs of all sections, without those that stand in the clause."""
        return frozenset[int]().union(*self.own)


def _numbered(text: str, numbers: _Numbers) -> tuple[int, ...]:
    return tuple(map(numbers.__getitem__, text.lower().translate(_PUNCTUATION).split()))


def _runs(words: Sequence[int]) -> Iterator[int]:
    """Return a hash of each run of eight words."""
    return map(hash, zip(*(words[n:] for n in range(_RUN)), strict=False))


class _Seen:
    """Analyses that repeat none before them, findable by the runs of words that they hold."""

    def __init__(self) -> None:
        self.analyses: list[_Analysis] = []
        self.first: dict[int, int] = {}
        """Number of the first analysis that holds a run."""
        self.further: defaultdict[int, list[int]] = defaultdict(list)
        """Numbers of the others; most runs have none."""

    def like(self, analysis: _Analysis) -> tuple[Provision, float] | None:
        """Return the record whose analysis is most like this one, when it is too much like it."""
        known = [run for run in analysis.sample if run in self.first]
        found = {n for run in known for n in (self.first[run], *self.further.get(run, ()))}
        likeness, number = max(
            ((_likeness(analysis.all_own, self.analyses[n].all_own), -n) for n in found),
            default=(0.0, 0),
        )
        return (self.analyses[-number].provision, likeness) if likeness >= _SAME else None

    def add(self, analysis: _Analysis) -> None:
        """Remember an analysis."""
        number = len(self.analyses)
        self.analyses.append(analysis)
        for run in analysis.sample:
            if self.first.setdefault(run, number) != number:
                others = self.further[run]
                if len(others) < _MOST_HOLDERS:
                    others.append(number)
