"""`./run pack`: one zip with all that somebody needs, the same bytes each time, whole or not there."""

import resource
import subprocess
import sys
import zipfile

import pytest
from citation_worlds import FIRST, PAGE, SECOND
from conftest import ROOT

DAY = ("--as-of", "2026-11-24")


@pytest.fixture
def packed(run, world, tmp_path):
    """A pack of both records."""
    code, told, errors = run(
        "pack", FIRST, SECOND, *DAY, "--output", tmp_path / "pack.zip", root=world.atlas
    )
    assert code == 0, errors
    assert "2 records in" in told
    return tmp_path / "pack.zip"


def test_a_pack_holds_the_files_of_the_site(packed, world):
    """Each at its address, byte for byte, and beside them the script and the note."""
    with zipfile.ZipFile(packed) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    note = files.pop("README.txt").decode()
    assert files.pop("verify.py") == (ROOT / "templates" / "verify.py").read_bytes()
    for name, content in files.items():
        assert content == (world.site / name).read_bytes(), name
    beside = {name.removeprefix(f"{PAGE}/") for name in files if name.startswith(PAGE)}
    assert beside == {
        "record.json",
        "index.md",
        "history.json",
        "proof.json",
        "r1/record.json",
        "r2/record.json",
    }
    others = {name for name in files if not name.startswith("platform/")}
    texts = {name for name in others if name.startswith("evidence/texts/")}
    assert others - texts == {
        "api/v1/log/0000.jsonl",
        "api/v1/log/roots.jsonl",
        "api/v1/log/anchors/5.sample.tsr",
    }
    assert len(texts) == 1, "the text of the other document is not ours to publish"
    assert "platform/acme1/terms/evidence.json" in files
    assert "platform/acme2/terms/citations.bib" in files
    for words in (
        FIRST,
        SECOND,
        f"https://sample.example/id/{FIRST}/r2/",
        "python3 verify.py",
        "None of this proves",
    ):
        assert words in note


def test_the_same_records_give_the_same_bytes(packed, run, world, tmp_path):
    """Whatever the hour, and in whichever order the ids are given; nothing is compressed."""
    given = ("pack", SECOND, FIRST, FIRST, *DAY, "--output", tmp_path / "again.zip")
    assert run(*given, root=world.atlas, TZ="Asia/Tokyo", LC_ALL="C", PYTHONHASHSEED="7")[0] == 0
    assert _without_note(tmp_path / "again.zip") == _without_note(packed)
    given = ("pack", FIRST, SECOND, *DAY, "--output", tmp_path / "same.zip")
    assert run(*given, root=world.atlas, TZ="Asia/Tokyo", LC_ALL="C", PYTHONHASHSEED="7")[0] == 0
    assert (tmp_path / "same.zip").read_bytes() == packed.read_bytes()
    with zipfile.ZipFile(packed) as archive:
        told = {
            (one.date_time, one.compress_type, one.external_attr >> 16)
            for one in archive.infolist()
        }
        assert told == {((1980, 1, 1, 0, 0, 0), zipfile.ZIP_STORED, 0o100644)}
        assert archive.namelist() == sorted(archive.namelist())


def _without_note(path):
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist() if name != "README.txt"}


def test_a_pack_verifies_by_itself(packed, run, world, tmp_path):
    """As a zip and unpacked, by the command in an empty folder and by the script that lies in it."""
    for place in (packed, tmp_path / "unpacked"):
        if place != packed:
            with zipfile.ZipFile(packed) as archive:
                archive.extractall(place)
        code, told, _ = run(
            "verify-citation",
            f"{FIRST} r1",
            "--from",
            place,
            "--offline",
            "--trust",
            world.folder / "root.pem",
        )
        assert code == 0
        assert told.count("\npass  ") == 7
        assert FIRST in told
        code, _, errors = run("verify-citation", place, "--offline")
        assert code == 2
        assert "holds 2 records; check one at a time" in errors
    done = subprocess.run(
        [sys.executable, "-I", "-S", "verify.py"],
        cwd=tmp_path / "unpacked",
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    assert "FAIL" not in done.stdout


def test_a_pack_of_one_record_is_a_citation(run, world, tmp_path):
    """The zip alone is enough to name what is checked; without --output it has the name of the id."""
    code, told, _ = run(
        "pack", FIRST, *DAY, root=world.atlas, cwd=tmp_path, ATLAS_FROM=str(tmp_path)
    )
    assert code == 0
    assert told.startswith(f"{FIRST}.zip: 1 record in ")
    code, told, _ = run("verify-citation", tmp_path / f"{FIRST}.zip", "--offline")
    assert code == 0
    assert told.startswith(f"{FIRST}, revision 2")


def test_a_damaged_pack_fails(packed, run, tmp_path):
    """A bit of a stored record is seen by the zip's own sums, or by the check."""
    content = packed.read_bytes()
    at = content.index(b'"clause":"We may') + 12
    (tmp_path / "bad.zip").write_bytes(content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :])
    code, _, errors = run(
        "verify-citation", f"{FIRST} r1", "--from", tmp_path / "bad.zip", "--offline"
    )
    assert code in {1, 2}
    assert "damaged" in errors


@pytest.mark.parametrize(
    ("ids", "said"),
    [
        (["SA-P-100009"], "there is no record SA-P-100009 in this atlas"),
        (["nonsense"], "`nonsense` is no file that is there, no address and no id of a record"),
        (["CA-P-100009"], "`CA-P-100009` is of another atlas"),
        ([FIRST, "SA-P-999999"], "there is no record SA-P-999999"),
    ],
)
def test_unknown_ids_are_told(run, world, tmp_path, ids, said):
    """Nothing is written where one of them is not there."""
    code, _, errors = run("pack", *ids, *DAY, "--output", tmp_path / "no.zip", root=world.atlas)
    assert code == 2
    assert said in errors
    assert not list(tmp_path.glob("*.zip"))


def test_a_record_that_is_not_registered_has_no_pack(run, tmp_path):
    """There is nothing of it to prove yet."""
    import worlds
    from published_worlds import ids

    tree = {
        **worlds.SHELVES,
        **worlds.with_platforms(acme=[worlds.provision(id=FIRST)]),
        **ids(SA_P_100001="content/platform/acme/terms/p0.md"),
    }
    for path, text in tree.items():
        (tmp_path / "atlas" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "atlas" / path).write_bytes(text if isinstance(text, bytes) else text.encode())
    code, _, errors = run("pack", FIRST, *DAY, root=tmp_path / "atlas")
    assert code == 2
    assert "has no leaf in the log yet" in errors


def test_what_is_there_is_never_replaced(packed, run, world):
    """Neither a pack nor anybody's file."""
    before = packed.read_bytes()
    code, _, errors = run("pack", FIRST, *DAY, "--output", packed, root=world.atlas)
    assert code == 2
    assert "is there already" in errors
    assert packed.read_bytes() == before


def test_a_full_disk_leaves_nothing_behind(world, tmp_path):
    """The sentence says what to do, and no half of a zip lies there."""
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "atlas",
            "--root",
            world.atlas,
            "pack",
            FIRST,
            *DAY,
            "--output",
            tmp_path / "a.zip",
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (4000, 4000)),
    )
    assert done.returncode == 2
    assert "make room" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_packs_stay_out_of_the_sources(run, world):
    """A pack is no record."""
    code, _, errors = run(
        "pack", FIRST, "--output", world.atlas / "content" / "a.zip", root=world.atlas
    )
    assert code == 2
    assert "is in content/" in errors
