"""What machines read: records as JSON and Markdown, sitemaps, robots, llms and security texts."""

import json
import xml.etree.ElementTree as ET

import jsonschema
import pytest
import yaml
from conftest import ROOT
from markdown_it import MarkdownIt

from atlas.canonical import clause_sha256
from atlas.outputs.index_md import escaped
from atlas.schema import schemas

RECORDS = "platform/*/*/*/record.json"


def test_records_are_canonical_and_whole(built):
    """`record.json` is canonical JSON with names, grade, draft and the hash of its clause, and without a base URL."""
    files = list(built.glob(RECORDS))
    assert len(files) == 8
    for file in files:
        text = file.read_text(encoding="utf-8")
        tree = json.loads(text)
        assert (
            text
            == json.dumps(tree, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n"
        )
        assert tree["clause_sha256"]["value"] == clause_sha256(tree["clause"])
        assert tree["draft"] is True
        assert tree["severity"]
        assert "clause-atlas.example" not in text
        assert tree["address"] == f"/{file.parent.relative_to(built).as_posix()}/"


def test_markdown_twin_is_inert_and_whole(built):
    """`index.md` quotes the whole clause, and no character of it is markup."""
    for file in built.glob("platform/*/*/*/index.md"):
        html = MarkdownIt("commonmark").render(file.read_text(encoding="utf-8"))
        record = json.loads(file.with_name("record.json").read_text(encoding="utf-8"))
        start = " ".join(record["clause"].split())[:60]
        assert start.replace("'", "'") in " ".join(
            html.replace("&quot;", '"').replace("&amp;", "&").split()
        )
        assert "gives no legal advice" in html


@pytest.mark.parametrize(
    "text", ["*a* _b_ [c](d) <i>", "# x", "1. y", "```z", "a\\b", "&amp;", "https://a.example"]
)
def test_escaped_text_is_text(text):
    """Escaped words come out of a Markdown reader as they went in."""
    html = MarkdownIt("commonmark").render(escaped(text))
    inline = html.removeprefix("<p>").removesuffix("</p>\n")
    assert (
        inline.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", '"')
        .replace("&amp;", "&")
        == text
    )


def test_sitemap_lists_every_page_that_asks_for_it(built):
    """The index leads to one sitemap a page type; each address is a page of the site that is not hidden from search."""
    space = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    index = ET.parse(built / "sitemap.xml")
    listed = []
    for location in index.findall("s:sitemap/s:loc", space):
        part = ET.parse(built / location.text.removeprefix("https://clause-atlas.example/"))
        listed += [
            (u.find("s:loc", space).text, u.findtext("s:lastmod", None, space))
            for u in part.findall("s:url", space)
        ]
    paths = {address.removeprefix("https://clause-atlas.example/") for address, _ in listed}
    pages = {
        p.parent.relative_to(built).as_posix() + "/"
        for p in built.rglob("index.html")
        if 'content="noindex' not in p.read_text(encoding="utf-8")
    }
    assert paths == {"" if p == "./" else p for p in pages}
    assert (
        dict(listed)[
            "https://clause-atlas.example/platform/tinder/privacy-policy/profiling-explained-in-an-faq/"
        ]
        == "2026-11-22"
    )


def test_texts_for_robots(built, built_in_repo):
    """robots.txt names the sitemap under the base path, llms.txt leads to the Markdown twins, security.txt has its two fields."""
    assert (
        "Sitemap: https://people.example/repo/sitemap.xml"
        in (built_in_repo / "robots.txt").read_text()
    )
    llms = (built / "llms.txt").read_text(encoding="utf-8")
    assert llms.startswith("# Clause Atlas\n\n> ")
    assert llms.count("/index.md)") == 8
    security = (built / ".well-known" / "security.txt").read_text()
    assert "Contact: mailto:atlas@clause-atlas.example\n" in security
    assert "Expires: 2027-10-31T00:00:00Z\n" in security


class EditorsReader(yaml.SafeLoader):
    """YAML as editors read it: numbers and truths are values, days are text."""

    yaml_implicit_resolvers = {
        first: [(tag, form) for tag, form in forms if not tag.endswith("timestamp")]
        for first, forms in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


def test_real_records_fit_their_schemas():
    """What `check` accepts, an editor with the JSON Schemas accepts."""
    found = schemas()

    def fits(name, path):
        text = path.read_text(encoding="utf-8")
        text = text.split("---\n")[1] if path.suffix == ".md" else text
        jsonschema.validate(yaml.load(text, EditorsReader) or {}, found[name])

    for path in (ROOT / "content").rglob("*"):
        if path.name == "_platform.yaml":
            fits("platform", path)
        elif path.name == "_document.yaml":
            fits("document", path)
        elif path.suffix == ".md" and path.name != "README.md":
            fits("prose" if path.parent == ROOT / "content" else "provision", path)
    for path in (ROOT / "data").rglob("*.yaml"):
        fits(path.stem if path.parent == ROOT / "data" else path.parent.name, path)


def test_schemas_are_published_under_their_address(built):
    """Each schema stands at the address that it names."""
    for file in (built / "schema" / "v1").glob("*.schema.json"):
        assert (
            json.loads(file.read_text(encoding="utf-8"))["$id"]
            == f"https://clause-atlas.example/schema/v1/{file.name}"
        )
