"""`./run verify` as people call it, asking nobody: exit codes, sentences, reports, kills.

Most go through the door in this process, since a process of its own takes a second to import what it needs.
"""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import door
import jsonschema
import pytest
import web
from conftest import ROOT
from verify_scratch import CRASH, REPOSITORY, REWORDED, Scratch, html

from atlas.fetch import FetchSettings
from atlas.model import Body, Fetched
from atlas.record import EvidenceFolder
from atlas.schema import schemas
from atlas.verify.run import run
from atlas.verify.settings import Settings
from atlas.warc import Capture, captures

HERE = ("--repository", REPOSITORY)


class Unserved:
    """A clock for captures where no web is needed."""

    def __init__(self):
        # Long ago, since the door goes by the clock of this machine, and captures of the future are refused.
        self.clock = web.FakeClock(datetime(2020, 1, 6, 5, 17, tzinfo=UTC))

    def host(self, _name):
        return self

    def page(self, *_arguments, **_headers):
        return self


@pytest.fixture
def world(tmp_path):
    return Scratch(tmp_path, Unserved(), documents=6)


@pytest.fixture
def verify(world):
    """A function that runs `verify`."""
    return lambda *words, **env: door.typed("--root", world.root, "verify", *words, env=env)


@pytest.fixture
def good(world, tmp_path):
    """Captures of every document as it is quoted."""
    return world.capture(tmp_path / "good", {n: html(seed=n) for n in range(1, 7)})


@pytest.fixture
def later(world, tmp_path, good):
    """A function that captures other pages twelve hours on."""

    def capture(name, pages):
        world.later()
        return world.capture(tmp_path / name, pages)

    return capture


def test_records_and_reports(world, good, tmp_path):
    """Exit 0: evidence, a table, a report that fits its schema, and the summary of a workflow's step."""
    people = world.people()
    report, page = tmp_path / "out" / "verify-report.json", tmp_path / "summary.md"
    done = world.command(
        "--from-warc", good, "--report", report, *HERE, GITHUB_STEP_SUMMARY=str(page)
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert re.search(
        rf"^first  {world.document(6)}  First look: 1 of 1 quotations found\.$",
        done.stdout,
        re.MULTILINE,
    )
    assert done.stdout.endswith(
        "6 documents looked at: 6 first looks; recorded; no copies archived, because no archive account is configured\n"
    )
    tree = json.loads(report.read_text())
    jsonschema.Draft202012Validator(schemas()["verify-report"]).validate(tree)
    assert tree["counts"]["first"] == 6
    assert "| outcome | document | what next |" in page.read_text()
    assert world.people() == people
    assert world.lines()[-1] == ("run", None)


def test_elsewhere_it_is_a_dry_run(verify, world, good):
    """In a repository that does not publish nothing is written, and the last line says why."""
    done = verify("--from-warc", good, "--repository", "someone/fork")
    assert done.returncode == 0
    assert "nothing recorded: evidence is recorded in sample/atlas only" in " ".join(
        done.stdout.split()
    )
    assert world.evidence() == {}


def test_exit_codes_of_change_and_trust(verify, world, good, later):
    """4 for a changed clause where that was asked for, 0 where not; 3 where five of six are suspect, and nothing is written."""
    assert verify("--from-warc", good, "--fail-on-change", *HERE).returncode == 0
    changed = later("changed", {1: html(REWORDED, seed=1), 2: html(seed=2)})
    assert verify("--from-warc", changed, "--dry-run", *HERE).returncode == 0
    done = verify("--from-warc", changed, "--fail-on-change", *HERE)
    assert done.returncode == 4
    assert "differs, reworded" in done.stdout
    before = world.evidence()
    broken = later("broken", dict.fromkeys(range(2, 7), CRASH))
    done = verify("--from-warc", broken, *HERE)
    assert done.returncode == 3
    assert "too many documents are suspect" in " ".join(done.stdout.split())
    assert world.evidence() == before


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--from-warc", "nowhere.warc.gz"], "there is no"),
        (["--from-warc", "README.md"], "is no whole file of captures"),
        (["--document", "SA-D-999999", "--dry-run"], "since none has this id"),
        (["--platform", "nobody", "--dry-run"], "since there is none of this name"),
        (["--incomplete", "--dry-run"], "--incomplete says something of --merge alone"),
        (["--stalest", "0"], "0"),
        (["--shard", "3/2", "--report", "x"], "`3/2` is no part"),
        (["--shard", "1/2"], "add --report FILE"),
        (["report.json"], "`report.json` is one word too many; reports follow --merge"),
        (["--merge", "a.json", "--stalest", "3"], "nothing to choose"),
        (["--merge", "a.json"], "cannot be read"),
        (["--report", "{root}/content/x.json"], "is in content/"),
        (["--captures", "{root}/data/evidence"], "is in data/"),
        (["--vantage", "a\nb"], "--vantage is one line"),
    ],
)
def test_misuse_exits_2_with_a_sentence(verify, world, arguments, said):
    """A wrong argument, file or place: exit 2, a sentence, no traceback, nothing written."""
    done = verify(*[a.format(root=world.root) for a in arguments], *HERE)
    assert done.returncode == 2, done.stdout + done.stderr
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert world.evidence() == {}


