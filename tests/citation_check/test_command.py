"""`./run verify-citation`: in a folder of its own, with files of the site and nothing else, and what it says."""

import json
import shutil

import pytest
import web
from citation_cases import bundle
from citation_worlds import FIRST, PAGE, SECOND
from click.testing import CliRunner
from verify_scratch import CLAUSE, html

from atlas.citation_check.reading import CitationFault
from atlas.cli import cli
from atlas.fetch import FetchSettings
from atlas.problem import Fault
from atlas.proof.stamp import certificates
from atlas.site_files import SiteFilesFault
from atlas.verify_citation import Settings, verify_citations

FILES = ["frozen-record", "clause-hash", "quote-in-text", "text-hash", "inclusion", "root"]
OUTSIDE = ["attestation", "time-stamp", "archived-copy", "live-page"]
FAKE_GH = """#!/bin/sh
echo "$@" >> "$FAKE_GH"
echo "$SAYS" >&2
exit "$CODE"
"""


def verdicts(told):
    return {one["code"]: one["verdict"] for one in only(told)["checks"]}


def only(told):
    """Return what the report says of its one citation."""
    (citation,) = json.loads(told)["citations"]
    return citation


def sentence(told, code):
    return next(one["sentence"] for one in only(told)["checks"] if one["code"] == code)


def judged(citation, net, **settings):
    """Return the verdict and the sentence of each check, with a web that the test made."""
    told = {"offline": False, "fetch": net.settings(), **settings}
    given = Settings(folder=told.pop("folder"), **told)
    (checked,) = verify_citations([str(citation)], given).citations
    return checked.found


def test_a_citation_verifies_in_an_empty_folder(run, flat):
    """With the files of the site beside each other: no repository, no settings, no network."""
    code, told, _ = run("verify-citation", flat / "record.json", "--offline", "--format", "json")
    assert code == 0
    assert verdicts(told) == dict.fromkeys(FILES, "pass") | dict.fromkeys(OUTSIDE, "not-checked")
    tree = json.loads(told)
    assert (tree["schema"], tree["holds"], tree["packs"]) == (1, True, [])
    assert (only(told)["id"], only(told)["revision"], only(told)["holds"]) == (FIRST, 1, True)
    assert list(verdicts(told)) == [*FILES, *OUTSIDE]


