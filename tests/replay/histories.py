"""Real histories of documents, as an archive of others recorded them, laid out as looks twice a day.

Nothing of them is kept here: they are read from the archive's folder.
"""

from datetime import UTC, datetime
from functools import cache

from archive import evidence
from replay.follow import HALF_DAY

LAST = datetime(2026, 8, 22, 12, tzinfo=UTC)
"""The archive was read up to here."""

TERMS, PRIVACY = "Claude.ai/Terms of Service", "Claude.ai/Privacy Policy"
SEEDS = {
    TERMS: (
        "We may use Materials to provide, maintain, and improve the Services and to develop other products and"
        " services, including training our models, unless you opt out of training through your account settings."
        " Even if you opt out, we will use Materials for model training when: (1) you provide Feedback to us"
        " regarding any Materials, or (2) your Materials are flagged for safety review to improve our ability to"
        " detect harmful content, enforce our policies, or advance our safety research."
    ),
    PRIVACY: (
        "We may use your Inputs and Outputs to train our models and improve our Services, unless you opt out"
        " through your account settings. Even if you opt-out, we will use Inputs and Outputs for model"
        " improvement when: (1) your conversations are flagged for safety review to improve our ability to"
        " detect harmful content, enforce our policies, or advance AI safety research, or (2) you've explicitly"
        " reported the materials to us (for example via our feedback mechanisms)."
    ),
}
"""The two clauses with which this atlas began, as first quoted."""

WRONG = ("This page isn’t available", "Redirecting to ")
"""How pages begin that the archive recorded as versions and that are not the document."""


@cache
def histories():
    """The versions of each document by its name: when it was first seen, and its text."""
    rows = evidence("genai-history.jsonl.gz")
    texts = {row["text_sha256"]: row["text"] for row in rows if row["text"] is not None}
    found = {}
    for row in rows:
        at = datetime.fromisoformat(row["date"]).astimezone(UTC)
        found.setdefault(row["doc"], []).append((at, texts[row["text_sha256"]]))
    return found


def looks(versions, *, until=LAST, longest=None):
    """Time and text of each look: every version when it was first seen, and the same text each half day until the next.

    `longest` cuts the looks at one version, for a replay that need not last.
    """
    ends = [at for at, _ in versions[1:]] + [until]
    for (at, text), end in zip(versions, ends, strict=True):
        count, time = 0, at
        while time < end and (longest is None or count < longest):
            yield time, text
            count, time = count + 1, time + HALF_DAY
