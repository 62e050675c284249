"""A record quotes a clause, or says that documents are silent: it names them then, and quotes and grades nothing."""

from collections.abc import Iterator
from datetime import date

from atlas.checks.check import Check
from atlas.model import NOT_ADDRESSED, Atlas, Basis, Provision
from atlas.problem import FIRST_LINE, Problem


def _find(atlas: Atlas, _as_of: date) -> Iterator[Problem]:
    for provision in atlas.records.provisions:
        is_silent = provision.basis is Basis.SILENT
        if is_silent != (provision.stance == NOT_ADDRESSED):
            yield _half_silent(provision, is_silent=is_silent)
        elif is_silent:
            yield from _too_much(provision)
            yield from _read_elsewhere(atlas, provision)
        elif provision.clause is None and not provision.withheld:
            hint = "add `clause: |-` with the words beneath; where the documents say nothing, the basis is `silent`"
            yield Problem(
                CHECK.code, provision.origin.path, FIRST_LINE, "the record quotes no clause", hint
            )


CHECK = Check("silent-clause", __doc__, _find)


def _half_silent(of: Provision, *, is_silent: bool) -> Problem:
    if is_silent:
        message = f"the basis is `silent`, and the stance is `{of.stance}`"
        return of.origin.problem(
            CHECK.code, ("basis",), message, f"write `stance: {NOT_ADDRESSED}`, or another basis"
        )
    message = f"the stance is `{NOT_ADDRESSED}`, and the basis is `{of.basis}`"
    hint = "add a line `basis: silent`, or choose the stance that the clause takes"
    return of.origin.problem(CHECK.code, ("stance",), message, hint)


def _too_much(of: Provision) -> Iterator[Problem]:
    for name in ("clause", "severity", "severity_reason", "section"):
        if getattr(of, name) is not None:
            message = f"a silent record has no `{name}`"
            yield of.origin.problem(
                CHECK.code, of.origin.at_key(name), message, "take it out, or choose another basis"
            )
    if not of.read:
        hint = "add `read:` and beneath it `- ` with the id of each document, one a line"
        message = "a silent record names the documents that were read"
        yield of.origin.problem(CHECK.code, ("basis",), message, hint)


def _read_elsewhere(atlas: Atlas, of: Provision) -> Iterator[Problem]:
    for n, name in enumerate(of.read):
        document = atlas.document_by_id.get(name)
        if document and document.platform != of.platform:
            message = f"`{name}` is a document of another platform, `{document.platform}`"
            yield of.origin.problem(
                CHECK.code, ("read", n), message, "name documents of this platform"
            )
