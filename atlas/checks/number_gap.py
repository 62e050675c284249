"""Files beside a record are numbered from 1 without a gap: one former revision for each number before the record's own.

`r1.md` stands beside revision 2, `r1.md` and `r2.md` beside revision 3; the record is its last revision itself. Answers
and objections are counted apart. Where the law forbids to show a record's words, no former revision stands beside it:
`withheld-words` says so.
"""

from collections.abc import Iterator
from datetime import date

from atlas.checks.check import Check
from atlas.model import Atlas, Provision, StatementKind
from atlas.problem import FIRST_LINE, Problem


def _find(atlas: Atlas, _as_of: date) -> Iterator[Problem]:
    for provision in atlas.records.provisions:
        yield from _former(atlas, provision)
        yield from _statements(atlas, provision)


CHECK = Check("number-gap", __doc__, _find)


def _former(atlas: Atlas, of: Provision) -> Iterator[Problem]:
    there = {former.stands_for: former for former in atlas.former_of.get(of.key, ())}
    for number, former in there.items():
        if number >= of.number:
            message = (
                f"the record is revision {of.number} itself, so `r{number}.md` is no former one"
            )
            hint = "`./run revise` gives the record its next number and writes this file; take this one away"
            yield Problem(CHECK.code, former.origin.path, FIRST_LINE, message, hint)
    for number in range(1, of.number if of.id else 1):  # without an id: `unpublished-revision`
        path = f"{of.origin.path.removesuffix('.md')}/r{number}.md"
        if not (number in there or of.withheld or path in atlas.records.unparsed):
            message = f"revision {of.number} has no {path} beside it"
            hint = (
                f"put it back if it was deleted: `git log -p -- {path}` shows it; if it never was there, write the"
                f" record into it as it was then: `git log -p -- {of.origin.path}` shows that"
            )
            yield of.origin.problem(CHECK.code, ("revision", "number"), message, hint)


def _statements(atlas: Atlas, of: Provision) -> Iterator[Problem]:
    folder = of.origin.path.removesuffix(".md")
    for kind in StatementKind:
        said = [s for s in atlas.statements_on.get(of.key, ()) if s.kind is kind]
        for place, statement in enumerate(said, 1):
            path = f"{folder}/{kind}-{place}.md"
            if statement.number != place and path not in atlas.records.unparsed:
                message = f"there is no {path} before this one"
                hint = f"call the files `{kind}-1.md`, `{kind}-2.md` and so on, in order of time"
                yield Problem(CHECK.code, statement.origin.path, FIRST_LINE, message, hint)
                break
