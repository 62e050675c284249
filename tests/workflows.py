"""What the tests of the workflows stand on: reading them, the rules that they keep, and a runner without GitHub."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import chromium
import door
import yaml
from conftest import ROOT

from atlas.commands import Verbs

FOLDER = ROOT / ".github" / "workflows"
RUNNER = "ubuntu-24.04"
COMMAND = re.compile(r"\./run [a-z]+( --?[a-z-]+(=[\w./-]+)?)*")
ACTION = re.compile(r"[\w-]+(/[\w-]+)+@[0-9a-f]{40}")
MAY_WRITE = {
    "checkout",
    "./run assign",
    "./run commit",
    "./run register",
    "./run register --anchors=anchors",
    "./run verify --merge=looks --incomplete",
    "./run propose --to=github",
}
"""What a job that may write runs, where no stranger can start it: nothing that fetches, tests or builds."""
SECRETS = {"secrets.ATLAS_ARCHIVE_KEY", "secrets.ATLAS_ARCHIVE_SECRET"}
"""An account that can do nothing but ask the Internet Archive for copies."""
STEP_KEYS = {"name", "id", "uses", "with", "run", "env"}

WITHOUT_RECURSION = {
    "./run test": "./run test --collect-only -q",
    "./run audit": "./run audit --help",
}
"""Steps that would run this very test, or half an hour of other tools: these only show that they start."""


def read(text):
    """Return a workflow; every value is text, so that the key `on` does not become True."""
    return yaml.load(text, Loader=yaml.BaseLoader)


def faults(text):
    """Yield what a workflow does that ours do not do."""
    workflow = read(text)
    yield from _faults_of_workflow(workflow)
    for name, job in workflow["jobs"].items():
        yield from (f"{name}: {fault}" for fault in _faults_of_job(workflow, job))
    for line in text.split("\n"):
        if "uses:" in line and not re.search(r"# v\d+\.\d+\.\d+$", line):
            yield f"no version beside {line.strip()}"
    if set(re.findall(r"secrets\.\w+", text)) - SECRETS:
        yield "a secret"


def _faults_of_workflow(workflow):
    triggers = workflow["on"]
    if workflow.get("permissions") != {}:
        yield "permissions on top are not empty"
    if not workflow.get("concurrency", {}).get("group"):
        yield "no concurrency"
    for trigger in {"pull_request_target", "workflow_run"} & set(triggers):
        yield f"trigger {trigger}"
    for entry in triggers.get("schedule", ()) if isinstance(triggers, dict) else ():
        if entry["cron"].split()[0] in {"0", "30", "*"}:
            yield f"cron {entry['cron']}"


def _faults_of_job(workflow, job):
    permissions = job.get("permissions")
    if not isinstance(permissions, dict) or not permissions:
        yield "no permissions of its own"
        permissions = {}
    if "timeout-minutes" not in job:
        yield "no timeout"
    if job.get("runs-on") != RUNNER:
        yield f"runs on {job.get('runs-on')}"
    writes = {name for name, degree in permissions.items() if degree != "read"}
    if writes and "pull_request" in workflow["on"]:
        yield "may write, and runs what strangers send"
    if writes and "github.repository == 'clause-atlas/atlas'" not in job.get("if", ""):
        yield "may write in a fork"
    triggers = workflow["on"]
    is_ours = set(triggers) <= {"schedule", "workflow_dispatch"} or (
        set(triggers) <= {"schedule", "workflow_dispatch", "push"}
        and triggers["push"] == {"branches": ["main"]}
    )
    for step in job["steps"]:
        yield from _faults_of_step(step)
        runs = "run" in step or "checkout" in step.get("uses", "")
        if writes and runs and not (is_ours and step.get("run", "checkout") in MAY_WRITE):
            yield f"may write, and runs {step.get('run') or step['uses']}"


def _faults_of_step(step):
    for key in step.keys() - STEP_KEYS:
        yield f"a step with {key}"
    if "run" in step and not COMMAND.fullmatch(step["run"]):
        yield f"not one ./run command: {step['run']}"
    if "uses" in step and not ACTION.fullmatch(step["uses"]):
        yield f"not pinned by its hash: {step['uses']}"
    action = action_of(step)
    if action == "checkout" and step.get("with", {}).get("persist-credentials") != "false":
        yield "leaves its token behind"
    if action == "cache" or "cache" in step.get("with", {}):
        yield "a cache"


def action_of(step):
    """Return the name of a step's action without its owner, or nothing."""
    return step.get("uses", "").partition("@")[0].partition("/")[2]


