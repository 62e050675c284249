"""`./run pack`: one zip with all that somebody needs, the same bytes each time, whole or not there."""

import hashlib
import json
import resource
import shutil
import subprocess
import sys
import zipfile
from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import door
import logs
import pytest
from citation_cases import bundle
from citation_worlds import FIRST, PAGE, SECOND
from conftest import ROOT

from atlas import packing
from atlas.citation_check.exhibit import sha256
from atlas.citation_check.pack import sums_text
from atlas.citation_check.reading import CitationFault
from atlas.citation_check.report import as_json, as_text
from atlas.fetch import FetchSettings
from atlas.pack import pack
from atlas.verify_citation import Settings, verify_citations
from atlas.zip_file import zipped

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
    assert {"SHA256SUMS", "manifest.json"} <= files.keys()
    del files["SHA256SUMS"], files["manifest.json"]
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
    assert run(*given, root=world.atlas)[0] == 0
    assert (tmp_path / "again.zip").read_bytes() == packed.read_bytes()
    given = ("pack", FIRST, SECOND, *DAY, "--output", tmp_path / "same.zip")
    elsewhere = {"TZ": "Asia/Tokyo", "LC_ALL": "C", "PYTHONHASHSEED": "7"}
    assert door.apart("--root", world.atlas, *given, env=elsewhere).returncode == 0
    assert (tmp_path / "same.zip").read_bytes() == packed.read_bytes()
    with zipfile.ZipFile(packed) as archive:
        told = {
            (one.date_time, one.compress_type, one.external_attr >> 16)
            for one in archive.infolist()
        }
        assert told == {((1980, 1, 1, 0, 0, 0), zipfile.ZIP_STORED, 0o100644)}
        assert archive.namelist() == sorted(archive.namelist())


def opened(path):
    """Return the files of a pack by name."""
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def unpacked(path, folder, **changed):
    """Unpack a pack with some files changed, by name; None: left out."""
    for name, content in {**opened(path), **changed}.items():
        if content is not None:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(content)
    return folder


def packed_again(path, to, **changed):
    """Write a pack with some files changed, by name; None: left out."""
    files = {name: c for name, c in {**opened(path), **changed}.items() if c is not None}
    to.write_bytes(zipped(files))
    return to


def judged(*citations, folder, **settings):
    """Return the report of citations, offline and in this process."""
    fetch = FetchSettings(user_agent="Test/1.0")
    given = Settings(folder=folder, offline=True, fetch=fetch, **settings)
    return verify_citations([str(one) for one in citations], given)


