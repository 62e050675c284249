"""A story of thirty steps in a real repository, after each of which every address ever published answers as it was promised.

The commands are the real ones. What was promised is read from the ledger that they write, line by line, and kept here
from step to step, so that a line that went or changed what it may not is seen; what answers is asked over HTTP.
"""

import hashlib
import http.client
import re
import subprocess
from contextlib import closing
from datetime import date, timedelta

import door
import pytest
import worlds
from selectolax.lexbor import LexborHTMLParser
from static_host import StaticHost
from worlds import document, platform, provision

from atlas.urls import page_file

pytestmark = pytest.mark.browser

FIRST_DAY = date(2026, 3, 2)
BULK = 50
TERMS = "content/platform/acme/terms"
WORDS = " ".join(f"It matters for reason {n}." for n in range(1, 41))
ASKED = 4
"""Addresses of each publishing that are opened in the browser; all of them with --long."""


def record(clause, what, **fields):
    """Return a record whose title and claim say what it is about."""
    body = f"## Why it matters\n\nThis is about {what}. {WORDS.replace('It', what.capitalize())}\n"
    return provision(
        clause, body, **{"title": what.capitalize(), "claim": f"Speaks of {what}", **fields}
    )


def shelf(key):
    """Return a clause type with two stances."""
    return (
        f"{key}:\n  name: {key.capitalize()}\n  summary: What happens to content.\n"
        f"  scope_in: Clauses on {key}.\n  scope_out: All others.\n  categories:\n    - rights\n"
        f"  look_for:\n    - {key}\n  stances:\n"
        "    opt-out:\n      name: Opt-out\n      severity: medium\n      reason: A setting stops it.\n"
        "    no-choice:\n      name: No choice\n      severity: critical\n      reason: Nothing stops it.\n"
    )


class Entry:
    """A line of the ledger, as it stands in the file."""

    def __init__(self, line):
        cells = line.split("\t")
        self.address, self.kind, self.target, self.id, self.first, self.sha256 = cells

    @property
    def kept(self):
        """What of a line may never change."""
        return (self.address, self.id, self.first, self.sha256)


