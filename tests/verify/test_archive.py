"""Archived copies: asked for at the first look and at confirmed changes, believed once they were read back, never a crash."""

from itertools import pairwise

import pytest
import web
from archive_server import HOST, ArchiveServer
from verify_scratch import REWORDED, html

from atlas.archive import NOT_CONFIGURED

URL = "https://host1.example.com/terms"
COPY = f"https://{HOST}/web/20261122051800/{URL}"


@pytest.fixture
def archive(net):
    return ArchiveServer(net)


def copies(world):
    """Return what the ledger says of copies: address, whether the clause is in it, reason."""
    return [
        (line["address"], line["clause_in_memento"], line["reason"])
        for line in world.ledger()
        if line["kind"] == "archived"
    ]


def test_a_copy_is_read_back(world, archive):
    """The copy's address and instant are recorded, and that the clause stands in it."""
    archive.holds(URL, html(seed=1))
    ran = world.run(archive=archive.settings())
    assert copies(world) == [(COPY, True, "")]
    assert world.ledger()[2]["captured_at"] == "2026-11-22T05:18:00Z"
    assert ran.report.documents[0].archived[0].address == COPY
    assert ran.report.archive == "on"
    assert [r.path for r in archive.net.asked(HOST)][-1] == f"/web/20261122051800id_/{URL}"


def test_it_is_asked_once_and_at_each_confirmed_change(world, archive):
    """The first look, then nothing, then nothing at first sight of a change, then once it is confirmed."""
    archive.holds(URL, html(seed=1))
    asked = []
    for page in (
        html(seed=1),
        html(seed=1),
        html(REWORDED, seed=1),
        html(REWORDED, seed=1),
        html(REWORDED, seed=1),
    ):
        world.page(1, body=page)
        archive.holds(URL, page)
        world.run(archive=archive.settings())
        asked.append(len(archive.saved))
        world.later()
    assert asked == [1, 1, 1, 2, 2]
    assert copies(world) == [(COPY, True, ""), (COPY, True, "")]


def test_a_copy_without_the_clause_says_so(world, archive):
    """What the archive saw may be another page than ours: that is recorded, not hidden."""
    archive.holds(URL, html(clause="", seed=1))
    world.run(archive=archive.settings())
    assert copies(world) == [(COPY, False, "")]


def test_a_slow_job_is_waited_for(world, archive, net):
    """The job is asked about every few seconds until it ends."""
    archive.holds(URL, html(seed=1))
    archive.slow(URL, polls=4)
    world.run(archive=archive.settings(poll=6.0))
    assert copies(world) == [(COPY, True, "")]
    at = [moment for path, _, moment in archive.asked if path == "/save/status"]
    assert all(later - earlier >= 6 for earlier, later in pairwise(at))


def test_a_job_without_an_end_is_given_up(world, archive):
    """After its deadline the reason is recorded, and it is not asked for again in the next run."""
    archive.slow(URL, polls=10**6)
    world.run(archive=archive.settings(job_deadline=60.0))
    assert copies(world) == [(None, None, "the archive did not finish within 60 seconds")]
    saved = len(archive.saved)
    world.later()
    world.run(archive=archive.settings())
    assert len(archive.saved) == saved


