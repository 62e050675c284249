"""The shelf of broken atlases: each fault alone, with the exact words in which it is reported.

`tests/broken/README.md` says what a case folder holds. `pytest --update-golden` rewrites the
expected texts; the diff is the review.
"""

import ast
import random
import re
import sys
import time
from datetime import date
from pathlib import Path

import pytest

from atlas import checks
from atlas.checks import CHECKS
from atlas.examine import examine_files
from atlas.link import link
from atlas.model import SourceFile
from atlas.parse import parse
from atlas.reports import text
from atlas.source_text import LARGEST_FILE

ROOT = Path(__file__).resolve().parent.parent
BROKEN = ROOT / "tests" / "broken"
AS_OF = date(2026, 11, 22)
TERMS = "content/platform/larkspur/terms"
CLOSED = f"{TERMS}/accounts-closed-at-will.md"

CASES = sorted(f.name for f in BROKEN.iterdir() if f.is_dir() and f.name != "sound")

OMNIBUS = {"many-at-once", "many-rules-at-once"}
"""Cases with many faults at once: their names are no codes."""

COMPANIONS = {
    "yaml-nesting": ["wrong-shape"],  # no field holds anything so deep
}
"""Codes that cannot but come with another one."""

STRICT = {"unassigned-id"}
"""Codes that only a strict examination reports."""

ON_DISK = {"outside-file", "unreadable-file"}
"""Codes about the disk, not about what is in a file: `test_load.py` has them."""

IN_A_REPOSITORY = {"edited-ledger"}
"""Codes about what an earlier commit has: `test_against.py` has them."""

READERS = (
    "examine.py",
    "frontmatter.py",
    "ledger/*.py",
    "load.py",
    "load_evidence.py",
    "load_published.py",
    "model/*.py",
    "parse.py",
    "published/*.py",
    "source_text.py",
    "syntax.py",
    "validate.py",
)
"""Modules of the program, apart from the checks, that make problems of records."""


def test_every_code_has_a_case_and_every_case_a_code():
    """A rule without an example of what it says, or an example of a rule that is gone, cannot stay."""
    elsewhere = ON_DISK | IN_A_REPOSITORY
    assert set(CASES) - OMNIBUS == {check.code for check in CHECKS} | reader_codes() - elsewhere


def test_nothing_is_wrong_with_the_sound_atlas():
    """What the cases are laid over has no problem, so that each fault is the case's own."""
    report = examine_files(files_of("sound"), AS_OF, strict=True).report
    assert text.render(report) == (
        "3 provisions, 2 documents, 2 platforms, 2 clause types, 3 regulations, 1 page of prose"
        " examined: no problems\n"
    )


@pytest.mark.parametrize("case", CASES)
def test_a_fault_is_reported_in_these_words(case, request):
    """Place, message, source line, caret and way out are exactly these, and no other rule complains."""
    report = examine_files(files_of(case), AS_OF, strict=case in STRICT).report
    found = text.render(report)
    expected = BROKEN / case / "expected.txt"
    if request.config.getoption("--update-golden"):
        expected.write_text(found, encoding="utf-8")
    assert found == expected.read_text(encoding="utf-8")
    codes = {p.code for p in report.problems}
    assert case in OMNIBUS or {case} <= codes <= {case, *COMPANIONS.get(case, ())}


@pytest.mark.parametrize("case", CASES)
def test_every_problem_shows_the_way_out(case):
    """A problem has a hint, and stands at a place that its file has."""
    report = examine_files(files_of(case), AS_OF, strict=case in STRICT).report
    assert report.problems
    for problem in report.problems:
        assert problem.hint, problem
        assert "\n" not in problem.message + problem.hint
        lines = report.texts.get(problem.path, "").split("\n")
        assert problem.span.line <= len(lines), problem
        assert problem.span.end_column <= len(lines[problem.span.line - 1]) + 2, problem


def test_a_rule_is_the_first_sentence_of_its_module():
    """The rule is written once: code, file name and sentence belong to one module."""
    for check in CHECKS:
        module = sys.modules[check.find.__module__]
        assert module.__name__ == f"atlas.checks.{check.code.replace('-', '_')}"
        assert check.rule == " ".join(module.__doc__.partition("\n\n")[0].split())
        assert re.fullmatch(r"[A-Z].*[^.]\.", check.rule), check.rule
        assert ". " not in check.rule, check.rule


def test_every_module_of_a_check_is_listed():
    """A file with a `CHECK` that nobody runs would look like a rule and be none."""
    folder = ROOT / "atlas" / "checks"
    with_check = {
        f.stem.replace("_", "-")
        for f in folder.glob("*.py")
        if "\nCHECK = " in f.read_text("utf-8")
    }
    assert [check.code for check in CHECKS] == list(dict.fromkeys(check.code for check in CHECKS))
    assert with_check == {check.code for check in CHECKS}


