"""Handing on what was found: real git with a bare origin, and a `gh` that remembers what it was asked."""

import json
import shutil
import subprocess
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from conftest import AS_OF, ROOT, copy_atlas

from atlas import site
from atlas.canonical import clause_sha256
from atlas.examine import examine
from atlas.forge import Forge, ForgeFault
from atlas.frozen import frozen_bytes
from atlas.load import load_templates
from atlas.model import (
    Archived,
    ClauseSeen,
    ClauseStanding,
    ClauseState,
    DocumentState,
    Evidence,
    Failure,
    History,
    Published,
    Stamp,
    TermSeen,
    Trouble,
    Wording,
)
from atlas.proposals import BODY_LENGTH
from atlas.verify import propose as line

NOW = datetime(2026, 6, 20, 5, 17, tzinfo=UTC)
SEEN = datetime(2026, 6, 9, 5, 17, tzinfo=UTC)
STAMP = Stamp("20260609T051700Z", SEEN, SEEN, "not stated")
TERMS, PRIVACY = "CA-D-00011", "CA-D-00012"
RECORD = "content/platform/anthropic/anthropic-privacy-policy/model-training-opt-out-with-safety-review-carve-out.md"
HOSTILE = "We train.\n```\n# Merged @everyone <script>alert(1)</script> [x](javascript:1)\n````\n~~~ --> closes #1"


def git(folder, *arguments):
    return subprocess.run(
        ["git", "-c", "user.name=T", "-c", "user.email=t@sample.example", *arguments],
        cwd=folder, check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip


@pytest.fixture(scope="module")
def atlas():
    return examine(ROOT, AS_OF).atlas


@pytest.fixture(scope="module")
def words():
    texts = load_templates(ROOT).texts
    return site.read_words(texts["words.yaml"], "en", "words.yaml")


def with_states(atlas, *states, **more):
    """The real atlas, had looks ended in these states."""
    histories = {s.document: History(s.document, state=s, **more) for s in states}
    return replace(atlas, records=replace(atlas.records, evidence=Evidence(histories)))


def changed(atlas, record, state=ClauseState.REWORDED, words="We train on all of it.", **more):
    """A document in which one record's quotation was confirmed to be other words."""
    provision = atlas.by_id[record]
    document = atlas.documents[provision.platform, provision.document].id
    wording = Wording(words, clause_sha256(words)) if words else None
    seen = ClauseSeen(
        document, record, clause_sha256(provision.clause), state, confirmed=True,
        text_sha256="0" * 64, first_seen_at=SEEN,
        looks=2, score=0.86, wording=wording, **more,
    )  # fmt: skip
    return DocumentState(document, clauses=(ClauseStanding(record, seen.quote_sha256, seen),))


class World:
    """A clone, its bare origin, and a forge."""

    def __init__(self, started, folder, monkeypatch):
        shutil.copytree(started, folder / "world", symlinks=True)
        folder /= "world"
        self.root, self.origin = folder / "atlas", folder / "origin.git"
        git(self.root, "remote", "set-url", "origin", str(self.origin))
        self.gh = folder / "gh"
        self.gh.mkdir()
        programs = folder / "programs"
        programs.mkdir()
        (programs / "gh").symlink_to(ROOT / "tests" / "fake_gh.py")
        monkeypatch.setenv("PATH", str(programs), prepend=":")
        monkeypatch.setenv("FAKE_GH", str(self.gh))
        self.forge = Forge(self.root, "clause-atlas/atlas", "Atlas verifier <atlas@sample.example>")
        self.said = []

    def run(self, atlas, words, now=NOW):
        self.said.clear()
        found = line.findings(atlas, words, now)
        line.to_github(self.root, found, self.forge, "main", self.said.append)

    def threads(self, noun="pr", state="open"):
        file = self.gh / "state.json"
        kept = json.loads(file.read_text())["threads"] if file.exists() else []
        return [t for t in kept if (t["noun"], t["state"]) == (noun, state)]

    def calls(self):
        file = self.gh / "calls.jsonl"
        return [json.loads(c) for c in file.read_text().splitlines()] if file.exists() else []

    def started(self):
        return [
            (c[2], c[c.index("--ref") + 1]) for c in self.calls() if c[:2] == ["workflow", "run"]
        ]

    def forget_calls(self):
        (self.gh / "calls.jsonl").unlink(missing_ok=True)

    def add_evidence(self, name="ledger/2026-06.jsonl", content="{}\n"):
        file = self.root / "data" / "evidence" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content)


