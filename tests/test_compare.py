"""One look after another at one document: what is new, what is shown, and what is never said."""

from dataclasses import replace
from datetime import timedelta

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings
from replay.follow import HALF_DAY, START, Follower, plain, watch
from replay.synthetic import (
    AGAIN,
    CONTRACT,
    CRASH,
    LIABILITY,
    NOTICE,
    QUOTES,
    REDESIGNED,
    REWORDED,
    TRAINING,
    WITH_SIBLING,
    with_training,
)

from atlas.canonical import clause_sha256, text_sha256
from atlas.model import ClauseSeen, ClauseState, Failure, LookFailed, RunEnded, TermSeen, TextSeen

WITHOUT = CONTRACT.replace(f"{TRAINING}\n", "")


def following(*texts, quotes=QUOTES, silences=()):
    """Follow the contract through these texts, half a day apart."""
    follower = Follower(watch(quotes, silences), asks_twice=True)
    for text in texts:
        follower.text(text)
    return follower


def states(follower, record="training"):
    """What was shown of a clause, look by look; the reason where the look failed."""
    return [
        str(
            next(o.state for o in f.outcomes if o.record == record)
            if f.outcomes
            else f.failed.reason
        )
        for f in follower.findings
    ]


# --- Looks with nothing to confirm ---


def test_a_first_look_records_the_text_and_where_each_clause_stands():
    """Text first, then the clauses in order; what was found intact needs one look."""
    finding = following(CONTRACT).findings[0]
    text, *clauses = finding.entries
    assert isinstance(text, TextSeen)
    assert text.text.sha256 == text_sha256(CONTRACT)
    assert (text.previous, text.known, text.technical) == (None, False, False)
    assert [c.record for c in clauses] == list(QUOTES)
    assert {(c.state, c.confirmed, c.copies) for c in clauses} == {(ClauseState.INTACT, True, 1)}
    assert clauses[0].prefix.endswith("keep copies against loss. ")
    assert finding.text == CONTRACT
    outcome = finding.outcomes[0]
    assert CONTRACT[outcome.start : outcome.end] == TRAINING
    assert outcome.old_sha256 == outcome.new_sha256 == clause_sha256(TRAINING)


def test_a_short_first_page_that_holds_the_quotations_is_believed():
    """Even where it speaks of what walls speak of; without any of them it is suspect."""
    short = CONTRACT + "We may ask you to solve a captcha.\n"
    assert states(following(short)) == ["intact"]
    assert states(following(short, quotes={"training": AGAIN})) == ["suspect"]


def test_the_same_text_again_adds_nothing():
    """Neither another instant nor another entity tag makes a line."""
    follower = following(CONTRACT)
    finding = follower.look(plain(CONTRACT, etag='"other"'))
    assert finding.entries == ()
    assert finding.text is None
    assert states(follower) == ["intact", "intact"]


def test_the_announced_date_is_recorded_with_the_text():
    """A date that the document states of itself belongs to the text that states it."""
    follower = following(CONTRACT, CONTRACT.replace("May 4", "June 1"))
    assert [f.entries[0].announced for f in follower.findings] == ["2026-05-04", "2026-06-01"]


def test_not_modified_is_a_good_look():
    """A 304 stands for the text that we hold: it adds nothing, and shows what it shows."""
    follower = following(CONTRACT)
    finding = follower.look(not_modified=True)
    assert (finding.entries, finding.failed, finding.text) == ((), None, None)
    assert states(follower) == ["intact", "intact"]


def test_not_modified_counts_towards_a_confirmation():
    """The words seen at the look before are still what the source stands by."""
    follower = following(CONTRACT, with_training(REWORDED))
    follower.look(not_modified=True)
    assert states(follower)[1:] == ["differs", "rewritten"]


def test_not_modified_without_a_text_of_ours_tells_nothing():
    """There is nothing that it could stand for."""
    follower = Follower(watch(QUOTES))
    finding = follower.look(not_modified=True)
    assert finding.failed.reason is Failure.NO_TEXT
    assert finding.outcomes == ()


