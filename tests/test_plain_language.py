"""Plain language: the figure is the one that others publish, and its bounds are where the guide says."""

import statistics

import pytest
import worlds
from conftest import AS_OF

from atlas.checks.plain_language import CHECK, _measure
from atlas.examine import examine_files

PUBLISHED = [
    ("The cat sat on the mat. The dog ran to the door. It was a fine day and all was well.", 115.1),
    (
        "You may not cancel after the first week. The company can raise the price whenever it likes, and it does not have to tell you before it charges your card.",
        84.5,
    ),
    (
        "Your messages are kept for thirty days after you delete them. People who work for the company may read them if the system flags them as unsafe.",
        77.2,
    ),
    (
        "If something goes wrong, you cannot sue in court or join other users in one case. You have to go to a private arbitrator, and the decision is final.",
        75.4,
    ),
    (
        "The model learns from what you write unless you turn the setting off. Text that you have marked as feedback is still used for training even then.",
        89.7,
    ),
    (
        "You keep the ownership of your pictures. You give the company a licence to copy, change and publish them everywhere, without payment and without an end.",
        66.7,
    ),
    (
        "Accounts that are inactive for two years are removed with everything in them. There is no warning, and there is no way to get the files back.",
        86.6,
    ),
    (
        "The terms can change at any time. Using the service after the change means that you have agreed, even if nobody has told you about it.",
        79.8,
    ),
    (
        "A rule that applies to one file applies to the whole table, while its settled scale is doubled.",
        80.5,
    ),
    (
        "Notwithstanding the provisions above, the organization reserves the right to terminate participation immediately. Contractual obligations previously acknowledged remain enforceable.",
        -47.7,
    ),
    (
        "We retain identifiers, preferences and technical diagnostics indefinitely. Deletion requests are evaluated individually by an administrative committee.",
        -60.6,
    ),
    (
        "The subscription renews automatically every month. Cancellation becomes effective at the end of the current period, and payments already made are not refunded.",
        26.0,
    ),
]
"""Texts with the reading ease that textstat 0.7.7 gives them, which counts syllables by the CMU dictionary."""

ONE = "Go on, do so now, or you may lose all. "
"""Ten words of one syllable."""


def notes(impact):
    """Return message and hint of what the check says of a record with this consumer impact."""
    record = worlds.provision(body=f"## Consumer impact\n\n{impact}\n")
    report = examine_files(worlds.files(worlds.with_platforms(a=[record])), AS_OF).report
    assert report.blocking == 0, report.problems
    return [p.message for p in report.problems if p.code == CHECK.code]


def test_the_figure_is_the_published_one():
    """Our count of syllables comes to the figures of a dictionary: to 1 point in the middle, 5 where it matters."""
    figures = [(_measure(text)[1], ease) for text, ease in PUBLISHED]
    assert abs(statistics.median(ours - theirs for ours, theirs in figures)) <= 1
    for ours, theirs in figures:
        assert abs(ours - theirs) <= 5 if theirs > 0 else ours < 0, (ours, theirs)


def test_sixty_words_pass_and_one_more_is_a_warning():
    """Sixty words are fine; the sixty-first is told, with the figure, and stops nothing."""
    assert notes(ONE * 6) == []
    (message,) = notes(ONE * 6 + "Now.")
    assert message.startswith("61 words ")


@pytest.mark.parametrize(("syllables", "warned"), [(17, False), (18, True)])
def test_an_ease_of_fifty_passes_and_less_is_a_warning(syllables, warned):
    """Of a sentence of ten words, 17 syllables are an ease of 53 and pass; 18 are one of 44 and are told."""
    text = " ".join(["paper"] * (syllables - 10) + ["cat"] * (20 - syllables)) + "."
    words, ease = _measure(text)
    assert words == 10
    assert ease == pytest.approx(206.835 - 10.15 - 8.46 * syllables)
    assert notes(text) == ([f"10 words with a reading ease of {ease:.0f}"] if warned else [])


def test_the_bound_itself_is_fifty():
    """An ease just above fifty passes, one just below does not."""
    # Ease of n words in one sentence with s syllables: 206.835 - 1.015 n - 84.6 s / n.
    above, below = _text(32, 47), _text(22, 35)
    assert 50 <= _measure(above)[1] < 50.1
    assert 49.9 < _measure(below)[1] < 50
    assert notes(above) == []
    assert len(notes(below)) == 1


def _text(words, syllables):
    long = syllables - words
    return " ".join(["paper"] * long + ["cat"] * (words - long)) + "."


def test_other_languages_are_left_alone():
    """The formula is made for English; an atlas in another language is not judged by it."""
    tree = worlds.with_platforms(a=[worlds.provision(body=f"## Consumer impact\n\n{ONE * 9}\n")])
    site = worlds.SITE.replace("language: en", "language: fr")
    report = examine_files(worlds.files({**tree, "data/site.yaml": site}), AS_OF).report
    assert not any(p.code == CHECK.code for p in report.problems)
