"""The gallery: it has a line for every page type, its addresses exist, and a picture has the size that was asked for."""

import json
import os
import re
import struct
import subprocess
import sys

import pytest
from conftest import ROOT

from atlas import pages, urls
from gallery import atlases
from gallery.shots import MODES, SHOTS


def gallery(*arguments):
    return subprocess.run(
        [sys.executable, "-m", "gallery", *map(str, arguments)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'tests'}"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_every_page_type_has_a_picture():
    """A page type that nobody takes a picture of is one that nobody looks at; `problems` is the preview's."""
    kinds = {kind.__module__.rpartition(".")[2] for kind in (*pages.PAGES, *pages.ONCE)}
    assert {shot.page for shot in SHOTS} == {*kinds, "problems"}


def test_pictures_have_names_of_their_own():
    """No picture is written over another, and each is taken in modes that there are."""
    names = [f"{shot.name}.{mode}" for shot in SHOTS for mode in shot.modes]
    assert len(names) == len(set(names))
    assert {mode for shot in SHOTS for mode in shot.modes} == set(MODES)


@pytest.mark.parametrize("name", ["real", "sample", "bare"])
def test_what_is_shown_is_published(name, request, tmp_path):
    """A page that moved is missed here, before somebody wonders about an empty picture."""
    if name == "bare":
        with atlases.atlases(tmp_path) as shown:
            shown.address(name)
        site = tmp_path / name / "site"
    else:
        site = request.getfixturevalue({"real": "built", "sample": "built_sample"}[name])
    for shot in SHOTS:
        for mode in shot.modes if shot.atlas == name else ():
            address = MODES[mode].folder + re.split(r"[?#]", shot.address)[0]
            assert (site / urls.page_file(address)).is_file(), f"{shot.name}: {address}"


@pytest.mark.browser
def test_a_picture_is_as_wide_as_was_asked_and_as_tall_as_the_page(tmp_path):
    """A phone's picture holds two pixels for each of its own, and the sheet shows it with its name."""
    run = gallery("--only", "severity-no-record.phone", "--output", tmp_path / "out")
    assert (run.returncode, run.stderr) == (0, "")
    assert run.stdout.startswith("1 picture of 1 page in ")
    picture = tmp_path / "out" / "severity-no-record.phone.png"
    head = picture.read_bytes()[:24]
    width, height = struct.unpack(">II", head[16:])
    assert (head[1:4], width) == (b"PNG", MODES["phone"].pixels)
    sheet = (tmp_path / "out" / "index.html").read_text(encoding="utf-8")
    assert f"phone, {height // 2} px high" in sheet
    assert f"src={json.dumps(picture.name)}" in sheet


def test_a_name_without_pictures_is_told(tmp_path):
    """A slip in `--only` ends with 2 and writes nothing."""
    run = gallery("--only", "provison", "--output", tmp_path / "out")
    assert run.returncode == 2
    assert "no picture has `provison` in its name" in run.stderr
    assert not (tmp_path / "out").exists()


def test_pictures_go_into_no_folder_of_others(tmp_path):
    """A folder that holds anything, and is no gallery, is left as it was, with one sentence and 2."""
    (tmp_path / "notes").write_text("mine", encoding="utf-8")
    done = gallery("--only", "home-real", "--output", tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "is no gallery, and it is not empty" in done.stderr
    assert [p.name for p in tmp_path.iterdir()] == ["notes"]
