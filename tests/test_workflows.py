"""The workflows: what they are allowed, that other tools find nothing in them, and that every step runs."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
import workflows
import worlds
from conftest import ROOT

FILES = sorted(workflows.FOLDER.glob("*.yml"))
JOBS = [
    (file, name)
    for file in FILES
    if file.name
    not in {"publish.yml", "verify.yml"}  # stories of their own: test_publish_workflow.py and so on
    for name in workflows.read(file.read_text())["jobs"]
]
GITHUB = ROOT / ".github"
PROGRAMS = Path(sys.executable).parent
RECORD = "content/platform/anthropic/claudeai-terms-of-service/model-training-data-use-and-opt-out-carve-outs.md"

GOOD = """\
name: Good
on:
  push:
permissions: {}
concurrency:
  group: good
jobs:
  one:
    if: github.repository == 'clause-atlas/atlas'
    runs-on: ubuntu-24.04
    timeout-minutes: 5
    permissions:
      contents: read
    steps:
      - uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1
        with:
          persist-credentials: false
      - run: ./run check --format=github
"""
"""A workflow that keeps every rule; each line below breaks one."""

BAD = {
    "permissions on top are not empty": ("permissions: {}", "permissions: read-all"),
    "no concurrency": ("concurrency:\n  group: good\n", ""),
    "trigger pull_request_target": ("  push:", "  pull_request_target:"),
    "trigger workflow_run": ("  push:", "  workflow_run:\n    workflows: [Check]"),
    "cron 0 5 * * *": ("  push:", "  schedule:\n    - cron: 0 5 * * *"),
    "one: no permissions of its own": ("    permissions:\n      contents: read\n", ""),
    "one: no timeout": ("    timeout-minutes: 5\n", ""),
    "one: runs on ubuntu-latest": ("ubuntu-24.04", "ubuntu-latest"),
    "one: may write, and runs what strangers send": (
        "  push:\npermissions: {}",
        "  pull_request:\npermissions: {}",
    ),
    "one: may write in a fork": ("    if: github.repository == 'clause-atlas/atlas'\n", ""),
    "one: may write, and runs ./run check --format=github": ("contents: read", "contents: write"),
    "one: may write, and runs ./run propose --to=github": (
        "./run check --format=github",
        "./run propose --to=github",
    ),
    "one: a step with shell": ("      - run:", "      - shell: bash\n        run:"),
    "one: a step with continue-on-error": ("- run:", "- continue-on-error: true\n        run:"),
    "one: not one ./run command: ./run check | tee log": (
        "check --format=github",
        "check | tee log",
    ),
    "one: not one ./run command: ./run check ${{ github.head_ref }}": (
        "check --format=github",
        "check ${{ github.head_ref }}",
    ),
    "one: not one ./run command: pip install atlas": (
        "./run check --format=github",
        "pip install atlas",
    ),
    "one: not pinned by its hash: actions/checkout@v7": (
        "3d3c42e5aac5ba805825da76410c181273ba90b1",
        "v7",
    ),
    "no version beside - uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1": (
        " # v7.0.1",
        "",
    ),
    "one: leaves its token behind": ("        with:\n          persist-credentials: false\n", ""),
    "one: a cache": (
        "persist-credentials: false",
        "persist-credentials: false\n          cache: pip",
    ),
    "a secret": (
        "      - run:",
        "      - env:\n          TOKEN: ${{ secrets.TOKEN }}\n        run:",
    ),
}
WRITES = {
    "one: may write in a fork",
    "one: may write, and runs what strangers send",
    "one: may write, and runs ./run propose --to=github",
}
"""Rules on jobs that may write; the good one reads only."""


def spoilt(fault):
    text = GOOD.replace("contents: read", "contents: write") if fault in WRITES else GOOD
    old, new = BAD[fault]
    assert old in text
    return text.replace(old, new)


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.name)
def test_our_workflows_keep_the_rules(path):
    """Least rights, pinned actions, one runner, time limits, and no logic: a step is one `./run` command."""
    assert list(workflows.faults(path.read_text(encoding="utf-8"))) == []


def test_a_workflow_that_keeps_the_rules_is_not_blamed():
    """What the spoilt ones are made from has no fault of its own."""
    assert list(workflows.faults(GOOD)) == []


@pytest.mark.parametrize("fault", BAD)
def test_each_rule_finds_what_breaks_it(fault):
    """A rule that could not fail would guard nothing."""
    assert fault in list(workflows.faults(spoilt(fault)))


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.name)
def test_every_step_is_a_command_that_there_is(path):
    """`./run help` lists what the steps call."""
    known = re.findall(r"^  (\w+)  ", (ROOT / "run").read_text(encoding="utf-8"), re.MULTILINE)
    steps = [s for job in workflows.read(path.read_text())["jobs"].values() for s in job["steps"]]
    assert {step["run"].split()[1] for step in steps if "run" in step} <= set(known)


def zizmor(folder):
    command = [PROGRAMS / "zizmor", "--offline", "--persona=auditor", "--no-progress", folder]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_zizmor_finds_nothing(tmp_path):
    """The auditor of workflows is silent in its strictest mood, and is not silent on a bad one."""
    ours = zizmor(GITHUB)
    assert ours.returncode == 0, ours.stdout + ours.stderr
    assert "No findings to report" in ours.stdout + ours.stderr
    bad = tmp_path / ".github" / "workflows"
    bad.mkdir(parents=True)
    (bad / "bad.yml").write_text(
        spoilt("one: not one ./run command: ./run check ${{ github.head_ref }}")
    )
    assert "template-injection" in zizmor(tmp_path).stdout


@pytest.mark.parametrize(
    ("schema", "pattern"),
    [
        ("github-workflows", "workflows/*.yml"),
        ("dependabot", "dependabot.yml"),
        ("github-issue-forms", "ISSUE_TEMPLATE/?[!o]*.yml"),
        ("github-issue-config", "ISSUE_TEMPLATE/config.yml"),
    ],
)
def test_every_file_has_the_form_that_github_reads(schema, pattern, tmp_path):
    """GitHub ignores a file with a slip in it, mostly without a word."""
    files = sorted(GITHUB.glob(pattern))
    assert files
    command = [PROGRAMS / "check-jsonschema", "--builtin-schema", f"vendor.{schema}"]
    done = subprocess.run([*command, *files], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    bad = tmp_path / "bad.yml"
    bad.write_text("jobs: 1\nversion: one\nblank_issues_enabled: perhaps\n")
    assert subprocess.run([*command, bad], capture_output=True, check=False).returncode == 1


def test_everything_we_build_on_is_kept_fresh():
    """Each list of what we depend on is watched, weekly, in one pull request, a week after a release."""
    updates = workflows.read((GITHUB / "dependabot.yml").read_text())["updates"]
    assert {(u["package-ecosystem"], u["directory"]) for u in updates} == {
        ("github-actions", "/"),
        ("pip", "/"),
        ("npm", "/tests/audit"),
    }
    for update in updates:
        assert update["schedule"]["interval"] == "weekly"
        assert update["cooldown"] == {"default-days": "7"}
        assert [group["patterns"] for group in update["groups"].values()] == [["*"]]
    assert (ROOT / "tests" / "audit" / "package-lock.json").is_file()


@pytest.fixture(scope="module")
def runner(tmp_path_factory, once):
    return workflows.Runner(tmp_path_factory.mktemp("runner"), once)


@pytest.fixture
def quick(runner, thorough):
    """The same runner, which starts no process for a command of the program, but with --long."""
    runner.by_process = thorough
    yield runner
    runner.by_process = True


@pytest.mark.browser
@pytest.mark.parametrize(("path", "name"), JOBS, ids=lambda value: getattr(value, "stem", value))
def test_every_step_runs(runner, path, name):
    """Each job's steps, in order, in a fresh clone: every command ends with 0, and every action finds what it is handed.

    `./run test` and `./run audit` are only seen to start (`WITHOUT_RECURSION`): the first would run this very test.
    """
    jobs = workflows.read(path.read_text(encoding="utf-8"))["jobs"]
    clone = None
    for step in jobs[name]["steps"]:
        action = workflows.action_of(step)
        if action == "checkout":
            clone = runner.checkout()
        else:
            command = workflows.WITHOUT_RECURSION.get(step["run"], step["run"])
            done = runner.run(clone, command, jobs[name].get("env", {}))
            assert done.returncode == 0, f"{step['run']}\n{done.stdout}{done.stderr}"
            assert "Setting up" not in done.stderr


def commands(workflow, job):
    jobs = workflows.read((workflows.FOLDER / workflow).read_text(encoding="utf-8"))["jobs"]
    return [step["run"] for step in jobs[job]["steps"] if "run" in step]


def test_a_pull_request_that_breaks_a_record_is_told_where(quick):
    """The check fails with a mark on the line and a table on the run's page, and no site comes of it."""
    clone = quick.checkout()
    record = clone / RECORD
    text = record.read_text(encoding="utf-8")
    line = text.split("\n").index("stance: opt-out-with-carve-outs") + 1
    record.write_text(text.replace("\nstance: opt-out", "\nstance: opt-oot"), encoding="utf-8")
    check, build = commands("check.yml", "records")
    done = quick.run(clone, check, {})
    assert done.returncode == 1
    assert f"::error file={RECORD},line={line},col=9," in done.stdout
    assert done.summary.startswith("### ")
    assert "1 problem" in done.summary
    assert done.summary.count("\n| ") == 3, "head, rule, one row"
    assert quick.run(clone, build, {}).returncode == 1
    assert not (clone / "site").exists()


def test_a_pull_request_with_a_new_record_passes(quick):
    """A record without an id is what contributors send: it passes the check, and only publishing waits for its number."""
    clone = quick.checkout()
    new = clone / "content/platform/tinder/privacy-policy/newly-sent.md"
    new.write_text(worlds.provision(clause_type="terms-change-notice", stance="no-summary"))
    for command in commands("check.yml", "records"):
        done = quick.run(clone, command, {})
        assert done.returncode == 0, done.stdout
    *_, build = commands("publish.yml", "build")
    done = quick.run(clone, build, {})
    assert done.returncode == 1
    assert "newly-sent.md" in done.stdout
    assert "[unassigned-id]" in done.stdout