def test_half_an_account_is_misuse(verify, world, good):
    """A key without its secret is told by name, and never printed."""
    done = verify("--from-warc", good, *HERE, ATLAS_ARCHIVE_KEY="abc123")
    assert done.returncode == 2
    assert "ATLAS_ARCHIVE_KEY and ATLAS_ARCHIVE_SECRET go together" in done.stderr
    assert "abc123" not in done.stderr + done.stdout


def test_shards_by_the_environment(verify, world, good, tmp_path):
    """As the workflow calls it: each shard is named by ATLAS_SHARD, and their folder is merged."""
    for number in (1, 2):
        report = tmp_path / "looks" / f"look-{number}" / "verify-report.json"
        done = verify("--from-warc", good, "--report", report, *HERE, ATLAS_SHARD=f"{number}/2")
        assert done.returncode == 0
        assert "this is a shard" in done.stdout
    assert world.evidence() == {}
    done = verify("--merge", tmp_path / "looks", *HERE, ATLAS_SHARD="")
    assert (done.returncode, done.stderr) == (0, "")
    assert "6 documents looked at: 6 first looks; recorded" in done.stdout
    assert world.lines()[-1] == ("run", None)


def test_captures_are_recorded_once_and_in_order(verify, world, good, later):
    """The same captures again, and older ones, are told and left out with exit 0; nothing is written."""
    changed = later("changed", {1: html(REWORDED, seed=1)})
    assert verify("--from-warc", changed, *HERE).returncode == 0
    before = world.evidence()
    again = verify("--from-warc", changed, *HERE)
    assert (again.returncode, world.evidence()) == (0, before)
    assert re.search(rf"^already recorded  {world.document(1)}  ", again.stdout, re.MULTILINE)
    assert "nothing recorded: no capture is after the last" in " ".join(again.stdout.split())
    older = verify("--from-warc", good, "--document", world.document(1), *HERE)
    assert (older.returncode, world.evidence()) == (0, before)
    assert re.search(
        rf"^older than the last look  {world.document(1)}  ", older.stdout, re.MULTILINE
    )
    rest = verify("--from-warc", good, *HERE)
    assert "5 documents looked at: 5 first looks; 1 left out; recorded" in rest.stdout


def test_what_repeats_is_recorded_once(verify, world, good, later):
    """Also a look that stands in the line of its run, which bears the earliest instant."""
    verify("--from-warc", good, *HERE)
    pages = {n: html(seed=n) for n in range(1, 7)}
    repeated = later("repeated", pages)
    assert verify("--from-warc", repeated, *HERE).returncode == 0
    before = world.evidence()
    assert "6 left out" in verify("--from-warc", repeated, *HERE).stdout
    assert world.evidence() == before


@pytest.mark.parametrize(("minutes", "code"), [(50, 0), (70, 2)])
def test_a_capture_of_the_future_is_refused(verify, world, tmp_path, minutes, code):
    """Two clocks differ a little; more than an hour ahead is a fault that names document and instants."""
    world.net.clock = web.FakeClock(datetime.now(UTC) + timedelta(minutes=minutes))
    done = verify(
        "--from-warc", world.capture(tmp_path / "early", {1: html(seed=1)}), "--dry-run", *HERE
    )
    assert done.returncode == code, done.stderr
    assert ("is said to be of" in done.stderr) is (code == 2)