def test_every_record_of_a_site_verifies(run, built_sample, thorough):
    """The fictional atlas, with the files of its site alone: each record that has a proof holds."""
    proofs = sorted(built_sample.glob("platform/*/*/*/proof.json"))
    assert proofs
    for proof in proofs[:: max(1, len(proofs) // (len(proofs) if thorough else 3))]:
        number = json.loads(proof.read_bytes())["id"]
        code, told, errors = run(
            "verify-citation", number, "--from", built_sample, "--offline", "--format", "json"
        )
        assert code == 0, (number, told, errors)
        assert [verdicts(told)[one] for one in ("frozen-record", "inclusion", "root")] == [
            "pass"
        ] * 3


@pytest.mark.parametrize(
    "citation",
    [
        FIRST,
        f"{FIRST} r1",
        f"https://sample.example/id/{FIRST}/r1/",
        f"https://sample.example/{PAGE}/r1/",
        f"https://sample.example/{PAGE}/",
        f"https://sample.example/{PAGE}/r2/record.json",
    ],
)
def test_ids_and_addresses_lead_to_the_files(run, world, citation):
    """With or without a revision; without one the current one is taken, and that is said."""
    code, told, _ = run("verify-citation", citation, "--from", world.site, "--offline")
    assert code == 0
    is_first = "r1" in citation
    assert told.startswith(f"{FIRST}, revision {1 if is_first else 2} (")
    is_named = is_first or "r2" in citation
    assert ("names no revision, so the current one is checked" in told) is not is_named


@pytest.mark.parametrize(
    "name",
    [
        f"{PAGE}/r1/record.json",
        f"{PAGE}/proof.json",
        f"{PAGE}/record.json",
        "acme1/terms/citations.bib",
    ],
)
def test_files_within_a_site_find_the_others(run, world, name):
    """Whichever file is named, the others are found at their addresses."""
    path = world.site / (name if name.startswith(PAGE) else f"platform/{name}")
    code, told, errors = run(
        "verify-citation", path, "--offline", "--format", "json", "--from", world.site
    )
    assert code == 0, errors
    assert [verdicts(told)[one] for one in FILES] == ["pass"] * 6


@pytest.mark.parametrize(
    ("changed", "code", "verdict"), [({}, 0, "pass"), ({"claim": "Does not"}, 1, "fail")]
)
def test_the_record_of_a_page_is_compared_with_the_frozen_one(
    run, world, tmp_path, changed, code, verdict
):
    """Whoever saved the page's own record may not have one that says anything else than what was published."""
    page = json.loads((world.site / PAGE / "record.json").read_text(encoding="utf-8"))
    saved = tmp_path / "saved-record.json"
    saved.write_text(json.dumps({**page, **changed}), encoding="utf-8")
    ended, told, errors = run(
        "verify-citation", saved, "--from", world.site, "--offline", "--format", "json"
    )
    assert ended == code, errors
    assert verdicts(told)["frozen-record"] == verdict
    assert ("in `claim`" in sentence(told, "frozen-record")) == bool(changed)


def test_a_saved_citation_is_enough(run, world, tmp_path):
    """A line of text that somebody kept names the record and its revision."""
    (tmp_path / "note.txt").write_text(
        f"Sample Atlas, record {FIRST}, revision 1, https://sample.example/id/{FIRST}/r1/."
    )
    code, told, _ = run("verify-citation", tmp_path / "note.txt", "--from", world.site, "--offline")
    assert code == 0
    assert told.startswith(f"{FIRST}, revision 1 (not the current revision)")


def test_a_saved_citation_finds_the_files_beside_it(run, flat):
    """A line of text in the folder with the saved files; files of another record are not taken for its own."""
    (flat / "note.txt").write_text(f"Record {FIRST}, revision 1.")
    code, told, _ = run("verify-citation", flat / "note.txt", "--offline", "--format", "json")
    assert code == 0
    assert [verdicts(told)[one] for one in FILES] == ["pass"] * 6
    (flat / "note.txt").write_text(f"Record {SECOND}.")
    code, _, errors = run("verify-citation", flat / "note.txt", "--offline")
    assert code == 2
    assert f"{SECOND} is no id of a record that was found" in errors


@pytest.fixture
def several(world, tmp_path):
    """Files of three revisions of two records, saved one after the other by a browser that numbers them."""
    saved = tmp_path / "several"
    saved.mkdir()
    second = world.site / PAGE.replace("acme1", "acme2")
    log = world.site / "api/v1/log"
    for source, name in (
        (world.site / PAGE / "r1/record.json", "record.json"),
        (second / "r1/record.json", "record (1).json"),
        (world.site / PAGE / "r2/record.json", "record (2).json"),
        (world.site / PAGE / "record.json", "record (3).json"),
        (second / "proof.json", "proof.json"),
        (world.site / PAGE / "proof.json", "proof (1).json"),
        (second.parent / "evidence.json", "evidence.json"),
        (world.site / PAGE / "../evidence.json", "evidence (1).json"),
        (log / "roots.jsonl", "roots.jsonl"),
        (log / "0000.jsonl", "0000.jsonl"),
    ):
        shutil.copy(source, saved / name)
    for text in (world.site / "evidence/texts").rglob("*.txt"):
        shutil.copy(text, saved)
    return saved


def checked(*citations, folder, **settings):
    """Return the report of citations, offline."""
    fetch = FetchSettings(user_agent="Test/1.0")
    given = Settings(folder=folder, offline=True, fetch=fetch, **settings)
    return verify_citations([str(one) for one in citations], given)


def test_a_folder_of_several_records_is_checked_whole(several):
    """Files are told apart by what is in them, whatever a browser called them; each record has its own part."""
    report = checked(several, folder=several)
    told = {(one.id, one.revision): one.found for one in report.citations}
    assert list(told) == [(FIRST, 2), (FIRST, 1), (SECOND, 1)]
    assert report.is_sound
    for key in ((FIRST, 2), (FIRST, 1)):
        assert [told[key][one].verdict for one in FILES] == ["pass"] * 6, key
    assert "is not published" in told[SECOND, 1]["text-hash"].sentence
    assert [one.is_current for one in report.citations] == [True, False, True]
    assert "Of 3 revisions 3 hold as far as they were checked" in report.summary
    assert report.packs == ()


def test_the_worst_of_several_records_counts(several):
    """One that fails is named, and the others are told as they are."""
    path = several / "record (1).json"
    path.write_bytes(path.read_bytes().replace(b"train", b"teach"))
    report = checked(several, folder=several)
    assert [one.is_sound for one in report.citations] == [True, True, False]
    assert not report.is_sound
    assert f"1 do not ({SECOND} r1)" in report.summary


@pytest.mark.parametrize(
    ("name", "named"),
    [
        ("record.json", [(FIRST, 1)]),
        ("record (1).json", [(SECOND, 1)]),
        ("record (3).json", [(FIRST, 2)]),
        ("proof (1).json", [(FIRST, 2), (FIRST, 1)]),
        ("proof.json", [(SECOND, 1)]),
    ],
)
def test_one_of_several_saved_files_finds_those_that_are_of_its_record(several, name, named):
    """The proof of another record, which has the better name, is not taken for its own."""
    report = checked(name, folder=several)
    assert [(one.id, one.revision) for one in report.citations] == named
    assert all(one.found["root"].verdict == "pass" for one in report.citations)


def test_several_citations_are_checked_in_one_run(run, world):
    """Each has its part, and the exit code is that of the worst."""
    given = ("--from", world.site, "--offline", "--format", "json")
    code, told, _ = run("verify-citation", f"{FIRST} r1", SECOND, *given)
    assert code == 0
    assert [one["id"] for one in json.loads(told)["citations"]] == [FIRST, SECOND]
    code, told, errors = run("verify-citation", f"{FIRST} r1", "SA-P-100009", *given)
    assert (code, told) == (2, "")
    assert "SA-P-100009 is no id of a record that was found" in errors


def test_a_folder_of_more_records_than_one_run_takes_is_refused(world, tmp_path):
    """A whole site is no citation."""
    for number in range(201):
        page = tmp_path / f"platform/a/b/p{number}"
        page.mkdir(parents=True)
        shutil.copy(world.site / PAGE / "proof.json", page)
    with pytest.raises(CitationFault, match="holds 201 revisions of records, and one run checks"):
        checked(tmp_path, folder=tmp_path)


def test_only_the_newest_revision_of_several_is_looked_for_outside(several):
    """Words that a platform took back since say nothing against the revision that quoted them."""
    with web.started() as net:
        net.host("host1.example.com").page("/terms", html())
        net.host("host2.example.com").page("/terms", html())
        given = Settings(folder=several, source=str(several), fetch=net.settings())
        report = verify_citations([str(several)], given)
    live = [one.found["live-page"] for one in report.citations]
    assert [one.verdict for one in live][1:] == ["not-checked", "pass"]
    assert "newest revision here alone" in live[1].sentence


def test_the_demo_is_checked_where_it_was_built(built_sample, tmp_path):
    """With `--demo` an id is one of the fictional atlas, whose site is site-demo/; nobody is asked."""

    def told(citation):
        return CliRunner().invoke(
            cli, ["--root", str(tmp_path), "verify-citation", "--demo", citation]
        )

    assert "./run build --demo does it" in told("FA-P-100001").output
    (tmp_path / "site-demo").symlink_to(built_sample)
    said = told("FA-P-100001 r1")
    assert said.exit_code == 0
    assert "everything in it is invented" in said.output
    assert "files from site-demo/" in said.output
    other = told("CA-P-100001").exception
    assert isinstance(other, Fault)
    assert "ids of this one begin with FA-P-" in str(other)


def test_what_was_not_checked_is_no_tick(run, flat):
    """Not checked is a word of its own, the report ends with what none of it proves, and nothing checked is no success."""
    _, told, _ = run("verify-citation", flat / "record.json", "--offline")
    lines = told.splitlines()
    assert sum(line.startswith("pass  ") for line in lines) == 6
    assert sum(line.startswith("not checked  ") for line in lines) == 4
    assert "✓" not in told
    assert lines[-1].startswith("None of this proves what the platform served")
    for name in ("proof.json", "roots.jsonl", "0000.jsonl"):
        (flat / name).unlink()
    code, told, _ = run("verify-citation", flat / "record.json", "--offline")
    assert code == 2
    assert "Nothing of" in told


@pytest.mark.parametrize(
    ("name", "code", "named"),
    [
        ("record.json", "frozen-record", "leaf 1 of the log"),
        ("proof.json", "inclusion", "roots.jsonl"),
        ("roots.jsonl", "root", "line 1"),
        ("0000.jsonl", "root", "leaf 1"),
        ("text", "text-hash", ".txt"),
    ],
)
def test_a_changed_file_fails_where_it_was_changed(run, flat, name, code, named):
    """Exit code 1, and the sentence names the break."""
    path = next(flat.glob("*.txt")) if name == "text" else flat / name
    content = path.read_bytes()
    old = {
        "proof.json": b'"root":"',
        "roots.jsonl": b'"root":"',
        "0000.jsonl": b'"revision":1',
        "text": b"train",
    }
    at = content.index(old.get(name, b"train")) + 8 * (name in {"proof.json", "roots.jsonl"})
    changed = bytes([content[at] ^ 1])
    if name == "proof.json":
        at = content.index(b'"root":"') + 8
        changed = b"0" if content[at : at + 1] != b"0" else b"1"
    path.write_bytes(content[:at] + changed + content[at + 1 :])
    status, told, _ = run("verify-citation", flat / "record.json", "--offline", "--format", "json")
    assert status == 1
    assert verdicts(told)[code] == "fail"
    assert named in sentence(told, code)
    assert not json.loads(told)["holds"]


@pytest.mark.parametrize(
    ("citation", "said"),
    [
        (
            f"{FIRST} r7",
            "there is no revision 7 of SA-P-100001; the last one of which the log knows is 2",
        ),
        ("SA-P-100009", "is no id of a record that was found"),
        ("CA-P-100001", "ids of this one begin with SA-P-"),
        ("https://foreign.example/id/SA-P-100001/", "is not an address of this site"),
        (f"https://sample.example/{PAGE}x/", "there is no record at"),
        ("https://sample.example/platform/", "is not the address of a record"),
        ("SA-D-100001", "is a document"),
        ("nothing-like-it", "is no file that is there"),
        ("", "the citation is empty"),
        ("\0", "is no file that is there"),
    ],
)
def test_bad_citations_are_told_in_one_sentence(world, citation, said):
    """Misuse ends with 2, says one sentence and makes no check."""
    told = CliRunner().invoke(
        cli,
        [
            "--root",
            str(world.atlas),
            "verify-citation",
            citation,
            "--from",
            str(world.site),
            "--offline",
        ],
    )
    assert isinstance(told.exception, Fault)
    assert said in str(told.exception)
    assert told.output == ""


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"\x7fELF\0\x01\x02", "is no citation: it is neither text nor a zip"),
        (b"PK\x03\x04 and no more", "is no zip that can be read"),
        (b"I read it somewhere.", "names no record"),
        (b"x" * (65 * 2**20), "more than 64 MiB"),
    ],
    ids=["empty", "binary", "torn zip", "no citation", "huge"],
)
def test_bad_files_are_told_in_one_sentence(run, tmp_path, content, said):
    """An empty file, a binary, a torn zip, a text about something else, a huge one."""
    (tmp_path / "given").write_bytes(content)
    code, told, errors = run("verify-citation", tmp_path / "given", "--offline")
    assert (code, told) == (2, "")
    assert said in errors
    assert len(errors.splitlines()) == 1


