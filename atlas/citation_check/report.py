"""What became of citations and of the packs that hold them, for people and for programs. Core."""

import json
from dataclasses import dataclass

from atlas.citation_check.found import Found, Verdict
from atlas.citation_check.pack import SUMS, PackChecked

STATUS = "status"
"""Code of the check that is told besides, where the page has another status of the record than the log."""
SCHEMA = 1
"""Number of the shape of the JSON; it grows only when a field changes its meaning or goes."""
PROVES_NOT = (
    "None of this proves what the platform served to anybody else, or that it served these words at all:"
    " only captures that others took by themselves do. It does not prove that we did not hold other"
    " words as well, that our reading of the clause is right, or that the clause is valid. A time stamp"
    " says that a root existed by then, not when the words did. What was not checked is not known, and is no tick."
    " Of a citation in words only the record and its revision are read, and nothing vouches for files that no"
    " check names: compare the rest with the record."
)
_MOST_NAMED = 5
_MARKS = {Verdict.PASS: "pass", Verdict.FAIL: "FAIL", Verdict.NOT_CHECKED: "not checked"}


@dataclass(frozen=True, slots=True)
class Checked:
    """What became of one citation."""

    id: str
    revision: int
    is_current: bool | None
    """Whether this is the last revision that the log has, or its page without a proof; None: nothing says."""
    is_named: bool
    """Whether the citation names a revision; otherwise the current one was taken."""
    sources: tuple[str, ...]
    """Where the files were found."""
    found: dict[str, Found]
    standing: str = ""
    """What the page of the record says of it besides, as a whole sentence: that it was withdrawn, for instance."""

    def count(self, verdict: Verdict) -> int:
        """Return how many checks ended so."""
        return sum(one.verdict is verdict for one in self.found.values())

    @property
    def is_sound(self) -> bool:
        """Whether no check failed."""
        return not self.count(Verdict.FAIL)

    @property
    def has_checked(self) -> bool:
        """Whether anything could be checked at all."""
        return self.count(Verdict.NOT_CHECKED) < len(self.found)

    @property
    def is_settled(self) -> bool:
        """Whether its page says nothing else of its status than the log."""
        return STATUS not in self.found

    @property
    def holds(self) -> bool:
        """Whether something was checked, no check failed, and its status is settled."""
        return self.is_sound and self.has_checked and self.is_settled

    @property
    def summary(self) -> str:
        """All of it in one sentence."""
        passes, fails = self.count(Verdict.PASS), self.count(Verdict.FAIL)
        left = self.count(Verdict.NOT_CHECKED)
        told = f"{passes} of {len(self.found)} checks passed, {fails} failed, {left} were not made."
        if fails:
            failing = [code for code, one in self.found.items() if one.verdict is Verdict.FAIL]
            return f"{self.id} r{self.revision} does not hold ({', '.join(failing)}): {told}"
        if not passes:
            return f"Nothing of {self.id} r{self.revision} could be checked."
        if not self.is_settled:
            return (
                f"{self.id} r{self.revision} has another status on its page than in the log: {told}"
            )
        return f"{self.id} r{self.revision} holds as far as it was checked: {told}"


@dataclass(frozen=True, slots=True)
class Report:
    """What became of everything that was named in one run."""

    citations: tuple[Checked, ...]
    packs: tuple[PackChecked, ...] = ()

    @property
    def is_sound(self) -> bool:
        """Whether no check failed and every pack is whole."""
        return all(one.is_sound for one in self.citations) and not self._broken

    @property
    def has_checked(self) -> bool:
        """Whether something could be checked of each citation."""
        return all(one.has_checked for one in self.citations)

    @property
    def summary(self) -> str:
        """All of it in one paragraph."""
        told = [one.summary for one in self.citations]
        if len(told) > 1:
            bad = [f"{one.id} r{one.revision}" for one in self.citations if not one.is_sound]
            left = sum(not one.has_checked for one in self.citations)
            good = sum(one.holds for one in self.citations)
            unsettled = len(told) - len(bad) - left - good
            which = f" ({_some(bad)})" if bad else ""
            said = (
                f"Of {len(told)} revisions {good} hold as far as they were checked, {len(bad)} do not{which},"
                f" and of {left} nothing could be checked."
            )
            told = [said]
            if unsettled:
                told.append(f"{unsettled} more have another status on their page than in the log.")
        return " ".join(
            [*told, *(f"{pack.name} is not as it was packed." for pack in self._broken)]
        )

    @property
    def _broken(self) -> tuple[PackChecked, ...]:
        return tuple(pack for pack in self.packs if pack.breaks)


def as_text(of: Report) -> str:
    """Return the report for people, with its final line feed."""
    groups = [_citation_text(one) for one in of.citations] + [_pack_text(one) for one in of.packs]
    return "\n\n".join([*groups, of.summary, PROVES_NOT]) + "\n"


def _citation_text(of: Checked) -> str:
    which = ""
    if not of.is_named:
        taken = "the current one" if of.is_current else "this one"
        which = f" (the citation names no revision, so {taken} is checked)"
    elif of.is_current is not None:
        which = " (the current revision)" if of.is_current else " (not the current revision)"
    width = max(map(len, of.found))
    lines = [f"{of.id}, revision {of.revision}{which}"]
    if of.sources:
        lines.append(f"files from {', '.join(of.sources)}")
    if of.standing:
        lines.append(of.standing)
    lines.append("")
    for code, one in of.found.items():
        lines.append(f"{_MARKS[one.verdict]:<12} {code:<{width}}  {one.sentence}")
    return "\n".join(lines)


def _pack_text(of: PackChecked) -> str:
    lines = [f"{of.name}, a pack of {of.files} files", ""]
    lines += [f"{_MARKS[Verdict.FAIL]:<12} {SUMS}  {one}" for one in of.breaks] or [
        f"{_MARKS[Verdict.PASS]:<12} {SUMS}  Every file is as it was packed; none is missing, and none was added."
    ]
    for paths, told in (
        (of.proved, "The log vouches for these"),
        (of.signed, "Others signed these, as the checks say that need them"),
        (of.copied, "Nothing but the pack vouches for these, which are as they were packed"),
    ):
        if paths:
            lines += ["", f"{told}:", *(f"  {path}" for path in paths)]
    return "\n".join(lines)


def as_json(of: Report) -> str:
    """Return the report for programs, with its final line feed."""
    tree = {
        "schema": SCHEMA,
        "citations": [_citation_tree(one) for one in of.citations],
        "packs": [
            {
                "name": one.name,
                "files": one.files,
                "breaks": list(one.breaks),
                "proved": list(one.proved),
                "signed": list(one.signed),
                "copied": list(one.copied),
            }
            for one in of.packs
        ],
        "holds": of.is_sound and all(one.holds for one in of.citations),
        "summary": of.summary,
        "proves_not": PROVES_NOT,
    }
    return json.dumps(tree, ensure_ascii=False, indent=2) + "\n"


def _citation_tree(of: Checked) -> dict[str, object]:
    return {
        "id": of.id,
        "standing": of.standing,
        "revision": of.revision,
        "current": of.is_current,
        "revision_named": of.is_named,
        "sources": list(of.sources),
        "checks": [
            {"code": code, "verdict": one.verdict.value, "sentence": one.sentence}
            for code, one in of.found.items()
        ],
        "holds": of.holds,
        "summary": of.summary,
    }


def _some(names: list[str]) -> str:
    return ", ".join(names[:_MOST_NAMED]) + (", ..." if len(names) > _MOST_NAMED else "")
