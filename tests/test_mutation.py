"""Records changed at random: whatever they become, they are read, judged and told, the same way every time."""

import sys
import time
from collections import Counter

import pytest
from conftest import AS_OF, ROOT
from hostile_files import sound
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st
from published_worlds import ids
from worlds import files, provision, with_platforms

from atlas.examine import examine_files
from atlas.model import SourceFile
from atlas.reports import text as text_report

MUTATED = 50_000
"""Records that are changed and examined with `--long`."""

SMALL = {
    f.path: f.content
    for f in files(with_platforms(acme=[provision(), provision(id="SA-P-100007")]))
}
SOUND = sound() | ids(SA_P_100001="content/x.md")
REAL = {
    path.relative_to(ROOT).as_posix(): path.read_bytes()
    for place in (
        "content/*.md",
        "content/platform/**/*.md",
        "content/platform/**/*.yaml",
        "data/*.yaml",
    )
    for path in sorted(ROOT.glob(place))
    if path.name != "README.md"
}
"""This atlas's own records and shelves."""

DONORS = sorted({*SOUND.values(), *REAL.values()}, key=lambda content: (len(content), content))
"""Good files, parts of which are put into others."""

TOKENS = tuple(
    token if isinstance(token, bytes) else token.encode()
    for token in (
        "---\n", "...\n", "- ", "? ", ": ", ":", " #", "#", "## ", "##", "### ", "\n", "\n\n", "\t", " ", "  ", "|-", ">-", "|",
        "&a ", "*a", "<<: *a\n", "!!str ", "!x ", "{", "}", "[", "]", '"', "'", '"\\0"', '"\\u202e"', "\\", "`", "```\n", "~~~\n",
        "%YAML 1.1\n", "@", "%", "[x](/nope/)", "[x](javascript:a)", "[[severity]]", "[[x]]", "[...]", "![a](b)", "<b>", "<!--",
        "&lt;", "**", "__", "> ", "1. ", "* ", "===\n", "id: SA-P-100001\n", "basis: silent\n", "status:\n  state: withdrawn\n",
        "clause: |-\n", "aliases:\n  - a\n", "related:\n  - SA-P-100002\n", "regulations:\n  - id: x\n", "edition_of: SA-D-00001\n",
        "examples:\n  - relation: same\n", "stance: not-addressed\n", "\r\n", "\r", "\0", "\x1b[2J", "\u0085", "\u00a0", "\u00ad",
        "\u200b", "\u200d", "\u200f", "\u2028", "\u202e", "\u2069", "\ufeff", "\uffff", "\u0301" * 40, "𝕏", "й", "ß", "٣", "９",
        "\U000e0041", "x" * 1_500, "- " * 30, "[" * 300, "{a: " * 60, ">" * 300, b"\xff", b"\xed\xa0\x80", b"\xc0\xaf", b"\xff\xfe",
    )
)  # fmt: skip

MUTATION = st.tuples(
    st.sampled_from(
        (
            "flip",
            "delete",
            "repeat",
            "token",
            "token",
            "token",
            "splice",
            "indent",
            "lines",
            "cut",
            "letter",
        )
    ),
    st.floats(0, 1, exclude_max=True),
    st.floats(0, 1, exclude_max=True),
    st.integers(0, 2**16),
)
"""What is done, where, how far on, and with what."""


def mutated(content, changes):
    """Return the bytes of a file after some changes."""
    for kind, where, reach, what in changes:
        start = int(where * (len(content) + 1))
        end = min(len(content), start + 1 + int(reach**4 * len(content)))
        content = _mutated(content, kind, start, end, what)
    return content


