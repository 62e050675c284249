"""Files from strangers: each is told what is wrong with it, in so many words, or shows as text; none breaks anything.

`tests/hostile/README.md` says where the cases are. `pytest --update-golden` rewrites what is said of them.
"""

import hashlib
import os
import socket
import tempfile
import time
from pathlib import Path
from random import Random

import door
import pytest
from conftest import AS_OF, ROOT
from corpus import paragraph
from hostile_files import ABOUT, BROKEN, CLOSED, INERT, TERMS, sound, text
from selectolax.lexbor import LexborHTMLParser

from atlas.examine import examine, examine_files
from atlas.load import load
from atlas.model import SourceFile
from atlas.reports import text as text_report

GOLDEN = ROOT / "tests" / "hostile" / "problems.txt"
SMALL = 10_000
"""Letters of a file that is small enough to have no thousands of problems, which take seconds to print."""

SHOWN = 6
"""So many problems of a case stand in `problems.txt`; of the rest, the number."""

CASES = {
    f"{group}: {name}": tree for group, cases in BROKEN.items() for name, tree in cases.items()
}


def laid_over(tree):
    """Return the sound files with those of a case laid over them; None takes one away."""
    whole = {**sound(), **tree}
    return {p: c.encode() if isinstance(c, str) else c for p, c in whole.items() if c is not None}


def examined(tree):
    files = [SourceFile(path, content) for path, content in sorted(laid_over(tree).items())]
    return examine_files(files, AS_OF).report


def write(tree, root):
    """Write the sound files, with those of a case, below a folder."""
    for path, content in laid_over(tree).items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(content)
    return root


def said(report):
    """Return what people read of a report, of very long ones the beginning."""
    problems = [text_report.problem_text(report, p) for p in report.problems[:SHOWN]]
    rest = len(report.problems) - len(problems)
    return "\n".join([*problems, *([f"... and {rest} more"] if rest else [])])


def fingerprint(root):
    """Return a hash of every file below a folder, with its name, kind and rights."""
    whole = hashlib.sha256()
    for path in sorted(root.rglob("*")):
        whole.update(
            f"{path.relative_to(root)}\0{path.lstat().st_mode}\0".encode("utf-8", "surrogateescape")
        )
        if path.is_file() and not path.is_symlink():
            whole.update(path.read_bytes())
    return whole.hexdigest()


# --- files that lie on a disk in ways that no repository shows ---


def link_out(root):
    (root / CLOSED).unlink()
    (root / CLOSED).symlink_to("/etc/passwd")


def link_to_a_device(root):
    (root / "content" / "zero.md").symlink_to("/dev/zero")


def link_to_itself(root):
    (root / "content" / "loop.md").symlink_to("loop.md")


def links_in_a_circle(root):
    (root / "content" / "one.md").symlink_to("two.md")
    (root / "content" / "two.md").symlink_to("one.md")


def link_to_nothing(root):
    (root / "content" / "gone.md").symlink_to("nowhere.md")


def folder_linked_to_its_parent(root):
    (root / "content" / "platform" / "again").symlink_to("..")


def folder_linked_out(root):
    (root / "content" / "platform" / "etc").symlink_to("/etc")


def pipe(root):
    os.mkfifo(root / "content" / "pipe.md")


def socket_file(root):
    with socket.socket(socket.AF_UNIX) as made:
        here = Path.cwd()
        os.chdir(root / "content")  # the path of a socket has 107 characters at most
        try:
            made.bind("socket.md")
        finally:
            os.chdir(here)


def folder_called_like_a_page(root):
    (root / "content" / "folder.md").mkdir()


def folder_called_like_a_record(root):
    (root / TERMS / "folder.md").mkdir()
    (root / TERMS / "folder.md" / "inner.md").write_text(text(CLOSED), encoding="utf-8")


def folder_called_like_a_platform(root):
    (root / "content" / "platform" / "new" / "_platform.yaml").mkdir(parents=True)


def folder_called_like_a_shelf(root):
    (root / "data" / "people.yaml").unlink()
    (root / "data" / "people.yaml").mkdir()


def file_in_place_of_the_shelves(root):
    for path in (root / "data").iterdir():
        path.unlink()
    (root / "data").rmdir()
    (root / "data").write_text("x", encoding="utf-8")


def name_with_a_line_break(root):
    (root / "content" / "a\n::error::owned.md").write_text(text(ABOUT), encoding="utf-8")


