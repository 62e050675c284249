"""clause-v1: the form in which quotations are compared, and its hash."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas.canonical import clause_sha256, clause_v1

VECTORS = json.loads(Path(__file__).with_name("canon-vectors.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "vector", VECTORS, ids=lambda v: v["input"][:20].encode("ascii", "replace").decode()
)
def test_vectors(vector):
    """Every published vector gives its canonical form and its hash."""
    assert clause_v1(vector["input"]) == vector["canonical"]
    assert clause_sha256(vector["input"]) == vector["sha256"]


@given(st.text())
def test_idempotent(text):
    """The form of the form is the form."""
    assert clause_v1(clause_v1(text)) == clause_v1(text)


@given(
    st.lists(st.text("abc09", min_size=1), min_size=1),
    st.sampled_from([" ", "\n", "\t ", "\u00a0", "\u2003\u2003"]),
)
def test_blanks_do_not_count(words, blank):
    """Changing a run of blanks never changes the hash."""
    assert clause_sha256(blank.join(words)) == clause_sha256(" ".join(words))


@pytest.mark.parametrize(
    ("number", "digest"),
    [("CA-P-007114", VECTORS[0]["sha256"]), ("CA-P-008335", VECTORS[1]["sha256"])],
)
def test_first_records_quote_what_was_recorded(built, number, digest):
    """The first two records quote, to the letter, the clauses whose hashes were published before them."""
    records = [json.loads(p.read_text(encoding="utf-8")) for p in built.rglob("record.json")]
    (record,) = [r for r in records if r["id"] == number]
    assert record["clause_sha256"] == {"form": "clause-v1", "value": digest}