def _mutated(content, kind, start, end, what):
    if kind == "flip" and start < len(content):
        return content[:start] + bytes([content[start] ^ (1 << what % 8)]) + content[start + 1 :]
    if kind == "delete":
        return content[:start] + content[end:]
    if kind == "repeat":
        return content[:end] + content[start:end] * (1 + what % 3) + content[end:]
    if kind == "token":
        return content[:start] + TOKENS[what % len(TOKENS)] + content[start:]
    if kind == "splice":
        donor = DONORS[what % len(DONORS)]
        return content[:start] + donor[start % (len(donor) + 1) :][: end - start] + content[end:]
    if kind == "cut":
        return content[:end]
    if kind == "letter":
        return content[:start] + chr(what % 0xD800).encode() + content[start:]
    lines = content.split(b"\n")
    first = content.count(b"\n", 0, start)
    if kind == "indent":
        lines[first] = (
            lines[first].lstrip(b" ") if what % 4 == 0 else b" " * (what % 4) + lines[first]
        )
    else:
        other = what % len(lines)
        lines[first], lines[other] = lines[other], lines[first]
    return b"\n".join(lines)


def judge(tree, *, twice=True):
    """Examine files; fail on anything but problems that stand in their files, in words, the same when looked at twice."""
    given_files = [SourceFile(path, content) for path, content in sorted(tree.items())]
    report = examine_files(given_files, AS_OF, strict=True).report
    if twice:
        assert report.problems == examine_files(given_files, AS_OF, strict=True).report.problems
    texts = {path: whole.split("\n") for path, whole in report.texts.items()}
    for problem in report.problems:
        lines = texts.get(problem.path, [""])
        assert problem.message.strip(), problem
        assert problem.hint.strip(), problem
        assert "\n" not in problem.message + problem.hint + problem.path, problem
        assert 1 <= problem.span.line <= len(lines), problem
        length = len(lines[problem.span.line - 1])
        assert 1 <= problem.span.column <= length + 1, problem
        assert problem.span.column <= problem.span.end_column <= length + 2, problem
    for problem in report.problems[:3]:
        assert problem.code in text_report.problem_text(report, problem)
    return report


CHANGES = st.lists(MUTATION, min_size=1, max_size=6)
BASES = (
    *((tree, path) for tree in (SOUND, SMALL) for path in sorted(tree)),
    *((SOUND | {path: REAL[path]}, path) for path in sorted(REAL)),
)
"""Each good file, with those around it: every kind of file that there is."""


@example(
    (SOUND, "content/platform/larkspur/_platform.yaml"),
    [("cut", 0.0, 0.0, 0), ("splice", 0.0, 0.0, 0)],
)
@given(st.sampled_from(BASES), CHANGES)
@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
def test_a_changed_file_is_read_and_judged(base, changes):
    """Nothing is raised; every problem has words, a way out and a place in its file; twice is the same."""
    tree, path = base
    judge(tree | {path: mutated(tree[path], changes)})


@given(st.lists(st.tuples(st.sampled_from(sorted(SOUND)), CHANGES), min_size=2, max_size=5))
@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
def test_files_changed_together_are_read_and_judged(changed):
    """The same holds where several files are broken, each of which others refer to."""
    tree = dict(SOUND)
    for path, changes in changed:
        tree[path] = mutated(tree[path], changes)
    judge(tree)


@pytest.mark.long
def test_many_thousands_of_changed_records(capsys):
    """The demanded number of records, counted by what became of them."""
    outcomes = Counter()

    @given(st.sampled_from(BASES), CHANGES)
    @settings(max_examples=MUTATED, deadline=None, database=None, phases=(Phase.generate,),
              suppress_health_check=list(HealthCheck))  # fmt: skip
    def change(base, changes):
        tree, path = base
        twice = outcomes["examined"] % 10 == 0
        report = judge(tree | {path: mutated(tree[path], changes)}, twice=twice)
        outcomes.update(["examined", "refused" if report.blocking else "passed"])
        outcomes.update({f"code {p.code}" for p in report.problems})

    start = time.monotonic()
    try:
        change()
    finally:
        codes = sum(name.startswith("code ") for name in outcomes)
        with capsys.disabled():
            sys.stdout.write(
                f"\n{outcomes['examined']:,} changed records in {time.monotonic() - start:.0f} s:"
                f" {outcomes['refused']:,} refused with {codes} codes, {outcomes['passed']:,} passed\n"
            )
    assert outcomes["examined"] >= MUTATED