def name_with_a_terminal_escape(root):
    (root / "content" / "a\x1b[2Jb.md").write_text(text(ABOUT), encoding="utf-8")


def name_that_runs_to_the_left(root):
    (root / "content" / "a\u202edm.exe.md").write_text(text(ABOUT), encoding="utf-8")


def name_with_a_zero_width_space(root):
    (root / "content" / "ab\u200bout.md").write_text(text(ABOUT), encoding="utf-8")


def name_of_other_bytes(root):
    (root / "content" / os.fsdecode(b"caf\xe9.md")).write_text(text(ABOUT), encoding="utf-8")


ON_DISK = (
    link_out, link_to_a_device, link_to_itself, links_in_a_circle, link_to_nothing, folder_linked_to_its_parent,
    folder_linked_out, pipe, socket_file, folder_called_like_a_page, folder_called_like_a_record,
    folder_called_like_a_platform, folder_called_like_a_shelf, file_in_place_of_the_shelves, name_with_a_line_break,
    name_with_a_terminal_escape, name_that_runs_to_the_left, name_with_a_zero_width_space, name_of_other_bytes,
)  # fmt: skip
DISK_CASES = {f"disk: {make.__name__.replace('_', ' ')}": make for make in ON_DISK}


def report_on_disk(make, root):
    """Return the report of a folder with one oddity, and prove that looking at it changed nothing."""
    make(write({}, root))
    before = fingerprint(root)
    report = examine(root, AS_OF).report
    assert fingerprint(root) == before
    return report


# --- what is said ---


@pytest.fixture(scope="module")
def golden(request, tmp_path_factory):
    """What `problems.txt` says, by case; rewritten first where that is wanted."""
    if request.config.getoption("--update-golden"):
        reports = {name: examined(tree) for name, tree in CASES.items()}
        for name, make in DISK_CASES.items():
            reports[name] = report_on_disk(make, tmp_path_factory.mktemp("disk"))
        sections = [f"=== {name}\n{said(report)}\n" for name, report in reports.items()]
        GOLDEN.write_text("\n".join(sections), encoding="utf-8")
    sections = (
        GOLDEN.read_text(encoding="utf-8").removeprefix("=== ").removesuffix("\n").split("\n\n=== ")
    )
    return dict(section.split("\n", 1) for section in sections)


def judge(report, name, golden):
    assert report.blocking, "a case must be refused"
    assert said(report) == golden[name]
    texts = {path: whole.split("\n") for path, whole in report.texts.items()}
    for problem in report.problems:
        lines = texts.get(problem.path, [""])
        assert problem.hint, problem
        assert "\n" not in problem.message + problem.hint + problem.path
        assert len(problem.message) <= 1_001 >= len(problem.hint)
        assert 1 <= problem.span.line <= len(lines)
        assert 1 <= problem.span.column <= problem.span.end_column
        assert problem.span.column <= len(lines[problem.span.line - 1]) + 1


@pytest.mark.parametrize("name", CASES)
def test_a_broken_file_is_refused_in_these_words(name, golden):
    """Code, file, line, column, message and way out are exactly these; nothing is raised, and it takes an instant."""
    start = time.process_time()
    report = examined(CASES[name])
    assert time.process_time() - start < 1.5
    judge(report, name, golden)


@pytest.mark.parametrize("name", DISK_CASES)
def test_an_odd_place_on_the_disk_is_told_in_these_words(name, golden, tmp_path):
    """Links, pipes, folders and names that no record can have are told of, never followed, opened or passed over."""
    judge(report_on_disk(DISK_CASES[name], tmp_path), name, golden)


def test_what_is_said_belongs_to_a_case(golden):
    """A case that is gone leaves nothing behind, and no two share a name."""
    assert list(golden) == [*CASES, *DISK_CASES]
    assert sum(len(cases) for cases in BROKEN.values()) == len(CASES)


def test_a_file_that_nobody_may_read_is_told():
    """Missing permission is a problem of that file alone, for every user."""
    with tempfile.TemporaryDirectory() as folder:
        root = write({}, Path(folder))
        for path in (root, *root.rglob("*")):
            path.chmod(0o755)
        (root / CLOSED).chmod(0)
        (root / "content" / "platform" / "quillbox" / "house-rules").chmod(0)
        try:
            found = as_nobody(
                lambda: sorted((p.code, p.path, p.message) for p in load(root).problems)
            )
        finally:
            (root / "content" / "platform" / "quillbox" / "house-rules").chmod(0o755)
    denied = "this file cannot be read: Permission denied"
    paths = (CLOSED, "content/platform/quillbox/house-rules")
    assert found == repr([("unreadable-file", path, denied) for path in paths])


