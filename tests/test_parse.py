"""Parsing: untyped becomes typed once, every fault is told at its place, and nothing is lost."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from worlds import document, files, platform, provision, with_platforms

from atlas import validate
from atlas.model import SiteFields, SourceFile
from atlas.parse import parse
from atlas.problem import Span
from atlas.sections import split_sections


def problems_of(text, path="content/platform/a/terms/x.md"):
    return parse(files({path: text}))[1]


def test_smallest_provision():
    """Five fields and one section are a whole record, and its place says the rest."""
    records, problems = parse(files({"content/platform/acme/terms/x.md": provision()}))
    (record,) = records.provisions
    assert problems == []
    assert record.key == ("acme", "terms", "x")
    assert record.is_draft
    assert record.counts
    assert record.section_text("Why it matters") == "It does."


@pytest.mark.parametrize(
    ("fields", "code", "message", "hint"),
    [
        (
            {"titel": "X", "title": None},
            "unknown-field",
            "`titel` is not a field of a provision",
            "did you mean `title`?",
        ),
        (
            {"stance": None},
            "missing-field",
            "a provision needs the field `stance`",
            "add a line `stance: ...`",
        ),
        (
            {"severity": "hgih"},
            "unknown-value",
            "there is no severity `hgih`",
            "did you mean `high`? the words are: critical, high, medium, low, none",
        ),
        (
            {"clause_type": "\n  - a"},
            "wrong-shape",
            "text is expected here, not a list or a mapping",
            "write one plain value",
        ),
        (
            {"regulations": "eu-act"},
            "wrong-shape",
            "`regulations` holds a list: one line `- ...` an entry",
            "write it on the lines below, indented",
        ),
        (
            {"recorded_hash": "12ab"},
            "invalid-hash",
            "`12ab` is not a SHA-256 hash",
            "write sha256: and 64 lower-case hexadecimal digits",
        ),
        (
            {"captured_at": "2026-05-09 14:35:38 UTC"},
            "invalid-time",
            "`2026-05-09 14:35:38 UTC` is not a time in UTC",
            "write it with T and Z: 2026-05-09T14:35:38Z",
        ),
        (
            {"captured_at": "2026-02-30T10:00:00Z"},
            "invalid-time",
            "`2026-02-30T10:00:00Z` is not a time in UTC",
            "write it with T and Z: 2026-05-09T14:35:38Z",
        ),
        (
            {"clause_type": "Not A Slug"},
            "invalid-slug",
            "`Not A Slug` is not a slug",
            "use lower-case letters a to z, digits and single hyphens, as in `opt-out-with-carve-outs`",
        ),
        (
            {"claim": "x" * 121},
            "too-long",
            "`claim` has 121 characters; 120 are allowed",
            "say it more briefly",
        ),
        (
            {"section": ""},
            "empty-value",
            "this field has no value",
            "fill it in, or take the line out",
        ),
        (
            {"id": "7114"},
            "invalid-id",
            "`7114` is not the id of a provision",
            "an id reads like CA-P-007114; a new record has none: leave the line out",
        ),
        (
            {"aliases": "\n  - a\n  - a"},
            "repeated-value",
            "`a` stands here more than once",
            "keep one of them",
        ),
        (
            {"analysis": "\n  written: 2026-13-45\n  method: human"},
            "invalid-date",
            "`2026-13-45` is not a date",
            "write year, month, day: 2026-05-09",
        ),
        (
            {"examples": "\n  - record: SA-P-100001\n    relation: same"},
            "missing-field",
            "an entry of `examples` needs the field `note`",
            "add a line `note: ...`",
        ),
        (
            {"regulations": "\n  - id: eu-act\n    wy: So."},
            "unknown-field",
            "`wy` is not a field of an entry of `regulations`",
            "did you mean `why`?",
        ),
    ],
)
def test_faults_are_told_in_words(fields, code, message, hint):
    """Each fault has its code, a sentence, and the way out."""
    assert [(p.code, p.message, p.hint) for p in problems_of(provision(**fields))] == [
        (code, message, hint)
    ]


def test_all_faults_at_once_with_places():
    """One run tells every fault of a record, each with line, column and the end of its underline."""
    text = "---\ntitel: A\nclaim: B\nclause_type: [x]\nstance: c\nseverity: hgih\ncaptured_at: soon\nclause: |-\n  D\n---\n"
    assert {(p.code, p.span) for p in problems_of(text)} == {
        ("unknown-field", Span(2, 1, 6)),
        ("yaml-flow", Span(4, 14, 17)),
        ("wrong-shape", Span(4, 14, 17)),
        ("unknown-value", Span(6, 11, 15)),
        ("invalid-time", Span(7, 14, 18)),
    }


def test_unparsed_records_are_remembered():
    """The id, path and key of what could not be parsed are kept, so that references to it are no second fault."""
    tree = {
        "content/platform/a/terms/x.md": provision(id="SA-P-100001", severity="x"),
        "data/regulations.yaml": "eu-act:\n  name: X\n",
    }
    records, _ = parse(files(tree))
    assert {"SA-P-100001", "content/platform/a/terms/x.md", "eu-act"} <= records.unparsed


def test_one_bad_entry_leaves_the_others():
    """A registry's faulty entry does not take its neighbours with it, and says where it stands."""
    text = "a:\n  name: A\n  summary: B\nb:\n  name: C\nc: D\n"
    records, problems = parse(files({"data/categories.yaml": text}))
    assert [c.key for c in records.categories] == ["a"]
    assert [(p.code, p.span.line) for p in problems] == [("missing-field", 4), ("wrong-shape", 6)]