def test_a_replayed_404_is_what_it_was(verify, world, tmp_path):
    """A captured refusal is no page: unreachable, with its status, as live."""
    with captures(tmp_path / "gone", "gone", "tests") as file:
        url = "https://host1.example.com/terms"
        body = Body(url, url, 404, "text/html", html(seed=1).encode())
        at = world.net.clock.now()
        file.keep(Capture(Fetched(world.document(1), at, (body,)), "first", "region EU"))
    report = tmp_path / "report.json"
    done = verify("--from-warc", tmp_path / "gone/gone.warc.gz", "--report", report, *HERE)
    assert done.returncode == 0
    (failure,) = [one["failure"] for one in json.loads(report.read_text())["documents"]]
    assert (failure["reason"], failure["status"]) == ("unreachable", 404)
    assert failure["detail"] == "`host1.example.com` says that there is no such page (404)."


def test_a_shard_that_is_missing_is_refused_or_told(verify, world, good, tmp_path):
    """By default nothing is recorded without it; with --incomplete the rest is, and what was not looked at is named."""
    paths = []
    for number in (1, 2):
        paths.append(tmp_path / f"{number}.json")
        verify("--from-warc", good, "--report", paths[-1], "--shard", f"{number}/2", *HERE)
    done = verify("--merge", paths[0], *HERE)
    assert (done.returncode, world.evidence()) == (2, {})
    assert "shard 2/2 is missing" in done.stderr
    assert "--incomplete" in done.stderr
    done = verify("--merge", paths[0], "--incomplete", *HERE)
    assert done.returncode == 0
    left = [d["document"] for d in json.loads(paths[1].read_text())["documents"]]
    assert f"shard 2/2 is missing, so nothing was found of {', '.join(left)}" in done.stderr
    assert world.lines()[-1] == ("run", None)


@pytest.mark.parametrize(
    ("path", "old", "new", "said"),
    [
        ("_document.yaml", r"(?s)sources:.*?\n(?=\w|$)", "", "it has no address"),
        ("training.md", r"(?s).*", None, "it has no record that counts"),
        ("training.md", r"(?m)^id:.*\n", "", "it has no record with an id"),
        ("_document.yaml", r"(?m)^id:.*\n", "", "`terms` has no id"),
    ],
)
def test_what_is_missing_is_named(verify, world, path, old, new, said):
    """A document and a platform that exist and are not watched: which of id, address and record it is."""
    file = world.root / "content/platform/acme1/terms" / path
    if new is None:
        file.unlink()
    else:
        file.write_text(re.sub(old, new, file.read_text(), count=1))
    name = "acme1" if "`terms`" in said else world.document(1)
    flag = "--platform" if "`terms`" in said else "--document"
    done = verify(flag, name, "--dry-run", *HERE)
    assert done.returncode == 2
    assert said in done.stderr


@pytest.mark.parametrize("broken", ["line", "text", "last line"])
def test_edited_evidence_stops_it_with_the_place(verify, world, good, broken):
    """An edited line or text is named by file and line, by `verify` as by `check`; nothing is looked at, nothing written."""
    verify("--from-warc", good, *HERE)
    ledger = world.root / "data/evidence/ledger"
    (month,) = ledger.glob("*.jsonl")
    text = next((world.root / "data/evidence/texts").glob("*/*.txt"))
    if broken == "text":
        text.write_text(text.read_text().replace("owe each other", "owe one another", 1))
        place = f"data/evidence/texts/{text.parent.name}/{text.name}:1"
    else:
        lines = month.read_text().splitlines(keepends=True)
        at = 1 if broken == "line" else len(lines) - 1
        lines[at] = (
            lines[at].replace('"unicode":"', '"unicode":"9')
            if at > 1
            else lines[at].replace("intact", "moved", 1)
        )
        month.write_text("".join(lines))
        place = f"data/evidence/ledger/{month.name}:{at + 1}"
    before = world.evidence()
    done = verify("--from-warc", good, *HERE)
    assert done.returncode == 2
    assert place in done.stderr
    assert "Nothing was looked at" in done.stderr
    assert world.evidence() == before
    check = door.typed("--root", world.root, "check")
    assert check.returncode == 1
    assert place in check.stdout