EXCLUDED = "This URL is in the Save Page Now service block list"
BROKEN = {
    "excluded": (
        lambda a: a.refuses(URL, "error:blocked-url", f"{EXCLUDED}.\n<b>@all</b>"),
        f"the archive refused (error:blocked-url): {EXCLUDED}. <b>@all</b>",
    ),
    "strange error": (lambda a: a.refuses(URL, "error: no <code>", ""), "the archive refused"),
    "garbage": (
        lambda a: a.says("/save", web.Reply(200, "<html>garbage")),
        "the archive's answer cannot be read (status 200)",
    ),
    "deep": (
        lambda a: a.says("/save", web.Reply(200, "[" * 100_000)),
        "the archive's answer cannot be read (status 200)",
    ),
    "a list": (
        lambda a: a.says("/save", web.Reply(500, "[]")),
        "the archive's answer cannot be read (status 500)",
    ),
    "no job": (
        lambda a: a.says("/save", web.Reply(200, '{"job_id": "../x"}')),
        "the archive refused",
    ),
    "busy": (
        lambda a: a.says("/save", web.Reply(429, "{}")),
        "the archive asks for fewer requests (status 429)",
    ),
    "stranger": (
        lambda a: a.says("/save", web.Reply(401, "{}")),
        "the archive refuses the account (status 401)",
    ),
    "no copy": (
        lambda a: a.copies.clear(),
        "the copy was not there when it was read back (status 404)",
    ),
    "no stamp": (
        lambda a: a.says("/save/status/spn2-0", web.Reply(200, '{"status": "success"}')),
        "the archive says that it has a copy, and not where",
    ),
    "a false stamp": (
        lambda a: a.says(
            "/save/status/spn2-0",
            web.Reply(200, '{"status": "success", "timestamp": "99999999999999"}'),
        ),
        "the archive led to another place than a copy",
    ),
    "led away": (
        lambda a: a.copies.update({URL: web.redirect("https://host1.example.com/")}),
        "the archive led to another place than a copy",
    ),
    "led in a circle": (
        lambda a: a.copies.update({URL: web.redirect(f"/web/20261122051800id_/{URL}")}),
        "the archive led from one copy to the next without an end",
    ),
}


@pytest.mark.parametrize("fault", BROKEN)
def test_whatever_goes_wrong_is_a_reason(world, archive, fault):
    """The run is recorded all the same; the reason stands in the ledger and in the report."""
    archive.holds(URL, html(seed=1))
    break_it, reason = BROKEN[fault]
    break_it(archive)
    ran = world.run(archive=archive.settings())
    assert copies(world) == [(None, None, reason)]
    assert ran.report.recorded
    assert ran.report.documents[0].archived[0].reason == reason


def test_an_archive_that_is_away_is_a_reason(world, archive):
    """No answer at all stops nothing."""
    world.run(archive=archive.settings(address="https://nowhere.example.org"))
    ((address, found, reason),) = copies(world)
    assert (address, found) == (None, None)
    assert reason.startswith(
        "the archive gave no answer: `nowhere.example.org` could not be reached"
    )


def test_the_account_s_pace_is_kept(worlds_of, archive):
    """Seven savings a minute, one after the other; what a budget leaves over is asked for in the next run."""
    world = worlds_of(5)
    for n in range(1, 6):
        archive.holds(f"https://host{n}.example.com/terms", html(seed=n))
    world.run(archive=archive.settings(budget=20.0))
    at = [moment for _, moment in archive.saved]
    assert all(later - earlier >= 60 / 7 for earlier, later in pairwise(at))
    first = len(at)
    assert 1 <= first < 5
    world.later()
    world.run(archive=archive.settings())
    assert len({url for url, _ in archive.saved}) == len(archive.saved) == 5


def test_without_an_account_the_reason_is_recorded_once(world, archive):
    """`Not configured` is a state, noted once; with an account later the copy is asked for."""
    world.run()
    world.later()
    world.run()
    assert copies(world) == [(None, None, NOT_CONFIGURED)]
    archive.holds(URL, html(seed=1))
    world.later()
    world.run(archive=archive.settings())
    assert copies(world)[1:] == [(COPY, True, "")]


def test_nothing_is_asked_where_nothing_is_recorded(world, archive):
    """A dry run and a page that is suspect ask nobody."""
    world.run(archive=archive.settings(), dry_run=True)
    world.page(1, body="<p>Just a moment</p>")
    world.run(archive=archive.settings())
    assert archive.saved == []


def test_keys_are_never_shown(archive):
    """Neither key nor secret is in what a value prints of itself."""
    assert "'k'" not in repr(archive.settings())
    assert "'s'" not in repr(archive.settings())