def test_what_is_called_a_zip_is_told_to_be_none(run, tmp_path):
    """Whatever is in it; nobody looks for a record in its words."""
    for content in (b"I read it somewhere.", f"Record {FIRST}, revision 1.".encode()):
        (tmp_path / "junk.ZIP").write_bytes(content)
        code, told, errors = run("verify-citation", tmp_path / "junk.ZIP", "--offline")
        assert (code, told) == (2, "")
        assert "junk.ZIP is no zip that can be read" in errors


def test_a_record_without_a_leaf_is_told(run, world, tmp_path):
    """Its page is there, its proof is not: the next publishing adds one."""
    site = shutil.copytree(world.site, tmp_path / "site")
    (site / PAGE / "proof.json").unlink()
    code, _, errors = run("verify-citation", FIRST, "--from", site, "--offline")
    assert code == 2
    assert "has no leaf in the log yet" in errors
    record = json.loads((site / PAGE / "record.json").read_bytes())
    del record["id"]
    (site / PAGE / "record.json").write_text(json.dumps(record))
    code, _, errors = run(
        "verify-citation", f"https://sample.example/{PAGE}/", "--from", site, "--offline"
    )
    assert code == 2
    assert "has no id yet" in errors


def test_a_text_that_is_not_published_is_no_failure(run, world):
    """The log has its hash; whoever holds the text can compare."""
    code, told, _ = run(
        "verify-citation", SECOND, "--from", world.site, "--offline", "--format", "json"
    )
    assert code == 0
    assert verdicts(told)["text-hash"] == verdicts(told)["quote-in-text"] == "not-checked"
    assert "is not published" in sentence(told, "text-hash")