def test_two_at_once_the_second_refuses(verify, world, good):
    """While one holds the evidence, the other ends with 2 and says who."""
    with EvidenceFolder(world.root, "20261122T051700Z"):
        done = verify("--from-warc", good, *HERE)
    assert done.returncode == 2
    assert "20261122T051700Z" in done.stderr


def test_killed_at_any_write_it_converges(tmp_path, thorough):
    """Killed with -9 before or after each file is put in its place, and run again: the bytes of one run."""
    world = Scratch(tmp_path, Unserved(), documents=2)
    warc = world.capture(tmp_path / "good", {n: html(seed=n) for n in (1, 2)})

    def verify():
        agent = "SampleBot/1.0 (+https://sample.example/bot/)"
        settings = Settings(repository=REPOSITORY, from_warc=warc)
        run(world.root, settings, FetchSettings(user_agent=agent, clock=web.FakeClock()))

    def killed(at, when):
        """Verify in a child that ends itself at its so many-th file; return whether it came to that."""
        child = os.fork()
        if child == 0:
            left, real = at, Path.replace

            def replace(self, target):
                nonlocal left
                left -= 1
                if (left, when) == (0, "before"):
                    os.kill(os.getpid(), signal.SIGKILL)
                real(self, target)
                if left == 0:
                    os.kill(os.getpid(), signal.SIGKILL)

            Path.replace = replace
            try:
                verify()
            finally:
                os._exit(0)
        return os.WIFSIGNALED(os.waitpid(child, 0)[1])

    verify()
    once = world.evidence()
    writes = 6  # two texts, two states, the ledger, its head
    points = [(n, when) for n in range(1, writes + 1) for when in ("before", "after")]
    few = [(1, "before"), (2, "after"), (4, "after"), (5, "before"), (5, "after"), (6, "after")]
    for at, when in points if thorough else few:
        shutil.rmtree(world.root / "data/evidence")
        assert killed(at, when), (at, when)
        verify()
        assert world.evidence() == once, (at, when)
    shutil.rmtree(world.root / "data/evidence")
    assert not killed(writes + 1, "before")


def test_hostile_pages_say_nothing_of_their_own(verify, good, later, tmp_path):
    """Markup, mentions, workflow commands and escapes in a page reach neither the terminal nor the summary as such."""
    verify("--from-warc", good, *HERE)
    bad = "We may sell it | <img src=x onerror=alert(1)> @everyone [x](https://evil.example) `code` \x1b[31m ::error:: what you write to train our models, unless you turn that off in your settings."
    warc = later("hostile", {1: html(bad.replace("<", "&lt;"), seed=1, title="::stop::")})
    page = tmp_path / "summary.md"
    report = tmp_path / "report.json"
    done = verify("--from-warc", warc, "--report", report, *HERE, GITHUB_STEP_SUMMARY=str(page))
    assert done.returncode == 0
    assert "differs" in done.stdout
    assert json.loads(report.read_text())["documents"][0]["clauses"][0]["wording"]
    for shown in (done.stdout, page.read_text()):
        assert "\x1b" not in shown
        assert not re.search(r"^\s*::", shown, re.MULTILINE)
    assert not re.search(r"<|@|\]\(|`", page.read_text().replace("<br>", ""))


def test_sigterm_leaves_nothing_behind(world, tmp_path):
    """Told to stop while it holds the evidence and waits, it ends with 143, without its lock and with nothing half-written."""
    pipe = tmp_path / "never.warc.gz"
    os.mkfifo(pipe)  # nobody ever writes to it
    child = subprocess.Popen(
        [sys.executable, "-m", "atlas", "--root", world.root, "verify", "--from-warc", pipe, *HERE],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    lock = world.root / "data/evidence/.lock"
    until = time.monotonic() + 60
    while not lock.exists() and child.poll() is None and time.monotonic() < until:
        time.sleep(0.02)
    child.terminate()
    _, said = child.communicate(timeout=60)
    assert (child.returncode, said) == (143, "told to stop; nothing was left half-written\n")
    assert [*(world.root / "data/evidence").rglob("*")] == []
