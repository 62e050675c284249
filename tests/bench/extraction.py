"""What the extraction keeps of the real pages, and how long it takes.

The yardstick is the text that Open Terms Archive made of the same page with selectors of its own: the version
in force when the page was fetched, of documents that have one page each.
"""

import re
import statistics
import time
from datetime import datetime

from archive import evidence, page, versions

from atlas.canonical import clause_v1, letters
from atlas.extract import extract
from atlas.model import Body, Failed, Source
from bench.row import Row, share

URL = "https://platform.example/document"
RECALL = 0.98
MILLISECONDS = 5.0


def rows(thorough):
    """Return recall and speed over the real pages; over fewer of them where not `thorough`."""
    return [*recall(thorough), speed(thorough)]


def recall(thorough):
    """Return how many of the paragraphs are found in what we extract; of every third page where not `thorough`."""
    entries = [entry for entry in evidence("html/manifest.json") if _is_measured(entry)]
    found = [_Kept(entry, _in_force(entry)) for entry in entries[:: 1 if thorough else 3]]
    paragraphs = sum(of.paragraphs for of in found)
    as_written, by_letters = (sum(getattr(of, n) for of in found) for n in ("clauses", "letters"))
    return [
        Row(
            "paragraphs of real pages that the extraction keeps, in clause-v1 but for blanks",
            f">= {RECALL:.0%}",
            share(as_written, paragraphs),
            as_written >= RECALL * paragraphs > 0,
            tuple(of.told for of in found),
        ),
        Row(
            "the same by their letters",
            f">= {RECALL:.0%}",
            share(by_letters, paragraphs),
            by_letters >= RECALL * paragraphs > 0,
        ),
    ]


def speed(thorough):
    """Return how long a page takes; over every third page where not `thorough`."""
    entries = evidence("html/manifest.json")[:: 1 if thorough else 3]
    taken = [_milliseconds(entry) for entry in entries]
    median = statistics.median(taken)
    return Row(
        "time to extract a real page",
        f"median <= {MILLISECONDS:.0f} ms",
        f"median {median:.1f} ms, longest {max(taken):.1f} ms ({len(taken)} pages, processor time)",
        median <= MILLISECONDS,
    )


class _Kept:
    """How many paragraphs of one page are found in what was extracted from it."""

    def __init__(self, entry, reference):
        text = _extracted(page(entry)).text
        blocks = [b for line in reference.splitlines() for b in re.split(r"\s*\|\s*", line)]
        blocks = [block for block in blocks if len(letters(block)) >= 20]
        whole, whole_letters = _joined(text), letters(text)
        missing = [block for block in blocks if _joined(block) not in whole]
        lost = [block for block in missing if letters(block) not in whole_letters]
        self.paragraphs = len(blocks)
        self.clauses = len(blocks) - len(missing)
        self.letters = len(blocks) - len(lost)
        self.missing = missing
        size = len(letters(text)) / max(1, len(letters(reference)))
        self.told = (
            f"{entry['file']} {entry['source']}: {self.clauses} of {self.paragraphs} as written,"
            f" {self.letters} by letters, {size:.2f} times as long"
        )


def _joined(text):
    """Return clause-v1 without blanks: the archive loses them between the paragraphs of a table's cell."""
    return clause_v1(text).replace(" ", "")


def _is_measured(entry):
    """Whether a page is good and the only one of its document (`#` names one of several), and a version was in force."""
    return entry["role"] == "good" and "#" not in entry["source"] and bool(_in_force(entry))


def _in_force(entry):
    """Return the text of the last version up to the page; versions are dated as their pages. None: there was none yet."""
    at = datetime.fromisoformat(entry["fetched"])
    found = [v for v in versions(entry["source"].removesuffix(".html")) if v.at <= at]
    return found[-1].text if found else None


def _extracted(content):
    body = Body(URL, URL, 200, "text/html; charset=utf-8", content)
    extracted = extract((body,), (Source(url=URL),))
    assert not isinstance(extracted, Failed), extracted
    return extracted


def _milliseconds(entry):
    """Return the shortest of five runs: the processor is shared, the work is the same."""
    content = page(entry)
    taken = []
    for _ in range(5):
        began = time.process_time()
        _extracted(content)
        taken.append((time.process_time() - began) * 1000)
    return min(taken)
