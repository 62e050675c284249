"""The strict reader: values as text, places exact, and every trap of YAML refused with a way out."""

import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from atlas.frontmatter import read_markdown, read_yaml
from atlas.model import SourceFile
from atlas.problem import Span
from atlas.source_text import read_text


def yaml_file(text):
    return SourceFile("data/x.yaml", text.encode() if isinstance(text, str) else text)


def codes(text):
    return [p.code for p in read_yaml(yaml_file(text))[1]]


@pytest.mark.parametrize(
    "scalar",
    [
        "NO",
        "yes",
        "on",
        "007114",
        "3.10",
        "14:35:38",
        "2026-13-45",
        "12e45678",
        "1" * 64,
        "null",
        "~",
        ".inf",
        "0x1F",
    ],
)
def test_scalars_are_text(scalar):
    """Norway is Norway and 007 is 007: no scalar is anything but the text that was written."""
    fields, problems = read_yaml(yaml_file(f"x: {scalar}\n"))
    assert problems == []
    assert fields.values == {"x": scalar}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a: 1\na: 2\n", "yaml-duplicate-key"),
        ("a: &x 1\nb: *x\n", "yaml-alias"),
        ("a: !!python/object:os.system x\n", "yaml-tag"),
        ("a: !thing x\n", "yaml-tag"),
        ("base: &b\n  x: 1\nother:\n  <<: *b\n", "yaml-merge-key"),
        ("a: 1\n---\nb: 2\n", "yaml-second-document"),
        ("a: [1, 2]\n", "yaml-flow"),
        ("a: {b: 1}\n", "yaml-flow"),
        ("a: >-\n  folded\n", "yaml-folded"),
        ("a: text # lost\n", "yaml-comment"),
        ("a: # lost\n  b: 1\n", "yaml-comment"),
        ("a: |- # lost\n  b\n", "yaml-comment"),
        ('a: "quoted" # lost\n', "yaml-comment"),
        ("a:\n  - one # lost\n", "yaml-comment"),
        ("a: when: (1) you\n", "yaml-syntax"),
        ('a: "We" said\n', "yaml-syntax"),
        ("a: @x\n", "yaml-syntax"),
        ("\ta: 1\n", "yaml-syntax"),
        ("- a\n- b\n", "wrong-shape"),
        ("just text\n", "wrong-shape"),
        ("? [a]\n: b\n", "wrong-shape"),
    ],
)
def test_traps_are_refused(text, code):
    """What another reader would understand differently, or silently drop, is an error of its own."""
    assert code in codes(text)


def test_comments_on_their_own_lines_are_fine():
    """A comment on a line of its own, a hash inside quotes, a block or a word is nobody's problem."""
    assert (
        codes('# head\na: "x # y"\n# between\nb: |-\n  one # two\nc: x#y\nd: http://x/#y\n') == []
    )


def test_block_scalar_keeps_lines():
    """A `|-` block keeps its lines and loses its indentation and its last line feed."""
    fields, _ = read_yaml(yaml_file("a: |-\n  one\n  two\n\n  three\n"))
    assert fields.values["a"] == "one\ntwo\n\nthree"


def test_places_are_those_of_the_file():
    """Lines count from the top of the file, the front matter's opening line included."""
    text = "---\ntitle: Ä title\nlist:\n  - id: x\n    why: because\n---\nBody\n"
    fields, problems = read_markdown(SourceFile("content/a.md", text.encode()))
    assert problems == []
    assert fields.origin.at("title") == Span(2, 8, 15)
    assert fields.origin.at_key("list", 0, "why") == Span(5, 5, 8)
    assert fields.origin.at("list", 0, "why") == Span(5, 10, 17)
    assert (fields.body, fields.body_line) == ("Body\n", 7)


def test_place_of_what_is_not_there_is_its_parent():
    """A missing field is shown at what should have held it."""
    fields, _ = read_yaml(yaml_file("list:\n  - id: x\n"))
    assert fields.origin.at("list", 0, "why") == fields.origin.at("list", 0)
    assert fields.origin.at("nothing").line == 1


