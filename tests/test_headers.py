"""What a host is asked to send: `_headers`, as Netlify and Cloudflare Pages read it, and as our own hosts do."""

import json

import pytest
from conftest import AS_OF, ROOT
from selectolax.lexbor import LexborHTMLParser
from static_host import StaticHost, read_headers, sent_with

from atlas import site
from atlas.examine import examine
from atlas.outputs.headers import site_policy

PAGE = (
    "/platform/anthropic/claudeai-terms-of-service/model-training-data-use-and-opt-out-carve-outs/"
)
YEAR = 31_536_000


@pytest.fixture(scope="module")
def rules(built):
    return read_headers((built / "_headers").read_text(encoding="utf-8"))


def directives(policy):
    """Return the rules of a Content-Security-Policy by name."""
    return {name: set(values) for name, *values in (rule.split() for rule in policy.split("; "))}


def test_every_answer_is_protected(rules):
    """With every address comes the policy, and what keeps types, referrers, windows, devices and the connection safe."""
    for address in ("/", PAGE, f"{PAGE}record.json", "/assets/atlas.0123456789.css", "/nowhere"):
        sent = sent_with(rules, address)
        assert sent["X-Content-Type-Options"] == "nosniff"
        assert sent["Referrer-Policy"] == "no-referrer"
        assert sent["Cross-Origin-Opener-Policy"] == "same-origin"
        assert sent["Strict-Transport-Security"] == f"max-age={2 * YEAR}"
        assert "camera=()" in sent["Permissions-Policy"]
        policy = directives(sent["Content-Security-Policy"])
        assert policy["default-src"] == {"'none'"}
        assert policy["frame-ancestors"] == {"'none'"}
        assert policy["base-uri"] == {"'none'"}


def test_header_allows_what_each_page_allows_itself(built, rules):
    """No page's own policy asks for more than the header allows, and search may compile its WebAssembly."""
    header = directives(sent_with(rules, "/")["Content-Security-Policy"])
    assert header["script-src"] == {"'self'", "'wasm-unsafe-eval'"}
    for path in built.rglob("*.html"):
        page = LexborHTMLParser(path.read_text(encoding="utf-8"))
        own = directives(page.css_first("meta[http-equiv]").attributes["content"])
        for name, allowed in own.items():
            assert allowed <= header.get(name, header["default-src"]) | {"'none'"}, path


def test_policy_is_no_wider_than_the_pages_need(built):
    """Where no page runs WebAssembly, the header does not allow it either."""
    drawing = site.draw(ROOT, examine(ROOT, AS_OF).atlas, site.Settings(AS_OF))
    still = [plan for plan in drawing.plans if not plan.evaluates]
    assert "wasm" not in site_policy(still)
    assert "connect-src" not in site_policy(still)
    assert "script-src 'none'" in site_policy([plan for plan in still if not plan.scripts])


def test_hashed_files_are_kept_for_ever(built, rules):
    """What has its hash in its name is never asked for again; a page always is."""
    kept = [
        path.relative_to(built).as_posix()
        for path in built.rglob("*")
        if path.is_file()
        and "Cache-Control" in sent_with(rules, f"/{path.relative_to(built).as_posix()}")
    ]
    assert {"/".join(name.split("/")[:-1]) for name in kept} == {
        "assets",
        "pagefind/fragment",
        "pagefind/index",
    }
    assert sent_with(rules, f"/{kept[0]}")["Cache-Control"] == f"public, max-age={YEAR}, immutable"
    assert "Cache-Control" not in sent_with(rules, PAGE)
    assert "Cache-Control" not in sent_with(rules, "/pagefind/pagefind.js")


