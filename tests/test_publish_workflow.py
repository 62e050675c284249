"""Publishing as GitHub would run it: every job, step by step, on an origin that may move on or take no direct pushes."""

import base64
import hashlib
import json
import shutil
import subprocess

import pytest
import workflows
import worlds
from conftest import ROOT

from atlas.held import Held
from atlas.proof import root_line

JOBS = workflows.read((workflows.FOLDER / "publish.yml").read_text(encoding="utf-8"))["jobs"]
NEW = "content/platform/tinder/privacy-policy/newly-sent.md"
RECORD = worlds.provision(clause_type="terms-change-notice", stance="no-summary")


class Publishing:
    """The workflow, run after run, on one origin."""

    def __init__(self, place, once, *, thorough):
        self.runner, self.thorough = workflows.Runner(place, once), thorough
        self.origin, self.gh = self.runner.origin, place / "gh-state"
        self.runs = 0
        self.gh.mkdir()
        shutil.copy(ROOT / "tests" / "fake_gh.py", self.runner.programs / "gh")
        self.merge({NEW: RECORD})

    def merge(self, tree):
        """Put files on main, as a merged pull request does."""
        for path, text in tree.items():
            (self.origin / path).write_text(text, encoding="utf-8")
        self.runner.commit(self.origin)

    def git(self, *arguments):
        return subprocess.check_output(["git", *arguments], cwd=self.origin, text=True)

    def run(self, *, meanwhile=lambda: None):
        """Run every job whose condition holds; return the clone in which the site was built, and what the last step said.

        Only the first run is of processes, but with --long.
        """
        outputs, site = {}, None
        self.runner.by_process, self.runs = self.thorough or not self.runs, self.runs + 1
        for name, job in JOBS.items():
            if not self.is_due(name, outputs):
                continue
            clone, done = None, None
            for step in job["steps"]:
                action = workflows.action_of(step)
                given = {k: self.filled(v, outputs) for k, v in step.get("with", {}).items()}
                if action == "checkout":
                    clone = self.runner.checkout(is_whole=given.get("fetch-depth") == "0")
                    if given.get("ref"):
                        subprocess.run(
                            ["git", "checkout", "-q", given["ref"]], cwd=clone, check=True
                        )
                elif action == "attest":
                    outputs["bundle"] = bundle(given)
                elif action == "download-artifact":
                    self.handed_over(clone / given["path"], outputs)
                elif "run" in step:
                    if step["run"] == "./run commit":
                        meanwhile()
                    done = self.runner.run(
                        clone, step["run"], {"FAKE_GH": str(self.gh), "GH_TOKEN": "x"}
                    )
                    if done.returncode:
                        return None, done
            if clone:
                told = (clone.parent / "output").read_text(encoding="utf-8").split()
                outputs[name] = dict(line.split("=", 1) for line in told)
            site = clone if name == "build" else site
        return site, done

    @staticmethod
    def is_due(name, outputs):
        entered = outputs.get("enter", {})
        return {
            "kept": True,
            "enter": True,
            "attest": bool(entered.get("commit") and entered.get("root")),
            "stamp": bool(entered.get("commit") and entered.get("root")),
            "anchor": bool(entered.get("commit")),
            "build": bool(outputs.get("anchor", {}).get("commit")),
            "deploy": False,
        }[name]

    @staticmethod
    def filled(value, outputs):
        for job in ("enter", "anchor"):
            for key in ("commit", "root", "sha256"):
                told = outputs.get(job, {}).get(key, "")
                value = value.replace(f"${{{{ needs.{job}.outputs.{key} }}}}", told)
        return value

    @staticmethod
    def handed_over(folder, outputs):
        if "bundle" in outputs:
            (folder / "anchor-attestation").mkdir(parents=True)
            (folder / "anchor-attestation" / "attestation.json").write_bytes(outputs["bundle"])


def bundle(given):
    """Return what the action makes: a bundle that says what it is about."""
    assert given["subject-digest"].startswith("sha256:")
    digest = {"sha256": given["subject-digest"].removeprefix("sha256:")}
    statement = {"subject": [{"name": given["subject-name"], "digest": digest}]}
    payload = base64.b64encode(json.dumps(statement).encode()).decode()
    kind = "application/vnd.dev.sigstore.bundle.v0.3+json"
    return json.dumps({"mediaType": kind, "dsseEnvelope": {"payload": payload}}).encode() + b"\n"


def assert_publishable(clone, given):
    """GitHub Pages takes regular files that all may read, and hidden ones only when told."""
    site = clone / given["path"]
    assert (site / "index.html").is_file()
    assert (site / ".well-known" / "security.txt").is_file()
    assert given["include-hidden-files"] == "true"
    for path in site.rglob("*"):
        assert not path.is_symlink()
        assert path.stat().st_mode & 0o444 == 0o444


@pytest.fixture(scope="module")
def publishing(tmp_path_factory, once, thorough):
    return Publishing(tmp_path_factory.mktemp("publishing"), once, thorough=thorough)


