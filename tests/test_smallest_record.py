"""The smallest record: eight lines of front matter, counted with both fences, and everything that a large one gets."""

import gzip
import json
import re

import pytest
import worlds
from conftest import AS_OF, ROOT
from selectolax.lexbor import LexborHTMLParser

from atlas import load, site
from atlas.examine import examine_files
from atlas.model import SourceFile
from atlas.model.provision import ProvisionFields

GUIDE = (ROOT / "content/README.md").read_text(encoding="utf-8")
PLACE = "platform/acme/terms/deleted-chats"


def smallest():
    """Return the guide's smallest record, as written there."""
    (record,) = re.findall(
        r"^## The smallest record\n.*?^```markdown\n(.*?)^```$", GUIDE, re.DOTALL | re.MULTILINE
    )
    return record


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A world of one platform, one document and the smallest record, as a site."""
    root = tmp_path_factory.mktemp("smallest") / "atlas"
    tree = worlds.with_platforms(acme=[])
    tree[f"content/{PLACE}.md"] = re.sub(
        r"(clause_type|stance): .*",
        lambda m: f"{m[1]}: {'training' if m[1] == 'clause_type' else 'no-choice'}",
        smallest(),
    )
    for file in worlds.files(tree):
        (root / file.path).parent.mkdir(parents=True, exist_ok=True)
        (root / file.path).write_bytes(file.content)
    done = site.build(root, root.parent / "site", site.Settings(AS_OF))
    assert done.written, done.report.problems
    assert done.indexed == 1
    return root.parent / "site"


@pytest.fixture(scope="module")
def page(built):
    return LexborHTMLParser((built / PLACE / "index.html").read_text(encoding="utf-8"))


def test_it_has_eight_lines_and_no_more_than_what_is_needed():
    """From the first `---` to the second, both counted, eight lines: five fields, one of them of two lines."""
    lines = smallest().split("\n")
    end = lines.index("---", 1) + 1
    assert lines[0] == "---"
    assert end <= 8
    fields = [line.partition(":")[0] for line in lines[1 : end - 1] if not line.startswith(" ")]
    assert len(fields) == 5
    needed = {name for name, field in ProvisionFields.model_fields.items() if field.is_required()}
    assert needed | {"clause"} == set(fields)


@pytest.mark.parametrize("field", ["title", "claim", "clause_type", "stance", "clause", "body"])
def test_nothing_of_it_can_be_left_out(field):
    """Without any of its parts it is no record: none of the eight lines is there for show."""
    given = {"body": "\n"} if field == "body" else {field: None}
    tree = worlds.with_platforms(acme=[worlds.provision(**given)])
    assert examine_files(worlds.files(tree), AS_OF).report.blocking
    assert not examine_files(
        worlds.files(worlds.with_platforms(acme=[worlds.provision()])), AS_OF
    ).report.problems


def test_the_guide_shows_one_that_passes():
    """The guide's own example passes the check as it stands, among the real shelves, without a warning."""
    tree = {
        "content/platform/acme/_platform.yaml": worlds.platform(),
        "content/platform/acme/terms/_document.yaml": worlds.document(),
        f"content/{PLACE}.md": smallest(),
    }
    files = [
        *load.load(ROOT).files,
        *(SourceFile(path, text.encode()) for path, text in tree.items()),
    ]
    report = examine_files(files, AS_OF).report
    assert [p for p in report.problems if p.path in tree] == []


def test_it_gets_a_page_and_every_form_beside_it(built):
    """Its page, record.json and index.md are there, and hold what it says."""
    told = json.loads((built / PLACE / "record.json").read_bytes())
    assert told["claim"] == "Keeps deleted chats for thirty days"
    assert told["clause"] == "The words of the clause, exactly as they stand."
    assert told["severity"] == "critical"
    assert told["draft"] is True
    assert not any(
        value in (None, "", [], {}) for key, value in told.items() if key != "regulations"
    )
    twin = (built / PLACE / "index.md").read_text(encoding="utf-8")
    assert "The words of the clause, exactly as they stand" in twin
    assert not re.search(r"^#+ .*\n\s*(?=#|\Z)", twin, re.MULTILINE)
    assert not re.search(r"\b(None|null|undefined|nan)\b", twin)


@pytest.mark.parametrize(
    "name", ["platform/acme", "platform/acme/terms", "clause-type/training", "severity/critical"]
)
def test_it_is_found_in_its_lists(built, name):
    """What lists records lists it: the pages of its platform, document, clause type and grade."""
    tree = LexborHTMLParser((built / name / "index.html").read_text(encoding="utf-8"))
    assert f"/{PLACE}/" in {link.attributes.get("href") for link in tree.css("main a")}


def test_it_is_found_by_searching(built):
    """The search index holds one page, and it is this one."""
    entry = json.loads((built / "pagefind/pagefind-entry.json").read_text(encoding="utf-8"))
    assert [language["page_count"] for language in entry["languages"].values()] == [1]
    (fragment,) = (built / "pagefind/fragment").iterdir()
    found = gzip.decompress(fragment.read_bytes()).decode()
    assert f'"url":"/{PLACE}/"' in found
    assert "The words of the clause, exactly as they stand." in found


def test_its_page_says_nothing_of_what_is_not_there(page):
    """No section is empty, no heading stands over nothing, and no machine's word for nothing is printed."""
    text = page.css_first("main").text(separator=" ")
    assert not re.search(r"\b(None|null|undefined|nan|NaN|Markup)\b|\(\)|\[\]|\{\}", text)
    for section in page.css("main section"):
        heading = section.css_first("h2, h3")
        rest = section.text(separator=" ").replace(heading.text(separator=" "), "", 1)
        assert rest.strip(), heading.text()
    order = [
        n
        for n in page.css(
            "main h1, main h2, main h3, main p, main li, main td, main dd, main blockquote"
        )
        if n.text(strip=True)
    ]
    for node, after in zip(order, [*order[1:], None], strict=True):
        if node.tag in {"h2", "h3"}:
            assert after is not None, node.text()
            assert after.tag > node.tag or not after.tag.startswith("h"), (
                f"{node.text()} stands over nothing"
            )
    for element in page.css(
        "main p, main td, main dd, main li, main ul, main ol, main dl, main table, main blockquote, main a"
    ):
        assert element.text(strip=True), element.html
    headings = {h.text(strip=True) for h in page.css("main h2")}
    assert "Consumer impact" not in headings
    assert "What you can do" not in headings
    assert "Why it matters" in headings