@pytest.fixture(scope="module")
def started(tmp_path_factory):
    """A clone of the real records and its origin, before anything happens."""
    folder = tmp_path_factory.mktemp("started")
    root = folder / "atlas"
    copy_atlas(root)
    git(root, "init", "-q", "-b", "main")
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "Records")
    git(folder, "clone", "-q", "--bare", str(root), "origin.git")
    git(root, "remote", "add", "origin", "nowhere")
    return folder


@pytest.fixture
def world(started, tmp_path, monkeypatch):
    return World(started, tmp_path, monkeypatch)


def test_a_changed_quotation_becomes_one_branch_and_one_pull_request(world, atlas, words):
    """The branch edits the quotation and nothing else; the body holds both wordings, the diff and the hashes."""
    world.run(with_states(atlas, changed(atlas, "CA-P-008335")), words)
    (pull,) = world.threads()
    assert pull["headRefName"] == "verify/CA-D-00012"
    assert pull["title"] == "CA-D-00012: 1 quotation has changed"
    diff = git(world.origin, "diff", "--stat", "main", "verify/CA-D-00012")
    assert [row.split("|")[0].strip() for row in diff.splitlines()[:-1]] == [
        f"...{RECORD[-(len(diff.split('|')[0].strip()) - 3) :]}"
    ]
    text = git(world.origin, "show", f"verify/CA-D-00012:{RECORD}")
    assert "  We train on all of it.\n" in text
    assert "recorded_hash" not in text
    for part in (
        RECORD,
        "We train on all of it.",
        "{+",
        "[-",
        clause_sha256("We train on all of it."),
        "0.86",
        "2 looks agree",
    ):
        assert part in pull["body"]
    assert world.started() == [("check.yml", "verify/CA-D-00012")]
    assert git(world.root, "status", "--porcelain") == ""


def test_a_published_record_gets_its_next_revision(world, atlas, words, tmp_path):
    """The branch, and the patch, hold the record with its sentence and what was published beside it."""
    published = Published(
        frozen={("CA-P-008335", 1): frozen_bytes(atlas, atlas.by_id["CA-P-008335"])}
    )
    known = replace(atlas, records=replace(atlas.records, published=published))
    finding = with_states(known, changed(atlas, "CA-P-008335"))
    for _ in range(2):
        world.run(finding, words)
    former = RECORD.replace(".md", "/r1.md")
    names = git(world.origin, "diff", "--name-only", "main", "verify/CA-D-00012").split()
    assert sorted(names) == sorted([RECORD, former])
    assert git(world.origin, "show", f"verify/CA-D-00012:{former}") == (ROOT / RECORD).read_text()
    text = git(world.origin, "show", f"verify/CA-D-00012:{RECORD}")
    because = "The platform reworded the clause; first seen on 9 June 2026."
    # The words were seen before the analysis was written that they belong to now.
    on = atlas.by_id["CA-P-008335"].analysis.written
    assert f"revision:\n  number: 2\n  on: {on}\n  because: {because}\n" in text
    assert "gets its next revision" in world.threads()[0]["body"]
    line.to_patches(world.root, line.findings(finding, words, NOW), tmp_path / "out", str)
    git(world.root, "apply", str(tmp_path / "out" / "CA-D-00012.patch"))
    assert (world.root / former).read_text() == (ROOT / RECORD).read_text()
    assert (world.root / RECORD).read_text() == text


