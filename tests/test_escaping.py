"""Strangers' text in machine forms: every form gives it back as text, and nothing that reads the form is steered by it."""

import json
import re
from xml.etree import ElementTree as ET

import door
import pytest
import worlds
from markdown_it import MarkdownIt
from markers import (
    ADDRESSES,
    CONTEXTS,
    FREE,
    NARROW,
    OURS,
    PLACED,
    address,
    leaves,
    linked,
    marker,
    takes,
)
from selectolax.lexbor import LexborHTMLParser

from atlas.markdown import portable
from atlas.problem import Problem, Span
from atlas.render import json_ld
from atlas.reports import REPORTS
from atlas.reports.report import Report
from atlas.write import OutputFile, WriteFault, write_file

LEAVES = leaves()


def test_every_field_of_every_record_is_placed():
    """Each field takes any text, or an address, or a form of its own, or comes from a name: there is no other."""
    placed = [*FREE, *ADDRESSES, *NARROW, *PLACED, *OURS]
    assert sorted(placed) == sorted(set(placed))
    assert sorted(placed) == sorted(LEAVES)


@pytest.mark.parametrize("field", NARROW)
def test_a_field_with_a_form_takes_no_marker(field):
    """A field with a form of its own takes what has it, and refuses each marker, alone or within."""
    good = NARROW[field]
    assert takes(LEAVES[field], good)
    for context in CONTEXTS:
        text = marker("Provision.claim", context)
        packed = "".join(text.split())
        middle = len(good) // 2
        tries = [text, packed, good + packed, packed + good, good[:middle] + packed + good[middle:]]
        assert [t for t in tries if takes(LEAVES[field], t)] == [], context


@pytest.mark.parametrize("field", ADDRESSES)
def test_an_address_is_one(field):
    """A field for addresses takes https alone, and no character that could end an attribute or an element."""
    assert takes(LEAVES[field], address(field))
    for context in CONTEXTS:
        text = marker("Provision.claim", context)
        assert not takes(LEAVES[field], text), context
        assert not takes(LEAVES[field], f"https://ok.example/{text}") or not set(text) & set(
            "<>\"'` "
        ), context
    for bad in (
        "//evil.example",
        "https:evil.example",
        "https:\\\\evil.example",
        "https://ok.example\\@evil.example",
        "https://u@evil.example",
    ):
        assert not takes(LEAVES[field], bad), bad


@pytest.fixture(scope="module")
def published(twins):
    """The marked atlas and its harmless twin: what was linked, and the folder of each site."""
    return [(linked(folder / "atlas"), folder / "site") for folder in twins]


def test_the_reader_gives_back_what_was_written(published):
    """What YAML and Markdown files hold comes out of the reader letter by letter, whatever it looks like."""
    atlas = published[0][0]
    for number, context in enumerate(CONTEXTS):
        record = atlas.by_id[f"SA-P-1000{number:02}"]
        assert (record.title, record.claim) == (
            marker("Provision.title", context),
            marker("Provision.claim", context).strip(),
        )
        for one in CONTEXTS:
            assert marker("Mapped.why", one) in record.regulations[0].why
            assert record.clause is None or marker("Provision.clause", one) in record.clause


def test_record_json_holds_the_text_as_it_is(published):
    """Every text of a record comes back from record.json letter by letter."""
    atlas, folder = published[0]
    for record in atlas.provisions.values():
        told = json.loads(
            (
                folder / "platform" / "/".join(record.key[:2]) / record.slug / "record.json"
            ).read_bytes()
        )
        assert told["claim"] == record.claim
        assert told["title"] == record.title
        assert told.get("clause") == record.clause
        assert told["examples"][1]["clause"] == record.examples[1].clause
        assert [s["markdown"] for s in told["sections"]] == [s.text for s in record.sections]
        assert [s["heading"] for s in told["sections"]] == [s.heading for s in record.sections]
        assert told["regulations"][0]["why"] == record.regulations[0].why
        assert told["platform"]["name"] == atlas.platforms[record.platform].name


