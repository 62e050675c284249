"""What the newest leaf of a proof says of a record's status, beside what its page says."""

import json
from datetime import timedelta

import pytest
from logs import AT, leaf, published

from atlas.citation_check import Exhibit, check
from atlas.citation_check.exhibit import File
from atlas.citation_check.standing import standing
from atlas.model import State
from atlas.proof import encode_proof, inclusions
from atlas.record_form import sha256_of

NUMBER = "SA-P-100001"
WITHDRAWN = {"state": "withdrawn", "on": "2026-11-22", "reason": "It was misread."}
GONE = {"status": State.WITHDRAWN, "status_sha256": sha256_of(WITHDRAWN)}
FROZEN = "nothing of that is in the frozen record."


def told(*leaves, page=None, damage=None):
    """Return what is said of a record after publishings of one leaf each, an hour apart."""
    entries = inclusions(published(*([one] for one in leaves)))[NUMBER] if leaves else ()
    content = encode_proof(NUMBER, entries)
    proof = File("proof.json", content.replace(*damage) if damage else content) if leaves else None
    of = Exhibit(NUMBER, 1, proof=proof)
    return standing(of, check(of), page)


def page(status=None):
    return {"id": NUMBER, "address": "/a/", **({"status": status} if status else {})}


def test_the_log_says_what_the_frozen_record_cannot():
    """Which status it has, and the day of the root that entered it first."""
    later = leaf(state="intact", since=AT + timedelta(minutes=5), **GONE)
    assert told(leaf(), leaf(**GONE), later) == (
        f"The log says that the record is withdrawn, as entered by the root of 2026-11-22; {FROZEN}"
    )


@pytest.mark.parametrize("page", [None, page()])
def test_of_an_active_record_nothing_is_said(page):
    """Neither with its page nor without it."""
    assert told(leaf(), page=page) == ""


def test_a_record_that_is_active_again_was_not_always():
    """What was taken back is told too."""
    assert told(leaf(), leaf(**GONE), leaf(revision=2)).startswith(
        "The log says that the record is active again"
    )


def test_a_page_is_compared_with_the_log():
    """Its reason is given where it is the one that was published; else it is told what differs."""
    logged = (leaf(), leaf(**GONE))
    assert told(*logged, page=page(WITHDRAWN)).endswith(
        f"{FROZEN} Its page says why: It was misread."
    )
    other = told(*logged, page=page({**WITHDRAWN, "reason": "No reason."}))
    assert other.endswith(
        "Its page says that the record is withdrawn. No reason. The log has no such status of it."
    )
    assert told(*logged, page=page()).endswith(f"{FROZEN} Its page does not say so.")
    assert told(leaf(), page=page(WITHDRAWN)) == (
        "Its page says that the record is withdrawn. It was misread. The log has no such status of it."
    )


def test_a_leaf_that_nothing_vouches_for_says_nothing():
    """Where the path leads elsewhere, or there is no proof, only the page speaks."""
    broken = told(leaf(), leaf(**GONE), damage=(b'"state":"never', b'"state":"ever'))
    assert broken == ""
    assert (
        told(page=page(WITHDRAWN)) == "Its page says that the record is withdrawn. It was misread."
    )


def test_a_frozen_record_is_no_page():
    """What has no address says nothing of a status, whatever stands in it."""
    assert told(page=json.loads('{"status": {"state": "withdrawn"}}')) == ""