def as_nobody(look):
    """Return the `repr` of what `look()` returns to a user without any rights."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            if os.geteuid() == 0:
                os.setgroups([])
                os.setgid(65534)
                os.setuid(65534)
            os.write(writing, repr(look()).encode())
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as stream:
        answer = stream.read().decode()
    os.waitpid(child, 0)
    return answer


# --- the command itself ---


def run(root, *arguments):
    return door.typed("--root", root, *arguments, "--as-of", AS_OF)


def at_once():
    """Return every broken file that can lie beside the others, each at a place of its own."""
    tree = {}
    for number, case in enumerate(CASES.values()):
        for path, content in case.items():
            if (
                content is None
                or len(content) > SMALL
                or path.startswith("data/")
                or path == "content/platform"
            ):
                continue
            alone = {CLOSED: f"{TERMS}/hostile-{number}.md", ABOUT: f"content/hostile-{number}.md"}
            tree[alone.get(path, path)] = content
    return tree


@pytest.mark.parametrize("command", ["check", "build"])
def test_the_command_refuses_them_and_touches_nothing(command, tmp_path):
    """A tree with every kind of trouble at once: exit 1, no traceback, no site, and not a byte of the sources changed."""
    root = write(at_once(), tmp_path)
    for make in (
        link_to_a_device,
        links_in_a_circle,
        folder_linked_out,
        pipe,
        name_with_a_line_break,
        name_of_other_bytes,
    ):
        make(root)
    before = fingerprint(root)
    done = run(root, command)
    assert done.returncode == 1, done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    assert "\x1b" not in done.stdout
    assert "\n::error" not in done.stdout
    assert fingerprint(root) == before
    assert not (root / "site").exists()


@pytest.mark.parametrize(
    "name",
    [
        "YAML: lists nested on one line",
        "names and places: way up in the key of a person",
        "bytes: UTF-16 without a mark",
    ],
)
def test_the_command_survives_what_broke_readers_before(name, tmp_path):
    """One file that overflows a stack, leads out of the folder, or is no text at all: exit 1 and a problem."""
    root = write(CASES[name], tmp_path)
    done = run(root, "check")
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.endswith(f"{examined(CASES[name]).summary()}\n")


# --- what is only text ---


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    """One atlas with every harmless oddity, published by the command; its folder."""
    root = write({}, tmp_path_factory.mktemp("inert"))
    for name, (tree, _) in INERT.items():
        record = {CLOSED: text(CLOSED), **tree}[CLOSED].replace("id: SA-P-100002\n", "")
        # Two records may not say the same of two clauses, nor grade them differently without a word.
        record = record.replace("Your account can be gone in a moment.", paragraph(Random(name), 4))
        if "severity_reason" not in record:
            record = record.replace("\nclause:", "\nseverity_reason: It is odd.\nclause:", 1)
        (root / TERMS / f"{name}.md").write_text(record, encoding="utf-8")
        for path in tree.keys() - {CLOSED}:
            said = root / TERMS / name / Path(path).name
            said.parent.mkdir(exist_ok=True)
            said.write_text(tree[path], encoding="utf-8")
    before = fingerprint(root)
    done = run(root, "build", "--no-search", "--output", str(root.parent / "inert-site"))
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr
    assert fingerprint(root) == before
    return root.parent / "inert-site"


@pytest.mark.parametrize("name", INERT)
def test_odd_words_show_as_they_were_written(name, published):
    """What looks like code is text to the letter, on the page and in its Markdown twin, and runs nowhere."""
    page = LexborHTMLParser(
        (published / TERMS.removeprefix("content/") / name / "index.html").read_text(
            encoding="utf-8"
        )
    )
    shown = " ".join(page.css_first("main").text().split())
    assert " ".join(INERT[name][1].split()) in shown
    scripts = [s for s in page.css("script") if s.attributes.get("type") != "application/ld+json"]
    assert all((s.attributes.get("src") or "").startswith("/assets/") for s in scripts)
    assert not page.css("iframe, object, embed, img[onerror], main [onclick], main [onerror]")