def test_conditions_are_those_that_this_story_keeps():
    """What `is_due` says in Python is what the file says."""
    ours = "github.repository == 'clause-atlas/atlas'"
    entered = "needs.enter.outputs.commit != ''"
    told = {name: job["if"].removeprefix("${{ ").removesuffix(" }}") for name, job in JOBS.items()}
    assert told == {
        "kept": f"{ours} && github.ref == 'refs/heads/main'",
        "enter": f"{ours} && github.ref == 'refs/heads/main'",
        "attest": f"{ours} && {entered} && needs.enter.outputs.root != ''",
        "stamp": f"{ours} && {entered}",  # also an authority that was down before
        "anchor": f"!cancelled() && {ours} && {entered}",
        "build": f"!cancelled() && {ours} && needs.anchor.outputs.commit != ''",
        "deploy": f"!cancelled() && {ours} && needs.build.result == 'success'",
    }
    assert JOBS["enter"]["needs"] == "kept"
    assert JOBS["deploy"]["needs"] == "build"
    assert workflows.action_of(JOBS["build"]["steps"][-1]) == "upload-pages-artifact"


def test_what_goes_out_is_committed_before_it_is_built(publishing):
    """A new record gets its id, is entered, attested and committed; the site is built of that commit and of nothing else."""
    site, done = publishing.run()
    assert site, done.stdout + done.stderr
    assert_publishable(site, JOBS["build"]["steps"][-1]["with"])
    published = Held(publishing.origin).read().published
    (number,) = [one.id for one in published.given.values() if one.path == NEW]
    assert f"id: {number}\n" in publishing.git("show", f"main:{NEW}")
    assert (site / "site" / "id" / number / "index.html").is_file()
    newest = published.roots[-1]
    kept = json.loads(published.anchors[f"{newest.size}.sigstore.json"])
    statement = json.loads(base64.b64decode(kept["dsseEnvelope"]["payload"]))
    told = hashlib.sha256(root_line(newest)).hexdigest()
    assert statement["subject"] == [
        {"name": f"root-{newest.size}.json", "digest": {"sha256": told}}
    ]
    head = subprocess.check_output(["git", "rev-parse", "HEAD"], cwd=site, text=True)
    assert head == publishing.git("rev-parse", "main")
    subjects = publishing.git("log", "-2", "--format=%s|%an", "main").splitlines()
    assert subjects == ["Published: enter what goes out now|Clause Atlas publisher"] * 2


def test_where_main_moves_on_nothing_is_published(publishing):
    """A record that is merged while a run enters: the run stops with a sentence before anything is built."""
    publishing.merge({NEW.replace("newly-sent", "second"): RECORD})
    other = {NEW.replace("newly-sent", "third"): RECORD}
    site, done = publishing.run(meanwhile=lambda: publishing.merge(other))
    assert site is None
    assert done.returncode == 2
    assert "main has moved on since this run checked it out" in done.stderr
    assert publishing.git("log", "-1", "--format=%s", "main").strip() == "As it stands"


def test_where_what_was_published_is_gone_nothing_is_entered(publishing):
    """A merged change that takes the machine files away stops the run that would begin anew, until they are back."""
    publishing.git("rm", "-r", "-q", "data/published")
    publishing.merge({})
    site, done = publishing.run()
    assert site is None
    assert done.returncode == 1
    last = publishing.git("rev-parse", "published")[:10]
    assert f"data/published was published in {last} and holds nothing here" in done.stdout
    publishing.git("checkout", "-q", last, "--", "data/published")
    publishing.merge({})


@pytest.mark.long
def test_where_main_is_protected_it_waits_in_a_pull_request(publishing):
    """What was entered waits in one pull request; once that is merged a run finds nothing new, and publishes it all."""
    hook = publishing.origin / ".git" / "hooks" / "pre-receive"
    hook.write_text(
        "#!/bin/sh\nwhile read old new ref; do\n"
        'test "$ref" = refs/heads/main && echo "GH006: Protected branch update failed" >&2 && exit 1\n'
        "done; exit 0\n"
    )
    hook.chmod(0o755)
    publishing.merge({NEW.replace("newly-sent", "fourth"): RECORD})
    for _ in range(2):
        site, done = publishing.run()
        assert site is None
        assert done.returncode == 0, done.stderr
        assert "waits in the pull request of publish/entered" in done.stdout
    threads = json.loads((publishing.gh / "state.json").read_text())["threads"]
    assert [(t["headRefName"], t["base"], t["state"]) for t in threads] == [
        ("publish/entered", "main", "open")
    ]
    hook.unlink()
    publishing.git("merge", "-q", "--ff-only", "publish/entered")
    publishing.git("reset", "-q", "--hard")
    site, done = publishing.run()
    assert site, done.stdout + done.stderr
    for name in ("second", "third", "fourth"):
        assert (site / "site" / f"platform/tinder/privacy-policy/{name}/index.html").is_file()