def test_a_time_stamp_passes_where_its_authority_is_trusted(run, world, flat):
    """Of a later root, whose chain holds this one; untrusted it is not checked, over other bytes it fails."""
    given = ("verify-citation", flat / "record.json", "--offline", "--format", "json")
    code, told, _ = run(*given, "--trust", world.folder / "root.pem")
    assert (code, verdicts(told)["time-stamp"]) == (0, "pass")
    assert "whose chain holds this one" in sentence(told, "time-stamp")
    assert "Sample Stamps says" in sentence(told, "time-stamp")
    for trust in ((), ("--trust", world.folder / "stranger.pem")):
        code, told, _ = run(*given, *trust)
        assert (code, verdicts(told)["time-stamp"]) == (0, "not-checked")
        assert "is a sound token" in sentence(told, "time-stamp")
    shutil.copy(world.folder / "other.tsr", flat / "5.sample.tsr")
    code, told, _ = run(*given)
    assert (code, verdicts(told)["time-stamp"]) == (1, "fail")
    assert "of other bytes" in sentence(told, "time-stamp")
    code, _, errors = run(*given, "--trust", flat / "record.json")
    assert code == 2
    assert "holds no certificates" in errors


def test_an_attestation_is_verified_by_gh(run, flat, tmp_path):
    """Passed, refused or not to be had is what `gh` says; without it the command that does it is told."""
    line = (flat / "roots.jsonl").read_bytes().split(b"\n")[0]
    (flat / "2.sigstore.json").write_bytes(bundle(line))
    given = (
        "verify-citation",
        flat / "record.json",
        "--format",
        "json",
        "--from",
        flat,
        "--repository",
        "sample/atlas",
    )
    code, told, _ = run(*given, "--offline")
    assert (code, verdicts(told)["attestation"]) == (0, "not-checked")
    assert "gh attestation verify FILE --bundle 2.sigstore.json --repo sample/atlas" in sentence(
        told, "attestation"
    )
    (flat / "2.sigstore.json").write_bytes(bundle(b"another line"))
    code, told, _ = run(*given, "--offline")
    assert (code, verdicts(told)["attestation"]) == (1, "fail")
    assert "attests other bytes" in sentence(told, "attestation")


