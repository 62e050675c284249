"""Real pages as they were fetched, through the whole decision: right ones are good looks, wrong ones are suspect."""

from datetime import datetime

import pytest
from archive import evidence, needs_archive, page
from replay import follow
from replay.follow import Follower, watch
from replay.histories import SEEDS

from atlas.canonical import letters
from atlas.model import ClauseState, Failure


def by_source():
    """The pages of the manifest by what they are copies of, oldest first."""
    found = {}
    for entry in sorted(evidence("html/manifest.json"), key=lambda e: e["fetched"]):
        found.setdefault(entry["source"], []).append(entry)
    return found


def take(follower, entry):
    return follower.look(follow.page(page(entry)), at=datetime.fromisoformat(entry["fetched"]))


@needs_archive
@pytest.mark.parametrize("quoted", [0, 4], ids=["no-quotation", "four"])
def test_every_right_page_is_good_and_every_wrong_one_suspect(quoted):
    """All 33, each source in order of date, whether nothing or four clauses are watched in it."""
    wrongly = []
    counted = {"good": 0, "wrong": 0}
    for source, entries in by_source().items():
        quotes = dict(enumerate(_blocks(entries[0], quoted)))
        follower = Follower(watch({f"SA-P-{n}": text for n, text in quotes.items()}))
        for entry in entries:
            finding = take(follower, entry)
            counted[entry["role"]] += 1
            reason = finding.failed and finding.failed.reason
            if reason != (Failure.SUSPECT if entry["role"] == "wrong" else None):
                wrongly.append((source, entry["file"], entry["role"], finding.failed))
            assert entry["role"] == "good" or finding.outcomes == ()
        assert follower.held is not None
    assert wrongly == []
    assert counted == {"good": 23, "wrong": 10}


@needs_archive
@pytest.mark.parametrize(
    ("files", "quote", "states"),
    [
        ("005 006 007", SEEDS["Claude.ai/Terms of Service"], "intact intact intact"),
        ("000 003 004 001 002", SEEDS["Claude.ai/Privacy Policy"], "intact - - intact differs"),
    ],
    ids=["terms", "privacy"],
)
def test_the_seeds_pages_as_fetched(files, quote, states):
    """The words of the terms stand in all three pages; those of the privacy policy differ in the last."""
    entries = {entry["file"][5:8]: entry for entry in evidence("html/manifest.json")}
    follower = Follower(watch({"seed": quote}))
    ordered = sorted((entries[name] for name in files.split()), key=lambda e: e["fetched"])
    findings = [take(follower, entry) for entry in ordered]
    assert [f.outcomes[0].state if f.outcomes else "-" for f in findings] == states.split()
    assert follower.changes == []


@needs_archive
def test_the_rewording_is_found_word_for_word_in_the_page_as_fetched():
    """What stands there now is cut out of the page whole, with a score that calls it reworded."""
    entries = {entry["file"][5:8]: entry for entry in evidence("html/manifest.json")}
    follower = Follower(watch({"seed": SEEDS["Claude.ai/Privacy Policy"]}))
    take(follower, entries["001"])
    outcome = take(follower, entries["002"]).outcomes[0]
    assert outcome.found is ClauseState.REWORDED
    assert outcome.wording.text.startswith(
        "We may use your Inputs and Outputs to train and improve"
    )
    assert "(ii) you" in outcome.wording.text
    assert follower.held[outcome.start : outcome.end] == outcome.wording.text


def _blocks(entry, count):
    """So many long blocks of a page, spread over it."""
    follower = Follower(watch({}))
    take(follower, entry)
    long = [b for b in follower.held.splitlines() if 100 <= len(letters(b)) <= 700]
    return long[:: max(1, len(long) // count)][:count] if count else []
