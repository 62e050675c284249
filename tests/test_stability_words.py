"""What a provision's page says of looks is true of them: while a change is confirmed, when looks fail, when nobody has looked since."""

from dataclasses import replace
from datetime import date

import pytest
from seen import DAY, DOCUMENT, OTHER, START, WRITING, atlas_of, days, drawn, line, texts
from selectolax.lexbor import LexborHTMLParser

from atlas import stability
from atlas.model import ClauseState, Failure

PENDING = line(START + DAY, ClauseState.REWORDED, OTHER, confirmed=False)
GONE = line(START + DAY, ClauseState.REMOVED, confirmed=False)
MAY_3, JULY_1 = date(2026, 5, 3), date(2026, 7, 1)


def words_of(atlas, as_of, selector="main", language="en"):
    nodes = LexborHTMLParser(drawn(atlas, as_of, language)).css(selector)
    return " ".join(" ".join(n.text(separator=" ") for n in nodes).split())


@pytest.mark.parametrize("seen", [PENDING, GONE], ids=["other words", "gone"])
@pytest.mark.parametrize("as_of", [MAY_3, JULY_1], ids=["fresh", "late"])
def test_a_change_that_was_seen_is_never_denied(seen, as_of):
    """No sentence of the page says that no change was seen, while one is being confirmed or was left unconfirmed."""
    shown = words_of(atlas_of(days(0, 1), [line(START), seen]), as_of)
    assert "A change of these words was seen on 2 May 2026" in shown
    assert "No change of these words" not in shown
    assert "The same words each time" not in shown


def test_a_change_after_a_confirmed_one_is_told_beside_it():
    """Words that were confirmed to have changed and are seen to come back: one change, and one being confirmed."""
    lines = [
        line(START),
        line(START + DAY, ClauseState.REWORDED, OTHER, looks=2),
        line(START + DAY * 2, confirmed=False),
    ]
    shown = words_of(atlas_of(days(0, 1, 2), lines), date(2026, 5, 4))
    assert (
        "One change of these words between 1 May 2026 and 3 May 2026. A change of these words"
        in shown
    )
    assert "was seen on 3 May 2026, and is being confirmed." in shown


def test_looks_that_miss_the_words_did_not_see_them():
    """A look that finds the words gone counts as a look; the words were last seen when they were last found."""
    atlas = atlas_of(days(0, 1, 2), [line(START), GONE])
    shown = words_of(atlas, MAY_3)
    assert "Good looks on 3 of 3 days. The words were not found on 2 of them." in shown
    assert "Seen on" not in shown
    assert "Last seen 1 May 2026" in shown
    late = words_of(atlas, JULY_1)
    assert (
        "There was no good look since 3 May 2026, so we cannot say what stands there now." in late
    )
    assert "Nobody has seen it since" not in late


def test_other_words_are_counted_as_such():
    """Other words in their place are a change, and no loss."""
    shown = words_of(atlas_of(days(0, 1, 2), [line(START), PENDING]), MAY_3)
    assert "On 2 of them the words had changed." in shown
    assert "not found on" not in shown


def test_nothing_is_being_confirmed_when_nobody_looks():
    """Past the expiry a pending change is not confirmed, says since when nobody has looked, and is stale."""
    atlas = atlas_of(days(0, 1), [line(START), PENDING])
    fresh, late = (words_of(atlas, day) for day in (MAY_3, JULY_1))
    assert "Other words were seen on 2 May 2026, and are being confirmed." in fresh
    assert "Other words were seen on 2 May 2026, and are not confirmed." in late
    assert "One look found that. Nobody has looked since 2 May 2026." in late
    assert "being confirmed" not in late
    assert "clause change that is not confirmed" in late
    assert "must agree" not in late
    assert words_of(atlas, JULY_1, ".facts").count("Stale") == 1
    assert words_of(atlas, date(2026, 5, 12), ".facts").count("Due") == 1


def test_a_pending_change_expires_before_the_reader_s_eyes():
    """The page carries what is true after the last day on which a look counts."""
    tree = LexborHTMLParser(drawn(atlas_of(days(0, 1), [line(START), PENDING]), MAY_3))
    late = {n.attributes["data-late"] for n in tree.css('[data-until="2026-05-09"]')}
    assert any("is not confirmed. Nobody has looked since 2 May 2026." in words for words in late)
    assert any(words.startswith("Was due on 9 May 2026") for words in late)


def test_a_pending_change_that_looks_cannot_confirm():
    """Looks that failed since are looks, and none was good."""
    failed = [(START + DAY * n, Failure.UNREACHABLE) for n in range(2, 60)]
    shown = words_of(atlas_of([*days(0, 1), *failed], [line(START), PENDING]), JULY_1)
    assert "No look was good since 2 May 2026." in shown
    assert "Nobody has looked since" not in shown


@pytest.mark.parametrize(("age", "label"), [(2, "Due"), (12, "Due"), (40, "Stale")])
def test_nothing_is_promised_while_looks_fail(age, label):
    """With trouble since the last good look no day is printed until which the words would be good."""
    failed = [(START + DAY * n, Failure.SUSPECT) for n in range(1, age + 1)]
    as_of = (START + DAY * age).date()
    shown = words_of(atlas_of([START, *failed], [line(START)]), as_of, ".facts")
    told = "Intact at the last good look on 1 May 2026; looks fail since 2 May 2026"
    assert f"{label} {told}" in shown
    assert "good until" not in shown


