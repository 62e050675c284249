"""What a check of a citation came to: its verdict, and the sentence that says what was compared. Core."""

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """How a check ended."""

    PASS = "pass"  # noqa: S105  not a password
    FAIL = "fail"
    NOT_CHECKED = "not-checked"
    """It could not be made, or what it came to says nothing either way."""


@dataclass(frozen=True, slots=True)
class Found:
    """What one check came to."""

    verdict: Verdict
    sentence: str


def passed(sentence: str) -> Found:
    """Return that something is as it was published."""
    return Found(Verdict.PASS, sentence)


def failed(sentence: str) -> Found:
    """Return what is not as it was published."""
    return Found(Verdict.FAIL, sentence)


def not_checked(sentence: str) -> Found:
    """Return why nothing was compared."""
    return Found(Verdict.NOT_CHECKED, sentence)


def visible(text: str, length: int = 160) -> str:
    """Return words of a stranger's, fit for the middle of a sentence between backticks."""
    shown = "".join(c if c.isprintable() and c != "`" else " " for c in text[: 4 * length])
    return " ".join(shown.split())[:length]