def test_json_ld_holds_the_text_as_it_is(published):
    """Every page's JSON-LD is JSON, and a provision's says its claim letter by letter."""
    atlas, folder = published[0]
    for record in atlas.provisions.values():
        path = folder / "platform" / "/".join(record.key[:2]) / record.slug / "index.html"
        (block,) = LexborHTMLParser(path.read_bytes()).css('script[type="application/ld+json"]')
        assert json.loads(block.text())["name"] == record.claim


def test_json_ld_closes_nothing():
    """Nothing in JSON-LD can close its element, open a comment, or end a line of script."""
    text = "</script><!--<script>]]>&amp;\u2028\u2029\\"
    told = str(json_ld({text: text}))
    assert not set(told) & set("<>&\u2028\u2029")
    assert json.loads(told) == {text: text}


def lenient(text):
    """Return what a reader that lets everything through makes of Markdown: tables, HTML, images, any address."""
    parser = MarkdownIt("js-default", {"html": True, "linkify": False})
    parser.validateLink = lambda target: True
    return [t for token in parser.parse(text) for t in (token, *(token.children or ()))]


ANY_TEXT = frozenset("paragraph heading bullet_list list_item blockquote link".split())


def assert_inert(text, headings):
    tokens = lenient(text)
    kinds = {re.sub(r"_(open|close)$", "", t.type) for t in tokens}
    assert kinds <= ANY_TEXT | {"inline", "text", "text_special", "hr", "softbreak"}, kinds
    for token in tokens:
        if token.type == "link_open":
            assert token.attrs["href"].startswith("https://sample.example/"), token.attrs
    assert sum(t.type == "heading_open" for t in tokens) == headings
    return " ".join(
        "".join(
            "\n" if t.type in {"softbreak", "paragraph_close"} else t.content
            for t in tokens
            if t.type != "inline"
        ).split()
    )


def test_index_md_is_inert_for_every_reader(published):
    """In index.md no marker is a link, HTML, an image, a table or a heading, and each is read as it was written."""
    atlas, folder = published[0]
    for record in atlas.provisions.values():
        path = folder / "platform" / "/".join(record.key[:2]) / record.slug / "index.md"
        said = atlas.statements_on.get(record.key, ())
        headings = 2 + len(record.sections) + len(said) + bool(said)
        read = assert_inert(path.read_text(encoding="utf-8"), headings=headings)
        for text in (
            *(text for s in said for text in (s.by, s.text)),
            record.claim,
            record.title,
            record.regulations[0].why,
            *(s.text for s in record.sections),
        ):
            assert " ".join(text.split()) in read


def test_llms_txt_is_inert_for_every_reader(published):
    """In llms.txt every link leads into the site, and there is no HTML."""
    folder = published[0][1]
    assert_inert((folder / "llms.txt").read_text(encoding="utf-8"), headings=3)


@pytest.mark.parametrize(
    "text",
    [
        "Plain words, *stressed*, with `code` and [a link](https://ok.example/) and [ours](/methodology/).",
        "- one\n- two\n\n1. first\n\n```\n<b>\n```\n\n<https://ok.example/>",
        "Where a < b and b > c, 5 ~ 6.",
    ],
)
def test_sound_analysis_is_left_alone(text):
    """Markdown that means the same to every reader stands in index.md as it was written."""
    assert portable(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "<b>bold</b>",
        "![a](https://ok.example/i.png)",
        "[a](javascript:x)",
        "[a]: javascript:x\n\n[a]",
        "<javascript:x>",
        "```\nnever closed",
        "~~~ never closed",
        "<!-- never closed",
        "[a](//evil.example)",
    ],
)
def test_what_others_would_read_into_it_is_escaped(text):
    """Markdown that other readers would take for more is text in index.md, and swallows nothing after it."""
    kinds = {t.type for t in lenient(f"{portable(text)}\n\n# after")}
    assert (
        kinds
        == {
            "paragraph_open",
            "paragraph_close",
            "inline",
            "text",
            "text_special",
            "heading_open",
            "heading_close",
        }
        & kinds
    )
    assert "heading_open" in kinds