def test_checks_read_no_clock():
    """The verdict depends on the date that is handed in: the same atlas is judged for any day."""
    files = files_of("sound")
    early = examine_files(files, AS_OF.replace(year=2025)).report
    assert {p.code for p in early.problems} == {"date-order"}
    late = examine_files(files, AS_OF.replace(year=2099)).report
    assert {p.code for p in late.problems} == {"security-expires"}


def test_problems_stand_in_reading_order():
    """A report goes through each file from the top."""
    for case in OMNIBUS:
        problems = examine_files(files_of(case), AS_OF).report.problems
        assert list(problems) == sorted(problems, key=lambda p: p.order)


def test_checking_costs_about_as_much_as_reading():
    """Checking never makes a contributor wait: 2,000 records take about as long as parsing them."""
    files = files_of("sound") + [generated(number) for number in range(2000)]
    start = time.process_time()
    records, _ = parse(files)
    read = time.process_time() - start
    atlas = link(records)
    start = time.process_time()
    problems = checks.run(atlas, AS_OF)
    checked = time.process_time() - start
    assert [p for p in problems if p.blocks] == []
    assert checked < 2.5 * read, f"parsed in {read:.2f} s, checked in {checked:.2f} s"


@pytest.mark.parametrize(
    "value",
    [
        "[Good](https://a.example/b_(c))", "[Good](/methodology/)", "[Good](mailto:a@b.example)", "[Good](#below)",
        "<https://a.example>", "Brackets [alone] and (these).", "`[x](y)`", "```\n[x](y)\n```", "~~~\n<b>\n~~~",
        "``code with ` and <b>``", "\\[x\\](y)", "3 < 4 and 5 > 4", "a <- b", "<a@b.example>", "Wow! [Good](/x/)",
    ],
)  # fmt: skip
def test_markdown_that_may_stand(value):
    """Neither a link rule nor the rule on markup refuses what is allowed."""
    assert codes_of_text(value) == set()


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("[x](http://a.example)", "link-not-https"), ("[x](HTTPS://a.example)", "link-not-https"),
        ("[x]( javascript:alert(1) )", "link-not-https"), ("[x](java&#115;cript:a)", "link-not-https"),
        ("[x](data:text/html,x)", "link-not-https"), ("[x](//a.example)", "link-not-https"),
        ("[x](/\\a.example)", "link-not-https"), ("[x](other.md)", "link-not-https"), ("[x]()", "link-not-https"),
        ("[x](<http://a.example/b c>)", "link-not-https"), ("[a [b] c](http://x)", "link-not-https"),
        ("[x](https://)", "link-not-https"), ("[x](https://bank.example@evil.example)", "link-not-https"),
        ("[x][y]\n\n[y]: http://a.example", "link-not-https"), ("<http://a.example>", "link-not-https"),
        ("[x](https://[::1)", "link-not-https"), ("<b>x</b>", "raw-markup"), ("a<br/>b", "raw-markup"),
        ("<!-- x", "raw-markup"), ("<div\n  class=x>", "raw-markup"), ("<?php", "raw-markup"),
        ("![a](https://a.example/x.png)", "raw-markup"), ("![a][b]", "raw-markup"), ("<script>", "raw-markup"),
        ("`unclosed <b>", "raw-markup"),
    ],
)  # fmt: skip
def test_markdown_that_may_not_stand(value, code):
    """Every way to lead out of https, or to write HTML, is found."""
    assert codes_of_text(value) == {code}


def test_a_broken_file_makes_no_second_fault():
    """References to what could not be read are not called unknown: the first fault is the one to mend."""
    files = {f.path: f.content for f in files_of("sound")}
    files["data/regulations.yaml"] = b"fable-act: [\n"
    files["data/people.yaml"] += b"ada-quince: again\n"
    files[CLOSED] = files[CLOSED].replace(b"title: Closing", b'title: "Closing')
    files[f"{TERMS}/_document.yaml"] = b"\tid: SA-D-00001\n"
    report = examine_files([SourceFile(p, c) for p, c in files.items()], AS_OF).report
    assert {p.code for p in report.problems} == {"yaml-syntax", "yaml-duplicate-key"}


def test_a_clause_is_found_in_a_block_at_its_exact_place():
    """Line and column of a fault in a quotation are those of an editor, whatever stands before it."""
    files = {f.path: f.content for f in files_of("sound")}
    text = (
        files[CLOSED]
        .decode()
        .replace("whenever we think fit.", "at will.\n\n  Ünïcode — and **this**.")
    )
    files[CLOSED] = text.encode()
    report = examine_files([SourceFile(p, c) for p, c in files.items()], AS_OF).report
    (span,) = (p.span for p in report.problems)
    assert text.split("\n")[span.line - 1][span.column - 1 : span.end_column - 1] == "**this**"


