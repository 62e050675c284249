"""The door: verbs, exit codes, and no traceback whatever people type."""

import hashlib
import json
import os
import subprocess
import sys

import pytest
from conftest import ROOT, copy_atlas
from door import apart
from door import typed as run


@pytest.fixture
def broken(tmp_path):
    root = copy_atlas(tmp_path / "atlas")
    record = root / "content/platform/tinder/privacy-policy/profiling-explained-in-an-faq.md"
    record.write_text(
        record.read_text(encoding="utf-8").replace("stance: ", "stance: x"), encoding="utf-8"
    )
    return root


def test_clean_records_exit_0():
    """Clean records: one line that says how much was examined."""
    result = apart("check", "--as-of", "2026-11-22")
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout.startswith("8 provisions, 10 documents, 7 platforms,")
    assert result.stdout.endswith("examined: no problems\n")


def test_problems_exit_1(broken):
    """Problems in records: exit 1, with place, code, source, caret and way out."""
    result = apart("--root", broken, "check")
    assert result.returncode == 1
    assert "profiling-explained-in-an-faq.md:6:9:" in result.stdout
    assert "[unknown-reference]" in result.stdout
    assert "^^^^" in result.stdout
    assert "did you mean" in result.stdout


def test_paths_narrow_what_is_shown(broken):
    """With paths only their problems are shown; everything is examined all the same."""
    assert run("--root", broken, "check", broken / "content/platform/deepl").returncode == 0
    assert run("--root", broken, "check", broken / "content/platform/tinder").returncode == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["check", "nowhere.md"], "there is no nowhere.md"),
        (["check", "/etc"], "is not in this atlas"),
        (["check", "tests"], "holds no record"),
        (["check", "--format", "xml"], "xml"),
        (["build", "--as-of", "tomorrow"], "`tomorrow` is not a date"),
        (["build", "--base-url", "example.org"], "is not an address"),
        (["build", "--output", "tests"], "files that no build wrote"),
        (["build", "--workers", "0"], "0"),
        (["biuld"], "biuld"),
        (["fingerprint", "--form", "clause-v1", "nowhere.txt"], "there is no nowhere.txt"),
        (["fingerprint", "--form", "clause-v1", "tests"], "tests is a folder"),
        (["fingerprint", "--form", "text-v2", "README.md"], "text-v2"),
        (["fingerprint", "--form", "text-v1", "docs/provision.png"], "is not UTF-8: byte 1"),
        (["fingerprint", "README.md"], "--form"),
        (
            ["assign", "--repository", "someone/fork"],
            "ids are given out in clause-atlas/atlas only",
        ),
        (["--root", "nowhere", "check"], "nowhere"),
    ],
)
def test_misuse_exits_2_with_a_sentence(arguments, said):
    """A wrong argument, path or place: exit 2, a sentence, no traceback."""
    result = run(*arguments)
    assert result.returncode == 2, result.stdout + result.stderr
    assert said in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["check", "--as-of", "9" * 70_000], f"`{'9' * 120}…` is not a date"),
        (["fingerprint", "--form", "text-v1", "none\nhere"], "error: there is no none here"),
    ],
)
def test_what_was_pasted_by_mistake_is_not_printed_whole(arguments, said):
    """A sentence stays one that can be read, on one line, whatever it has to repeat."""
    result = run(*arguments)
    assert result.returncode == 2
    assert said in result.stderr
    assert len(result.stderr) < 1_300
    assert "\N{REPLACEMENT CHARACTER}" not in result.stderr


def test_nothing_to_examine_exits_2(tmp_path):
    """A folder without an atlas is not a clean one."""
    result = run("--root", tmp_path, "check")
    assert result.returncode == 2
    assert "there is no data/site.yaml" in result.stdout


def test_fingerprints():
    """The hash with its form before it, of a file or of standard input; of a text it is what `sha256sum` says of the held file."""
    for form, words, folded in [
        ("clause-v1", "  “hello\n world” ", '"hello world"'),
        ("text-v1", "“One”\r\n\r\n  two\t2 \r\n", "“One”\ntwo 2\n"),
    ]:
        done = run("fingerprint", "--form", form, "-", given=words)
        wanted = hashlib.sha256(folded.encode()).hexdigest()
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout == f"{form}:sha256:{wanted}\n"


def test_json_report(broken):
    """The JSON form holds every problem with its place."""
    tree = json.loads(run("--root", broken, "check", "--format", "json").stdout)
    assert tree["examined"]["provisions"] == 8
    assert tree["problems"][0]["code"] == "unknown-reference"
    assert tree["problems"][0]["line"] == 6


def test_help_needs_no_library_that_it_does_not_use():
    """`--help` and `--version` import neither models nor templates."""
    script = "import sys, atlas.cli\nassert not {'pydantic', 'jinja2', 'yaml', 'rich', 'httpx', 'starlette'} & set(sys.modules), sys.modules.keys()"
    subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=True)
    assert apart("--version").stdout.startswith("atlas, version ")
    assert "serve" in apart("--help").stdout


def test_check_draws_nothing():
    """A check imports no template engine: it starts at once."""
    script = "import sys, atlas.examine\nassert not {'jinja2', 'rich', 'starlette', 'pagefind_bin'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=True)


def test_a_reader_that_goes_away_is_no_fault(broken):
    """`check | head` ends quietly."""
    child = subprocess.Popen(
        f"'{sys.executable}' -m atlas --root '{broken}' check | true",
        shell=True,
        cwd=ROOT,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert child.communicate()[1] == ""


def test_a_terminal_without_utf8_stops_nothing(broken):
    """Where the terminal knows ASCII only, problems are printed all the same."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "ascii:strict"}
    record = broken / "content/platform/tinder/privacy-policy/profiling-explained-in-an-faq.md"
    record.write_text(
        record.read_text(encoding="utf-8").replace("title: ", "title: ‘é’ ", 1), encoding="utf-8"
    )
    result = subprocess.run(
        [sys.executable, "-m", "atlas", "--root", str(broken), "check"],
        env=environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 1
    assert "Traceback" not in result.stderr
