"""What others hold comes over as facts: dates, hashes and addresses, followed through a real git history."""

import json
import subprocess
from datetime import UTC, datetime

import pytest
from archive import ARCHIVE, needs_archive
from click.testing import CliRunner
from conftest import AS_OF, ROOT, copy_atlas

from atlas import ledger
from atlas.canonical import clause_sha256
from atlas.cli import cli
from atlas.examine import examine
from atlas.git_versions import HistoryFault, versions
from atlas.importers.open_terms_archive import quotes, span

ADDRESS = "https://github.com/OpenTermsArchive/genai-eu-versions"
FIRST = "We may use your Inputs and Outputs to train our models and improve our Services, unless you opt out through your account settings. Even if you opt-out, we will use Inputs and Outputs for model improvement when: (1) your conversations are flagged for safety review to improve our ability to detect harmful content, enforce our policies, or advance AI safety research, or (2) you've explicitly reported the materials to us (for example via our feedback mechanisms)."
SECOND = FIRST.replace("train our models and improve our Services", "train and improve AI models")
FILE = "Service/Privacy Policy.md"
FILES = {
    "CA-D-100007": "Claude.ai/Privacy Policy.md",
    "CA-D-100008": "Claude.ai/Terms of Service.md",
}


def git(folder, *arguments, at="2026-01-01T00:00:00+00:00"):
    who = {
        f"GIT_{r}_{w}": v
        for r in ("AUTHOR", "COMMITTER")
        for w, v in (("NAME", "A"), ("EMAIL", "a@b.example"), ("DATE", at))
    }
    subprocess.run(
        ["git", *arguments],
        cwd=folder,
        check=True,
        capture_output=True,
        env={**who, "PATH": "/usr/bin:/bin"},
    )


@pytest.fixture
def collection(tmp_path):
    """A clone whose document loses a link, is reworded, loses the clause, and gets it back."""
    root = tmp_path / "collection"
    (root / "Service").mkdir(parents=True)
    git(root, "init", "-q", "-b", "main")
    texts = [
        ("2026-01-01", "First record of Service", FIRST),
        (
            "2026-01-02",
            "Record new changes of Service",
            FIRST.replace("Services", "[Services](https://a.example/)"),
        ),
        ("2026-02-01", "Record new changes of Service", SECOND),
        ("2026-02-02", "Apply technical or declaration upgrade on Service", f"**{SECOND}**"),
        ("2026-03-01", "Record new changes of Service", "Nothing of that kind."),
        ("2026-04-01", "Record new changes of Service", FIRST),
    ]
    for day, subject, text in texts:
        (root / FILE).write_text(
            f"# Privacy\n\nAn introduction that stays.\n\n{text}\n\nThe end of it.\n"
        )
        git(root, "add", "-A")
        git(root, "commit", "-q", "-m", subject, at=f"{day}T10:30:00+00:00")
    return root


@pytest.fixture(scope="module")
def atlas():
    return examine(ROOT, AS_OF).atlas


def test_only_what_changed_a_quotation_comes_over(collection, atlas):
    """Six versions are four observations: first seen, reworded, gone, back; links and bold print are no change."""
    followed = quotes(atlas, atlas.document_by_id["CA-D-100007"])
    assert [q.record for q in followed] == ["CA-P-008335"]
    found = span(collection, FILE, ADDRESS, "CA-D-100007", followed)
    assert (found.versions, found.held_by) == (6, "open-terms-archive")
    assert [
        (o.observed_at.isoformat()[:10], o.clauses["CA-P-008335"]) for o in found.observations
    ] == [
        ("2026-01-01", clause_sha256(FIRST)),
        ("2026-02-01", clause_sha256(SECOND)),
        ("2026-03-01", ""),
        ("2026-04-01", clause_sha256(FIRST)),
    ]
    assert found.last_at == datetime(2026, 4, 1, 10, 30, tzinfo=UTC)
    assert found.observations[0].address.endswith("/Service/Privacy%20Policy.md")


