"""A page that was left standing: opened long after its look, it cannot be read as current, with scripts or without."""

from datetime import UTC, date, datetime

import pytest
from seen import DAY, START, atlas_of, days, line, publish

LOOKED = START + DAY * 100


@pytest.fixture(scope="module")
def standing(serve, tmp_path_factory):
    """A page whose clause was seen for a hundred days, published on the day of the last look; and its address."""
    folder = tmp_path_factory.mktemp("standing")
    atlas = atlas_of(days(*range(101)), [line(START)])
    _, address = publish(atlas, LOOKED.date(), folder=folder)
    return serve(folder).rstrip("/") + address


@pytest.fixture
def opened(browser, standing):
    """Open the page on a day, with scripts or without, and return what it shows."""
    contexts = []

    def opened(day, *, scripts):
        contexts.append(browser.new_context(java_script_enabled=scripts))
        page = contexts[-1].new_page()
        if scripts:
            page.clock.install(time=datetime(day.year, day.month, day.day, 12, tzinfo=UTC))
        page.goto(standing)
        return page.inner_text("main")

    yield opened
    for context in contexts:
        context.close()


def test_on_its_day_the_page_is_current(opened):
    """Until the printed day it says what was verified, and that the words are stable."""
    shown = opened(date(2026, 8, 16), scripts=True)
    assert "verified 9 August 2026, good until 16 August 2026" in shown
    assert "Stable." in shown


def test_sixty_days_on_scripts_say_that_a_look_was_due(opened):
    """With scripts the state gives way, in the words of the page: nothing is verified, stable or intact any more."""
    shown = opened(date(2026, 10, 8), scripts=True)
    assert "Was due on 16 August 2026: no look since 9 August 2026 is known here" in shown
    assert "Nobody has seen it since 9 August 2026, so we cannot say that it still stands." in shown
    for word in ("Stable.", "Intact", "verified 9"):
        assert word not in shown


def test_the_day_after_is_too_late(opened):
    """The last moment of the printed day still holds, and the next day does not."""
    assert "Was due" not in opened(date(2026, 8, 16), scripts=True)
    assert "Was due" in opened(date(2026, 8, 17), scripts=True)


def test_without_scripts_every_claim_carries_its_day(opened):
    """Without scripts each sentence that could be read as current prints the day until which it holds, or its last."""
    shown = opened(date(2026, 10, 8), scripts=False)
    assert "verified 9 August 2026, good until 16 August 2026" in shown
    for sentence in ("Stable.", "The same on"):
        start = shown.index(sentence)
        assert "9 August 2026" in shown[start : start + 100]