def test_a_failed_look_says_nothing_of_any_clause():
    """One line with the reason; the same reason again is no line; another one is."""
    follower = following(CONTRACT)
    looks = [
        follower.fails(Failure.UNREACHABLE),
        follower.fails(Failure.UNREACHABLE, "The host answered 503."),
        follower.fails(Failure.NOT_PERMITTED),
    ]
    assert [f.outcomes for f in looks] == [(), (), ()]
    assert [len(f.entries) for f in looks] == [1, 0, 1]
    assert all(isinstance(e, LookFailed) for f in looks for e in f.entries)
    assert follower.state.trouble.since == START + HALF_DAY
    follower.text(CONTRACT)
    assert follower.findings[-1].entries == ()
    assert follower.state.trouble is None


def test_a_suspect_page_is_set_aside():
    """Its text is handed over as quarantined, and the last good text and every clause stay as they were."""
    follower = following(CONTRACT)
    before = follower.state
    finding = follower.text(CRASH)
    assert finding.failed.reason is Failure.SUSPECT
    assert finding.guard == (finding.failed.detail,)
    assert finding.quarantined.startswith("Application error")
    assert (finding.text, finding.outcomes) == (None, ())
    assert (follower.state.text, follower.state.clauses) == (before.text, before.clauses)
    assert follower.held == CONTRACT


# --- Changes and their confirmation ---


def test_a_change_is_shown_at_once_and_confirmed_by_a_second_look():
    """The line of the confirmation says when the first agreeing look took place."""
    follower = following(CONTRACT, with_training(REWORDED), with_training(REWORDED))
    assert states(follower) == ["intact", "differs", "rewritten"]
    seen = follower.findings[1].entries[1]
    assert (seen.state, seen.confirmed) == (ClauseState.REWRITTEN, False)
    (settled,) = follower.findings[2].entries
    assert settled.confirmed
    assert settled.looks == 2
    assert settled.first_seen_at == START + HALF_DAY
    assert settled.wording.text == REWORDED
    outcome = follower.findings[2].outcomes[0]
    assert outcome.changed
    assert (outcome.old_sha256, outcome.new_sha256) == (
        clause_sha256(TRAINING),
        clause_sha256(REWORDED),
    )


@pytest.mark.parametrize(("minutes", "confirmed"), [(659, False), (660, True)])
def test_two_looks_confirm_other_words_only_eleven_hours_apart(minutes, confirmed):
    """A run by hand shortly after another confirms nothing."""
    follower = following(CONTRACT, with_training(REWORDED))
    finding = follower.text(
        with_training(REWORDED), at=START + HALF_DAY + timedelta(minutes=minutes)
    )
    assert finding.outcomes[0].changed is confirmed


@pytest.mark.parametrize(
    ("hours", "confirmed"), [((24, 46), False), ((24, 47), True), ((47,), False), ((1, 48), True)]
)
def test_a_removal_takes_three_looks_over_forty_seven_hours(hours, confirmed):
    """Neither many looks in a short time nor two far apart will do."""
    follower = following(CONTRACT, WITHOUT)
    for after in hours:
        finding = follower.text(WITHOUT, at=START + HALF_DAY + timedelta(hours=after))
    assert finding.outcomes[0].changed is confirmed
    assert finding.outcomes[0].state is (ClauseState.REMOVED if confirmed else ClauseState.DIFFERS)


def test_failures_between_two_looks_neither_confirm_nor_reset():
    """A suspect page and an unreachable host say nothing, so the two looks around them are next to each other."""
    follower = following(CONTRACT, with_training(REWORDED))
    follower.text(CRASH)
    follower.fails()
    follower.text(with_training(REWORDED))
    assert states(follower)[1:] == ["differs", "suspect", "unreachable", "rewritten"]