def test_a_second_run_changes_nothing(world, atlas, words):
    """The same finding is neither pushed, opened, edited nor checked again."""
    finding = with_states(atlas, changed(atlas, "CA-P-008335"))
    world.run(finding, words)
    before = git(world.origin, "rev-parse", "verify/CA-D-00012")
    world.forget_calls()
    world.run(finding, words)
    assert git(world.origin, "rev-parse", "verify/CA-D-00012") == before
    assert len(world.threads()) == 1
    assert {tuple(c[:2]) for c in world.calls()} == {
        ("label", "create"),
        ("pr", "list"),
        ("issue", "list"),
    }


def test_a_further_change_updates_the_same_pull_request(world, atlas, words):
    """At most one pull request a document: new words move its branch and its body."""
    world.run(with_states(atlas, changed(atlas, "CA-P-008335")), words)
    world.run(
        with_states(atlas, changed(atlas, "CA-P-008335", words="We train on none of it.")), words
    )
    (pull,) = world.threads()
    assert "We train on none of it." in pull["body"]
    assert "We train on none of it." in git(world.origin, "show", f"verify/CA-D-00012:{RECORD}")


def test_what_healed_is_closed(world, atlas, words):
    """When the evidence no longer calls for it, the pull request is closed with a reason and its branch goes."""
    world.run(with_states(atlas, changed(atlas, "CA-P-008335")), words)
    world.run(with_states(atlas, DocumentState(PRIVACY)), words)
    assert world.threads() == []
    (pull,) = world.threads(state="closed")
    assert pull["comments"] == [
        "The evidence no longer calls for this: closed by the scheduled look at the sources."
    ]
    assert "verify/" not in git(world.origin, "branch", "--list")


def test_what_a_person_closed_is_not_opened_again(world, atlas, words):
    """A proposal that was declined stays declined until the words change once more."""
    finding = with_states(atlas, changed(atlas, "CA-P-008335"))
    world.run(finding, words)
    world.forge.close_pull(world.threads()[0]["number"], "No.")
    world.run(finding, words)
    assert world.threads() == []
    assert "closed this proposal before" in " ".join(world.said)
    world.run(with_states(atlas, changed(atlas, "CA-P-008335", words="Other words again.")), words)
    assert len(world.threads()) == 1


def test_a_person_s_new_quotation_ends_the_proposal(world, atlas, words):
    """Once the record quotes other words than were looked for, nothing is proposed for it."""
    state = changed(atlas, "CA-P-008335")
    standing = replace(state.clauses[0].standing, quote_sha256="1" * 64)
    world.run(
        with_states(atlas, replace(state, clauses=(replace(state.clauses[0], standing=standing),))),
        words,
    )
    assert world.threads() == []


def test_hostile_words_are_inert(world, atlas, words):
    """Fences that cannot be closed hold what strangers wrote; the title holds none of it."""
    world.run(with_states(atlas, changed(atlas, "CA-P-008335", words=HOSTILE)), words)
    (pull,) = world.threads()
    outside, fence = [], None
    for row in pull["body"].splitlines():
        if fence is None and row.startswith("````"):
            fence = row[: len(row) - len(row.lstrip("`"))]
        elif fence is not None and row == fence:
            fence = None
        elif fence is None:
            outside.append(row)
    assert fence is None
    for word in ("@everyone", "<script>", "javascript:", "closes #1"):
        assert word in pull["body"]
        assert word not in "\n".join(outside)
        assert word not in pull["title"]
    kept = git(world.origin, "show", f"verify/CA-D-00012:{RECORD}")
    assert "\n  # Merged @everyone" in kept


