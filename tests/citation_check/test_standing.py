"""What the newest leaf of a proof says of a record's status, beside what its page says."""

import json
from datetime import timedelta

import pytest
from logs import AT, leaf, published

from atlas.citation_check import Exhibit, check
from atlas.citation_check.exhibit import File
from atlas.citation_check.standing import Source, standing
from atlas.model import State
from atlas.proof import encode_proof, inclusions
from atlas.record_form import sha256_of

NUMBER = "SA-P-100001"
WITHDRAWN = {"state": "withdrawn", "on": "2026-11-22", "reason": "It was misread."}
GONE = {"status": State.WITHDRAWN, "status_sha256": sha256_of(WITHDRAWN)}
FROZEN = "nothing of that is in the frozen record."


def told(*leaves, **others):
    """Return what is said of a record after publishings of one leaf each, an hour apart."""
    return stands(*leaves, **others).sentence


def verdict(*leaves, **others):
    """Return how the check of its page's status ended, where there is one."""
    differs = stands(*leaves, **others).differs
    return differs.verdict if differs else None


def stands(*leaves, page=None, damage=None, source=Source.TOGETHER):
    entries = inclusions(published(*([one] for one in leaves)))[NUMBER] if leaves else ()
    content = encode_proof(NUMBER, entries)
    proof = File("proof.json", content.replace(*damage) if damage else content) if leaves else None
    of = Exhibit(NUMBER, 1, proof=proof)
    return standing(of, check(of), page, source)


def page(status=None, **others):
    return {"id": NUMBER, "address": "/a/", **({"status": status} if status else {}), **others}


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
    again = told(*logged, leaf(revision=2), page=page(WITHDRAWN))
    assert again.endswith("It was misread. The log has that of it no more.")
    assert told(leaf(), page=page(WITHDRAWN)) == (
        "Its page says that the record is withdrawn. It was misread. The log has no such status of it."
    )


@pytest.mark.parametrize(
    ("leaves", "status"),
    [
        ([leaf()], WITHDRAWN),
        ([leaf(), leaf(**GONE)], None),
        ([leaf(), leaf(**GONE)], {"state": "active"}),
        ([leaf(), leaf(**GONE)], {**WITHDRAWN, "reason": "No reason."}),
        ([leaf(), leaf(**GONE), leaf(revision=2)], WITHDRAWN),
    ],
    ids=["said", "unsaid", "said active", "another reason", "taken back"],
)
def test_another_status_than_the_newest_leaf_fails(leaves, status):
    """Where page and proof were published together; where one may be the older, or nobody published it yet, it is open."""
    assert verdict(*leaves, page=page(status)) == "fail"
    for source in (Source.APART, Source.BUILT_HERE):
        assert verdict(*leaves, page=page(status), source=source) == "not-checked"


def test_where_nobody_can_tell_nothing_fails():
    """The same status, an active one that is written out, no page, no proof, and a path that leads elsewhere."""
    assert verdict(leaf(), leaf(**GONE), page=page(WITHDRAWN)) is None
    assert verdict(leaf(), page=page({"state": "active"})) is None
    assert verdict(leaf(), leaf(**GONE)) is None
    assert verdict(page=page(WITHDRAWN)) is None
    damage = (b'"state":"never', b'"state":"ever')
    assert verdict(leaf(), damage=damage, page=page(WITHDRAWN)) is None


def test_a_page_says_what_is_disputed():
    """Its reason, or where it has none, whose words on the page say it."""
    for status, said in (
        ({"state": "disputed"}, "Its page says what is disputed, in the words of Guild, Acme."),
        ({"state": "disputed", "reason": "It is narrow."}, "Its page says why: It is narrow."),
    ):
        disputed = leaf(status=State.DISPUTED, status_sha256=sha256_of(status))
        statements = [{"by": "Guild"}, {"by": "Acme"}, {"by": "Guild"}]
        of_page = page(status, statements=statements)
        assert told(leaf(), disputed, page=of_page).endswith(f"{FROZEN} {said}")
        assert verdict(leaf(), disputed, page=of_page) is None
    assert told(leaf(), disputed, page=page({"state": "disputed"}, statements=7))


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