def test_other_sites_may_read_records_and_schemas(built, rules):
    """Whatever stands beside a record or document for programs, and schemas, other sites' scripts may read; pages not."""
    open_to_all = {
        path
        for path in built.rglob("*")
        if path.is_file()
        and sent_with(rules, f"/{path.relative_to(built).as_posix()}").get(
            "Access-Control-Allow-Origin"
        )
        == "*"
    }
    beside = {path for path in (built / "platform").rglob("*.*") if path.suffix != ".html"}
    kinds = {"record.json", "index.md", "history.json", "evidence.json", "citations.json"}
    assert kinds <= {path.name for path in beside}
    further = {
        path for name in ("schema", "api", "evidence") for path in (built / name).rglob("*.*")
    }
    assert open_to_all == beside | further
    for path in (f"{PAGE}proof.json", "/api/v1/log/roots.jsonl", "/evidence/texts/ab/ab.txt"):
        assert sent_with(rules, path)["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Origin" not in sent_with(rules, f"{PAGE}history/")
    assert json.loads((built / PAGE[1:] / "record.json").read_text())["format"]


def test_no_header_is_set_twice(built, rules):
    """No address matches two rules that set the same header: hosts would join their values."""
    for path in (p for p in built.rglob("*") if p.is_file()):
        address = f"/{path.relative_to(built).as_posix().removesuffix('index.html')}"
        names = [name for rule in rules for name in sent_with([rule], address)]
        assert len(names) == len(set(names)), address


def test_hosts_limits_are_kept(built, rules):
    """Cloudflare Pages takes 100 rules, lines of 2,000 characters and one `*` a pattern."""
    text = (built / "_headers").read_text(encoding="utf-8")
    assert len(rules) <= 100
    assert max(map(len, text.split("\n"))) <= 2000
    assert all(pattern.count("*") <= 1 for pattern, _ in rules)


def test_patterns_begin_with_the_base_path(built_in_repo):
    """Under /repo/ every pattern is under /repo/."""
    rules = read_headers((built_in_repo / "_headers").read_text(encoding="utf-8"))
    assert all(pattern.startswith("/repo/") for pattern, _ in rules)
    assert "immutable" in sent_with(rules, "/repo/assets/atlas.0123456789.css")["Cache-Control"]
    assert sent_with(rules, "/") == {}


def test_http_is_not_told_to_be_https(tmp_path):
    """A site that is published without https is not told to insist on it."""
    settings = site.Settings(AS_OF, "http://127.0.0.1:8000/", with_search=False)
    assert site.build(ROOT, tmp_path / "site", settings).written
    rules = read_headers((tmp_path / "site" / "_headers").read_text(encoding="utf-8"))
    assert "Strict-Transport-Security" not in sent_with(rules, "/")


@pytest.mark.parametrize("line", ["  Name: value", "/a\n  Name", "/a\nName: value", "words"])
def test_reader_refuses_what_is_no_rule(line):
    """The reader of our own hosts takes patterns, headers and comments, and nothing else."""
    assert read_headers("# note\n\n/a\n  Name: value\n") == [("/a", {"Name": "value"})]
    with pytest.raises(ValueError, match="_headers:"):
        read_headers(line)


def test_reader_joins_what_is_set_twice():
    """Two rules that set one header are joined, as hosts do; `:name` is one segment of a path."""
    rules = read_headers("/a/*\n  X: 1\n/a/:b/c\n  X: 2\n")
    assert sent_with(rules, "/a/b/c") == {"X": "1, 2"}
    assert sent_with(rules, "/a/b/d/c") == {"X": "1"}


def test_host_serves_as_hosts_do(built):
    """The tests' own host sends the headers, the page of a missing address with 404, and nothing from outside."""
    host = StaticHost(built)
    try:
        status, sent, body = host.answer("/")
        assert (status, sent["Content-Type"]) == (200, "text/html; charset=utf-8")
        assert body == (built / "index.html").read_bytes()
        assert host.answer("/nowhere/")[0] == 404
        assert host.answer("/../../etc/passwd")[2] == (built / "404.html").read_bytes()
    finally:
        host.close()
