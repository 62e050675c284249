"""The script of twenty lines: with Python alone, in a folder of its own, it says what the command says."""

import json
import shutil
import subprocess
import sys

import citation_cases
import pytest
from citation_cases import cases, exhibit
from conftest import ROOT

from atlas.canonical import clause_v1
from atlas.citation_check import check
from atlas.urls import VERIFY_SCRIPT

SCRIPT = ROOT / "templates" / "verify.py"
SAID = {
    "frozen-record": "has its SHA-256",
    "clause-hash": "the hash of its quotation",
    "text-hash": "the text of its document",
    "inclusion": "every path leads",
    "root": "its roots are lines",
}
"""How each check is told."""
VERDICTS = {"pass": "pass", "FAIL": "fail", "not checked": "not-checked"}


def run(folder):
    """Run the script there, without any package; return its exit code and its lines."""
    shutil.copy(SCRIPT, folder)
    done = subprocess.run(
        [sys.executable, "-I", "-S", "verify.py"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Traceback" not in done.stderr, done.stderr
    return done.returncode, done.stdout.splitlines()


def saved(of, folder):
    """Write the files of an exhibit to a folder, flat beside each other."""
    folder.mkdir()
    for file in (of.record, of.proof, of.roots, *of.texts.values(), *of.log.values()):
        if file:
            (folder / file.name).write_bytes(file.content)
    return folder


def verdicts(lines):
    told = {}
    for line in lines:
        verdict = next(v for v in VERDICTS if line.startswith(v))
        code = next((c for c, words in SAID.items() if words in line), None)
        if code:
            told[code] = VERDICTS[verdict]
    return told


def test_it_has_twenty_lines_and_needs_nothing():
    """At most twenty, of the standard library alone."""
    lines = SCRIPT.read_text(encoding="utf-8").splitlines()
    assert len(lines) <= 20
    imports = [line for line in lines if "import " in line]
    assert imports == ["import hashlib, json, re, sys, unicodedata; from pathlib import Path"]


def test_it_is_published(built_sample):
    """At its address, as it stands here."""
    assert (built_sample / VERIFY_SCRIPT.removeprefix("/")).read_bytes() == SCRIPT.read_bytes()


@pytest.mark.parametrize("number", [1, 2, 3, 4, 5, 6])
def test_sound_citations_pass(tmp_path, number):
    """What it can check of a sound citation passes, and it agrees with the command."""
    of = exhibit(number)
    code, lines = run(saved(of, tmp_path / "saved"))
    found = check(of)
    assert code == 0, lines
    assert verdicts(lines) == {code: found[code].verdict.value for code in SAID}


def test_damage_fails(tmp_path):
    """Every damaged citation that the command refuses is refused; the log itself is all that it does not read."""
    refused = 0
    for number, (name, of, fails) in enumerate(cases()):
        only_log = name.startswith("flip-log") or name in {
            "a-leaf-too-many",
            "leaves-in-another-order",
        }
        # Where a file is laid out otherwise but says the same, only the bytes of the record are compared.
        # It takes the revision from the record, so a record of another revision is a sound citation of that one.
        if fails == () or only_log or of.withheld or name in {"torn-roots", "another-revision"}:
            continue
        code, lines = run(saved(of, tmp_path / str(number)))
        assert code == 1, (name, lines)
        assert any(line.startswith("FAIL") for line in lines), name
        refused += 1
    assert refused > 40


def test_clause_hashes_are_those_of_the_vectors(tmp_path):
    """Quotation marks, dashes, blanks and right-to-left letters are folded as the form wants it."""
    code, lines = run(saved(exhibit(3), tmp_path / "saved"))
    assert code == 0
    assert verdicts(lines)["clause-hash"] == "pass"
    assert citation_cases.MARKS != citation_cases.CLAUSE


def test_a_folder_without_a_proof_is_no_success(tmp_path):
    """Nothing checked ends with 1."""
    code, lines = run(tmp_path)
    assert (code, lines) == (1, [])


def test_a_whole_site_is_checked(built_sample, tmp_path):
    """It finds every proof below its folder."""
    site = shutil.copytree(
        built_sample,
        tmp_path / "site",
        ignore=shutil.ignore_patterns("*.html", "pagefind", "assets"),
    )
    code, lines = run(site)
    assert code == 0, [line for line in lines if line.startswith("FAIL")]
    assert sum("every path leads" in line for line in lines) >= len(list(site.rglob("proof.json")))


def test_its_quotations_have_our_form():
    """Its clause-v1 is ours for every vector of the form."""
    start = SCRIPT.read_text(encoding="utf-8").partition("def sha")[0]
    own = {}
    exec(compile(start.replace("told, sys.excepthook =", "_ ="), "verify.py", "exec"), own)
    vectors = json.loads((ROOT / "tests" / "canon-vectors.json").read_text(encoding="utf-8"))
    assert vectors
    for one in vectors:
        assert own["clause_v1"](one["input"]) == clause_v1(one["input"])
