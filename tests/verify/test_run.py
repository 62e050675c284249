"""Whole runs against a real server: what is recorded, what never is, and that people's files stay as they are."""

import asyncio
import os
import signal

import pytest
import web
from verify_scratch import CLAUSE, CRASH, REPOSITORY, REWORDED, html

from atlas import cli, compare, held
from atlas.model import Failure
from atlas.model.run_report import FailureReport, LookOutcome
from atlas.record import EvidenceFolder, RecordFault
from atlas.reports.run_text import rows, summary
from atlas.verify import run as line
from atlas.verify.choosing import ChoiceFault
from atlas.verify.order import OrderFault
from atlas.verify.recording import doubt
from atlas.verify.settings import Settings, Shard
from atlas.warc import read


def outcomes(ran):
    return [one.outcome.value for one in ran.report.documents]


def states(ran):
    return [clause.state.value for one in ran.report.documents for clause in one.clauses]


def is_whole(world):
    return held.Held(world.root).read().problems == ()


def test_first_look(worlds_of):
    """Each document gets a text, a sighting of its clause and the reason why no copy was archived; the run line is last."""
    world = worlds_of(2)
    people = world.people()
    ran = world.run()
    own = [(kind, world.document(n)) for n in (1, 2) for kind in ("text", "clause", "archived")]
    assert world.lines() == [*own, ("run", None)]
    assert (outcomes(ran), states(ran)) == (["first"] * 2, ["intact"] * 2)
    assert ran.report.recorded
    assert is_whole(world)
    assert world.people() == people
    assert world.ledger()[2]["reason"] == "no archive account is configured"


def test_nothing_new_adds_one_line(worlds_of):
    """A second look that finds the same adds the line of its run, and changes no other file but the head."""
    world = worlds_of(3)
    world.run()
    before = world.evidence()
    world.later()
    ran = world.run()
    after = world.evidence()
    assert outcomes(ran) == ["unchanged"] * 3
    assert len(world.lines()) == 11
    assert world.ledger()[-1]["good"] == [world.document(n) for n in (1, 2, 3)]
    ledger = "data/evidence/ledger/2026-11.jsonl"
    assert after[ledger].startswith(before[ledger])
    assert {p for p in after if after[p] != before.get(p)} == {
        ledger,
        "data/evidence/ledger/head.json",
    }
    assert is_whole(world)


def test_a_304_is_a_good_look(world, net):
    """A server that answers `not modified` for the text that we hold is asked for nothing else."""
    world.page(1, etag='"a"')
    world.run()
    net.host("host1.example.com").says("/terms", web.Reply(304))
    world.later()
    ran = world.run()
    assert (outcomes(ran), ran.report.documents[0].not_modified) == (["unchanged"], True)
    assert net.asked("host1.example.com")[-1].headers["if-none-match"] == '"a"'


def test_the_whole_page_is_asked_for_every_thirty_days(world, net):
    """Validators are sent for thirty days; then one look asks for everything, and they are sent again."""
    world.page(1, etag='"a"')
    sent = []
    for _ in range(7):
        world.run()
        sent.append("if-none-match" in net.asked("host1.example.com")[-1].headers)
        world.later(hours=24 * 11)
    assert sent == [False, True, True, False, True, True, False]


def test_a_rewording_is_seen_then_confirmed(world):
    """First sight is `differs`, the next look twelve hours later confirms; the record stays as it is."""
    people = world.people()
    world.run()
    shown = []
    for _ in range(3):
        world.page(1, REWORDED)
        world.later()
        ran = world.run()
        shown.append((outcomes(ran)[0], states(ran)[0]))
    assert shown == [
        ("clause-changed", "differs"),
        ("clause-changed", "reworded"),
        ("nothing-new", "reworded"),
    ]
    assert world.people() == people
    assert is_whole(world)


def test_a_state_is_what_the_ledger_says(worlds_of):
    """States are those that the ledger gives, also where a run line counted a further look at a pending change."""
    world = worlds_of(1)
    world.run()
    world.page(1, clause="")
    for hours in (12, 12, 12, 24):
        world.later(hours)
        world.run()
        assert is_whole(world)
    assert states(world.run()) == ["removed"]