@pytest.mark.parametrize(
    "path",
    [
        "content/platform/a/x.md",
        "content/platform/a/b/c/d.md",
        "content/x.txt",
        "content/other/x.md",
        "data/other.yaml",
    ],
)
def test_misplaced_files_are_told(path):
    """A file that nothing reads is a fault, not a silence."""
    assert [p.code for p in problems_of("x", path)] == ["misplaced-file"]


def test_addresses_are_https():
    """Only full https addresses pass, whatever else they look like."""
    for address in (
        "http://a.example",
        "//a.example",
        "https://",
        "javascript:alert(1)",
        "https://user@a.example/",
        "https://a",
        "https://a.example/<b>",
        "https://[bad/",
    ):
        found = problems_of(platform(homepage=address), "content/platform/a/_platform.yaml")
        assert [p.code for p in found] == ["not-https"], address


def test_sections_are_cut_at_second_level_headings():
    """`##` begins a section, `###` and headings inside code fences do not."""
    before, sections = split_sections(
        "intro\n## One\n\ntext\n### Sub\n```\n## no\n```\n## Two\n", 10
    )
    assert before.text == "intro"
    assert [(s.heading, s.text, s.span.line, s.text_line) for s in sections] == [
        ("One", "text\n### Sub\n```\n## no\n```", 11, 13),
        ("Two", "", 18, 20),
    ]


def test_order_of_files_does_not_matter():
    """Records come in order of path, whatever the disk answered first."""
    tree = files(with_platforms(b=[provision()], a=[provision()]))
    assert parse(tree)[0] == parse(list(reversed(tree)))[0]


REAL = sorted((Path(__file__).parent.parent / "content").rglob("*.md"))


@given(st.sampled_from(REAL), st.integers(0, 4000), st.text(max_size=5), st.integers(0, 60))
@settings(max_examples=400, deadline=None)
def test_mutated_records_never_raise(path, place, text, cut):
    """A real record with anything put in or cut out anywhere parses or is explained, with places inside the file."""
    content = path.read_text(encoding="utf-8")
    mutated = content[:place] + text + content[place + cut :]
    name = "content/platform/a/terms/x.md"
    try:
        encoded = mutated.encode()
    except UnicodeEncodeError:
        return
    records, problems = parse([SourceFile(name, encoded)])
    assert records.provisions or problems
    lines = mutated.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for problem in problems:
        assert 1 <= problem.span.line <= len(lines)
        assert 1 <= problem.span.column <= len(lines[problem.span.line - 1]) + 2


def test_documents_and_platforms_take_their_place_from_the_path():
    """Folder names are the identity; nothing in the file repeats them."""
    tree = {
        "content/platform/acme/_platform.yaml": platform(),
        "content/platform/acme/terms/_document.yaml": document(),
    }
    records, problems = parse(files(tree))
    assert problems == []
    assert (records.platforms[0].slug, records.documents[0].key) == ("acme", ("acme", "terms"))


def test_every_form_of_a_setting_is_told_in_words():
    """A setting with a pattern has its way out in words, so that nobody is shown a regular expression."""
    with_pattern = {
        name
        for name, field in SiteFields.model_fields.items()
        if any(getattr(rule, "pattern", None) for rule in field.metadata) and name != "language"
    }
    assert with_pattern == set(validate._FORMS)
