"""Ten made-up histories: the exact lines of the ledger, and what is shown after each look.

`pytest --update-golden` rewrites `tests/replay/golden/`; reading the difference is the review.
"""

from pathlib import Path

import pytest
from replay.synthetic import HISTORIES

GOLDEN = Path(__file__).parent / "golden"
CHANGES = {"split_list": 2, "deletion_with_sibling": 1, "two_rewordings_and_back": 3}
"""How many changes are confirmed; none in the others."""


@pytest.mark.parametrize("history", HISTORIES, ids=lambda h: h.__name__)
def test_a_history_gives_these_lines_and_no_other(history, request):
    """Line by line, with the hours since the first look, and the states shown look by look."""
    followed = history()
    shown = [
        " ".join(o.state for o in f.outcomes) or f"({f.failed.reason})" for f in followed.findings
    ]
    told = "\n".join([history.__doc__, "", *followed.told(), "", "shown:", *shown, ""])
    golden = GOLDEN / f"{history.__name__}.txt"
    if request.config.getoption("--update-golden"):
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(told, encoding="utf-8")
    assert told == golden.read_text(encoding="utf-8")
    assert len(followed.changes) == CHANGES.get(history.__name__, 0)


def test_every_golden_text_is_compared():
    """No file lies in the folder that no test looks at."""
    assert {path.stem for path in GOLDEN.iterdir()} == {h.__name__ for h in HISTORIES}