def test_xml_is_well_formed(published):
    """Every XML file parses, has no document type, and says the same as its twin's."""
    (_, marked), (_, harmless) = published
    names = sorted(p.name for p in marked.rglob("*.xml"))
    assert names
    for name in names:
        text = (marked / name).read_text(encoding="utf-8")
        ET.fromstring(text)
        assert "<!" not in text
        assert text == (harmless / name).read_text(encoding="utf-8")


def test_no_marker_adds_a_line_or_a_file(published):
    """Files that are read line by line have as many lines as their twins, and no file has another name."""
    (_, marked), (_, harmless) = published
    files = sorted(p.relative_to(marked) for p in marked.rglob("*") if p.is_file())
    assert files == sorted(p.relative_to(harmless) for p in harmless.rglob("*") if p.is_file())
    for file in files:
        if file.suffix not in {".md", ".json", ".html"}:
            assert (marked / file).read_bytes().count(b"\n") == (
                harmless / file
            ).read_bytes().count(b"\n"), file


NASTY = "a\n::error::pwned\r\n##[error]pwned\x1b[31m\x9b2J\x07\u202e%0A::set-output name=x::y"
ODD = Report(
    (
        Problem(
            "unknown-value",
            f"content/{NASTY}.md",
            Span(1, 1, 2),
            f"there is no `{NASTY}`",
            f"say {NASTY}",
        ),
        Problem("x-y", "content/b.md", Span(1, 1, 9), NASTY, NASTY, blocks=False),
    ),
    {"content/b.md": f"##[add-mask]x {NASTY}"},
    {"provisions": 1},
)


@pytest.mark.parametrize("form", REPORTS)
def test_no_report_steers_a_terminal(form):
    """Whatever files are called and hold, a report has no control character but its own line ends."""
    told = REPORTS[form](ODD)
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]", told)


def test_no_report_steers_a_workflow():
    """GitHub finds the annotations and no other command, neither at the start of a line nor within one."""
    obeyed, word = [], None
    for line in REPORTS["github"](ODD).split("\n"):
        if word is None and (line.lstrip().startswith("::") or "##[" in line):
            command, _, rest = line.removeprefix("::").partition("::")
            word = rest if command == "stop-commands" else None
            obeyed.append(command.split(" ")[0])
        elif line == f"::{word}::":
            word = None
    assert obeyed == ["error", "warning", "stop-commands"]
    assert word is None


def test_reports_for_programs_hold_the_text_as_it_is():
    """JSON and SARIF give paths and messages back letter by letter."""
    first = json.loads(REPORTS["json"](ODD))["problems"][0]
    assert (first["file"], first["message"], first["hint"]) == (
        ODD.problems[0].path,
        ODD.problems[0].message,
        ODD.problems[0].hint,
    )
    assert NASTY in json.loads(REPORTS["sarif"](ODD))["runs"][0]["results"][1]["message"]["text"]


@pytest.mark.parametrize("form", ["text", "github"])
def test_what_a_check_prints_is_visible(tmp_path, form):
    """A check of files with odd names and odd contents prints nothing that steers a terminal or a workflow."""
    tree = {"content/\x1b[31m\n::error::x.md": "---\na: 1\n---\n"}
    tree["content/platform/a/terms/p.md"] = worlds.provision(severity="|-\n  a\n  ::error::pwned")
    for file in worlds.files({**worlds.with_platforms(a=[]), **tree}):
        (tmp_path / file.path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file.path).write_bytes(file.content)
    done = door.typed("--root", tmp_path, "check", "--format", form)
    assert done.returncode == 1
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", done.stdout + done.stderr)
    commands = [
        line for line in done.stdout.split("\n") if line.startswith("::") and "pwned" in line
    ]
    assert len(commands) == (form == "github")


def test_no_file_is_written_outside_the_site(tmp_path):
    """A path that leads out of the output folder is refused, whoever made it."""
    for path in ("../x.html", "a/../../x.html", "/x.html", "a//x.html", ""):
        with pytest.raises(WriteFault, match="outside"):
            write_file(tmp_path / "site", OutputFile(path, b""))
    assert not (tmp_path / "x.html").exists()