@pytest.mark.parametrize(
    ("good", "told"),
    [((0,), None), ((0, 6), "at both good looks."), ((0, 3, 6), "at all 3 good looks.")],
)
def test_the_text_is_the_same_as_far_as_good_looks_say(good, told):
    """Of the time between failed looks nothing is said, and one good look has nothing to be compared with."""
    looks = [START + DAY * n if n in good else (START + DAY * n, Failure.SUSPECT) for n in range(7)]
    atlas = atlas_of(looks, [line(START)], texts((START, "a", {})))
    shown = words_of(atlas, date(2026, 5, 8))
    assert "did not change" not in shown
    assert (
        (f"The document’s text was the same {told}" in shown)
        if told
        else ("The document’s text was" not in shown)
    )


def test_a_text_that_was_read_anew_is_no_text_of_the_platform():
    """Where only another way of reading made another text, that is all that is said."""
    shown = texts((START, "a", {}), (START + DAY, "b", {"technical": True}))
    told = words_of(atlas_of(days(0, 1), [line(START)], shown), MAY_3)
    assert "One new text of the document, and it came of another way of reading." in told


@pytest.mark.parametrize(
    ("looks", "lines", "told"),
    [
        ([], [], "No later look at the source is recorded."),
        ([(START, Failure.SUSPECT)], [], "One look was taken, and it was not good."),
        (
            [(START, Failure.SUSPECT), (START + DAY, Failure.UNREACHABLE)],
            [],
            "2 looks were taken, and none was good.",
        ),
        (
            [START],
            [line(START, ClauseState.REWORDED, OTHER, confirmed=False)],
            "Looks were taken, and none found the quotation as it is worded here.",
        ),
        ([START], [], "No look for this quotation is recorded."),
    ],
)
def test_why_nothing_is_known(looks, lines, told):
    """Never observed has a reason: nobody looked, all looks failed, or none found the words."""
    shown = words_of(atlas_of(looks, lines), MAY_3)
    assert f"{told} We cannot say whether the quotation still stands." in shown
    assert ("No later look" in shown) is not looks


def test_words_that_return_in_a_known_text_change_the_document():
    """A confirmed change of a clause never stands beside no change of its document; a text that only comes back is none."""
    lines = [
        line(START),
        line(START + DAY, ClauseState.REWORDED, OTHER, looks=2),
        line(START + DAY * 41, since=START + DAY * 40, looks=2),
    ]
    shown = texts(
        (START, "a", {}),
        (START + DAY, "b", {}),
        (START + DAY * 40, "a", {"known": True}),
        (START + DAY * 50, "b", {"known": True}),
        (START + DAY * 51, "a", {"known": True}),
    )
    atlas = atlas_of(days(*range(52)), lines, shown)
    known = atlas.evidence.histories[DOCUMENT]
    found = stability.document_changes(known)
    assert [c.seen_at for c in found] == [START + DAY, START + DAY * 40]
    unconfirmed = stability.document_changes(known, (START + DAY * 40).date())
    assert [c.seen_at for c in unconfirmed] == [START + DAY]
    late = stability.recent(atlas, [WRITING], (START + DAY * 51).date())
    assert (len(late.clauses), len(late.documents)) == (1, 1)


def gone():
    """The clause is found in one text, and is confirmed to be missing from the next."""
    lines = [line(START), line(START + DAY, ClauseState.REMOVED, looks=3)]
    shown = texts((START, "a", {}), (START + DAY, "b", {}))
    return atlas_of(days(0, 1, 2), lines, shown, held={"a" * 64, "b" * 64})


@pytest.mark.parametrize(
    ("language", "head"), [("en", "former words"), ("de", "Früherer Wortlaut")]
)
def test_former_words_are_headed_as_such(language, head):
    """Above words that no longer stand is not written that they are the platform's."""
    current = atlas_of(days(0), [line(START)])
    assert head in words_of(gone(), MAY_3, "#quotation figcaption", language)
    assert head not in words_of(current, MAY_3, "#quotation figcaption", language)


def test_a_text_without_the_clause_verifies_nothing_of_it():
    """The hash is recomputed from the last text that held the clause; where none did, that is said."""
    evidence = words_of(gone(), MAY_3, "section")
    assert "recomputed from the stored text of 1 May 2026" in evidence
    assert "stored text of 2 May 2026" not in evidence
    assert "b" * 8 not in evidence
    never = atlas_of(
        days(0),
        [line(START, ClauseState.REWORDED, OTHER, confirmed=False)],
        texts((START, "a", {})),
        held={"a" * 64},
    )
    assert "no text that holds the clause is known" in words_of(never, MAY_3)


def test_what_is_removed_is_not_said_to_stand_there():
    """Under `What stands there now` a removal says that nothing was found."""
    shown = words_of(gone(), MAY_3)
    assert "What stands there now Neither the words nor others in their place were found." in shown
    assert "now Removed." not in shown


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("age", [3, 100, 500, 2000])
def test_every_unit_has_its_words(age, language):
    """Days, weeks, months and years each say in how many the words were missing, or had changed."""
    at = START + DAY * age
    told = [
        words_of(
            atlas_of([START, at], [line(START), replace(seen, stamp=line(at).stamp)]),
            at.date(),
            ".hung",
            language,
        )
        for seen in (PENDING, GONE)
    ]
    assert len(set(told)) == len(told)
