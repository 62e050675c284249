"""Ten made-up histories of one made-up contract, each with something that happens to real ones."""

from replay.follow import Follower, page, watch

TRAINING = "We may use what you write to train our models, unless you turn this off in the settings of your account."
LIABILITY = "Our liability to you for everything that arises from these terms is limited to 100 euros in any twelve months."
NOTICE = "We will tell you by mail at least 30 days before a change of these terms takes effect."
QUOTES = {"training": TRAINING, "liability": LIABILITY, "notice": NOTICE}

CONTRACT = f"""\
Terms of use
Last updated: May 4, 2026
These terms are a contract between you and Acme Ltd. They cover the Acme notebook, its search and everything else that we offer under that name.
1. Your account
You need an account to use the notebook. The name on it has to be your own, and the password is yours to keep.
Tell us without delay when somebody else has got into your account. Until you do, what is done with it counts as done by you.
2. What you write
What you write in the notebook stays yours. You let us store it, show it to those you share it with and keep copies against loss.
{TRAINING}
Deleted notes are gone from our servers within ninety days, and from the copies that we keep against loss within a year.
3. What is not allowed
Do not use the notebook to break the law, to harass people or to get at accounts of others.
Do not copy the notebook as a whole, and do not take the program apart except where the law lets you.
4. Payment
The first gigabyte is free. Beyond that the price list applies that you saw when you chose your plan.
A plan renews itself each month until you end it. You can end it on any day, and it then runs to the end of the month that you have paid for.
5. Liability
We do our best to keep the notebook running, but cannot promise that it always does.
{LIABILITY}
Nothing in these terms limits what the law does not let us limit, such as harm to life and health.
6. Changes
{NOTICE}
If you do not agree you can end the contract before that day. Using the notebook after it means that you agree.
7. Law and courts
Irish law applies. Courts at your home are open to you, and you may also go to those of Dublin.
"""

REWORDED = TRAINING.replace("what you write", "your notes and drafts").replace(
    "turn this off", "opt out"
)
AGAIN = REWORDED.replace("in the settings of your account", "by a letter to our office in Dublin")
SIBLING = "We may use what you write to train our filters against abuse, unless you turn this off in the settings of your account."
WITH_SIBLING = CONTRACT.replace(TRAINING, f"{TRAINING}\n{SIBLING}")
GERMAN = "\n".join(
    f"{number}. Absatz: Diese Bedingungen gelten für alles, was wir unter dem Namen Acme anbieten, und sind in deutscher Sprache verfasst."
    for number in range(1, 30)
)
CRASH = "Application error: a client-side exception has occurred while loading the page (see the console for more)."
REDESIGNED = "\n".join(
    f"Chapter {number} of the new handbook speaks about topic number {number * 7} and says at length how matters of that kind are handled here nowadays."
    for number in range(1, 40)
)
PARTS = (
    "We may use the notes that you write for these purposes:"
    " (1) to train our models and to test them; (2) to find abuse; (3) to mend faults that you report to us."
)
LISTED = (
    "We may use the notes that you write for these purposes:\n(i) to train our models and to test them;\n"
    "(ii) to find abuse;\n(iii) to mend faults that you report to us."
)


HALF = CONTRACT[: len(CONTRACT) * 2 // 5]


def with_training(words):
    """The contract with other words where the clause on training stands."""
    return CONTRACT.replace(TRAINING, words)


def _follow(*texts, contract=CONTRACT, quotes=QUOTES):
    follower = Follower(watch(quotes), asks_twice=True)
    for text in (contract, *texts):
        follower.text(text)
    return follower


def date_locale():
    """A date is written now in this way, now in that."""
    other = CONTRACT.replace("May 4, 2026", "4 May 2026")
    return _follow(other, CONTRACT, other, other, CONTRACT, CONTRACT, CONTRACT, other)


def crash_screen():
    """The page's own crash screen comes with status 200, twice in between and once for two days."""
    return _follow(CRASH, CONTRACT, CRASH, CONTRACT, CRASH, CRASH, CRASH, CRASH, CONTRACT)


def language_switch():
    """The same address serves a German text for three days."""
    follower = Follower(watch(QUOTES), asks_twice=True)
    for language, text in [("en", CONTRACT), *[("de", GERMAN)] * 6, ("en", CONTRACT)]:
        blocks = "".join(f"<p>{line}</p>" for line in text.splitlines())
        follower.pages.append(text)
        follower.look(page(f"<!doctype html><html lang={language}><title>Terms</title>{blocks}"))
    return follower


def gone_and_back():
    """A paragraph is missing from two looks, and a look later from one."""
    gone = with_training("").replace("\n\n", "\n")
    return _follow(gone, gone, CONTRACT, gone, CONTRACT)


def two_versions_at_once():
    """Some visitors are shown another wording: now this text comes, now that."""
    other = with_training(REWORDED)
    return _follow(other, CONTRACT, other, CONTRACT, other, other, CONTRACT, other, other, CONTRACT)


def split_list():
    """A sentence becomes a list, and its numbers are written otherwise; then the list becomes a sentence again."""
    before, after = with_training(PARTS), with_training(LISTED)
    spread = with_training(
        PARTS.replace(" (1)", "\n(1)").replace(" (2)", "\n(2)").replace(" (3)", "\n(3)")
    )
    quotes = {"training": PARTS, "liability": LIABILITY}
    return _follow(
        spread,
        before,
        after,
        after,
        before,
        before,
        before,
        before,
        before,
        contract=before,
        quotes=quotes,
    )


def half_loaded():
    """The page comes without its second half, three times."""
    return _follow(HALF, HALF, CONTRACT, HALF, CONTRACT)


def redesign():
    """The whole text gives way to another for good."""
    return _follow(*[REDESIGNED] * 6)


def deletion_with_sibling():
    """The clause goes, and a paragraph much like it that was there before stays."""
    gone = WITH_SIBLING.replace(f"{TRAINING}\n", "")
    return _follow(*[gone] * 6, contract=WITH_SIBLING)


def two_rewordings_and_back():
    """The clause is reworded, reworded again, and put back as it was, with a new date each time."""
    first = with_training(REWORDED).replace("May 4", "June 1")
    second = with_training(AGAIN).replace("May 4", "July 1")
    back = CONTRACT.replace("May 4", "August 1")
    return _follow(first, first, first, second, second, second, back, back, back)


HISTORIES = (
    date_locale,
    crash_screen,
    language_switch,
    gone_and_back,
    two_versions_at_once,
    split_list,
    half_loaded,
    redesign,
    deletion_with_sibling,
    two_rewordings_and_back,
)
