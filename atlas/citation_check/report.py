"""What became of a citation, for people and for programs. Core."""

import json
from dataclasses import dataclass

from atlas.citation_check.found import Found, Verdict

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
_MARKS = {Verdict.PASS: "pass", Verdict.FAIL: "FAIL", Verdict.NOT_CHECKED: "not checked"}


@dataclass(frozen=True, slots=True)
class Checked:
    """What became of one citation."""

    id: str
    revision: int
    is_current: bool
    """Whether this is the last revision that the log has."""
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
        return f"{self.id} r{self.revision} holds as far as it was checked: {told}"


def as_text(of: Checked) -> str:
    """Return the report for people, with its final line feed."""
    which = "the current revision" if of.is_current else "not the current revision"
    if not of.is_named:
        which = "the citation names no revision, so the current one is checked"
    width = max(map(len, of.found))
    lines = [f"{of.id}, revision {of.revision} ({which})"]
    if of.sources:
        lines.append(f"files from {', '.join(of.sources)}")
    if of.standing:
        lines.append(of.standing)
    lines.append("")
    for code, one in of.found.items():
        lines.append(f"{_MARKS[one.verdict]:<12} {code:<{width}}  {one.sentence}")
    return "\n".join([*lines, "", of.summary, "", PROVES_NOT]) + "\n"


def as_json(of: Checked) -> str:
    """Return the report for programs, with its final line feed."""
    tree = {
        "schema": SCHEMA,
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
        "holds": of.is_sound and of.has_checked,
        "summary": of.summary,
        "proves_not": PROVES_NOT,
    }
    return json.dumps(tree, ensure_ascii=False, indent=2) + "\n"