@pytest.mark.parametrize(
    ("exit_code", "said", "verdict"),
    [
        (0, "Loaded digest", "pass"),
        (1, "verifying with issuer failed", "fail"),
        (4, "To get started with GitHub CLI, please run: gh auth login", "not-checked"),
        (1, "dial tcp: lookup api.github.com: no such host", "not-checked"),
    ],
)
def test_what_gh_says_decides(world, flat, tmp_path, monkeypatch, exit_code, said, verdict):
    """That it is not signed in, or reaches nobody, is no verdict."""
    line = (flat / "roots.jsonl").read_bytes().split(b"\n")[0]
    (flat / "2.sigstore.json").write_bytes(bundle(line))
    gh = tmp_path / "bin" / "gh"
    gh.parent.mkdir()
    gh.write_text(FAKE_GH)
    gh.chmod(0o755)
    monkeypatch.setenv("PATH", f"{gh.parent}:/usr/bin:/bin")
    monkeypatch.setenv("FAKE_GH", str(tmp_path / "calls"))
    monkeypatch.setenv("SAYS", said)
    monkeypatch.setenv("CODE", str(exit_code))
    with web.started() as net:
        found = judged("record.json", net, folder=flat, source=str(flat), repository="sample/atlas")
    assert found["attestation"].verdict == verdict
    assert "attestation verify" in (tmp_path / "calls").read_text()