def test_no_text_comes_over(collection, atlas):
    """The file that is written holds hashes of the words and none of the words."""
    followed = quotes(atlas, atlas.document_by_id["CA-D-100007"])
    written = ledger.encode_span(span(collection, FILE, ADDRESS, "CA-D-100007", followed)).decode()
    assert "Inputs" not in written
    assert "introduction" not in written


def test_a_history_that_is_none_is_told(collection, tmp_path):
    """A folder that is no repository, and a file that was never there."""
    with pytest.raises(HistoryFault, match=r"holds no version of `Other\.md`"):
        versions(collection, "Other.md")
    (tmp_path / "empty").mkdir()
    with pytest.raises(HistoryFault, match="git cannot read"):
        versions(tmp_path / "empty", FILE)


def test_the_command_writes_what_a_check_accepts(collection, tmp_path):
    """`./run import` writes one file below data/evidence/imported/, and the atlas stays sound with it."""
    root = copy_atlas(tmp_path / "atlas")
    arguments = [
        "import",
        "--document",
        "CA-D-100007",
        "--archive",
        str(collection),
        "--file",
        FILE,
        "--address",
        ADDRESS,
    ]
    done = CliRunner().invoke(cli, ["--root", str(root), *arguments], standalone_mode=False)
    assert done.return_value == 0, done.output
    assert "6 versions from 2026-01-01 to 2026-04-01, 3 of them with other words" in done.output
    examined = examine(root, AS_OF)
    assert examined.is_sound
    assert examined.atlas.evidence.spans["CA-D-100007"][0].versions == 6


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"--document": "CA-D-999999"}, "there is no document `CA-D-999999`"),
        ({"--file": "x.md"}, "holds no version of `x.md`"),
        ({"--address": "http://a.example"}, "is not an https address"),
    ],
)
def test_wrong_arguments_are_told(collection, tmp_path, changed, said):
    """Each slip gets its sentence, and nothing is written."""
    root = copy_atlas(tmp_path / "atlas")
    options = {
        "--document": "CA-D-100007",
        "--archive": str(collection),
        "--file": FILE,
        "--address": ADDRESS,
        **changed,
    }
    arguments = [word for pair in options.items() for word in pair]
    before = sorted((root / "data").rglob("*"))
    done = CliRunner().invoke(
        cli, ["--root", str(root), "import", *arguments], standalone_mode=False
    )
    assert done.exception is not None
    assert said in str(done.exception)
    assert sorted((root / "data").rglob("*")) == before


@needs_archive
@pytest.mark.parametrize("document", FILES)
def test_the_committed_facts_are_those_of_the_archive(document, atlas, tmp_path):
    """What data/evidence/imported/ says of the EU editions is what the archive's history gives, byte for byte."""
    clone = tmp_path / "clone"
    subprocess.run(
        ["git", "clone", "-q", str(ARCHIVE / "ota-genai-eu-versions.bundle"), str(clone)],
        check=True,
        capture_output=True,
    )
    found = span(
        clone, FILES[document], ADDRESS, document, quotes(atlas, atlas.document_by_id[document])
    )
    assert ledger.encode_span(found) == (ROOT / ledger.span_path(found)).read_bytes()


def test_one_rewording_and_no_change():
    """The EU privacy policy was reworded once, first seen on 2026-06-09; the EU terms kept their words."""
    folder = ROOT / "data" / "evidence" / "imported" / "open-terms-archive"
    held = {
        d: [json.loads(row) for row in (folder / f"{d}.jsonl").read_text().splitlines()]
        for d in FILES
    }
    assert [row["observed_at"][:10] for row in held["CA-D-100007"][1:]] == [
        "2025-11-11",
        "2026-06-09",
    ]
    assert [row["observed_at"][:10] for row in held["CA-D-100008"][1:]] == ["2025-11-11"]
    assert held["CA-D-100007"][1]["clauses"] == {"CA-P-008335": clause_sha256(FIRST)}