def test_a_third_wording_begins_anew():
    """Looks that disagree confirm neither."""
    follower = following(CONTRACT, with_training(REWORDED), with_training(AGAIN))
    assert states(follower) == ["intact", "differs", "differs"]
    follower.text(with_training(AGAIN))
    assert follower.findings[-1].outcomes[0].changed
    assert follower.findings[-1].outcomes[0].new_sha256 == clause_sha256(AGAIN)


def test_noise_elsewhere_in_the_text_does_not_hinder_a_confirmation():
    """What has to agree is the wording, not the document."""
    dated = with_training(REWORDED).replace("May 4, 2026", "5 May 2026")
    follower = following(CONTRACT, with_training(REWORDED), dated)
    assert states(follower)[-1] == "rewritten"


def test_after_a_change_the_new_words_are_what_stands():
    """Further looks that find them add nothing, whatever else changes around them."""
    changed = with_training(REWORDED)
    follower = following(CONTRACT, changed, changed, changed, changed.replace("May 4", "June 1"))
    assert states(follower)[2:] == ["rewritten"] * 3
    assert [len(f.entries) for f in follower.findings[3:]] == [0, 1]


def test_a_return_to_the_quotation_is_confirmed_before_it_counts():
    """It is a change like any other; with a text never seen before, two looks do."""
    changed, back = with_training(REWORDED), CONTRACT.replace("May 4", "June 1")
    follower = following(CONTRACT, changed, changed, back, back)
    assert states(follower)[3:] == ["differs", "intact"]
    assert [state for _, _, state in follower.changes] == [
        ClauseState.REWRITTEN,
        ClauseState.INTACT,
    ]


def test_a_text_seen_before_confirms_more_slowly():
    """Two texts that take turns are two faces of one page more often than a change: three looks, 47 hours."""
    changed = with_training(REWORDED)
    follower = following(CONTRACT, changed, changed, *[CONTRACT] * 5)
    assert states(follower)[3:] == ["differs"] * 4 + ["intact"]


def test_words_gone_and_put_back_reworded():
    """What comes in the place of removed words is a change too, found in what is new."""
    follower = following(CONTRACT, *[WITHOUT] * 5, *[with_training(REWORDED)] * 2)
    assert states(follower)[5:] == ["removed", "differs", "rewritten"]


def test_a_lookalike_that_was_there_before_is_named_and_never_taken():
    """Deleted is deleted, however much a neighbour resembles it."""
    gone = WITH_SIBLING.replace(f"{TRAINING}\n", "")
    follower = following(WITH_SIBLING, *[gone] * 5)
    assert states(follower)[-1] == "removed"
    settled = follower.findings[-1].entries[-1]
    assert settled.wording is None
    assert "filters against abuse" in settled.lookalike.text


# --- Notes that are no changes ---


def test_other_typography_is_noted_with_what_stands_there():
    """One line, no confirmation, no change; and back again."""
    other = CONTRACT.replace(LIABILITY, LIABILITY.replace("these terms", "These Terms"))
    follower = following(CONTRACT, other, other, CONTRACT)
    assert states(follower, "liability") == ["intact", "typography", "typography", "intact"]
    (_, noted) = follower.findings[1].entries
    assert "These Terms" in noted.wording.text
    assert follower.findings[2].entries == ()
    assert follower.changes == []


IN_PARTS = f"{TRAINING} [...] copies that we keep against loss within a year."
FILLER = "\n".join(f"{n}. Something else is said here about matter {n}." for n in range(34))
APART = with_training(f"{TRAINING}\n{FILLER}")


def test_scattered_words_need_a_person_and_confirm_nothing():
    """All parts are there, too far apart to be one clause; when they come together again all is as before."""
    follower = following(CONTRACT, *[APART] * 6, CONTRACT, quotes={"training": IN_PARTS})
    assert states(follower) == ["intact", *["scattered"] * 6, "intact"]
    assert all(f.outcomes[0].needs_person for f in follower.findings[1:7])
    assert follower.changes == []