def test_a_document_in_trouble_becomes_one_issue_updated_in_place(world, atlas, words):
    """After seven days a person is asked; the same issue is edited while it lasts and closed when it ends."""
    trouble = Trouble(
        Failure.SUSPECT, "The page holds 104 characters; the last good one 32,774.", SEEN
    )
    state = DocumentState(TERMS, trouble=trouble)
    world.run(with_states(atlas, state), words, SEEN + timedelta(days=6, hours=23))
    assert world.threads("issue") == []
    world.run(with_states(atlas, state), words, SEEN + timedelta(days=7))
    (issue,) = world.threads("issue")
    assert "104 characters" in issue["body"]
    worse = replace(state, trouble=replace(trouble, detail="The page holds 9 characters."))
    world.run(with_states(atlas, worse), words)
    (issue,) = world.threads("issue")
    assert "9 characters" in issue["body"]
    world.run(with_states(atlas, DocumentState(TERMS)), words)
    assert world.threads("issue") == []
    assert len(world.threads("issue", "closed")) == 1


def test_a_removed_clause_asks_a_person_and_edits_nothing(world, atlas, words):
    """There are no new words to put in, so it is an issue, with the lookalike that was there before."""
    alike = Wording("A sibling.", clause_sha256("A sibling."))
    state = changed(atlas, "CA-P-008335", ClauseState.REMOVED, words="", lookalike=alike)
    world.run(with_states(atlas, state), words)
    assert world.threads() == []
    (issue,) = world.threads("issue")
    assert issue["title"] == "CA-D-00012: CA-P-008335 removed"
    assert "A sibling." in issue["body"]


def test_a_term_in_a_silent_document_asks_for_a_look(world, words):
    """A silent record whose document now holds a term to look for is brought to a person, until it is read again."""
    sample = examine(ROOT / "tests" / "sample", AS_OF).atlas
    silent = next(p for p in sample.provisions.values() if p.is_silent and p.id)
    document = sample.documents[silent.platform, silent.document].id
    seen = TermSeen(document, silent.id, "arbitration", "Disputes go to @arbitration.")
    later = replace(STAMP, observed_at=datetime(2026, 11, 21, tzinfo=UTC))
    history = History(document, terms=((later, seen),), state=DocumentState(document))
    atlas = replace(sample, records=replace(sample.records, evidence=Evidence({document: history})))
    found = line.findings(atlas, words, NOW)
    assert [c.title for c in found.concerns] == [f"{document}: {silent.id} may no longer be silent"]
    assert "Disputes go to @arbitration." in found.concerns[0].body


def test_archived_copies_are_linked(atlas, words):
    """Where the archive holds copies, the pull request leads to them."""
    copy = Archived(
        PRIVACY,
        "https://a.example/",
        "https://web.archive.org/web/2026/x",
        SEEN,
        clause_in_memento=True,
    )
    finding = with_states(atlas, changed(atlas, "CA-P-008335"), archived=((STAMP, copy),))
    (proposal,) = line.findings(finding, words, NOW).proposals
    assert "<https://web.archive.org/web/2026/x>" in proposal.body


def test_a_body_stays_below_what_the_forge_takes(atlas, words):
    """What does not fit is named as left out, and the mark by which it is found again stays."""
    long = changed(atlas, "CA-P-008335", words="Word of a clause. " * 100)
    many = replace(long, clauses=long.clauses * 40)
    (proposal,) = line.findings(with_states(atlas, many), words, NOW).proposals
    assert len(proposal.body) <= BODY_LENGTH
    assert "left out here" in proposal.body
    assert proposal.body.rstrip().endswith(proposal.mark)


def test_evidence_is_committed_alone_and_publishing_is_started(world, atlas, words):
    """One commit holds the machine files and nothing else; checks and publishing are started by hand."""
    world.add_evidence()
    (world.root / "content" / "stray.md").write_text("not ours")
    world.run(with_states(atlas), words)
    assert git(world.origin, "show", "--name-only", "--format=%s%n%an", "main").split("\n")[:4] == [
        "Evidence: record what the sources say now", "Atlas verifier", "", "data/evidence/ledger/2026-06.jsonl",
    ]  # fmt: skip
    assert world.started() == [("check.yml", "main"), ("publish.yml", "main")]