def test_syntax_hint_rewrites_the_line():
    """A value that YAML misreads comes back in quotes, ready to paste."""
    _, problems = read_yaml(yaml_file("claim: Keeps this: all of it\n"))
    assert [(p.span, p.hint) for p in problems] == [
        (Span(1, 8, 29), 'write it in quotes: claim: "Keeps this: all of it"')
    ]


def test_the_way_out_belongs_to_the_file():
    """A broken words.yaml sends nobody to the guide for records."""
    for text in (b"a: b\n}\n", b"a: " + b"x" * 300_000):
        (problem,) = read_yaml(SourceFile("templates/words.yaml", text))[1]
        assert "content/" not in problem.hint
        assert "record" not in problem.message + problem.hint


@pytest.mark.parametrize(
    ("content", "code", "span"),
    [
        (b"\xef\xbb\xbfa: 1\n", "byte-order-mark", Span(1, 1, 1)),
        (b"a: 1\r\nb: 2\r\n", "line-endings", Span(1, 5, 6)),
        (b"a: 1\nb: \x00\n", "forbidden-character", Span(2, 4, 5)),
        ("a: x\u2028y\n".encode(), "forbidden-character", Span(1, 5, 6)),
        (b"a: caf\xe9\n", "not-utf-8", Span(1, 7, 8)),
        (b"a: " + b"x" * 70_000, "file-too-large", Span(1, 1, 1)),
    ],
)
def test_bytes_are_judged_before_yaml(content, code, span):
    """Encoding, line ends, control characters and size are said for what they are, at their place."""
    assert [(p.code, p.span) for p in read_text(yaml_file(content))[1]] == [(code, span)]


def test_front_matter_needs_both_lines():
    """A file without its opening or closing line of hyphens is told so."""
    for text in ("title: x\n", "---\ntitle: x\n", ""):
        fields, problems = read_markdown(SourceFile("content/a.md", text.encode()))
        assert fields is None
        assert [p.code for p in problems] == ["no-front-matter"]


@pytest.mark.parametrize(
    "text",
    [
        "a: " + "[" * 20_000,
        "\n".join("  " * n + "a:" for n in range(200)) + " x",
        "a: &a [x]\nb: &b [*a, *a]\nc: [*b, *b]\n",
    ],
)
def test_bombs_are_problems(text):
    """Brackets without end, deep nesting and a billion laughs are problems like any other."""
    _, problems = read_yaml(yaml_file(text))
    assert problems


@given(st.text(alphabet=st.characters(exclude_categories=("Cs",)), max_size=400))
@settings(max_examples=300, deadline=None)
def test_reader_never_raises(text):
    """Whatever a file holds, the reader answers with fields or problems, and places lie inside the file."""
    lines = text.split("\n")
    for read, name in ((read_yaml, "data/x.yaml"), (read_markdown, "content/x.md")):
        fields, problems = read(SourceFile(name, text.encode()))
        assert fields is not None or problems
        for problem in problems:
            assert 1 <= problem.span.line <= len(lines) + 1
            assert 1 <= problem.span.column <= problem.span.end_column


NAMES = st.text(string.ascii_lowercase, min_size=1, max_size=8)
TEXTS = (
    st.text(string.ascii_letters + string.digits + " .,äß漢字-", min_size=1, max_size=30)
    .map(str.strip)
    .filter(lambda t: t and t[0].isalnum())
)


@given(
    st.dictionaries(NAMES, TEXTS | st.lists(TEXTS, min_size=1, max_size=4), min_size=1, max_size=6)
)
@settings(max_examples=200, deadline=None)
def test_what_is_written_is_read(tree):
    """Fields written in block style come back as they were, whatever their text."""
    lines = []
    for name, value in tree.items():
        if isinstance(value, list):
            lines += [f"{name}:", *(f'  - "{v}"' for v in value)]
        else:
            lines.append(f"{name}: {value}")
    fields, problems = read_yaml(yaml_file("\n".join(lines) + "\n"))
    assert problems == []
    assert fields.values == tree