ARCHIVED = "https://archive.example.com/web/20261122051700/https://host1.example.com/terms"


def with_copy(flat):
    """Enter an archived copy into the evidence of a folder."""
    evidence = json.loads((flat / "evidence.json").read_bytes())
    evidence["archived"] = [
        {"address": ARCHIVED, "captured_at": "2026-11-22T05:17:00Z", "clause_in_memento": True}
    ]
    (flat / "evidence.json").write_text(json.dumps(evidence))


def test_archived_copies_and_the_live_page_are_read(flat):
    """The words are looked for where others hold them and where they were quoted from; robots.txt is kept to."""
    with_copy(flat)
    raw = "/web/20261122051700id_/https://host1.example.com/terms"
    with web.started() as net:
        net.host("archive.example.com").page(raw, html())
        net.host("host1.example.com").page("/terms", html())
        found = judged("record.json", net, folder=flat, source=str(flat))
        assert [found[one].verdict for one in ("archived-copy", "live-page")] == ["pass", "pass"]
        net.host("archive.example.com").page(raw, html("Nothing of it."))
        net.host("host1.example.com").page("/terms", html(CLAUSE.replace("train", "feed")))
        found = judged("record.json", net, folder=flat, source=str(flat))
        assert [found[one].verdict for one in ("archived-copy", "live-page")] == ["fail", "fail"]
        assert "says nothing of the day on which they were recorded" in found["live-page"].sentence
        net.host("archive.example.com").says(raw, web.Reply(503))
        net.host("host1.example.com").robots("User-agent: *\nDisallow: /terms")
        found = judged("record.json", net, folder=flat, source=str(flat))
        assert [found[one].verdict for one in ("archived-copy", "live-page")] == ["not-checked"] * 2
        assert "503" in found["archived-copy"].sentence


def test_offline_asks_nobody(flat):
    """No site, no archive, no page."""
    with_copy(flat)
    with web.started() as net:
        judged("record.json", net, folder=flat, offline=True, base_url="https://sample.example/")
        assert net.connections == 0
        assert net.resolved == []


def served(net, site):
    """Serve a site at the address of the small world."""
    host = net.host("sample.example")
    for path in site.rglob("*"):
        if path.is_file():
            name = f"/{path.relative_to(site).as_posix()}"
            host.page(name.removesuffix("index.html"), path.read_bytes())
    return host


def test_a_site_is_asked_where_nothing_is_at_hand(world, tmp_path):
    """From the id alone: the record, its proof, the roots and the time stamp come from the site's address."""
    with web.started() as net:
        served(net, world.site)
        settings = {
            "base_url": "https://sample.example/",
            "folder": tmp_path,
            "authorities": ("sample",),
        }
        trusted = certificates((world.folder / "root.pem").read_bytes())
        found = judged(f"{FIRST} r1", net, **settings, trusted=trusted)
        assert [found[one].verdict for one in FILES] == ["pass"] * 6
        assert found["time-stamp"].verdict == "pass"
        assert "The log itself was not at hand" in found["root"].sentence
        served(net, world.site).says(
            f"/{PAGE}/proof.json", web.redirect("https://elsewhere.example.com/")
        )
        with pytest.raises(SiteFilesFault, match="leads to another site"):
            judged(f"{FIRST} r1", net, **settings)


def test_private_addresses_are_not_gone_to(run):
    """A site at an address of this machine is refused, as everywhere else."""
    code, _, errors = run("verify-citation", FIRST, "--from", "https://127.0.0.1:9/")
    assert code == 2
    assert "127.0.0.1" in errors
