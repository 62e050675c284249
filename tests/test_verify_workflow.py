"""The scheduled look as GitHub would run it: both jobs, step by step, with captures in place of the world and a `gh` of ours."""

import json
import shutil
import subprocess
from datetime import UTC, datetime, timedelta

import pytest
import workflows
from conftest import AS_OF, ROOT

from atlas.examine import examine
from atlas.model import Body, Fetched
from atlas.warc import Capture, captures

START = datetime(2026, 1, 5, 5, 17, tzinfo=UTC)  # before any clock that runs this
PRIVACY = "CA-D-00012"
RECORD = "content/platform/anthropic/anthropic-privacy-policy/model-training-opt-out-with-safety-review-carve-out.md"
FILLER = "".join(
    f"Part {n} of this agreement says that the number {n * 7} stands for what both sides owe each other.\n\n"
    for n in range(1, 30)
)


def job(name):
    return workflows.read((workflows.FOLDER / "verify.yml").read_text())["jobs"][name]


class Schedule:
    """The workflow, run after run, on one origin."""

    def __init__(self, place, once, *, thorough):
        self.runner, self.thorough = workflows.Runner(place, once), thorough
        self.place, self.origin, self.looks = place, self.runner.origin, 0
        for name in ("ledger", "documents", "texts"):  # the story begins before the first look
            shutil.rmtree(self.origin / "data" / "evidence" / name, ignore_errors=True)
        self.runner.commit(self.origin)
        self.gh = place / "gh-state"
        self.gh.mkdir()
        shutil.copy(ROOT / "tests" / "fake_gh.py", self.runner.programs / "gh")
        self.atlas = examine(ROOT, AS_OF).atlas

    def captured(self, folder, reworded):
        """Write what the sources would have answered at this look; return the name of the file."""
        at = START + timedelta(hours=12 * self.looks)
        self.looks += 1
        name = at.strftime("%Y%m%dT%H%M%SZ")
        with captures(folder, name, "tests") as file:
            for document in self.atlas.documents.values():
                if document.sources:
                    clauses = [
                        p.clause for p in self.atlas.by_document.get(document.key, ()) if p.clause
                    ]
                    if document.id == PRIVACY and reworded:
                        clauses = [
                            c.replace("improve our Services", "improve all of our products")
                            for c in clauses
                        ]
                    text = FILLER + "\n\n".join(clauses) + "\n\n" + FILLER.replace("Part", "Annex")
                    url = document.sources[0].url
                    body = Body(url, url, 200, "text/plain; charset=utf-8", text.encode())
                    file.keep(Capture(Fetched(document.id, at, (body,)), "first", "not stated"))
        return f"{name}.warc.gz"

    def run(self, *, reworded=False):
        """Run both jobs; return what each command printed. Only the first is of processes, but with --long."""
        self.runner.by_process = self.thorough or not self.looks
        look, said = self.runner.checkout(), []
        file = self.captured(look / "web", reworded)
        for step in job("look")["steps"]:
            if "run" in step:
                said.append(
                    self.step(look, f"{step['run']} --from-warc=web/{file}", {"ATLAS_SHARD": "1/1"})
                )
            elif workflows.action_of(step) == "upload-artifact":
                handed = look / step["with"]["path"]
        record = self.runner.checkout()
        for step in job("record")["steps"]:
            if "run" in step:
                said.append(self.step(record, step["run"], {"GH_TOKEN": "none"}))
            elif workflows.action_of(step) == "download-artifact":
                # The action makes one folder for each artifact where several may come.
                shutil.copytree(handed, record / step["with"]["path"] / "look-0")
        return said

    def step(self, clone, command, env):
        done = self.runner.run(clone, command, {"FAKE_GH": str(self.gh), **env})
        assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
        return done

    def git(self, *arguments):
        return subprocess.check_output(["git", *arguments], cwd=self.origin, text=True)

    def threads(self, noun, state="open"):
        file = self.gh / "state.json"
        kept = json.loads(file.read_text())["threads"] if file.exists() else []
        return [t for t in kept if (t["noun"], t["state"]) == (noun, state)]

    def started(self):
        calls = [json.loads(c) for c in (self.gh / "calls.jsonl").read_text().splitlines()]
        return [(c[2], c[c.index("--ref") + 1]) for c in calls if c[:2] == ["workflow", "run"]]


@pytest.fixture(scope="module")
def schedule(tmp_path_factory, once, thorough):
    return Schedule(tmp_path_factory.mktemp("schedule"), once, thorough=thorough)


def test_a_rewording_goes_from_the_source_to_a_pull_request(schedule):
    """First look, first sight, confirmation, second run without news, and back: each does what it should and no more."""
    people = schedule.git("ls-tree", "-r", "main", "content")

    schedule.run()
    assert (
        schedule.git("log", "-1", "--format=%s", "main").strip()
        == "Evidence: record what the sources say now"
    )
    changed = schedule.git("show", "--name-only", "--format=", "main").split()
    assert changed
    assert all(path.startswith("data/evidence/") for path in changed)
    assert schedule.threads("pr") == []
    assert schedule.started() == [("check.yml", "main"), ("publish.yml", "main")]

    schedule.run(reworded=True)
    seen = schedule.git("show", "--format=", "main", "--", "data/evidence/ledger")
    (line,) = [row for row in seen.splitlines() if row.startswith("+") and '"kind":"clause"' in row]
    assert '"state":"reworded"' in line
    assert '"confirmed":false' in line
    assert schedule.threads("pr") == []

    schedule.run(reworded=True)
    (pull,) = schedule.threads("pr")
    assert pull["title"] == f"{PRIVACY}: 1 quotation has changed"
    assert "improve all of our products" in schedule.git("show", f"verify/{PRIVACY}:{RECORD}")
    assert ("check.yml", f"verify/{PRIVACY}") in schedule.started()

    before = schedule.git("rev-parse", f"verify/{PRIVACY}")
    schedule.run(reworded=True)
    assert schedule.git("rev-parse", f"verify/{PRIVACY}") == before
    assert len(schedule.threads("pr")) == 1
    assert schedule.git("ls-tree", "-r", "main", "content") == people, (
        "no file of a person was touched"
    )