def test_scattered_words_are_no_look_at_removed_ones():
    """The hours of a removal are counted from the first look that found nothing."""
    gone = "".join(
        line
        for line in APART.splitlines(keepends=True)
        if "within a year" not in line and TRAINING not in line
    )
    follower = following(CONTRACT, APART, *[gone] * 5, quotes={"training": IN_PARTS})
    assert states(follower) == ["intact", "scattered", *["differs"] * 4, "removed"]


# --- Records that come, change and go ---


def test_a_new_record_on_a_known_document_is_found_in_the_text_we_hold():
    """Even where the source answers 304."""
    follower = following(CONTRACT, quotes={"training": TRAINING})
    follower.watched = watch({"training": TRAINING, "notice": NOTICE})
    finding = follower.look(not_modified=True)
    (seen,) = finding.entries
    assert (seen.record, seen.state, seen.confirmed) == ("notice", ClauseState.INTACT, True)


def test_a_quotation_that_was_never_found_is_never_a_change():
    """It is shown as never observed and needs a person, with what resembles it, however often one looks."""
    close = TRAINING.replace(TRAINING.split()[2], "other", 1)
    follower = following(*[CONTRACT] * 8, quotes={"training": close})
    assert states(follower) == ["never-observed"] * 8
    assert all(f.outcomes[0].needs_person for f in follower.findings)
    first = follower.findings[0].entries[1]
    assert not first.confirmed
    assert first.wording is not None
    assert [f.entries for f in follower.findings[1:]] == [()] * 7
    follower.text(with_training(close))
    assert states(follower)[-1] == "intact"
    assert follower.changes == []


def test_an_edited_quotation_is_anchored_anew():
    """A person took the new wording over: it is intact at the first look, and nothing changed."""
    changed = with_training(REWORDED)
    follower = following(CONTRACT, changed, changed)
    follower.watched = watch({**QUOTES, "training": REWORDED})
    finding = follower.text(changed)
    (seen,) = finding.entries
    assert (seen.state, seen.confirmed, seen.looks) == (ClauseState.INTACT, True, 1)
    assert seen.quote_sha256 == clause_sha256(REWORDED)
    assert not finding.outcomes[0].changed
    assert states(follower)[-1] == "intact"


def test_an_edited_quotation_that_is_not_there_is_no_change():
    """What was known of the former quotation says nothing of it."""
    follower = following(CONTRACT)
    follower.watched = watch({**QUOTES, "training": TRAINING.replace("settings", "depths")})
    for _ in range(6):
        follower.text(CONTRACT)
    assert states(follower)[1:] == ["never-observed"] * 6
    (hint,) = follower.findings[1].entries
    assert hint.wording.text == TRAINING
    assert follower.changes == []


def test_a_document_that_was_replaced_is_good_again_once_a_person_quotes_the_new_one():
    """Held as suspect until then; the new words are intact at the first look, and nothing is called a change."""
    follower = following(CONTRACT, *[REDESIGNED] * 3)
    lines = REDESIGNED.splitlines()
    follower.watched = watch({"training": lines[4], "liability": lines[9], "notice": NOTICE})
    follower.text(REDESIGNED)
    follower.watched = watch({"training": lines[4], "liability": LIABILITY})
    follower.text(CRASH)
    assert states(follower) == ["intact", *["suspect"] * 3, "intact", "suspect"]
    assert follower.held == REDESIGNED + "\n"
    assert follower.changes == []


def test_a_quotation_that_stood_in_the_old_text_as_well_vouches_for_no_page():
    """Only words that are new with the page show that a person has seen it."""
    both = "Courts at your home are open to you"
    follower = following(CONTRACT)
    follower.watched = watch({"training": both})
    follower.text(f"{REDESIGNED}\n{both}.\n")
    assert states(follower) == ["intact", "suspect"]


def test_a_record_that_is_withdrawn_leaves_no_line():
    """What is known of it stays in the state, and counts again when it comes back."""
    follower = following(CONTRACT)
    follower.watched = watch({"liability": LIABILITY})
    finding = follower.text(CONTRACT)
    assert finding.entries == ()
    assert [o.record for o in finding.outcomes] == ["liability"]
    assert [c.record for c in follower.state.clauses] == sorted(QUOTES)
    follower.watched = watch(QUOTES)
    assert follower.text(CONTRACT).entries == ()