HOSTILE = (
    "`", "`a``", "[", "[]", "[a](", "![", "![a", "](", "[x]: ", "[[", "<", "<a ", "<!--", "<b", '"', '" ', "“a", "„",
    "«a", ">", "> a\n", "**", "**a ", "__", "__a ", "_a ", "*a ", "\\", "```\n", "~~~\n", "&#1", "a-", "a. ", "#",
    "## ", "### a\n", "- ", "- a\n", "a\n=\n", "illegal ", " ",
)  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE)
def test_no_text_makes_a_check_slow(piece):
    """A hostile text of the largest size is judged in moments: no pattern runs away."""
    files = {f.path: f.content for f in files_of("sound")}
    text = "a" + piece * (29_000 // len(piece.replace("\n", "\n  ").encode()))
    clause = text.replace("\n", "\n  ")
    files[CLOSED] = files[CLOSED].replace(b"think fit.", clause.encode()) + text.encode()
    start = time.process_time()
    examined = examine_files([SourceFile(p, c) for p, c in files.items()], AS_OF)
    assert time.process_time() - start < 5
    assert len(examined.atlas.provisions) == 3


def files_of(case):
    """Return the files of a case, laid over the sound atlas."""
    files = read(BROKEN / "sound")
    if case != "sound":
        files |= read(BROKEN / case)
        files |= {path: make(files.get(path, b"")) for path, make in MADE.get(case, {}).items()}
        removed = BROKEN / case / "remove.txt"
        for path in removed.read_text(encoding="utf-8").split() if removed.exists() else ():
            del files[path]
    return [SourceFile(path, content) for path, content in sorted(files.items())]


def read(folder):
    """Return the record files below a folder by their path in it."""
    paths = [p for top in ("content", "data") for p in (folder / top).rglob("*") if p.is_file()]
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in paths}


MADE = {
    "byte-order-mark": {CLOSED: lambda content: b"\xef\xbb\xbf" + content},
    "line-endings": {CLOSED: lambda content: content.replace(b"\n", b"\r\n")},
    "forbidden-character": {
        CLOSED: lambda content: content.replace(b"any moment", b"any\x07 moment").replace(
            b"gone in", b"gone\xe2\x80\xa8in"
        )
    },
    "file-too-large": {CLOSED: lambda content: content + b"Keep copies. " * (LARGEST_FILE // 12)},
    "not-utf-8": {
        CLOSED: lambda content: content.replace(
            b"any moment", "jederzeit, fürwahr".encode("latin-1")
        )
    },
    "invalid-slug": {
        f"content/platform/con/{'very-' * 16}long/_document.yaml": lambda _: (
            b"title: X\nkind: other\nlanguage: en\n"
        ),
        "content/platform/con/_platform.yaml": lambda _: b"name: Con\n",
        f"{TERMS}/\u00fcber-uns.md": lambda _: (
            b"---\ntitle: Closing after a warning\nclaim: Warns people first\nclause_type: account-closure\n"
            b"stance: closed-at-will\nclause: |-\n  We warn you.\n---\n\n## Why it matters\n\nA warning helps.\n"
        ),
    },
}
"""Files that git, an editor or Windows would not keep as they are, made from the sound ones."""


def codes_of_text(value):
    """Return the codes that the rules on links and markup find in a section with this text."""
    files = {f.path: f.content for f in files_of("sound")}
    files[CLOSED] += f"\n{value}\n".encode()
    report = examine_files([SourceFile(p, c) for p, c in files.items()], AS_OF).report
    return {p.code for p in report.problems} & {"link-not-https", "raw-markup"}


VOCABULARY = [
    f"{first}{second}"
    for first in ("be", "da", "ki", "lo", "mu")
    for second in ("nt", "rs", "lm", "ck")
] * 3


def generated(number):
    """Return a record with sentences of its own."""
    words = random.Random(number).choices(VOCABULARY, k=300)
    sentences = [" ".join(words[n : n + 12]).capitalize() + "." for n in range(0, len(words), 12)]
    why, impact, actions = (
        "\n".join(sentences[start:end]) for start, end in ((0, 10), (10, 15), (15, 25))
    )
    text = f"""\
---
title: Generated {number}
claim: Does a thing {number}
clause_type: content-removal
stance: not-told
clause: |-
  {words[0]} we may do {words[1]}.
---

## Why it matters

{why}

## Consumer impact

{impact}

## What you can do

{actions}
"""
    return SourceFile(f"{TERMS}/generated-{number}.md", text.encode())


def reader_codes():
    """Return every code that the readers can give, read from their sources."""
    makers = {
        "Problem": 0,
        "problem": 0,
        "object_to": 0,
        "_reject": 0,
        "PydanticCustomError": 0,
        "_matching": 1,
    }
    codes = set()
    for path in (path for name in READERS for path in (ROOT / "atlas").glob(name)):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            called = (
                node.func.attr
                if isinstance(node.func, ast.Attribute)
                else getattr(node.func, "id", "")
            )
            if called in makers and len(node.args) > makers[called]:
                code = node.args[makers[called]]
                codes |= {code.value} if isinstance(code, ast.Constant) else set()
    return codes
