"""What goes wrong with pages and clauses, case by case, through the whole decision about a document."""

from datetime import datetime

import pytest
from archive import evidence, needs_archive
from archive import page as archived
from replay.follow import Follower, is_in, page, plain, watch
from replay.histories import histories
from replay.synthetic import CONTRACT, LIABILITY, QUOTES, SIBLING, TRAINING, with_training

from atlas.canonical import letters
from atlas.model import ClauseSeen, ClauseState, Failure


def html(text, *, title="Terms", language="en", extra=""):
    """The text as a page, one block a line."""
    blocks = "".join(f"<p>{line}</p>" for line in text.splitlines())
    return (
        f"<!doctype html><html lang={language}><title>{title}</title><main>{blocks}</main>{extra}"
    )


def following(*looks, quotes=QUOTES, select=None):
    follower = Follower(watch(quotes, select=select), asks_twice=True)
    for look in looks:
        follower.look(page(look))
    return follower


def holds_the_last_good_text(follower):
    """The look said nothing: no clause has a word of it, and what is held and known is as it was."""
    finding = follower.findings[-1]
    lines = [e for f in follower.findings[1:] for e in f.entries if isinstance(e, ClauseSeen)]
    return (finding.text, finding.outcomes, lines) == (None, (), []) and follower.held


# --- 22 to 26: pages that are not the document ---


def test_22_a_page_not_found_that_comes_with_200():
    """The site's own chrome around it makes it no document."""
    chrome = "\n".join(
        f"Products Prices Support Company Careers Press Partners Number {n}" for n in range(15)
    )
    lost = html(f"{chrome}\nPage not found\nThe page you are looking for was moved.\n{chrome}")
    follower = following(html(CONTRACT), lost)
    assert follower.findings[-1].failed.reason is Failure.SUSPECT
    assert holds_the_last_good_text(follower)


@pytest.mark.parametrize(
    "wall",
    [
        "Just a moment... Checking your browser before you go on. Enable JavaScript and cookies.",
        "Verify you are human by completing the action below. Ray 8f3 needs to review your connection.",
        "Before you continue: we and our 812 partners use cookies. Accept all. Reject all.",
    ],
    ids=["challenge", "captcha", "consent"],
)
def test_23_a_wall_in_front_of_the_document(wall):
    """Challenges and consent walls come with status 200."""
    follower = following(html(CONTRACT), html(wall))
    assert follower.findings[-1].failed.reason is Failure.SUSPECT
    assert holds_the_last_good_text(follower)