def test_a_text_that_was_judged_is_not_searched_again(monkeypatch):
    """So that the same text never gets another line because our search became another."""
    follower = following(CONTRACT, WITHOUT, quotes={"training": TRAINING})
    monkeypatch.setattr("atlas.compare.place.search", None)
    follower.text(WITHOUT)
    assert states(follower) == ["intact", "differs", "differs"]


# --- Silences ---


def terms(finding):
    return [(e.record, e.term) for e in finding.entries if isinstance(e, TermSeen)]


SILENT = {"silent": ("arbitration", "class action")}


def test_a_term_in_a_new_block_calls_for_a_look():
    """Whole words, whatever their case; one line for a block, whichever of its terms come."""
    new = CONTRACT + (
        "Disputes go to ARBITRATION, and no Class  Action is open to you.\n"
        "You waive a class action.\n"
        "You waive a class action.\n"
        "An arbitrational body and classes action are something else.\n"
    )
    follower = following(CONTRACT, new, new, silences=SILENT)
    assert terms(follower.findings[1]) == [("silent", "arbitration"), ("silent", "class action")]
    seen = follower.findings[1].entries[-2]
    assert seen.passage == "Disputes go to ARBITRATION, and no Class Action is open to you."
    assert follower.findings[2].entries == ()


def test_a_term_that_was_there_when_the_document_was_read_calls_for_nothing():
    """A first page is what the person read; a text known from before was told of then."""
    new = CONTRACT + "Disputes go to arbitration.\n"
    assert terms(following(new, silences=SILENT).findings[0]) == []
    flipping = following(CONTRACT, new, CONTRACT, new, silences=SILENT)
    assert [len(terms(f)) for f in flipping.findings] == [0, 1, 0, 0]


def test_a_long_passage_is_cut_around_its_term():
    """A block may be a whole document."""
    long = "Words before it. " * 200 + "Arbitration is agreed. " + "Words after it. " * 200
    follower = following(CONTRACT, f"{CONTRACT}{long}\n", quotes={}, silences=SILENT)
    (seen,) = [e for e in follower.findings[1].entries if isinstance(e, TermSeen)]
    assert "Arbitration is agreed." in seen.passage
    assert len(seen.passage) <= 1010
    assert seen.passage.startswith("... ")
    assert seen.passage.endswith(" ...")


# --- Extractors ---


def read_by_an_older_extractor(follower):
    """Let what is known come from the version before of the extractor."""
    follower.state = replace(
        follower.state, text=replace(follower.state.text, extractor="plain-v0")
    )
    follower.asks_twice = False
    return follower


def test_another_extractors_text_is_technical():
    """The difference is ours: the text is recorded as such, and no clause is touched."""
    follower = read_by_an_older_extractor(following(CONTRACT, silences=SILENT))
    finding = follower.text(CONTRACT + "Disputes go to arbitration.\n")
    (text,) = finding.entries
    assert text.technical
    assert not text.known
    assert states(follower) == ["intact", "intact"]


def test_another_extractor_with_the_same_text_is_told_once():
    """So that the next look may be a conditional one."""
    follower = read_by_an_older_extractor(following(CONTRACT))
    assert [type(e) for e in follower.text(CONTRACT).entries] == [TextSeen]
    assert follower.text(CONTRACT).entries == ()


def test_a_clause_that_another_extractor_does_not_find_makes_the_page_suspect():
    """Never a change by the platform, however long it lasts: a person has to look."""
    follower = read_by_an_older_extractor(following(CONTRACT))
    for _ in range(6):
        follower.text(with_training(REWORDED))
    assert states(follower)[1:] == ["suspect"] * 6
    assert "another method, address or selector" in follower.findings[1].failed.detail
    assert follower.held == CONTRACT