class Story:
    """An atlas under git, the site that was last published of it, and all that was ever promised."""

    def __init__(self, root, *, by_process):
        self.root, self.site = root, root / "site"
        self.by_process, self.day = by_process, FIRST_DAY
        self.promised, self.published, self.steps = {}, 0, 0
        self.host = None

    # What a person does

    def run(self, *words, code=0):
        """Run a command; return what it says."""
        go = door.apart if self.by_process else door.typed
        done = go("--root", self.root, *words, env={"ATLAS_FROM": str(self.root)})
        said = done.stdout + done.stderr
        assert done.returncode == code, f"{' '.join(words)}: {done.returncode}\n{said}"
        return said

    def write(self, path, text):
        (self.root / path).parent.mkdir(parents=True, exist_ok=True)
        (self.root / path).write_text(text, encoding="utf-8")

    def edit(self, path, old, new):
        text = (self.root / path).read_text(encoding="utf-8")
        assert old in text, (path, old)
        self.write(path, text.replace(old, new, 1))

    def git(self, *words):
        subprocess.run(
            ["git", "-c", "user.name=Ada", "-c", "user.email=ada@sample.example", *words],
            cwd=self.root, check=True, capture_output=True,
        )  # fmt: skip

    def commit(self, message):
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "-m", message)

    def on(self, *words, code=0):
        """Run a command that takes a day, on the day of the story."""
        return self.run(*words, "--as-of", self.day.isoformat(), code=code)

    # What the publishing repository does

    def publish(self, message):
        """Commit, give ids, enter addresses, commit, build; then ask for every address that was ever promised."""
        self.steps += 1
        self.day += timedelta(days=3)
        self.commit(message)
        self.on("assign")
        at = f"{self.day.isoformat()}T12:00:00Z"
        self.on("register", "--at", at)
        self.commit("Publish")
        day = self.day.isoformat()
        self.run("build", "--strict", "--no-search", "--workers", "1", "--as-of", day)
        self.published += 1
        return self.all_is_kept()

    def refused(self, name, *sentences):
        """Hold that a change is not accepted, and in which words."""
        self.steps += 1
        said = self.on("check", "--against", "HEAD", code=1)
        for sentence in sentences:
            assert sentence in said, f"{name}: {said}"
        return said

    def accepted(self):
        """Hold that the change is accepted as it stands now."""
        self.on("check", "--against", "HEAD")

    # What everybody may rely on

    def ledger(self):
        """Return every line of the ledger by its address."""
        files = sorted((self.root / "data/published/urls").glob("*.tsv"))
        lines = [line for file in files for line in file.read_text("utf-8").splitlines()[1:]]
        return {entry.address: entry for entry in map(Entry, lines)}

    def all_is_kept(self):
        """Ask for everything that was ever promised, and return the addresses that are new or lead elsewhere now."""
        now = self.ledger()
        fresh = []
        for address, entry in now.items():
            before = self.promised.get(address)
            if before is None or (before.kind, before.target) != (entry.kind, entry.target):
                fresh.append(address)
            assert before is None or before.kept == entry.kept, address
        assert set(self.promised) <= set(now)
        self.promised = now
        self.host = self.host or StaticHost(self.site)
        port = int(self.host.address.split(":")[2].strip("/"))
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=30)) as connection:
            for entry in now.values():
                connection.request("GET", entry.address)
                answer = connection.getresponse()
                body = answer.read()
                where = f"step {self.steps}: {entry.address}"
                assert answer.status == 200, f"{where} is {answer.status}"
                self.judge(entry, body)
        return fresh

    def judge(self, entry, body):
        """Hold that what answers is what the ledger says."""
        where = f"step {self.steps}: {entry.address}"
        is_page = entry.address.endswith("/")
        leads = b'http-equiv="refresh"' in body
        assert leads == (entry.kind == "redirect" and is_page), where
        if leads:
            assert f'content="0; url={entry.target}"'.encode() in body, where
            assert f'<a href="{entry.target}"'.encode() in body, where
            assert self.promised[entry.target].kind == "page", where
        if entry.sha256 and entry.kind == "page":
            assert hashlib.sha256(body).hexdigest() == entry.sha256, where
        if is_page and entry.kind != "redirect":
            # The page of a former revision adds to its record, and is one of it.
            own = {entry.address, *re.findall(r"^.*/platform/(?:[^/]+/){3}", entry.address)}
            named = (f'rel="canonical" href="https://sample.example{one}"' for one in own)
            assert any(one.encode() in body for one in named), where
            assert entry.id.encode() in body, where

    def text(self, address):
        """Return the words of a page, as they stand on disk."""
        page = LexborHTMLParser((self.site / page_file(address)).read_text(encoding="utf-8"))
        return " ".join(page.css_first("main").text().split())

    def file(self, address):
        return (self.site / page_file(address)).read_bytes()


@pytest.fixture
def story(tmp_path, thorough):
    """The first day: an atlas of one platform with two records, in a repository of its own."""
    story = Story(tmp_path / "atlas", by_process=thorough)
    site = f"{worlds.SITE}translations:\n  - de\n" if thorough else worlds.SITE
    tree = {
        **worlds.SHELVES,
        "data/site.yaml": site,
        "data/clause-types.yaml": "".join(map(shelf, ("keeping", "selling", "sharing", "losing"))),
        "content/about.md": "---\ntitle: About\ndescription: What this is.\n---\n\nAn atlas.\n",
        "content/aims.md": "---\ntitle: Aims\ndescription: What for.\n---\n\nTo know.\n",
        "content/platform/acme/_platform.yaml": platform(),
        f"{TERMS}/_document.yaml": document(),
        f"{TERMS}/keeps.md": record("We keep what you write.", "keeping", clause_type="keeping"),
        f"{TERMS}/sells.md": record(
            "We sell what you write.", "selling", clause_type="selling", stance="no-choice"
        ),
        ".gitignore": "/site/\n",
    }
    for path, text in tree.items():
        story.write(path, text)
    story.git("init", "--quiet", "--initial-branch=main")
    story.git("remote", "add", "origin", "https://github.com/sample/atlas.git")
    yield story
    if story.host:
        story.host.close()


