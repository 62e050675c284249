"""A page that came with status 200 may be another than the document: each sign at its bound."""

from dataclasses import replace

import pytest

from atlas.extract.extracted import Extracted
from atlas.guard import kept_share, registrable, suspicion
from atlas.locate import folded
from atlas.model import Body, DocumentState, Failure, Quote, TextRef, TextSeen, Watched

LINES = [f"Paragraph {n} says what holds for everybody who uses the service." for n in range(200)]


def text_of(lines):
    return "".join(f"{line}\n" for line in lines)


def exactly(length, filling="Another line of quite other words than before.\n"):
    """A text of a length that has nothing of the document."""
    return (filling * (length // len(filling) + 1))[: length - 1] + "\n"


def extracted(text, **changes):
    page = Extracted(text, "Terms", "en", "html-v1", ("html",), ("0" * 64,))
    return replace(page, **changes)


def body(final="https://www.platform.example/terms"):
    return Body("https://www.platform.example/terms", final, 200, "text/html", b"")


ANSWER = body()
WATCHED = Watched("CA-D-00001", "platform", (), "en", (Quote("CA-P-100001", "x", "0" * 64),))
GOOD = text_of(LINES)
"""Of some 13,000 characters."""


def seen(text=GOOD, **changes):
    good = TextSeen(
        document="CA-D-00001",
        text=TextRef("0" * 64, len(text)),
        previous=None,
        raw_sha256=("0" * 64,),
        title="Terms",
        language="en-US",
        extractor="html-v1",
        final_urls=("https://www.platform.example/terms",),
    )
    return replace(good, **changes)


def judged(
    page, last=GOOD, *, was=None, bodies=(ANSWER,), watched=WATCHED, found=1, found_before=1
):
    """What is said of a page after a good one; None for the good one: it is the first."""
    state = DocumentState("CA-D-00001", text=(was or seen(last)) if last else None)
    before = folded(last) if last else None
    failed = suspicion(page, bodies, watched, state, before, folded(page.text), found, found_before)
    assert failed is None or failed.reason is Failure.SUSPECT
    return failed.detail if failed else None


def test_same_page_is_good():
    """Also in another country's form of the language, with another title and another version of the extractor."""
    assert judged(extracted(GOOD)) is None
    assert (
        judged(extracted(GOOD, language="en_GB", title="Terms of use", extractor="html-v2")) is None
    )
    assert judged(extracted(GOOD), None) is None


# --- Of itself, and as first page ---


@pytest.mark.parametrize(
    ("length", "detail"),
    [(500, None), (499, "The page has 499 characters of text, fewer than 500.")],
)
@pytest.mark.parametrize("last", [None, exactly(500)])
def test_fewer_than_500_characters(length, detail, last):
    """Crash screens are shorter than any document, the first page included."""
    assert judged(extracted(exactly(length)), last) == detail


@pytest.mark.parametrize(("share", "is_held"), [(0.001, False), (0.0011, True)])
@pytest.mark.parametrize("last", [None, GOOD])
def test_more_than_a_thousandth_undecodable(share, is_held, last):
    """A wrong charset is no document."""
    assert bool(judged(extracted(GOOD, undecodable=share), last)) is is_held


@pytest.mark.parametrize(
    ("final", "is_held"),
    [
        ("https://legal.platform.example/terms", False),
        ("https://platform.example/", False),
        ("https://other.example/terms", True),
        ("https://platform.example.com/terms", True),
    ],
)
@pytest.mark.parametrize("last", [None, GOOD])
def test_another_registrable_domain(final, is_held, last):
    """A redirect within the site is one, to another site is a question for a person."""
    assert bool(judged(extracted(GOOD), last, bodies=(body(), body(final)))) is is_held


@pytest.mark.parametrize(
    ("url", "domain"),
    [
        ("https://a.b.platform.co.uk/x", "platform.co.uk"),
        ("https://one.github.io/", "one.github.io"),
        ("https://Platform.example./", "platform.example"),
        ("https://127.0.0.1:8443/", "127.0.0.1"),
        ("https://localhost/", "localhost"),
    ],
)
def test_registrable_domains(url, domain):
    """Public suffixes are no domain of anyone; hosts without one stand for themselves."""
    assert registrable(url) == domain


@pytest.mark.parametrize(
    ("length", "changes", "found", "is_held"),
    [
        (3999, {"asks_to_sign_in": True}, 1, True),
        (4000, {"asks_to_sign_in": True}, 1, False),
        (3999, {}, 0, False),
    ],
)
def test_first_page_that_asks_to_sign_in(length, changes, found, is_held):
    """A short first page with a form for signing in is that form; a long one has it in its head."""
    assert bool(judged(extracted(exactly(length), **changes), None, found=found)) is is_held


def test_first_page_that_speaks_of_an_error():
    """It is held if it is short and none of the quotations is in it."""
    page = extracted(exactly(3900) + "Something went wrong.\n")
    assert "`Something went wrong`" in judged(page, None, found=0)
    assert judged(page, None, found=1) is None
    assert judged(page, None, found=0, watched=replace(WATCHED, quotes=())) is None


# --- Against the last good one ---


@pytest.mark.parametrize(
    ("lines", "found", "is_held"), [(100, 1, False), (99, 1, True), (99, 2, False)]
)
def test_less_than_half_as_long(lines, found, is_held):
    """A half-loaded page is shorter than half; half is not, nor is one that holds every quotation that stood there."""
    last = text_of([LINES[10]] * 200)
    page = extracted(text_of([LINES[10]] * lines))
    assert bool(judged(page, last, found=found, found_before=2)) is is_held


@pytest.mark.parametrize(
    ("length", "last_length", "is_held"),
    [(3999, 6700, True), (3999, 6600, False), (4001, 6700, False)],
)
def test_short_page_with_words_of_errors(length, last_length, is_held):
    """They count below 4,000 characters and 60 % of the last good length; longer documents speak of errors too."""
    last = (GOOD * 2)[:last_length]
    phrase = "\nVerify you are human\n"
    page = extracted(last[: length - len(phrase)] + phrase)
    said = judged(page, last)
    assert (said is not None and "`Verify you are human`" in said) is is_held


@pytest.mark.parametrize(
    ("now", "before", "is_held"),
    [
        ("de", "en-US", True),
        ("", "en-US", True),
        ("EN", "en-US", False),
        ("", "", False),
        ("en", "", False),
        ("de", "", True),
    ],
)
def test_language(now, before, is_held):
    """By primary subtag; a page that begins to say a language must say the document's."""
    said = judged(extracted(GOOD, language=now), was=seen(language=before))
    assert bool(said) is is_held


def test_german_copy_of_an_english_document():
    """It is longer than the original and has none of its text: two signs, in one sentence."""
    page = extracted(
        exactly(15_000, "Dieser Absatz sagt, was für alle gilt, die den Dienst nutzen.\n"),
        language="de",
    )
    assert judged(page) == (
        "The page says `de` of its language, where `en-US` was expected; 0.0% of the last good text is left."
    )


@pytest.mark.parametrize(("kept", "is_held"), [(4, False), (3, True)])
def test_under_two_percent_of_the_text_is_left(kept, is_held):
    """Whoever replaced it all, it is for a person to say."""
    lines = [f"{chr(97 + n % 26) * 30} {chr(97 + n // 26) * 30}" for n in range(200)]
    fresh = [f"{n:03} {'z' * 57}" for n in range(200 - kept)]
    assert bool(judged(extracted(text_of(lines[:kept] + fresh)), text_of(lines))) is is_held


def test_one_word_changed_in_a_document_of_one_block():
    """No whole block is left, and nearly all words are."""
    last = " ".join(LINES) + "\n"
    now = last.replace("Paragraph 7 ", "Section 7 ")
    assert judged(extracted(now), last) is None
    assert kept_share(folded(now), folded(last)) > 0.95


@pytest.mark.parametrize(
    ("found", "before", "is_held"),
    [(0, 3, True), (1, 10, True), (2, 10, False), (0, 2, False), (1, 3, False), (3, 3, False)],
)
def test_clauses_that_vanish_together(found, before, is_held):
    """Nine tenths of at least three."""
    assert bool(judged(extracted(GOOD), found=found, found_before=before)) is is_held


@pytest.mark.parametrize(
    ("extractor", "was", "is_held"),
    [
        ("pdf-v1", "html-v1", True),
        ("html-v2", "html-v1", False),
        ("html-v1+pdf-v1", "html-v1", True),
    ],
)
def test_another_kind_of_file(extractor, was, is_held):
    """The address answers with another type of content; a new version of the extractor is none."""
    assert bool(judged(extracted(GOOD, extractor=extractor), was=seen(extractor=was))) is is_held


@pytest.mark.parametrize("sign", ["is_noindex", "asks_to_sign_in"])
@pytest.mark.parametrize(("kept", "is_held"), [(101, False), (99, True)])
def test_walls_count_where_half_of_the_text_is_gone(sign, kept, is_held):
    """A form for signing in, or a new `noindex`, beside most of the old text is no sign."""
    lines = [f"{chr(97 + n % 26) * 30} {chr(97 + n // 26) * 30}" for n in range(200)]
    page = extracted(text_of(lines[:kept]) + exactly(7000), **{sign: True})
    assert bool(judged(page, text_of(lines))) is is_held


def test_noindex_that_was_always_there():
    """Only a page that begins to ask for it is suspect; the first one is taken as it is."""
    page = extracted(text_of(LINES[:80]) + exactly(7000), is_noindex=True)
    assert judged(page) is not None
    assert judged(page, was=seen(is_noindex=True)) is None
    assert judged(page, None) is None


def test_all_signs_are_told():
    """One sentence, with figures."""
    page = extracted("Just a moment...\n", language="")
    said = judged(page, found=0, found_before=4)
    assert said.count("; ") == 5
    assert said.startswith("The page has 17 characters of text, fewer than 500; ")
    assert said.endswith("4 of 4 quotations vanished together.")
