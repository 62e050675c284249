"""`./run check --against`: what was published is read from another commit or another checkout, in real repositories."""

import os
import subprocess
from datetime import UTC, datetime

import door
import pytest
from conftest import AS_OF
from published_worlds import registered, with_sums
from test_what_was_published import (
    BECAME,
    FOUR,
    ONE,
    PUBLISHED,
    SAID,
    TERMS,
    THREE,
    TREE,
    four,
    moved,
    three,
)
from worlds import files, provision

from atlas.against import AgainstFault, against, kept
from atlas.editing.assign import assign
from atlas.examine import examine
from atlas.problem import Fault
from atlas.published import SUMS_FILE
from atlas.register import register
from atlas.reports import text

URLS = "data/published/urls/acme.tsv"
RULES = "* -text\n"
OTHER = "## Why it matters\n\nIt differs.\n"


def git(root, *arguments):
    """Run git in a repository with nobody's settings; return what it says."""
    env = {
        "PATH": os.environ["PATH"],
        "HOME": str(root),
        "GIT_CONFIG_NOSYSTEM": "1",
        **{f"GIT_{who}_{what}": "a@sample.example" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")},
    }  # fmt: skip
    return subprocess.check_output(
        ["git", *arguments], cwd=root, env=env, text=True, stderr=subprocess.STDOUT
    )


def write(root, tree):
    """Put files in their places; None takes one away."""
    for path, content in tree.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        if content is None:
            (root / path).unlink(missing_ok=True)
        else:
            (root / path).write_bytes(content if isinstance(content, bytes) else content.encode())


def whole(tree):
    """Return a tree with the shelves of small worlds."""
    return {file.path: file.content for file in files(tree)}


def commit(root, changes=None):
    write(root, changes or {})
    git(root, "add", "-A")
    git(root, "commit", "-q", "--allow-empty", "-m", "Change")
    return git(root, "rev-parse", "HEAD").strip()


@pytest.fixture
def published(tmp_path):
    """A repository whose `main` was published, with a branch `change` that begins there."""
    root = tmp_path / "atlas"
    root.mkdir()
    git(root, "init", "-q", "-b", "main")
    commit(root, {**whole(PUBLISHED), ".gitattributes": RULES})
    git(root, "switch", "-q", "-c", "change")
    return root


def check(root, where=None, cwd=None):
    """Return exit code and report of a check against something; the command itself has a test of its own."""
    return judged(root, lambda: where and against(root, where, (cwd or root) / where))


def kept_here(root):
    """Return the same of a check that all is kept."""
    return judged(root, lambda: kept(root))


def judged(root, look):
    try:
        found = look()
    except AgainstFault as fault:
        return 2, str(fault)
    report = examine(root, AS_OF, against=found or None).report
    return (1 if report.blocking else 0), text.render(report)


def test_what_takes_nothing_away_passes(published):
    """New records and other words of prose are fine, committed or not."""
    commit(published, {f"{TERMS}/five.md": provision("We sell it.", OTHER)})
    write(published, {f"{TERMS}/six.md": provision("We lend it.", f"{OTHER}Six.\n")})
    code, said = check(published, "main")
    assert code == 0, said


def test_what_a_branch_takes_away_is_told_whatever_its_own_ledger_says(published):
    """A record that was deleted together with its lines of the ledger, sums included, is missed all the same."""
    without = registered({p: t for p, t in TREE.items() if p != ONE})
    commit(published, {**dict.fromkeys(PUBLISHED), **whole(without)})
    assert check(published)[0] == 0
    code, said = check(published, "main")
    assert code == 1
    assert f"{ONE}:1:1: the record `SA-P-100001` was published, and its file is gone" in said
    assert "[edited-ledger]" in said


def test_an_edited_ledger_is_told_by_file_and_line(published):
    """One problem a file, at the first line that differs, with the command that reverts it."""
    edited = PUBLISHED[URLS].decode().replace("2026-11-01", "2026-11-02")
    forged = with_sums({**PUBLISHED, URLS: edited})
    base = git(published, "rev-parse", "HEAD").strip()
    commit(published, {URLS: edited, SUMS_FILE: forged[SUMS_FILE]})
    write(published, {"data/evidence/ledger/2026-11.jsonl": "", "data/published/anchors/.lock": ""})
    code, said = check(published, "main")
    assert code == 1
    found = [line for line in said.split("\n") if line.endswith("[edited-ledger]")]
    assert found == [
        f"data/evidence/ledger/2026-11.jsonl:1:1: this file is not in {base[:10]} [edited-ledger]",
        f"{SUMS_FILE}:{_line(SUMS_FILE, forged)}:1: from this line on the file is not what it is in {base[:10]} [edited-ledger]",
        f"{URLS}:2:1: from this line on the file is not what it is in {base[:10]} [edited-ledger]",
    ]
    assert (
        f"revert it: `git checkout {base[:10]} -- {URLS}`; it is written by the publishing job alone"
        in said
    )
    git(published, "checkout", base[:10], "--", URLS, SUMS_FILE)
    (published / "data/evidence/ledger/2026-11.jsonl").unlink()
    assert check(published, "main")[0] == 0


def _line(path, after):
    pairs = zip(PUBLISHED[path].split(b"\n"), after[path].split(b"\n"), strict=True)
    return next(number for number, (old, new) in enumerate(pairs, 1) if old != new)


def test_what_was_published_after_a_branch_began_is_not_missed(published):
    """A branch that is behind took nothing away; once it has both, the check has both."""
    commit(published, {f"{TERMS}/five.md": provision("We sell it.", OTHER)})
    git(published, "switch", "-q", "main")
    sixth = {**PUBLISHED, f"{TERMS}/six.md": provision("We lend it.", OTHER, id="SA-P-100006")}
    commit(published, registered(sixth))
    git(published, "switch", "-q", "change")
    assert check(published, "main") == (0, check(published)[1])
    git(published, "merge", "-q", "-m", "Merge", "main")
    assert check(published, "main")[0] == 0
    commit(published, {f"{TERMS}/six.md": None})
    code, said = check(published, "main")
    assert code == 1
    assert "`SA-P-100006` was published, and its file is gone" in said


def test_another_checkout_is_as_good_as_a_commit(published, tmp_path):
    """Without git: the folder of a checkout, from wherever it was typed."""
    other, here = tmp_path / "other", tmp_path / "here"
    write(other, whole(PUBLISHED))
    write(here, {**whole(PUBLISHED), **moved(ONE, f"{TERMS}/uno.md")})
    code, said = check(here, "other", cwd=tmp_path)
    assert code == 1
    assert said.count("[vanished-address]") == 1
    assert f"{TERMS}/uno.md:2:1: this record was published as `one`" in said
    assert check(other, "other", cwd=tmp_path)[0] == 0
    edited = PUBLISHED[URLS].replace(b"2026-11-01", b"2026-11-02")
    write(
        here, {**moved(f"{TERMS}/uno.md", ONE, whole(PUBLISHED)), ONE: PUBLISHED[ONE], URLS: edited}
    )
    assert "[edited-ledger]" in check(here, "other", cwd=tmp_path)[1]


def test_a_part_of_a_repository_may_be_the_atlas(published, tmp_path):
    """An atlas in a folder of a repository is checked against its own past."""
    root = tmp_path / "mono"
    (root / "sub").mkdir(parents=True)
    git(root, "init", "-q", "-b", "main")
    write(root / "sub", whole(PUBLISHED))
    commit(root, {".gitattributes": RULES})
    assert check(root / "sub", "HEAD")[0] == 0
    write(root / "sub", {ONE: None, URLS: PUBLISHED[URLS] + b"x"})
    said = check(root / "sub", "HEAD")[1]
    assert f"{ONE}:1:1: the record" in said
    assert f"{URLS}:" in said


def test_what_cannot_be_checked_against_is_told(published, tmp_path):
    """An unknown name, a shallow clone, no repository, a folder without what was published: a sentence and exit 2."""
    base = git(published, "rev-parse", "HEAD").strip()
    assert check(published, "nowhere") == (
        2, "git knows no commit `nowhere` here; `git fetch` brings those of others",
    )  # fmt: skip
    assert check(published, "--output=x")[0] == 2
    commit(published, {"content/about.md": PUBLISHED["content/about.md"] + b"More.\n"})
    shallow = tmp_path / "shallow"
    git(tmp_path, "clone", "-q", "--depth=1", f"file://{published}", str(shallow))
    code, said = check(shallow, f"{base}")
    assert code == 2
    assert "this clone has not all commits: `git fetch --unshallow` brings the others" in said
    code, said = check(published, "content")
    assert (code, said) == (
        2, "content holds no data/published; name a checkout of this atlas, or a commit",
    )  # fmt: skip
    bare = tmp_path / "bare"
    write(bare, whole(PUBLISHED))
    code, said = check(bare, "main")
    assert code == 2
    assert "git cannot read" in said


def test_a_commit_in_which_it_is_broken_says_nothing(published):
    """What was published has to be whole where it is read from."""
    commit(published, {URLS: PUBLISHED[URLS] + b"x"})
    code, said = check(published, "HEAD")
    assert code == 2
    assert "what was published is broken in" in said


def test_the_command_ends_as_all_do(published):
    """0 where nothing is taken away, 1 where something is, 2 where there is nothing to check against."""

    def run(where):
        return door.typed(
            "--root", published, "check", "--as-of=2026-11-22", f"--against={where}", cwd=published
        )

    assert run("main").returncode == 0
    write(published, {ONE: None})
    done = run("main")
    assert done.returncode == 1
    assert "[vanished-address]" in done.stdout
    done = run("nowhere")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("error: git knows no commit `nowhere` here")


@pytest.fixture
def looking_back(published):
    """The same repository, whose origin says that its `main` was published last."""
    git(published, "update-ref", "refs/remotes/origin/published", "main")
    return published


def test_before_anything_is_published_nothing_is_looked_back_at(published):
    """Without the branch of what was published last there is nothing to compare with."""
    assert kept(published) is None


def test_what_grew_since_it_was_published_is_kept(looking_back):
    """Another publishing that was entered, and not marked yet, takes nothing away."""
    new = "content/platform/acme/terms/second.md"
    tree = {**PUBLISHED, new: provision(id="SA-P-100009")}
    grown = registered(tree)
    commit(looking_back, grown)
    assert looking_back.joinpath(URLS).read_bytes() != whole(PUBLISHED)[URLS]
    assert kept_here(looking_back)[0] == 0


def test_what_is_gone_since_it_was_published_is_told(looking_back):
    """A folder, a file, a line, the end of the log: each is told with what brings it back."""
    base = git(looking_back, "rev-parse", "--short=10", "main").strip()
    held = {p: c for p, c in whole(PUBLISHED).items() if p.startswith("data/published/")}
    ledger, log = held[URLS].splitlines(keepends=True), "data/published/log/0000.jsonl"
    cases = [
        (dict.fromkeys(held), "data/published was published in {} and holds nothing here"),
        ({log: None}, "log/0000.jsonl:1:1: this file was published in {} and is not here"),
        ({log: b"".join(held[log].splitlines(keepends=True)[:-1])}, ".jsonl:4:1: from this line on the file is not what was published in {}"),
        ({URLS: b"".join(ledger[:-2])}, "was published in {}, and its line and 1 more are not here"),
        (
            {URLS: held[URLS].replace(b"2026-", b"2025-", 1)},
            "was published in {}, and its line is not here",
        ),
    ]  # fmt: skip
    for change, said in cases:
        write(looking_back, {**held, **change})
        code, report = kept_here(looking_back)
        assert code == 1
        assert said.format(base) in report
        assert f"git checkout {base} -- data/published" in report


def test_half_a_repository_cannot_look_back(looking_back, tmp_path):
    """A clone without the branch that says what was published last must not pass for an atlas that never was."""
    git(tmp_path, "clone", "-q", "--depth=1", f"file://{looking_back}", "half")
    code, said = kept_here(tmp_path / "half")
    assert code == 2
    assert said == (
        "what was published last may not be here; this clone has not all commits:"
        " `git fetch --unshallow` brings the others"
    )


def test_what_became_of_a_record_is_not_taken_back(tmp_path):
    """A withdrawal and an objection that were published are missed, whatever the branch's own ledger says."""
    root = tmp_path / "atlas"
    root.mkdir()
    git(root, "init", "-q", "-b", "main")
    commit(root, {**whole(BECAME), ".gitattributes": RULES})
    git(root, "switch", "-q", "-c", "change")
    without = {**TREE, **three(None), **four(None, said=None)}
    commit(
        root,
        {**dict.fromkeys(BECAME), **whole(registered({p: t for p, t in without.items() if t}))},
    )
    assert check(root)[0] == 0
    code, said = check(root, "main")
    assert code == 1
    assert f"{THREE}:1:1: this record was published as withdrawn, and here it is active" in said
    assert f"{SAID}:1:1: this was published with SA-P-100004, and its file is gone" in said
    assert f"{FOUR}:1:1: this record was published as disputed" in said
    commit(root, {**dict.fromkeys(without), **whole(BECAME)})
    assert check(root, "main")[0] == 0


@pytest.mark.parametrize("enter", [register, assign])
def test_nothing_is_entered_where_what_was_entered_is_gone(published, enter):
    """A ledger that was taken away, in part or whole, is told with what brings it back; none is begun in its place."""
    base = git(published, "rev-parse", "--short=10", "HEAD").strip()
    held = {p: c for p, c in whole(PUBLISHED).items() if p.startswith("data/published/")}
    arguments = (AS_OF, datetime(2026, 11, 22, 12, tzinfo=UTC))[: 2 if enter is register else 1]
    for change, said in (
        (dict.fromkeys(held), f"data/published was published in {base} and holds nothing here"),
        ({URLS: None}, f"{URLS}: this file was published in {base} and is not here"),
    ):
        write(published, change)
        with pytest.raises(Fault) as told:
            enter(published, *arguments)
        assert said in str(told.value)
        assert f"`git checkout {base} -- data/published" in str(told.value)
        assert not (published / URLS).exists()
        write(published, held)