def scripted(folder):
    """Run the script that lies in an unpacked pack; return its exit code and what it says."""
    done = subprocess.run(
        [sys.executable, "-I", "-S", "verify.py"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Traceback" not in done.stderr, done.stderr
    return done.returncode, done.stdout


def test_a_pack_verifies_by_itself(packed, run, world, tmp_path):
    """As a zip and unpacked, by the command in an empty folder and by the script that lies in it."""
    for place in (packed, unpacked(packed, tmp_path / "unpacked")):
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
        assert told.count("\npass  ") == 8
        assert FIRST in told
        assert "pass         SHA256SUMS  Every file is as it was packed" in told
        report = judged(place, folder=tmp_path)
        assert report.is_sound
        assert report.has_checked
        named = [(one.id, one.revision, one.is_current) for one in report.citations]
        assert named == [(FIRST, 2, True), (FIRST, 1, False), (SECOND, 1, True)]
    code, told = scripted(tmp_path / "unpacked")
    assert code == 0, told
    assert "FAIL" not in told
    assert "SHA256SUMS: every file is as it was packed" in told
    assert len(set(told.splitlines())) == len(told.splitlines()), "nothing is told twice"


def test_a_pack_says_what_vouches_for_what(packed, tmp_path):
    """The manifest and the report agree: what the log has the hash of is proved, all else is only as it was packed."""
    files = opened(packed)
    told = json.loads(files["manifest.json"])
    assert told["atlas"] == {
        "title": "Sample Atlas",
        "address": "https://sample.example/",
        "id_prefix": "SA",
    }
    assert [one["id"] for one in told["records"]] == [FIRST, SECOND]
    assert [one["path"] for one in told["files"]] == sorted(
        files.keys() - {"SHA256SUMS", "manifest.json"}
    )
    by = {kind: [] for kind in ("proved", "signed", "copied")}
    for one in told["files"]:
        by[one["vouched"]].append(one["path"])
    (pack,) = judged(packed, folder=tmp_path).packs
    assert list(pack.proved) == by["proved"]
    assert list(pack.signed) == by["signed"] == ["api/v1/log/anchors/5.sample.tsr"]
    assert list(pack.copied) == sorted([*by["copied"], "manifest.json"])
    proved = {path.removeprefix(f"{PAGE}/") for path in by["proved"]}
    assert {"r1/record.json", "r2/record.json", "proof.json"} <= proved
    assert {"api/v1/log/roots.jsonl", "api/v1/log/0000.jsonl"} <= proved
    assert {"record.json", "index.md", "history.json"}.isdisjoint(proved)


def test_the_sums_are_those_that_sha256sum_reads(packed, tmp_path):
    """Every file but the sums themselves is in them, in order."""
    folder = unpacked(packed, tmp_path / "unpacked")
    done = subprocess.run(
        ["sha256sum", "-c", "--strict", "SHA256SUMS"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    names = [line.removesuffix(": OK") for line in done.stdout.splitlines()]
    assert names == sorted(opened(packed).keys() - {"SHA256SUMS"})


@pytest.mark.parametrize(
    ("changed", "said", "by_script"),
    [
        (
            {f"{PAGE}/index.md": b"Other words."},
            f"`{PAGE}/index.md` was changed",
            f"{PAGE}/index.md: changed",
        ),
        ({f"{PAGE}/history.json": None}, "history.json` is missing", "history.json: missing"),
        ({"note.txt": b"x"}, "`note.txt` was added", "note.txt: not listed"),
        ({"SHA256SUMS": None}, "`SHA256SUMS` is missing", "SHA256SUMS: missing"),
        ({"SHA256SUMS": b"what is this\n"}, "Line 1 of `SHA256SUMS` is not as", "FAIL"),
        ({"manifest.json": None}, "`manifest.json` is missing", "manifest.json: missing"),
        ({"README.txt": b""}, "`README.txt` was changed", "README.txt: changed"),
    ],
    ids=["changed", "missing", "added", "no sums", "torn sums", "no manifest", "emptied"],
)
def test_each_break_of_a_pack_is_named(packed, tmp_path, changed, said, by_script):
    """What nothing but the sums vouches for, as a zip and unpacked, by the command and by the script."""
    folder = unpacked(packed, tmp_path / "unpacked", **changed)
    if None in changed.values():
        assert not all((folder / name).exists() for name in changed)
    for place in (folder, packed_again(packed, tmp_path / "again.zip", **changed)):
        report = judged(place, folder=tmp_path)
        assert not report.is_sound
        assert all(one.is_sound for one in report.citations)
        assert any(said in one for one in report.packs[0].breaks), report.packs[0].breaks
        assert f"FAIL         SHA256SUMS  {report.packs[0].breaks[0]}" in as_text(report)
    code, told = scripted(folder)
    assert code == 1
    assert by_script in told
    assert "SHA256SUMS" in changed or told.count(": not listed") == ("note.txt" in changed)
    assert changed != {"SHA256SUMS": None} or "not listed" not in told


def summed(path, **changed):
    """Return what was changed in a pack with sums that a forger wrote anew."""
    files = {name: c for name, c in {**opened(path), **changed}.items() if c is not None}
    sums = {name: sha256(c) for name, c in files.items() if name != "SHA256SUMS"}
    return {**changed, "SHA256SUMS": sums_text(sums).encode()}


def test_a_record_whose_proof_was_taken_away_is_named(packed, tmp_path):
    """Sums written anew do not hide it: the script names each revision, and the command could check nothing of it."""
    changed = summed(packed, **{f"{PAGE}/proof.json": None})
    folder = unpacked(packed, tmp_path / "unpacked", **changed)
    code, told = scripted(folder)
    assert code == 1
    for revision in (1, 2):
        missing = f"FAIL        {PAGE}/r{revision}/record.json: its proof.json is missing"
        assert missing in told
    assert told.count("FAIL") == 2
    report = judged(folder, folder=tmp_path)
    assert not report.has_checked
    assert [one.has_checked for one in report.citations] == [False, False, True]
    (folder / PAGE.replace("acme1", "acme2") / "proof.json").unlink()
    code, told = scripted(folder)
    assert (code, told.count("its proof.json is missing")) == (1, 3)


def test_which_revision_is_current_is_said_where_something_says_so(packed, tmp_path):
    """Without a proof the record of the page says it, or the history; of what is left, only that an older one is not."""
    away = [f"{PAGE}/proof.json"]
    for more, currents in (
        ([], [True, False]),
        (["record.json"], [True, False]),
        (["record.json", "history.json"], [None, False]),
        (["record.json", "history.json", "r2/record.json"], [None]),
    ):
        gone = dict.fromkeys([*away, *(f"{PAGE}/{name}" for name in more)])
        again = packed_again(packed, tmp_path / "again.zip", **summed(packed, **gone))
        report = judged(again, folder=tmp_path)
        told = [one.is_current for one in report.citations if one.id == FIRST]
        assert told == currents, more
        text = as_text(report)
        assert text.count("(the current revision)") == 1 + currents.count(True)
        assert text.count("(not the current revision)") == currents.count(False)


def with_status(path, status):
    """Return the record of a page in a pack with another status, beside sums that were written anew."""
    tree = json.loads(opened(path)[f"{PAGE}/record.json"])
    return summed(path, **{f"{PAGE}/record.json": json.dumps({**tree, "status": status}).encode()})


WITHDRAWN = {"state": "withdrawn", "on": "2026-11-23", "reason": "It was misread."}


def test_a_status_that_the_log_has_not_fails(packed, run, tmp_path):
    """A page in a pack that says its record was withdrawn, and a log that knows nothing of it, do not hold together."""
    changed = with_status(packed, WITHDRAWN)
    for place in (
        packed_again(packed, tmp_path / "again.zip", **changed),
        unpacked(packed, tmp_path / "unpacked", **changed),
        tmp_path / "unpacked" / PAGE / "record.json",
    ):
        code, told, _ = run("verify-citation", place, "--offline")
        assert code == 1
        assert "The log has no such status of it." in told
        assert "FAIL         status " in told
        assert f"{FIRST} r2 does not hold (status)" in told or f"({FIRST} r2, {FIRST} r1)" in told


def test_a_status_of_a_site_that_was_built_here_may_be_newer_than_the_log(world, tmp_path):
    """Nothing fails before the next publishing, and nothing is said to hold; the same site elsewhere fails."""
    site = shutil.copytree(world.site, tmp_path / "site")
    path = site / PAGE / "record.json"
    path.write_text(json.dumps({**json.loads(path.read_bytes()), "status": WITHDRAWN}))
    report = judged(FIRST, folder=tmp_path, built=site)
    (one,) = report.citations
    assert report.is_sound
    assert one.found["status"].verdict == "not-checked"
    assert "the next publishing enters what changed since" in one.found["status"].sentence
    assert "has another status on its page than in the log" in report.summary
    assert "holds" not in report.summary
    assert json.loads(as_json(report))["holds"] is False
    several = judged(FIRST, SECOND, folder=tmp_path, built=site)
    assert "Of 2 revisions 1 hold" in several.summary
    assert "1 more have another status on their page than in the log." in several.summary
    elsewhere = judged(FIRST, folder=tmp_path, source=str(site))
    assert elsewhere.citations[0].found["status"].verdict == "fail"


def test_sums_written_anew_do_not_hide_a_forged_record(packed, tmp_path):
    """The log vouches for the frozen record: sums over another one do not help."""
    path = f"{PAGE}/r1/record.json"
    forged = opened(packed)[path].replace(b"train", b"teach")
    sums = opened(packed)["SHA256SUMS"].decode().splitlines()
    sums = [
        f"{hashlib.sha256(forged).hexdigest()}  {path}" if line.endswith(f"  {path}") else line
        for line in sums
    ]
    changed = {path: forged, "SHA256SUMS": ("\n".join(sums) + "\n").encode()}
    report = judged(packed_again(packed, tmp_path / "again.zip", **changed), folder=tmp_path)
    assert report.packs[0].breaks == ()
    assert path in report.packs[0].copied
    assert [one.is_sound for one in report.citations] == [True, False, True]
    assert f"{FIRST} r1" in report.summary
    code, told = scripted(unpacked(packed, tmp_path / "unpacked", **changed))
    assert code == 1
    assert f"FAIL        {path}: the log has its SHA-256" in told


def test_a_pack_of_another_atlas_is_checked_in_a_checkout(packed, tmp_path):
    """It says itself of which atlas it is; what the atlas here is called, where it is and who attests there is no matter."""
    here = {"prefix": "CA", "base_url": "https://clause-atlas.example/", "repository": "here/atlas"}
    folder = unpacked(packed, tmp_path / "unpacked")
    (tmp_path / "note.txt").write_text(f"Sample Atlas, https://sample.example/id/{FIRST}/r1/.")
    for citation in (packed, folder, folder / PAGE / "r1" / "record.json"):
        assert judged(citation, folder=tmp_path, **here).is_sound
    given = (f"{FIRST} r1", f"https://sample.example/id/{FIRST}/r1/", "note.txt")
    for source in (packed, folder):
        report = judged(*given, folder=tmp_path, source=str(source), **here)
        assert [(one.id, one.revision) for one in report.citations] == [(FIRST, 1)] * 3
    foreign = "https://clause-atlas.example/id/CA-P-100001/"
    for citation, said in (
        ("CA-P-100001", "ids of this one begin with SA-P-"),
        (foreign, "is not an address of this site, which is at https://sample.example/"),
    ):
        with pytest.raises(CitationFault, match=said):
            judged(citation, folder=tmp_path, source=str(packed), **here)
    for citation, said in (
        (f"{FIRST} r1", "ids of this one begin with CA-P-"),
        (f"https://sample.example/id/{FIRST}/r1/", "is not an address of this site"),
    ):
        with pytest.raises(CitationFault, match=said):
            judged(citation, folder=tmp_path, **here)


def test_an_attestation_of_another_atlas_is_not_asked_of_ours(packed, tmp_path):
    """Whose workflow has to have attested is for `--repository` to say: ours has nothing to do with it."""
    line = opened(packed)["api/v1/log/roots.jsonl"].split(b"\n")[0]
    name = "api/v1/log/anchors/2.sigstore.json"
    pack = packed_again(packed, tmp_path / "again.zip", **{name: bundle(line)})
    here = {"prefix": "CA", "base_url": "https://clause-atlas.example/", "repository": "here/atlas"}
    told = judged(pack, folder=tmp_path, **here).citations[1].found["attestation"]
    assert told.verdict == "not-checked"
    assert "here/atlas" not in told.sentence


def test_a_pack_of_one_record_is_a_citation(run, world, tmp_path):
    """The zip alone is enough to name what is checked; without --output it has the name of the id."""
    code, told, _ = run(
        "pack", FIRST, *DAY, root=world.atlas, cwd=tmp_path, ATLAS_FROM=str(tmp_path)
    )
    assert code == 0
    assert told.startswith(f"{FIRST}.zip: 1 record in ")
    content = (tmp_path / f"{FIRST}.zip").read_bytes()
    assert told.endswith(f"{hashlib.sha256(content).hexdigest()}\n")
    code, told, _ = run("verify-citation", tmp_path / f"{FIRST}.zip", "--offline")
    assert code == 0
    assert told.startswith(f"{FIRST}, revision 2 (the current revision)")


def test_a_long_log_stays_out_and_the_paths_are_enough(world, tmp_path, monkeypatch):
    """Of more leaves than are packed whole none are, which the note says; every check but the adding up is made."""
    monkeypatch.setattr(packing, "MOST_LEAVES", 3)
    done = pack(world.atlas, [FIRST], tmp_path / "short.zip", "short.zip", date(2026, 11, 24))
    files = opened(tmp_path / "short.zip")
    assert "api/v1/log/0000.jsonl" not in files
    assert "The 5 leaves of the log are not here" in files["README.txt"].decode()
    assert (done.records, done.files) == (1, len(files))
    report = judged(tmp_path / "short.zip", folder=tmp_path)
    assert report.is_sound
    found = report.citations[0].found
    assert {found[code].verdict for code in ("frozen-record", "inclusion", "root")} == {"pass"}
    assert "The log itself was not at hand" in found["root"].sentence
    code, told = scripted(unpacked(tmp_path / "short.zip", tmp_path / "unpacked"))
    assert code == 0, told


def test_of_all_anchors_those_are_packed_that_vouch_first_and_the_newest():
    """A stamp of the first root on from each leaf, of each authority, and the last of each: a later one says no more."""
    made = logs.published(*([logs.leaf(n)] for n in range(1, 8)))
    anchors = [f"{size}.a.tsr" for size in (1, 4, 5, 7)] + ["2.b.tsr", "6.sigstore.json"]
    made = replace(made, anchors=dict.fromkeys(anchors, b"x"))
    publication = SimpleNamespace(atlas=SimpleNamespace(published=made))
    records = [SimpleNamespace(id=made.leaves[2].id)]
    names = [path.rpartition("/")[2] for path, _ in packing.log(publication, records)]
    assert sorted(names) == [
        "0000.jsonl",
        "2.b.tsr",
        "4.a.tsr",
        "6.sigstore.json",
        "7.a.tsr",
        "roots.jsonl",
    ]


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


def test_a_status_that_is_not_registered_is_not_packed(run, world, tmp_path):
    """A pack of it would not hold; of a record beside it there is one."""
    root = shutil.copytree(world.atlas, tmp_path / "atlas")
    path = root / "content" / f"{PAGE}.md"
    status = "status:\n  state: withdrawn\n  on: 2026-11-23\n  reason: It was misread.\n"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("clause_type:", f"{status}clause_type:", 1), encoding="utf-8")
    code, _, errors = run("pack", FIRST, *DAY, "--output", tmp_path / "no.zip", root=root)
    assert code == 2
    assert f"the log does not have the status of {FIRST} yet" in errors
    assert run("pack", SECOND, *DAY, "--output", tmp_path / "a.zip", root=root)[0] == 0


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
