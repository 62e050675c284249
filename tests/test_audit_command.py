"""`./run audit` before it judges anything: what it refuses, and what it says where its tools cannot run."""

import os
import shutil
import subprocess

import pytest
from conftest import ROOT

NEEDED = "sh cat cksum dirname env grep id readlink sed".split()
WAY_OUT = "Install a newer one, with npm, and try again; ./run test needs neither.\n"


def run_audit(*arguments, path=os.environ["PATH"], cwd=ROOT):
    """Run the command and return its exit status and what it says."""
    done = subprocess.run(
        [ROOT / "run", "audit", *arguments],
        cwd=cwd,
        env={"PATH": str(path), "HOME": os.environ.get("HOME", "/")},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stderr


@pytest.fixture
def tools(tmp_path):
    """A folder for PATH with what `run` itself needs, and neither Node nor a package manager."""
    for name in NEEDED:
        (tmp_path / name).symlink_to(shutil.which(name))
    return tmp_path


def write_node(folder, version):
    """Write a Node of a version, which says that it is too old."""
    node = folder / "node"
    node.write_text(f'#!/bin/sh\n[ "$1" = --version ] && echo {version} && exit 0\nexit 1\n')
    node.chmod(0o755)


def test_old_node_is_told_in_one_sentence(tools):
    """With the Node of Debian 12 the audit fails with 2 and names the tool that is too new for it."""
    write_node(tools, "v18.19.0")
    status, said = run_audit(path=tools)
    assert status == 2
    assert said == (
        f"run: html-validate 10.17.0 needs Node 20.19 or newer; this is v18.19.0. {WAY_OUT}"
    )


def test_missing_node_is_told_in_one_sentence(tools):
    """Without any Node it says so."""
    status, said = run_audit(path=tools)
    assert status == 2
    assert said == (
        f"run: html-validate 10.17.0 needs Node 20.19 or newer, and there is no Node here. {WAY_OUT}"
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nowhere"], "there is no folder 'nowhere' to audit; ./run build writes one."),
        (["tests"], "the folder 'tests' holds no site that ./run build wrote."),
        (["--fast"], "audit has no option '--fast'; ./run audit --help lists them."),
        (["-k"], "-k needs words of a check's name, such as -k axe."),
        (["-x", "site"], "audit takes one folder, before its options; 'site' is one word too many."),
    ],
)  # fmt: skip
def test_wrong_words_are_refused(arguments, said):
    """A folder that is none, a folder without a site and an unknown option are each one sentence and 2."""
    assert run_audit(*arguments) == (2, f"run: {said}\n")


def test_folder_is_meant_where_it_was_typed(tmp_path):
    """A relative folder is looked for in the folder in which the command was typed."""
    (tmp_path / "here").mkdir()
    assert "'here' holds no site" in run_audit("here", cwd=tmp_path)[1]


def test_tools_are_locked_by_hash():
    """Every package of the audit's tools has its hash and no address, so that each machine asks its own registry."""
    import json

    lock = json.loads((ROOT / "tests" / "audit" / "package-lock.json").read_text(encoding="utf-8"))
    packages = {name: one for name, one in lock["packages"].items() if name}
    assert len(packages) > 100
    for name, one in packages.items():
        assert one["integrity"].startswith("sha512-"), name
        assert "resolved" not in one, name
    asked = json.loads((ROOT / "tests" / "audit" / "package.json").read_text(encoding="utf-8"))
    assert all(version[0].isdigit() for version in asked["dependencies"].values())
