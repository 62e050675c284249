"""The measurements: each row holds on a reduced count of real documents; --long measures all."""

import subprocess
import sys

import pytest
from archive import needs_archive
from bench import followed, pages, permanence, rewordings, stopwatch, transitions, verify
from bench.row import Row, share
from conftest import ROOT


@needs_archive
@pytest.mark.parametrize(
    "part", [rewordings, transitions, followed, pages], ids=lambda m: m.__name__
)
def test_every_row_holds(part, thorough):
    """What is demanded of the locator and the guard is met on real documents."""
    rows = part.rows(thorough)
    assert rows
    assert not [verify.table([row]) for row in rows if not row.holds]


def test_ledger_and_log_of_a_large_atlas_are_sound():
    """The ledger of the measured atlas holds, line by line; how long it takes is for a quiet machine to say."""
    ledger, log, index = permanence.rows(thorough=False)
    assert index.holds
    assert "157,991 lines" in ledger.details[0]
    assert log.measure.startswith("log and paths")


def test_timed_calls_make_rows():
    """A row of speed for each function that was timed."""
    assert stopwatch.timed("find", len, "four") == 4
    assert "speed of find" in {row.measure for row in stopwatch.rows()}


def test_table_names_what_was_missed_and_why():
    """Each row on a line, the details below, a miss in capitals."""
    told = verify.table([Row("a", "0", share(1, 4), holds=False, details=("this one",))])
    assert "a        0         25.00% (1 of 4)  MISSED" in told
    assert told.endswith("a:\n  this one")


def test_without_an_archive_it_says_so(tmp_path):
    """Exit 2 with a sentence, and no figure."""
    done = subprocess.run(
        [sys.executable, "-m", "bench", "verify"],
        cwd=ROOT,
        env={"PYTHONPATH": ".:tests", "ATLAS_ARCHIVE": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "there is no archive at" in done.stderr
    assert done.stdout == ""
