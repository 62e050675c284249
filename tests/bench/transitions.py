"""Consecutive versions of real documents: what a block diff calls replaced or deleted, searched as a verifier would."""

import difflib
import random
from collections import Counter
from dataclasses import dataclass, field

from archive import documents, evidence, versions

from atlas.guard import kept_share
from atlas.locate import find, folded, search
from atlas.model import ClauseState
from bench.rewordings import stands_in
from bench.row import Row, share
from bench.stopwatch import timed

LONG_ENOUGH = 80
"""Characters of a paragraph that could be quoted."""
SAME_DOCUMENT = 0.3
"""Share of blocks that two versions have in common; below, one of them is another page."""
SOME = ("Claude.ai/Acceptable Use Policy", "Grok/Terms of Service", "Perplexity/Terms of Service")
"""Documents that stand for all where time is short."""
COMPANIES = (
    ("Google", "YouTube", "Youtube", "AdMob", "AdSense", "Chrome", "Waze"),
    ("Llama", "Meta AI", "Facebook", "Instagram", "WhatsApp"),
    ("Microsoft", "Bing", "LinkedIn", "Skype", "GitHub", "npm"),
    ("Grok", "X/", "Twitter"),
    ("Le Chat", "Vibe"),
)
"""With what names of documents begin whose services belong together and share their wording."""


def rows(thorough):
    """Return the rows about the bundle's documents, or about three of them where not `thorough`."""
    names = list(documents()) if thorough else SOME
    tally = Tally()
    for name in names:
        seen = set()
        for before, after in _transitions(name):
            for old, new in _edits(before, after):
                if (old, new) not in seen:  # documents go to and fro
                    seen.add((old, new))
                    tally.count(name, old, new, before, after)
    return [
        *tally.rows(),
        _left_alone(names, 1000 if thorough else 60),
        _elsewhere(names, 5 if thorough else 1),
    ]


def _transitions(name):
    """Yield consecutive versions that differ, folded, each pair once."""
    seen = set()
    last = None
    for version in versions(name):
        now = folded(version.text)
        if last and now.text != last.text and (last.text, now.text) not in seen:
            seen.add((last.text, now.text))
            if kept_share(now, last) >= SAME_DOCUMENT:
                yield last, now
        last = now


def _edits(before, after):
    """Yield (old, new) of paragraphs between unchanged neighbours; `new` is empty for a deleted one."""
    old_blocks, new_blocks = ([b for b in text.blocks if b] for text in (before, after))
    codes = difflib.SequenceMatcher(None, old_blocks, new_blocks, autojunk=False).get_opcodes()
    for code, i, i_end, j, j_end in codes[1:-1]:
        if code == "delete":
            yield from ((old, "") for old in old_blocks[i:i_end] if len(old) >= LONG_ENOUGH)
        elif code == "replace" and i_end - i == j_end - j:
            for old, new in zip(old_blocks[i:i_end], new_blocks[j:j_end], strict=True):
                if min(len(old), len(new)) >= LONG_ENOUGH and _overlap(old, new) >= 0.3:
                    yield old, new
        elif code == "replace" and i_end - i > j_end - j:
            for old in old_blocks[i:i_end]:
                likest = max(_overlap(old, new) for new in new_blocks[j:j_end])
                if len(old) >= LONG_ENOUGH and likest < 0.3:
                    yield old, ""