def test_an_address_or_selector_that_a_person_changed_is_another_way_of_reading():
    """The text that it gives is ours to answer for: recorded once as technical, and no clause is touched."""
    follower = following(CONTRACT)
    follower.watched = watch(QUOTES, address="https://acme.example/legal/terms")
    follower.asks_twice = False
    (text,) = follower.text(CONTRACT + "A new foot of the page.\n").entries
    assert text.technical
    assert text.recipe != follower.findings[0].entries[0].recipe
    assert follower.text(CONTRACT + "A new foot of the page.\n").entries == ()
    assert states(follower) == ["intact"] * 3


def test_another_extractor_confirms_nothing():
    """A change that was being confirmed waits for one more look by the same extractor."""
    changed = with_training(REWORDED)
    follower = read_by_an_older_extractor(following(CONTRACT, changed))
    follower.text(changed)
    follower.text(changed)
    assert states(follower)[1:] == ["differs", "differs", "rewritten"]


def test_another_extractor_finds_no_other_words_for_what_is_being_confirmed_as_gone():
    """What its text has more than the one before is new to us, not to the platform."""
    follower = read_by_an_older_extractor(following(CONTRACT, WITHOUT))
    finding = follower.text(with_training(REWORDED))
    assert [type(e) for e in finding.entries] == [TextSeen]
    assert finding.outcomes[0].found is ClauseState.REMOVED


def test_a_negation_that_another_extractor_finds_beside_the_words_makes_the_page_suspect():
    """Words outside of the quotation that turn its meaning are never taken over unseen."""
    quote = "use what you write to train our models, with your consent or without it."
    before, after = with_training(f"We may {quote}"), with_training(f"We may not {quote}")
    follower = read_by_an_older_extractor(following(before, quotes={"training": quote}))
    follower.text(after)
    assert states(follower) == ["intact", "suspect"]


def test_words_are_not_moved_by_another_extractor():
    """New neighbours are what moving is told by from then on."""
    turned = CONTRACT.replace(f"{LIABILITY}\n", "").replace(
        "Terms of use\n", f"{LIABILITY}\nTerms of use\n"
    )
    assert states(following(CONTRACT, turned), "liability")[1] == "moved"
    follower = read_by_an_older_extractor(following(CONTRACT))
    follower.text(turned)
    follower.text(turned.replace("May 4", "June 1"))
    assert states(follower, "liability") == ["intact"] * 3


# --- What should not happen ---


def test_without_the_last_good_text_nothing_is_taken_for_the_clause():
    """A lookalike cannot be told from a rewording then, so the clause is gone until a person says otherwise."""
    follower = following(WITH_SIBLING)
    follower.held, follower.asks_twice = None, False
    finding = follower.text(WITH_SIBLING.replace(f"{TRAINING}\n", ""))
    seen = next(e for e in finding.entries if isinstance(e, ClauseSeen))
    assert (seen.state, seen.wording, seen.confirmed) == (ClauseState.REMOVED, None, False)
    assert "filters against abuse" in seen.lookalike.text
    assert finding.text is not None


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.binary(max_size=300),
            st.text(max_size=300).map(str.encode),
            st.sampled_from([CONTRACT.encode(), with_training(REWORDED).encode()]),
        ),
        max_size=4,
    ),
    st.sampled_from(["text/plain", "text/html", "application/pdf", "image/png", ""]),
)
def test_whatever_comes_is_judged_and_no_bytes_make_a_change_at_once(contents, kind):
    """Nothing is raised, a look that told nothing has no outcome, and two looks an hour apart confirm nothing."""
    follower = following(CONTRACT)
    for content in contents:
        body = replace(plain(""), content=content, content_type=kind)
        finding = follower.look(body, at=follower.at + timedelta(hours=1))
        assert bool(finding.failed) != bool(finding.outcomes)
    assert follower.changes == []


def test_a_run_ends_trouble_with_its_own_line():
    """A good look with nothing new has no line of its own: the run's line says that it was good."""
    follower = following(CONTRACT, CRASH, CONTRACT)
    assert isinstance(follower.lines[-1][1], RunEnded)
    assert follower.state.trouble is None
