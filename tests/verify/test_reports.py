"""What a run says: every failure has its words, the table fits its width, the counts are those of the rows."""

import pytest
from verify_scratch import ROOT

from atlas.model import Failure
from atlas.reports import run_text
from atlas.site import read_words

LANGUAGES = {"en": "words.yaml", "de": "words.de.yaml"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_failure_has_its_words(language):
    """A label and a next step for each kind of failure, and for nothing else."""
    text = (ROOT / "templates" / LANGUAGES[language]).read_text(encoding="utf-8")
    words = read_words(text, language, LANGUAGES[language])
    given = {key.split(".")[1] for key in words.entries if key.startswith("failure.")}
    assert given == {failure.value for failure in Failure}
    for failure in Failure:
        assert not words.say(f"failure.{failure.value}.label").endswith(".")
        assert words.say(f"failure.{failure.value}.next").endswith(".")


def test_the_table_fits_its_width(worlds_of):
    """Lines are at most as wide as the terminal; what does not fit goes on beneath, in its own column."""
    world = worlds_of(3)
    for n in (1, 2, 3):
        world.net.host(f"host{n}.example.com").says("/terms")
    shown = run_text.render(world.run().report, 80)
    lines = shown.splitlines()
    assert max(map(len, lines)) <= 80
    assert [line[:25] for line in lines if not line.startswith(" ")][:3] == [
        f"unreachable  {world.document(n)} " for n in (1, 2, 3)
    ]
    assert lines[1].startswith(" " * 26)
    assert shown.endswith("because no archive account is configured\n")


def test_counts_are_those_of_the_documents(worlds_of):
    """Outcomes add up to the documents, failures to the failed ones."""
    world = worlds_of(4)
    world.net.host("host2.example.com").says("/terms")
    world.page(3, body="<p>Just a moment")
    counts = world.run().report.counts
    outcomes = ("first", "unchanged", "nothing-new", "text-changed", "clause-changed", "failed")
    assert sum(counts[name] for name in outcomes) == counts["documents"] == 4
    assert counts["failed"] == counts["unreachable"] + counts["suspect"] == 2