@needs_archive
@pytest.mark.parametrize(
    ("good", "wrong"),
    [("000", "003"), ("001", "004"), ("008", "011"), ("013", "015"), ("017", "020")],
    ids=["23-crash", "23-crash-again", "23-cdn-error", "24-german", "25-half-loaded"],
)
def test_real_pages_that_are_not_the_document(good, wrong):
    """Real wrong pages after real right ones, with one clause watched, and with none."""
    entries = {entry["file"][5:8]: entry for entry in evidence("html/manifest.json")}
    for count in (1, 0):
        follower = Follower(watch({}))
        take(follower, entries[good])
        blocks = [b for b in follower.held.splitlines() if 100 <= len(letters(b)) <= 700]
        follower = Follower(watch({"one": blocks[len(blocks) // 2]} if count else {}))
        assert take(follower, entries[good]).failed is None
        assert take(follower, entries[wrong]).failed.reason is Failure.SUSPECT
        assert holds_the_last_good_text(follower)


def take(follower, entry):
    return follower.look(page(archived(entry)), at=datetime.fromisoformat(entry["fetched"]))


def test_26_a_selector_that_matches_nothing_after_a_redesign():
    """An error with its own name; never an empty document, and never a removed clause."""
    follower = following(html(CONTRACT), html(CONTRACT).replace("main>", "article>"), select="main")
    assert follower.findings[0].failed is None
    assert follower.findings[1].failed.reason is Failure.BAD_SELECTOR
    assert holds_the_last_good_text(follower)


# --- 28 to 33: clauses that stand otherwise ---


def shown(*texts, quote=TRAINING, contract=CONTRACT):
    follower = Follower(watch({"one": quote, "liability": LIABILITY}), asks_twice=True)
    follower.text(contract)
    for text in texts:
        follower.text(text)
    assert follower.findings[0].outcomes[0].state is ClauseState.INTACT
    return follower, [f.outcomes[0].state for f in follower.findings[1:]]


def test_28_a_clause_that_moved_to_another_section():
    """Told once, no change, and at home in the new place."""
    turned = CONTRACT.replace(f"{TRAINING}\n", "").replace("7. Law", f"{TRAINING}\n7. Law")
    follower, states = shown(turned, turned, turned)
    assert states == [ClauseState.MOVED] * 3
    assert [len(f.entries) for f in follower.findings[2:]] == [0, 0]
    assert follower.changes == []


@pytest.mark.parametrize(
    ("before", "after", "state"),
    [
        ("(1) find abuse, (2) mend faults", "\n(1) find abuse,\n(2) mend faults", "intact"),
        ("(1) find abuse, (2) mend faults", "\n(1) find abuse;\n(2) mend faults", "typography"),
        ("(1) find abuse, (2) mend faults", "\n(i) find abuse;\n(ii) mend faults", "differs"),
    ],
    ids=["split", "semicolons", "roman"],
)
def test_29_a_sentence_that_becomes_a_list(before, after, state):
    """As the letters say: line breaks are nothing, punctuation is typography, other numbers are other words."""
    quote = f"We read what you write and what others write to you in order to {before}."
    follower, states = shown(
        with_training(quote.replace(before, after)), quote=quote, contract=with_training(quote)
    )
    assert states == [state]
    if state == "differs":
        assert follower.findings[-1].outcomes[0].found is ClauseState.REWORDED


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("We may use", "We may not use"),
        ("within 30 days", "within 60 days"),
        ("We may use", "We will use"),
        ("unless you turn", "even if you turn"),
        ("30 days", "30 working days"),
        ("10.5 percent", "105 percent"),
    ],
)
def test_30_small_edits_with_large_meaning(old, new):
    """Shown as differing at once and as reworded after: never intact, not even as typography."""
    quote = (
        "We may use what you write within 30 days of your writing it, and keep 10.5 percent of what it"
        " earns us, unless you turn this off in the settings of your account."
    )
    assert old in quote
    edited = with_training(quote.replace(old, new))
    follower, states = shown(edited, edited, quote=quote, contract=with_training(quote))
    assert states == [ClauseState.DIFFERS, ClauseState.REWORDED]
    assert new in follower.findings[-1].outcomes[0].wording.text


@pytest.mark.parametrize(
    ("old", "new"),
    [("We may", "We may not"), ("We may not", "We may")],
    ids=["put-in", "taken-out"],
)
def test_30_a_negation_just_outside_of_the_quotation(old, new):
    """All the quoted words are there and mean the opposite: reworded, and intact again once it is as before."""
    quote = "use what you write in order to train our models, with your consent or without."
    before, after = with_training(f"{old} {quote}"), with_training(f"{new} {quote}")
    follower, states = shown(after, after, after, before, quote=quote, contract=before)
    assert states[:3] == [ClauseState.DIFFERS, ClauseState.REWORDED, ClauseState.REWORDED]
    assert states[3] is ClauseState.DIFFERS
    assert follower.findings[2].outcomes[0].wording.text.endswith(quote)
    assert len(follower.changes) == 1


def test_31_a_clause_deleted_beside_one_much_like_it():
    """Removed: what stood there before is never taken for it."""
    gone = with_training(SIBLING)
    follower, states = shown(*[gone] * 5, contract=with_training(f"{TRAINING}\n{SIBLING}"))
    assert states == [ClauseState.DIFFERS] * 4 + [ClauseState.REMOVED]
    assert {f.outcomes[0].found for f in follower.findings[1:]} == {ClauseState.REMOVED}
    assert all(f.outcomes[0].wording is None for f in follower.findings)


def test_32_a_clause_that_stands_twice_and_of_which_one_copy_is_edited():
    """Intact, with the number of copies noted each time it changes."""
    twice = with_training(f"{TRAINING}\n{TRAINING}")
    edited = with_training(f"{TRAINING}\n{TRAINING.replace('may', 'will')}")
    follower, states = shown(twice, twice, edited, edited)
    assert states == [ClauseState.INTACT] * 4
    noted = [
        e.copies for f in follower.findings[1:] for e in f.entries if isinstance(e, ClauseSeen)
    ]
    assert noted == [2, 1]


@pytest.mark.parametrize(
    "quote",
    [
        "We may use what you write to train our models, [...] in the settings of your account.",
        "We may use what you write to train … in the settings of your account.",
        "We may use what you write to train our models, unless you turn this off in the sett...",
        "“You’ll” find what we keep “as is” in the list of what we keep.",
    ],
    ids=["bracketed", "one-character", "cut-in-a-word", "quotation-marks"],
)
def test_33_quotations_with_ellipses_cut_words_other_marks_and_bold(quote):
    """Intact, in a page that sets some of the words in bold or as a link."""
    drawn = html(CONTRACT).replace("train our models", "<b>train</b> <a href=/m>our models</a>")
    drawn = drawn.replace(
        "<p>3.",
        """<p>"You'll" find what we keep "<i>as is</i>" in the list of what we keep.</p><p>3.""",
    )
    follower = following(drawn, quotes={"one": quote})
    assert follower.findings[0].outcomes[0].state is ClauseState.INTACT


# --- 34 to 36: texts that come and go, and texts that are rewritten ---


def test_34_a_date_written_in_two_ways():
    """A text known from before is told as such; no clause has a line, nothing is proposed."""
    other = CONTRACT.replace("May 4, 2026", "4 May 2026")
    follower = Follower(watch(QUOTES), asks_twice=True)
    for text in [CONTRACT, other] * 4:
        follower.text(text)
    assert [f.entries[0].known for f in follower.findings] == [False] * 2 + [True] * 6
    assert all(len(f.entries) == 1 for f in follower.findings[1:])
    assert follower.changes == []


def test_35_a_clause_gone_for_one_look():
    """Shown as differing while it lasts; back at the next look, and never a change."""
    _, states = shown(with_training("Something else."), CONTRACT, CONTRACT)
    assert states == [ClauseState.DIFFERS, ClauseState.INTACT, ClauseState.INTACT]


@needs_archive
def test_36_a_real_document_that_was_legitimately_rewritten():
    """One finding a look, with every record that is touched: shown together, and confirmed by looks at one text."""
    versions = histories()["Qwen Chat/Terms of Service"]
    (_, old), (_, new) = versions[:2]
    long = [block for block in old.split("\n") if 150 <= len(letters(block)) <= 700]
    lost = [block for block in long if not is_in(block, new)][:4]
    kept = [block for block in long if is_in(block, new)][:3]
    assert len(lost) == 4
    follower = Follower(watch({f"SA-P-{n}": block for n, block in enumerate(lost + kept)}))
    follower.text(old)
    first, *others = [follower.text(new) for _ in range(6)]
    touched = [f"SA-P-{n}" for n in range(4)]
    assert [o.record for o in first.outcomes if o.state is ClauseState.DIFFERS] == touched
    assert sorted(record for _, record, _ in follower.changes) == touched
    assert all(o.state.is_former for o in others[-1].outcomes[:4])
    assert all(o.state.is_found for f in (first, *others) for o in f.outcomes[4:])


def test_plain_and_drawn_pages_are_told_apart():
    """A document that was HTML and comes as plain text is another kind of file: suspect."""
    follower = following(html(CONTRACT))
    assert follower.look(plain(CONTRACT)).failed.reason is Failure.SUSPECT