FAULTS = {
    "not found": (lambda host: host.says("/terms", web.Reply(404)), Failure.UNREACHABLE),
    "server error": (lambda host: host.says("/terms", web.Reply(500)), Failure.UNREACHABLE),
    "forbidden": (lambda host: host.says("/terms", web.Reply(403)), Failure.UNREACHABLE),
    "redirect loop": (
        lambda host: host.says("/terms", web.redirect("/terms")),
        Failure.UNREACHABLE,
    ),
    "redirect home": (
        lambda host: host.says("/terms", web.redirect("https://127.0.0.1/")),
        Failure.REFUSED_ADDRESS,
    ),
    "to http": (
        lambda host: host.says("/terms", web.redirect("http://host1.example.com/t")),
        Failure.REFUSED_ADDRESS,
    ),
    "crash screen": (lambda host: host.page("/terms", CRASH), Failure.SUSPECT),
    "other language": (
        lambda host: host.page("/terms", html(seed=9, clause="").replace("lang=en", "lang=de")),
        Failure.SUSPECT,
    ),
    "empty": (lambda host: host.page("/terms", "<html></html>"), Failure.NO_TEXT),
    "picture": (lambda host: host.page("/terms", b"\x89PNG\r\n", "image/png"), Failure.WRONG_TYPE),
    "cut off": (
        lambda host: host.says("/terms", web.Reply(200, "<p>We", {"Content-Length": "999"})),
        Failure.TRUNCATED,
    ),
    "robots": (lambda host: host.robots("User-agent: *\nDisallow: /"), Failure.NOT_PERMITTED),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_touches_nothing_that_people_wrote(world, net, fault):
    """Whatever a source does: the record, the last good text and the clause's standing stay, and the report says what next."""
    world.run()
    people, before = world.people(), world.evidence()
    break_it, reason = FAULTS[fault]
    break_it(net.host("host1.example.com"))
    world.later()
    ran = world.run()
    (one,) = ran.report.documents
    assert (one.outcome, one.failure.reason) == (LookOutcome.FAILED, reason)
    assert one.failure.label
    assert one.failure.next.endswith(".")
    assert one.clauses == ()
    assert world.lines()[-2:] == [("failed", world.document(1)), ("run", None)]
    assert world.people() == people
    texts = {p: b for p, b in before.items() if "/texts/" in p}
    assert {p: b for p, b in world.evidence().items() if "/texts/" in p} == texts
    assert is_whole(world)


def test_a_failure_that_repeats_is_in_the_line_of_the_run(world, net):
    """The same reason again adds no line of its own."""
    world.run()
    net.host("host1.example.com").says("/terms", web.Reply(404))
    for _ in range(2):
        world.later()
        world.run()
    assert world.lines()[-3:] == [("failed", world.document(1)), ("run", None), ("run", None)]
    assert world.ledger()[-1]["failed"] == {"unreachable": [world.document(1)]}


@pytest.mark.parametrize(
    ("settings", "because"),
    [
        ({"dry_run": True}, "this is a dry run"),
        (
            {"repository": "someone/fork"},
            "evidence is recorded in sample/atlas only, and this is someone/fork",
        ),
        ({"repository": None}, "evidence is recorded in sample/atlas only, and git does not say"),
        ({"shard": Shard(1, 1)}, "this is a shard"),
    ],
)
def test_who_may_not_record_writes_nothing(world, settings, because):
    """A dry run, a fork and a shard look and report, and not a byte changes: there is not even a folder."""
    before = {**world.evidence(), **world.people()}
    ran = world.run(**settings)
    assert (outcomes(ran), ran.report.recorded) == (["first"], False)
    assert ran.report.because.startswith(because)
    assert {**world.evidence(), **world.people()} == before
    assert not (world.root / "data/evidence").exists()


@pytest.mark.parametrize(
    ("suspect", "of", "wanted"),
    [
        (21, 100, False),
        (20, 100, True),
        (4, 5, True),
        (5, 5, False),
        (5, 24, False),
        (5, 25, True),
        (0, 0, True),
    ],
)
def test_when_a_run_is_trustworthy(suspect, of, wanted):
    """Not when more than 20 % of the documents are suspect, and at least five."""
    failures = [failure(Failure.SUSPECT)] * suspect + [None] * (of - suspect)
    assert (doubt(failures) == "") is wanted


def failure(reason, status=None):
    return FailureReport(reason=reason, label="", detail="", next="", status=status)


SILENT = [failure(Failure.UNREACHABLE), failure(Failure.BAD_CERTIFICATE)]


@pytest.mark.parametrize(
    ("failures", "wanted"),
    [
        (SILENT * 2, True),
        (SILENT * 3, False),
        ([*SILENT * 3, None], True),
        ([*SILENT * 3, failure(Failure.SUSPECT)], True),
        ([*SILENT * 3, failure(Failure.UNREACHABLE, 403)], True),
    ],
)
def test_a_run_without_any_answer_is_not_trustworthy(failures, wanted):
    """Five documents or more and not one answer: that is our network. A refusal is an answer."""
    assert (doubt(failures) == "") is wanted


def test_without_a_network_nothing_is_recorded(worlds_of, net):
    """Every connection is cut: not a byte of evidence changes, and the report says what is likelier."""
    world = worlds_of(5)
    world.run()
    before = world.evidence()
    for n in range(1, 6):
        site = world.root / f"content/platform/acme{n}/terms/_document.yaml"
        site.write_text(site.read_text().replace(f"//host{n}.example.com", f"//no{n}.example.org"))
    world.later()
    ran = world.run()
    assert ran.report.counts["unreachable"] == 5
    assert (ran.report.trustworthy, ran.report.recorded) == (False, False)
    assert "our own network is the likelier cause" in ran.report.doubt
    assert world.evidence() == before


def test_a_clock_that_went_back_is_refused(world):
    """A live look before the last recorded one is refused, and nothing is asked."""
    world.run()
    asked = len(world.net.requests)
    world.later(-1)
    with pytest.raises(OrderFault, match="the clock says"):
        world.run()
    assert len(world.net.requests) == asked


def test_outcomes_are_named_truly(worlds_of):
    """Unchanged is what stands as quoted; what differs as before has nothing new; capitals are set differently."""
    world = worlds_of(4)
    world.run()
    world.later()
    world.page(1, REWORDED)
    world.page(2, CLAUSE.upper())
    world.page(3, clause="")
    first = world.run()
    assert outcomes(first) == ["clause-changed", "text-changed", "clause-changed", "unchanged"]
    told = {document: said for _, document, said in rows(first.report)}
    assert f"{world.record(2)} is set differently" in told[world.document(2)]
    world.later(1)
    assert outcomes(world.run()) == ["nothing-new"] * 3 + ["unchanged"]
    assert "3 with nothing new" in summary(world.run(dry_run=True).report)


def test_every_changed_clause_is_listed(worlds_of):
    """As many documents in the table as the summary counts, also where words came back."""
    world = worlds_of(3)
    world.page(3, clause="")
    for hours in (0, 12, 12, 48):
        world.later(hours)
        if hours == 48:
            world.page(1, REWORDED)
            world.page(2, clause="")
            world.page(3)
        elif not hours:
            world.page(3)
        else:
            world.page(3, clause="")
        ran = world.run()
    assert ran.report.counts["clause-changed"] == 3
    assert {row[1] for row in rows(ran.report)} == {world.document(n) for n in (1, 2, 3)}


def test_an_untrustworthy_run_records_nothing(worlds_of):
    """Five of six pages are suspect: that is our network, so not a byte of evidence changes."""
    world = worlds_of(6)
    world.run()
    before = world.evidence()
    for n in range(1, 6):
        world.page(n, body=CRASH)
    world.later()
    ran = world.run()
    assert (ran.report.trustworthy, ran.report.recorded) == (False, False)
    assert ran.report.counts["suspect"] == 5
    assert world.evidence() == before


def test_four_suspects_of_five_are_recorded(worlds_of):
    """Four are too few to say that it is us."""
    world = worlds_of(5)
    world.run()
    for n in range(1, 5):
        world.page(n, body=CRASH)
    world.later()
    assert world.run().report.recorded
    assert world.lines()[-5:] == [
        *(("failed", world.document(n)) for n in range(1, 5)),
        ("run", None),
    ]


class StopsAfter:
    """Sends this process a signal once so many documents are done."""

    def __init__(self, looks, number):
        self.left, self.number = looks, number

    def begin(self, name, steps=0):
        """Hear of a stage."""

    def advance(self):
        self.left -= 1
        if self.left == 0:
            os.kill(os.getpid(), self.number)


@pytest.mark.parametrize(
    ("number", "raised"), [(signal.SIGINT, KeyboardInterrupt), (signal.SIGTERM, cli.Terminated)]
)
def test_a_stopped_run_keeps_what_is_finished(worlds_of, number, raised):
    """What was looked at before Ctrl-C or a request to end is recorded as a run of its own; the next run goes on."""
    world = worlds_of(5)
    before = signal.signal(signal.SIGTERM, cli._terminate)
    try:
        ran = world.run(fetch={"hosts_at_once": 1}, progress=StopsAfter(2, number))
    finally:
        signal.signal(signal.SIGTERM, before)
    assert isinstance(ran.stopped, raised)
    assert (ran.report.complete, ran.report.recorded) == (False, True)
    assert 1 <= len(ran.report.documents) <= 3
    assert world.lines()[-1] == ("run", None)
    assert is_whole(world)
    world.later()
    ran = world.run()
    assert sorted(set(outcomes(ran))) == ["first", "unchanged"]
    assert is_whole(world)


def test_two_at_once_the_second_refuses(world):
    """While one run holds the evidence another says who does, and looks at nothing."""
    with (
        EvidenceFolder(world.root, "20261122T051700Z"),
        pytest.raises(RecordFault, match="20261122T051700Z"),
    ):
        world.run()
    assert world.net.requests == []
    assert world.run(dry_run=True).report.documents


def test_a_bug_over_one_document_spares_the_others(worlds_of, monkeypatch):
    """What a page should never be able to raise is told at the end; all other documents are recorded."""
    world = worlds_of(3)
    real = compare.verify

    def verify(watched, *rest):
        if watched.document == world.document(2):
            raise ZeroDivisionError("a fault of ours")
        return real(watched, *rest)

    monkeypatch.setattr(compare, "verify", verify)
    ran = world.run()
    (bug,) = ran.bugs
    assert bug.__notes__ == [f"while looking at {world.document(2)}"]
    assert [one.document for one in ran.report.documents] == [world.document(1), world.document(3)]
    assert (ran.report.complete, ran.report.recorded) == (False, True)
    assert is_whole(world)


def test_what_was_asked_for_is_looked_at(worlds_of):
    """Documents by id, platforms by slug, the stalest first; a name that nobody knows is a sentence."""
    world = worlds_of(4)

    def looked(**settings):
        return [int(one.document[-1]) for one in world.run(**settings).report.documents]

    assert looked(documents=(world.document(2),)) == [2]
    assert looked(platforms=("acme3",), dry_run=True) == [3]
    world.later()
    assert looked(stalest=2) == [1, 3]
    world.later()
    assert looked(stalest=2) == [2, 4]
    parts = [looked(shard=Shard(n, 3), dry_run=True) for n in (1, 2, 3)]
    assert sorted(n for part in parts for n in part) == [1, 2, 3, 4]
    with pytest.raises(ChoiceFault, match="no platform `acme9` is watched"):
        looked(platforms=("acme9",))


def test_what_nobody_can_look_at_is_told(world):
    """A document without an address is in the report with the way out, and in no line of the ledger."""
    path = world.root / "content/platform/acme1/terms/_document.yaml"
    path.write_text(path.read_text().partition("sources:")[0])
    report = world.run().report
    (one,) = report.not_watched
    assert (one.what, one.reason, report.recorded) == (world.document(1), Failure.NO_ADDRESS, False)
    assert one.next == "A person adds the document’s address to its file."
    assert report.because == "no document was looked at"
    assert not (world.root / "data/evidence/ledger").exists()


def test_captures_of_what_changed(worlds_of, tmp_path):
    """Changed and suspect pages are kept, what stayed is not, and a replay finds the same."""
    world = worlds_of(3)
    world.run()
    world.later()
    world.page(1, REWORDED)
    world.page(2, body=CRASH)
    before = world.evidence()
    ran = world.run(captures=tmp_path / "captures", dry_run=True, vantage="region EU")
    (path,) = (tmp_path / "captures").iterdir()
    assert ran.report.captures == path.name == f"{ran.report.run}.warc.gz"
    kept = read(path)
    assert [(c.fetched.document, c.outcome) for c in kept] == [
        (world.document(1), "clause-changed"),
        (world.document(2), "suspect"),
    ]
    again = world.run(from_warc=path, dry_run=True)
    assert world.evidence() == before
    strip = {"milliseconds": 0}
    assert [one.model_copy(update=strip) for one in again.report.documents] == [
        one.model_copy(update=strip) for one in ran.report.documents[:2]
    ]


def test_the_vantage_point_is_recorded(world):
    """Lines say where the fetcher stood and in which language it asked; left out, it is not stated."""
    world.run()
    world.later()
    world.page(1, REWORDED)
    world.run(vantage="region EU")
    found = [line["vantage"] for line in world.ledger()]
    assert set(found[:4]) == {"not stated"}
    assert found[-2:] == ["region EU, language en, SampleBot/1.0", "region EU, SampleBot/1.0"]


def test_the_sources_are_asked_politely(worlds_of, net):
    """One request to a host at a time, and robots.txt before the page."""
    worlds_of(3).run()
    for n in (1, 2, 3):
        assert [r.path for r in net.asked(f"host{n}.example.com")] == ["/robots.txt", "/terms"]
        assert net.most_at_once(f"host{n}.example.com") == 1


def test_a_stopped_task_is_not_a_bug():
    """What tasks raise together is told as the one thing that was raised first."""
    error = BaseExceptionGroup("", [BaseExceptionGroup("", [KeyboardInterrupt()])])
    assert isinstance(line._leaf(error), KeyboardInterrupt)
    assert isinstance(line._leaf(asyncio.CancelledError()), asyncio.CancelledError)


def test_settings_name_the_one_repository(world):
    """Only the repository of data/site.yaml records."""
    from atlas.examine import settings_of

    assert line.why_not(settings_of(world.root), Settings(repository=REPOSITORY)) == ""
    assert CLAUSE in (world.root / "content/platform/acme1/terms/training.md").read_text()