class Runner:
    """A machine of GitHub's as far as steps can tell: a fresh checkout for each job, files to answer in, a browser."""

    def __init__(self, place, once, *, by_process=True):
        """Take what a commit of this checkout as it stands would hold; `place` is an empty folder, `once` the fixture.

        Where it is not told to run commands `by_process`, those of the program go through its door in this process.
        """
        self._place, self._origin, self._jobs = place, place / "origin", 0
        self.by_process = by_process
        shutil.copytree(once("origin", _fill), self._origin, symlinks=True)
        programs = place / "programs"
        programs.mkdir()
        if chromium.program():
            (programs / "google-chrome").symlink_to(chromium.program())
        self.programs, self.origin = programs, self._origin
        self._path = f"{programs}{os.pathsep}{os.environ['PATH']}"

    def commit(self, folder):
        """Commit everything in a folder."""
        _commit(folder)

    def checkout(self, *, is_whole=False):
        """Return a fresh clone of one commit, or of all branches, in which packages need not be installed again, nor our own modules compiled."""
        self._jobs += 1
        clone = self._place / f"job-{self._jobs}" / "atlas"
        depth = () if is_whole else ("--depth=1",)
        _git(self._place, "clone", "-q", *depth, f"file://{self._origin}", str(clone))
        venv = clone / ".venv"
        venv.mkdir()
        for name in ("bin", "lib", "pyvenv.cfg"):
            (venv / name).symlink_to(Path(sys.prefix) / name)
        for compiled in (self._origin / "atlas").rglob("__pycache__"):
            shutil.copytree(compiled, clone / compiled.relative_to(self._origin))
        # What `run` writes when it has set a .venv up, in its own words.
        own = "eval \"$(sed -n '/^stamp()/,/^}/p; /^requirements()/p' run)\""
        for packages in ("runtime", "dev"):
            stamp = subprocess.check_output(
                ["sh", "-c", f"{own}; stamp {packages}"], cwd=clone, text=True
            )
            (venv / f".atlas-{packages}").write_text(stamp, encoding="utf-8")
        return clone

    def run(self, clone, command, env):
        """Run a step's command as a runner would; return what came of it. `summary` is what it says on the run's page."""
        if command == "./run lint" and (ROOT / ".mypy_cache").is_dir():
            shutil.copytree(ROOT / ".mypy_cache", clone / ".mypy_cache")
        answers = {name: clone.parent / name.lower() for name in ("OUTPUT", "STEP_SUMMARY", "ENV")}
        for file in answers.values():
            file.touch()
        event = clone.parent / "event.json"
        event.write_text('{"number": 7, "pull_request": {"number": 7}}', encoding="utf-8")
        variables = {
            "PATH": self._path,
            "HOME": os.environ.get("HOME", str(self._place)),
            "LANG": "C.UTF-8",
            "CI": "true",
            "GITHUB_ACTIONS": "true",
            "GITHUB_EVENT_NAME": "pull_request",
            "GITHUB_EVENT_PATH": str(event),
            "GITHUB_REF": "refs/pull/7/merge",
            "GITHUB_REPOSITORY": "clause-atlas/atlas",
            "GITHUB_SHA": _git(clone, "rev-parse", "HEAD").strip(),
            "GITHUB_WORKSPACE": str(clone),
            **{f"GITHUB_{name}": str(file) for name, file in answers.items()},
            **env,
        }
        program, verb, *words = command.split()
        if not self.by_process and program == "./run" and verb in Verbs():
            here = {**variables, "ATLAS_PROGRAM": "./run", "ATLAS_FROM": str(clone)}
            done = door.typed(verb, *words, cwd=clone, env=here, clear=True)
        else:
            done = subprocess.run(
                ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", command],
                cwd=clone,
                env=variables,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                check=False,
            )
        done.summary = answers["STEP_SUMMARY"].read_text(encoding="utf-8")
        return done


def _fill(origin):
    """Make a repository of what a commit of this checkout as it stands would hold, with its modules compiled."""
    listed = _git(ROOT, "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).is_file():
            (origin / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, origin / name)
    _git(origin, "init", "-q", "-b", "main")
    _git(origin, "config", "receive.denyCurrentBranch", "updateInstead")
    _commit(origin)
    # Once, as packages are installed once: checked by its hash, what was compiled is good for every clone.
    modes = ["--invalidation-mode", "checked-hash"]
    subprocess.run([sys.executable, "-m", "compileall", "-q", *modes, origin / "atlas"], check=True)


def _commit(folder):
    _git(folder, "add", "-A")
    who = ("-c", "user.name=Runner", "-c", "user.email=runner@sample.example")
    _git(folder, *who, "commit", "-q", "--no-gpg-sign", "--allow-empty", "-m", "As it stands")


def _git(folder, *arguments):
    return subprocess.check_output(["git", *arguments], cwd=folder, text=True)
