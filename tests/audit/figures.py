"""The table at the end of the audit: what was measured, page by page."""

from collections import defaultdict

import pytest

COLUMNS = (
    ("light", "axe light"),
    ("dark", "axe dark"),
    ("performance", "perf"),
    ("accessibility", "a11y"),
    ("best-practices", "best"),
    ("seo", "SEO"),
    ("lcp", "LCP ms"),
    ("cls", "CLS"),
    ("tbt", "TBT ms"),
    ("bytes", "bytes"),
    ("requests", "requests"),
)


class Figures:
    """Figures by row and column, and sentences about a whole site."""

    KEY = pytest.StashKey["Figures"]()

    def __init__(self):
        self._of = defaultdict(dict)
        self._sentences = []
        self._warnings = []

    def note(self, row, **figures):
        """Keep figures of a page."""
        self._of[str(row)].update(figures)

    def say(self, sentence):
        """Keep a sentence for the end."""
        self._sentences.append(sentence)

    def warn(self, sentence):
        """Keep a sentence that nobody may overlook."""
        self._warnings.append(sentence)

    def told(self):
        """Return everything as plain values, to be sent from one process to another."""
        return [dict(self._of), self._sentences, self._warnings]

    def take(self, told):
        """Take over what another process kept."""
        rows, sentences, warnings = told
        for row, figures in rows.items():
            self._of[row].update(figures)
        self._sentences += sentences
        self._warnings += warnings

    def print(self, reporter):
        """Print everything to pytest's terminal."""
        if self._of:
            reporter.section("what was measured", sep="-")
            for line in self._table():
                reporter.line(line)
        for sentence in self._sentences:
            reporter.line(sentence)
        for sentence in self._warnings:
            reporter.line(sentence, red=True, bold=True)

    def _table(self):
        columns = [
            (key, head) for key, head in COLUMNS if any(key in row for row in self._of.values())
        ]
        lines = [["page type", *(head for _, head in columns)]]
        for name, row in self._of.items():
            lines.append([name, *(str(row.get(key, "")) for key, _ in columns)])
        widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
        for line in lines:
            first, *others = (cell.ljust(width) for cell, width in zip(line, widths, strict=True))
            yield "  ".join([first, *(cell.strip().rjust(len(cell)) for cell in others)])