class Visitor:
    """Somebody with a browser who follows old addresses."""

    def __init__(self, page, story, *, everything):
        self.page, self.story, self.everything = page, story, everything

    def looks(self, fresh):
        """Open some of the addresses that are new, and see the page that was promised."""
        redirects = [a for a in fresh if self.story.promised[a].target and a.endswith("/")]
        pages = [a for a in fresh if not self.story.promised[a].target and a.endswith("/")]
        some = slice(None) if self.everything else slice(-ASKED // 2, None)
        for address in [*redirects[some], *pages[some]]:
            entry = self.story.promised[address]
            root = self.story.host.address.rstrip("/")
            self.page.goto(root + address)
            self.page.wait_for_url(root + (entry.target or address))
            assert self.page.locator("h1").inner_text().strip(), address


def test_thirty_steps(story, open_page, thorough):
    """Whatever people do to an atlas, what was published stays, and what would lose it is refused."""
    visitor = Visitor(open_page(), story, everything=thorough)
    for chapter in (beginning, moving, revising, ending, shelves, bad_merges, growing):
        for fresh in chapter(story):
            visitor.looks(fresh)
    assert story.steps >= 30
    assert story.published >= 18
    assert len(story.promised) > 800


def beginning(s):
    """Steps 1 to 3: first records, one more, and another platform."""
    yield s.publish("Begin")
    keeps = s.promised["/platform/acme/terms/keeps/"]
    assert (keeps.id, keeps.kind) == ("SA-P-100001", "page")
    s.write(
        f"{TERMS}/shares.md", record("We share what you write.", "sharing", clause_type="sharing")
    )
    yield s.publish("Add sharing")
    assert s.promised["/platform/acme/terms/shares/"].id == "SA-P-100003"
    s.write("content/platform/zeta/_platform.yaml", platform("Zeta"))
    s.write("content/platform/zeta/rules/_document.yaml", document("Rules", "community-guidelines"))
    text = record("Deleted things go at once.", "deleting", clause_type="keeping")
    s.write("content/platform/zeta/rules/deletes.md", text)
    yield s.publish("Add Zeta")


def moving(s):
    """Steps 4 to 8: new names for a record, its document and its platform, one of them twice."""
    s.on("rename", "SA-P-100001", "holds")
    yield s.publish("Rename a record")
    assert s.promised["/platform/acme/terms/keeps/"].target == "/platform/acme/terms/holds/"
    s.on("rename", "/platform/acme/terms/", "conditions")
    yield s.publish("Rename a document")
    s.on("rename", "SA-P-100001", "stores")
    yield s.publish("Rename the record again")
    new = "/platform/acme/conditions/stores/"
    for old in ("terms/keeps", "terms/holds", "terms/stores", "conditions/keeps"):
        assert s.promised[f"/platform/acme/{old}/"].target == new
        assert s.file(f"/platform/acme/{old}/record.json") == s.file(f"{new}record.json")
    s.on("rename", "/platform/acme/", "apex")
    yield s.publish("Rename a platform")
    assert s.promised["/platform/acme/terms/keeps/"].target == "/platform/apex/conditions/stores/"
    s.on("rename", "/platform/apex/conditions/", "terms")
    yield s.publish("Give the document its first name back")
    assert s.promised["/platform/apex/terms/stores/"].kind == "page"
    assert s.promised["/platform/apex/conditions/stores/"].kind == "redirect"


STORES = "content/platform/apex/terms/stores.md"


def revising(s):
    """Steps 9 to 13: a change without a revision is refused; two revisions, and spelling."""
    first = s.file("/id/SA-P-100001/r1/")
    frozen = s.file("/platform/acme/terms/keeps/r1/record.json")
    s.edit(STORES, "We keep what you write.", "We keep what you write for ever.")
    s.refused("an unrevised change", "unrevised-change", "stores.md")
    s.on("revise", "SA-P-100001", "--because", "The last two words were left out.")
    yield s.publish("Revise")
    assert s.promised["/platform/apex/terms/stores/r1/"].kind == "page"
    assert s.promised["/platform/acme/terms/keeps/r1/"].target == "/platform/apex/terms/stores/r1/"
    assert s.promised["/id/SA-P-100001/r1/"].target == "/platform/apex/terms/stores/r1/"
    assert s.file("/id/SA-P-100001/r1/") != first
    assert s.file("/platform/acme/terms/keeps/r1/record.json") == frozen
    assert "We keep what you write." in s.text("/platform/apex/terms/stores/r1/")
    s.edit(STORES, "stance: opt-out", "stance: no-choice")
    s.on("revise", "SA-P-100001", "--because", "No setting stops it.")
    yield s.publish("Revise again")
    assert s.promised["/platform/apex/terms/stores/r2/"].kind == "page"
    assert s.promised["/platform/apex/terms/stores/r3/"].target == "/platform/apex/terms/stores/"
    s.edit(STORES, "reason 7.", "cause 7.")
    s.on("revise", "SA-P-100001", "--typo")
    yield s.publish("Put a word right")
    assert "r4/" not in "".join(s.promised)


def ending(s):
    """Steps 14 to 18: withdrawn, superseded, disputed, answered, and withheld by law."""
    s.on("withdraw", "SA-P-100002", "--reason", "The words came from a copy that was not theirs.")
    yield s.publish("Withdraw")
    assert "a copy that was not theirs" in s.text("/platform/apex/terms/sells/")
    s.write(
        "content/platform/apex/terms/passes-on.md",
        record("We pass on what you write.", "passing on", clause_type="sharing"),
    )
    yield s.publish("Add a better one")
    number = s.promised["/platform/apex/terms/passes-on/"].id
    s.on("supersede", "SA-P-100003", number, "--reason", "Both quoted the same clause.")
    yield s.publish("Supersede")
    said = "---\nby: Zeta Ltd\non: 2026-03-20\n---\n\nWe see this differently.\n"
    s.write("content/platform/zeta/rules/deletes/response-1.md", said)
    s.write(
        "content/platform/zeta/rules/deletes/dispute-1.md", said.replace("Zeta Ltd", "A reader")
    )
    s.edit(
        "content/platform/zeta/rules/deletes.md",
        "clause: |-",
        "status:\n  state: disputed\n  on: 2026-03-20\nclause: |-",
    )
    yield s.publish("Print an answer and a dispute")
    assert "We see this differently." in s.text("/platform/zeta/rules/deletes/")
    s.on(
        "withdraw", number, "--reason", "A court ordered it.",
        "--withheld", "A court forbids to show the words.",
    )  # fmt: skip
    yield s.publish("Withhold")
    frozen = "/platform/apex/terms/passes-on/r1/record.json"
    assert s.promised[frozen].kind == "gone"
    assert b"A court forbids to show the words." in s.file(frozen)
    assert b"We pass on what you write." not in s.file(frozen)


def shelves(s):
    """Steps 19 to 24: a stance with another grade, a place without laws, a shelf and a page that go."""
    s.edit("data/clause-types.yaml", "      severity: critical", "      severity: high")
    s.refused("a grade that changes silently", "unrevised-change", "--affected")
    s.on("revise", "--affected", "--because", "Where nothing stops it, the grade is now high.")
    yield s.publish("Grade a stance anew")
    assert s.promised["/platform/apex/terms/stores/r3/"].kind == "page"
    for key in ("eu-act", "eu-act-part"):
        s.edit("data/regulations.yaml", "  jurisdiction: EU", "  jurisdiction: FR")
        assert key in (s.root / "data/regulations.yaml").read_text(encoding="utf-8")
    yield s.publish("Move the laws to another place")
    assert "Nothing is listed here today." in s.text("/jurisdiction/eu/")
    assert b"noindex" in s.file("/jurisdiction/eu/")
    (s.root / "content/aims.md").unlink()
    s.refused("a page that goes", "/aims/")
    s.write(
        "data/addresses.yaml",
        f"/aims/:\n  gone: The aims are told on the first page.\n  on: {s.day}\n",
    )
    s.accepted()
    yield s.publish("Give up a page")
    assert s.promised["/aims/"].kind == "gone"
    assert "The aims are told on the first page." in s.text("/aims/")
    s.edit("data/regulations.yaml", "eu-act-part:", "fr-act-part:")
    s.refused("a law under another key", "/regulation/eu-act-part/")
    led = f"/regulation/eu-act-part/:\n  to: /regulation/fr-act-part/\n  on: {s.day}\n"
    s.edit("data/addresses.yaml", "/aims/:", f"{led}/aims/:")
    s.accepted()
    yield s.publish("Rename a law")
    assert s.promised["/regulation/eu-act-part/"].target == "/regulation/fr-act-part/"


def bad_merges(s):
    """Steps 25 to 29: each is refused with a message, then mended in the way that it says."""
    deletes = s.root / "content/platform/zeta/rules/deletes.md"
    text = deletes.read_text(encoding="utf-8")
    number = s.promised["/platform/zeta/rules/deletes/"].id
    deletes.unlink()
    s.refused("a deleted record", number, "withdraw")
    s.git("checkout", "--", str(deletes))
    s.accepted()

    deletes.rename(deletes.with_name("erases.md"))
    (deletes.parent / "deletes").rename(deletes.parent / "erases")
    s.refused("a new name without the old one", "/platform/zeta/rules/deletes/", "alias")
    s.edit(
        "content/platform/zeta/rules/erases.md", "clause: |-", "aliases:\n  - deletes\nclause: |-"
    )
    s.accepted()
    yield s.publish("Rename by hand")
    assert s.promised["/platform/zeta/rules/deletes/"].target == "/platform/zeta/rules/erases/"

    s.edit("content/platform/zeta/rules/erases.md", f"id: {number}", "id: SA-P-100777")
    s.refused("an id that changes", number)
    s.git("checkout", "--", "content")
    ledger = s.root / "data/published/urls/zeta.tsv"
    lines = ledger.read_text(encoding="utf-8").splitlines(keepends=True)
    ledger.write_text("".join([*lines[:3], *lines[4:]]), encoding="utf-8")
    s.refused("a ledger that somebody edited", "broken-published", "data/published/urls/zeta.tsv")
    s.git("checkout", "--", "data/published")

    new = record("We lose what you write.", "losing", clause_type="losing", aliases="\n  - deletes")
    s.write("content/platform/zeta/rules/loses.md", new)
    s.refused("an alias of two", "alias-taken", "`deletes`")
    s.edit("content/platform/zeta/rules/loses.md", "aliases:\n  - deletes\n", "")
    s.accepted()
    yield s.publish("Add what collided")
    assert text.startswith("---")


def growing(s):
    """Steps 30 to 32: fifty records at once, a name that is taken for ever, and a publishing in which nothing is new."""
    for number in range(BULK):
        what = f"thing number {number}"
        s.write(
            f"content/platform/zeta/rules/bulk-{number}.md",
            record(f"We may do {what} to you.", what, clause_type="losing"),
        )
    fresh = s.publish("Import fifty records")
    assert len([a for a in fresh if "/rules/bulk-" in a and a.endswith("/record.json")]) == 2 * BULK
    yield fresh
    s.steps += 1
    said = s.on("rename", "/platform/zeta/rules/bulk-1/", "deletes", code=2)
    assert "leads there for ever" in said
    assert s.publish("Nothing new") == []