@dataclass
class Tally:
    """What became of replaced and deleted paragraphs."""

    replaced: int = 0
    hits: int = 0
    missed: list = field(default_factory=list)
    same: list = field(default_factory=list)
    deleted: int = 0
    elsewhere: int = 0
    anchored: list = field(default_factory=list)

    def count(self, name, old, new, before, after):
        """Look for one paragraph as a verifier would."""
        found = timed("find", find, old, after)
        if found and found.state is not ClauseState.SCATTERED and not stands_in(old, found.text):
            self.same.append(f"{name}: {old[:90]!r}")
        if found and not new:
            self.elsewhere += 1
            return
        candidate = None if found else timed("search", search, (old,), after, before)
        wording = candidate.wording.text if candidate and candidate.wording else ""
        if not new:
            self.deleted += 1
            if wording:
                self.anchored.append(
                    f"{candidate.score:.2f} {name}: {old[:70]!r} -> {wording[:70]!r}"
                )
            return
        self.replaced += 1
        if found or (wording and (_bare(wording) in _bare(new) or _overlap(wording, new) >= 0.5)):
            self.hits += 1
        else:
            self.missed.append(f"{name}: {old[:70]!r} -> {new[:70]!r}")

    def rows(self):
        """Return the three rows."""
        return [
            Row(
                "bundle: replaced paragraphs found in their place",
                "told",
                share(self.hits, self.replaced),
                holds=True,
                details=tuple(self.missed[:10]),
            ),
            Row(
                "bundle: other words shown as the same clause",
                "0",
                f"{len(self.same)} of {self.replaced + self.deleted + self.elsewhere}",
                not self.same,
                tuple(self.same),
            ),
            Row(
                "bundle: deleted paragraphs re-anchored",
                "<= 18 %",
                f"{share(len(self.anchored), self.deleted)}; {self.elsewhere} more stand elsewhere",
                len(self.anchored) <= 0.18 * self.deleted,
                tuple(self.anchored[:20]),
            ),
        ]


def _left_alone(names, count):
    """Delete paragraphs from a document and change nothing else: whatever is taken for them is a lookalike."""
    rng = random.Random(2)
    last = {name: folded(versions(name)[-1].text) for name in names}
    taken, lookalikes, total = [], 0, 0
    for name, old in _paragraphs(names, rng, count):
        before = last[name]
        after = folded(before.text.replace(f"{old}\n", ""))
        if find(old, after):
            continue
        total += 1
        candidate = search((old,), after, before)
        lookalikes += candidate.lookalike is not None
        if candidate.state is not ClauseState.REMOVED:
            taken.append(f"{name}: {old[:90]!r} -> {candidate.wording.text[:90]!r}")
    return Row(
        "paragraphs taken out, nothing new: re-anchored",
        "0",
        f"{len(taken)} of {total}; {lookalikes} have a lookalike, which is named",
        not taken,
        tuple(taken),
    )


def _elsewhere(names, each):
    """Look for each followed clause in documents that have nothing to do with it."""
    rng = random.Random(3)
    last = {name: folded(versions(name)[-1].text) for name in names}
    taken, tries = [], 0
    for clause in evidence("clauses.json.gz")[:: 1 if each > 1 else 4]:
        others = [name for name in names if _company(name) != _company(clause["doc"])]
        for other in rng.sample(others, min(each, len(others))):
            tries += 1
            quote = clause["quote"]
            candidate = timed("search", search, (quote,), last[other], None)
            if candidate.wording or find(quote, last[other]):
                words = candidate.wording.text if candidate.wording else quote
                taken.append(
                    f"{candidate.score:.2f} {clause['doc']} in {other}: {quote[:70]!r} -> {words[:70]!r}"
                )
    return Row(
        "clauses found in documents of other services",
        "<= 0.1 %",
        share(len(taken), tries),
        len(taken) <= 0.001 * tries,
        tuple(taken),
    )


def _company(name):
    return next((company for company in COMPANIES if name.startswith(company)), name.split("/")[0])


def _paragraphs(names, rng, count):
    """Return paragraphs of the newest versions that could be quoted, each with its document."""
    pool = [
        (name, block)
        for name in names
        for block in versions(name)[-1].text.split("\n")
        if LONG_ENOUGH <= len(block) <= 1500
    ]
    return rng.sample(pool, min(count, len(pool)))


def _overlap(text, other):
    words, others = Counter(text.split()), Counter(other.split())
    return (words & others).total() / max(1, words.total())


def _bare(text):
    return "".join(c for c in text.casefold() if c.isalnum())
