"""Reports: the same problems for people, for GitHub and for programs, whatever is in them."""

import json
from html import unescape

from atlas.problem import Problem, Span
from atlas.reports import REPORTS
from atlas.reports.github import summary
from atlas.reports.report import Report, counted
from atlas.reports.text import excerpt, problem_text

PROBLEMS = (
    Problem(
        "unknown-value",
        "content/a.md",
        Span(2, 9, 13),
        "there is no severity `hgih`",
        "did you mean `high`?",
    ),
    Problem(
        "plain-language", "content/a.md", Span(1, 1, 4), "100% long,\nreally", "", blocks=False
    ),
)
REPORT = Report(
    PROBLEMS, {"content/a.md": "---\nstance: hgih\n"}, {"provisions": 1, "pages of prose": 2}
)


def test_text():
    """Place and message, then source, caret and hint; a note never looks like an error; the count comes last."""
    assert REPORTS["text"](REPORT) == (
        "content/a.md:2:9: there is no severity `hgih` [unknown-value]\n"
        "    2 | stance: hgih\n"
        "      |         ^^^^ did you mean `high`?\n"
        "content/a.md:1:1: note: 100% long,\N{REPLACEMENT CHARACTER}really [plain-language]\n"
        "    1 | ---\n"
        "      | ^^^\n"
        "1 provision, 2 pages of prose examined: 1 problem, 1 warning\n"
    )


def test_github_escapes_what_would_end_a_command():
    """Percent signs, line ends, colons and commas cannot break a workflow command."""
    lines = REPORTS["github"](REPORT).split("\n")
    assert lines[0].startswith(
        "::error file=content/a.md,line=2,col=9,endColumn=13,title=unknown-value::there is"
    )
    assert (
        lines[1]
        == "::warning file=content/a.md,line=1,col=1,endColumn=4,title=plain-language::100%25 long,\N{REPLACEMENT CHARACTER}really"
    )


def test_github_annotates_ten_and_lists_all():
    """GitHub drops annotations beyond ten without a word, so the rest is said to be below."""
    many = Report([Problem("x", "a.md", Span(n + 1, 1, 2), "m") for n in range(25)], {}, {})
    text = REPORTS["github"](many)
    assert text.count("::error ") == 10
    assert "and 15 more" in text
    assert text.count("[x]") == 25


def test_json_and_sarif_hold_every_problem():
    """Both forms hold each problem with its place and say whether it blocks."""
    tree = json.loads(REPORTS["json"](REPORT))
    assert [(p["code"], p["line"], p["blocks"]) for p in tree["problems"]] == [
        ("unknown-value", 2, True),
        ("plain-language", 1, False),
    ]
    (run,) = json.loads(REPORTS["sarif"](REPORT))["runs"]
    assert [(r["ruleId"], r["level"]) for r in run["results"]] == [
        ("unknown-value", "error"),
        ("plain-language", "warning"),
    ]
    assert run["results"][0]["locations"][0]["physicalLocation"]["region"] == {
        "startLine": 2,
        "startColumn": 9,
        "endColumn": 13,
    }


def test_long_and_wide_lines_keep_the_caret_in_place():
    """A long line is cut around the place; wide characters take two cells, invisible ones are made visible."""
    shown, caret = excerpt("x" * 500 + "HERE" + "y" * 500, 501, 505)
    assert shown[caret.index("^") : caret.index("^") + 4] == "HERE"
    assert len(shown) < 170
    shown, caret = excerpt("漢字: no", 5, 7)
    assert caret == "      ^^"
    shown, _ = excerpt("a\u202eb", 1, 2)
    assert "\u202e" not in shown


def test_a_tab_is_one_blank_and_the_caret_stays_beneath_its_word():
    """Lines of tables are full of tabs; whatever else moves the cursor is made visible as before."""
    for path, between in (("a.tsv", " "), ("a.yaml", "\N{REPLACEMENT CHARACTER}")):
        problem = Problem("some-code", path, Span(1, 9, 13), "No kind.", "Mend it.")
        said = problem_text(Report((problem,), {path: "address\tkind\ttarget\x1b\n"}, {}), problem)
        shown, caret = said.split("\n")[1:]
        assert shown.endswith(f"| address{between}kind{between}target\N{REPLACEMENT CHARACTER}")
        assert caret.endswith("|         ^^^^ Mend it.")


def test_counts_read_as_people_say_them():
    """One of a thing is not one of things."""
    assert [counted(1, n) for n in ("provisions", "clause types", "pages of prose")] == [
        "1 provision",
        "1 clause type",
        "1 page of prose",
    ]
    assert counted(0, "problems") == "0 problems"


def test_the_summary_of_a_run_is_a_table():
    """GitHub shows the page of a run as Markdown: a row a problem, and what is missing is counted."""
    many = Report([Problem("x", "a.md", Span(n + 1, 1, 2), "m", "h") for n in range(103)], {}, {})
    head, _, *rows = summary(many).rstrip().split("\n")
    assert head.startswith("### ")
    assert rows[:2] == ["| where | what | way out |", "| --- | --- | --- |"]
    assert len([row for row in rows if row.startswith("| a&#46;md&#58;")]) == 100
    assert rows[-1] == "and 3 more, listed in the log of this step"


def test_a_record_writes_no_markdown_into_the_summary():
    """A row stays a row, and a link or an image of a stranger's stays text."""
    hostile = "`x` | [a](https://b.example) <img src=//b>\n## www.b.example @b"
    text = summary(Report([Problem("x", "a|b.md", Span(1, 1, 2), hostile)], {}, {}))
    (row,) = [line for line in text.split("\n") if "img" in line]
    assert row.count("|") == 4
    assert not set("`[]<>@*_") & set(row)
    assert "https:" not in row
    assert "www." not in row
    assert unescape(row).count(hostile.replace("\n", "\N{REPLACEMENT CHARACTER}")) == 1