def test_evidence_joins_a_branch_that_has_moved_on(world, atlas, words):
    """People merge while the sources are visited: the commit goes on top of theirs."""
    push_from_elsewhere(world, "content/about.md")
    world.add_evidence()
    world.run(with_states(atlas), words)
    assert git(world.origin, "log", "--format=%s", "-2", "main").split("\n")[:2] == [
        "Evidence: record what the sources say now", "Elsewhere",
    ]  # fmt: skip


def test_evidence_of_two_runs_is_never_mixed(world, atlas, words):
    """Where another run has recorded in the meantime, ours is dropped with a sentence."""
    push_from_elsewhere(world, "data/evidence/ledger/2026-06.jsonl")
    world.add_evidence(content='{"other": 1}\n')
    with pytest.raises(line.ProposeFault, match="another run has written"):
        world.run(with_states(atlas), words)


def test_a_protected_branch_gets_a_pull_request_that_merges_itself(world, atlas, words):
    """Where main takes no pushes, one pull request carries the evidence and merges when its checks pass."""
    hook = world.origin / "hooks" / "update"
    hook.write_text(
        '#!/bin/sh\n[ "$1" != refs/heads/main ] || { echo "GH006: Protected branch update failed" >&2; exit 1; }\n'
    )
    hook.chmod(0o755)
    for _ in range(2):
        world.add_evidence()
        world.run(with_states(atlas), words)
    (pull,) = world.threads()
    assert (pull["headRefName"], pull["base"], pull["auto"]) == ("verify/evidence", "main", True)
    assert world.started()[0] == ("check.yml", "verify/evidence")


def test_a_forge_that_fails_is_told_and_the_next_run_goes_on(world, atlas, words):
    """A bad gateway ends the run with what gh said; nothing is lost, and the next run completes it."""
    finding = with_states(atlas, changed(atlas, "CA-P-008335"))
    (world.gh / "broken").touch()
    with pytest.raises(ForgeFault, match="502: Bad Gateway"):
        world.run(finding, words)
    (world.gh / "broken").unlink()
    world.run(finding, words)
    assert len(world.threads()) == 1


def test_patches_apply(world, atlas, words, tmp_path):
    """`--to patch` writes what `git apply` takes, and touches no record."""
    found = line.findings(with_states(atlas, changed(atlas, "CA-P-008335")), words, NOW)
    line.to_patches(world.root, found, tmp_path / "out", world.said.append)
    assert git(world.root, "status", "--porcelain") == ""
    git(world.root, "apply", str(tmp_path / "out" / "CA-D-00012.patch"))
    assert "We train on all of it." in (world.root / RECORD).read_text()
    assert (tmp_path / "out" / "CA-D-00012.md").read_text().startswith("# CA-D-00012: 1 quotation")


def test_a_record_that_cannot_be_edited_is_left_alone_and_named(world, atlas, words):
    """One record that is not in order does not keep the others from being proposed."""
    (world.root / RECORD).write_text("nothing of a record")
    world.run(with_states(atlas, changed(atlas, "CA-P-008335")), words)
    assert world.threads() == []
    assert "was left alone" in " ".join(world.said)


def push_from_elsewhere(world, path):
    """Somebody else pushes a commit to main that changes one file."""
    other = world.root.parent / "other"
    git(world.root.parent, "clone", "-q", str(world.origin), str(other))
    (other / path).parent.mkdir(parents=True, exist_ok=True)
    (other / path).write_text("elsewhere\n")
    git(other, "add", "-A")
    git(other, "commit", "-q", "-m", "Elsewhere")
    git(other, "push", "-q", "origin", "main")
