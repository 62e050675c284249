"""The site as a whole: published or untouched, the same bytes for the same input, no link that breaks."""

import filecmp
import gzip
import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import corpus
import pytest
import site_links
from conftest import AS_OF, ROOT, copy_atlas
from selectolax.lexbor import LexborHTMLParser

from atlas import site
from atlas.site import Settings

SETTINGS = Settings(AS_OF, with_search=False)


def differing(one, other, ignore=()):
    """Return the paths below two folders that are not in both with the same bytes."""
    files = {
        p.relative_to(root).as_posix()
        for root in (one, other)
        for p in root.rglob("*")
        if p.is_file()
    }
    files = {f for f in files if not f.startswith(tuple(ignore))}
    return sorted(
        f
        for f in files
        if not (
            (one / f).is_file()
            and (other / f).is_file()
            and filecmp.cmp(one / f, other / f, shallow=False)
        )
    )


def test_no_link_breaks(built):
    """Every link leads somewhere, every fragment has its place, no id stands twice on a page."""
    assert site_links.faults(built, "https://clause-atlas.example/") == []
    assert site_links.count(built) > 500


def test_no_link_breaks_under_a_path(built_in_repo):
    """The same under /repo/: one setting moves every link."""
    assert site_links.faults(built_in_repo, "https://people.example/repo/") == []


def test_link_checker_finds_faults(built, tmp_path):
    """The checker itself: a dead link, a dead fragment, a repeated id and a way out of the base path are found."""
    page = tmp_path / "index.html"
    page.write_text(
        '<p id="a"></p><p id="a"></p><a href="/x/">x</a><a href="#b">b</a><a href="/">h</a>',
        encoding="utf-8",
    )
    assert len(site_links.faults(tmp_path, "https://a.example/")) == 3
    assert any("base path" in f for f in site_links.faults(tmp_path, "https://a.example/repo/"))


def test_same_input_same_bytes(real_atlas, tmp_path):
    """Locale, time zone, hash seed and number of workers change no byte but those of the search index."""
    worlds = [
        {"LC_ALL": "C", "TZ": "UTC", "PYTHONHASHSEED": "1"},
        {
            "LC_ALL": "C.UTF-8",
            "TZ": "Pacific/Kiritimati",
            "PYTHONHASHSEED": "42",
            "PYTHONUTF8": "0",
        },
    ]
    for number, environment in enumerate(worlds):
        command = [
            sys.executable,
            "-m",
            "atlas",
            "--root",
            str(real_atlas),
            "build",
            "--as-of",
            "2026-11-22",
        ]
        command += ["--output", str(tmp_path / f"s{number}"), "--workers", str(1 + 2 * number)]
        env = {**{k: v for k, v in os.environ.items() if not k.startswith("LC_")}, **environment}
        subprocess.run(command, cwd=ROOT, env=env, check=True, capture_output=True)
    assert differing(tmp_path / "s0", tmp_path / "s1", ignore=("pagefind/",)) == []


def test_only_home_prints_the_day_of_the_build(tmp_path):
    """A build a year later, of another revision, differs on the home page alone, in each language."""
    later = Settings(AS_OF + timedelta(days=300), revision="0123456789ab", with_search=False)
    site.build(ROOT, tmp_path / "one", SETTINGS)
    site.build(ROOT, tmp_path / "two", later)
    assert differing(tmp_path / "one", tmp_path / "two") == ["de/index.html", "index.html"]


def test_broken_records_leave_the_last_site(real_atlas, tmp_path):
    """A record with a problem stops the build before a byte is written."""
    output = tmp_path / "site"
    assert site.build(real_atlas, output, SETTINGS).written
    before = sorted((p, p.stat().st_mtime_ns) for p in output.rglob("*"))
    record = next((real_atlas / "content" / "platform").rglob("*.md"))
    record.write_text("---\ntitle: x\n---\n", encoding="utf-8")
    result = site.build(real_atlas, output, SETTINGS)
    assert not result.written
    assert result.report.blocking
    assert sorted((p, p.stat().st_mtime_ns) for p in output.rglob("*")) == before


def test_templates_that_fail_leave_the_last_site(real_atlas, tmp_path):
    """A template that asks for what it was not given stops the build with its name, and nothing is swapped."""
    output = tmp_path / "site"
    site.build(real_atlas, output, SETTINGS)
    template = real_atlas / "templates" / "pages" / "platform.html"
    template.write_text("{{ view.titel }}", encoding="utf-8")
    with pytest.raises(Exception, match=r"templates/pages/platform\.html.*titel"):
        site.build(real_atlas, output, SETTINGS)
    assert (output / "index.html").is_file()
    assert not list(tmp_path.glob(".site.new-*"))


def test_provision_pages_are_light(built):
    """A provision page with all it loads, in each language: at most 14 KB gzipped, 4 requests, 1 KB of script."""
    pages = [*built.glob("platform/*/*/*/index.html"), *built.glob("de/platform/*/*/*/index.html")]
    assert len(pages) > 10
    for page in pages:
        tree = LexborHTMLParser(page.read_text(encoding="utf-8"))
        loads = [n.attributes["href"] for n in tree.css('link[rel="stylesheet"], link[rel="icon"]')]
        scripts = [n.attributes["src"] for n in tree.css("script[src]")]
        files = [page, *(built / name.removeprefix("/") for name in [*loads, *scripts])]
        sizes = {f: len(gzip.compress(f.read_bytes(), 9)) for f in files}
        assert len(files) <= 4
        assert sum(sizes.values()) <= 14 * 1024, {f.name: s for f, s in sizes.items()}
        assert sum((built / s.removeprefix("/")).stat().st_size for s in scripts) <= 1024


def test_pages_load_nothing_from_anyone(built):
    """No page loads anything from another host, and every page has its policy first."""
    for page in built.rglob("*.html"):
        if page.is_relative_to(built / "pagefind"):
            continue
        tree = LexborHTMLParser(page.read_text(encoding="utf-8"))
        loaded = [
            n.attributes.get("src") or n.attributes.get("href")
            for n in tree.css("script[src], link[rel=stylesheet], link[rel=icon], img")
        ]
        assert all(address.startswith(("/", "data:")) for address in loaded), page
        policy = tree.css_first("head > meta[http-equiv]")
        assert policy.attributes["http-equiv"] == "Content-Security-Policy", page
        assert not tree.css("[style], [onclick], [onload], style"), page


def test_workers_draw_what_one_process_draws(tmp_path):
    """Pages drawn by forked workers are those that one process draws."""
    from atlas import fanout

    small, fanout.SMALL = fanout.SMALL, 1
    try:
        site.build(ROOT, tmp_path / "many", Settings(AS_OF, workers=3, with_search=False))
    finally:
        fanout.SMALL = small
    site.build(ROOT, tmp_path / "one", Settings(AS_OF, workers=1, with_search=False))
    assert differing(tmp_path / "one", tmp_path / "many") == []


def test_strict_refuses_what_is_not_ready(real_atlas, tmp_path):
    """`--strict` refuses a record without an id and every warning; without it both are published."""
    record = next((real_atlas / "content").rglob("anonymised*.md"))
    text = record.read_text(encoding="utf-8")
    record.write_text(
        "\n".join(line for line in text.split("\n") if not line.startswith("id: ")),
        encoding="utf-8",
    )
    refused = site.build(
        real_atlas, tmp_path / "strict", Settings(AS_OF, strict=True, with_search=False)
    )
    assert "unassigned-id" in {p.code for p in refused.report.problems}
    assert not (tmp_path / "strict").exists()


def test_empty_atlas_is_told(tmp_path):
    """An atlas without records is a fault, not an empty site."""
    root = copy_atlas(tmp_path / "atlas")
    for path in (root / "content" / "platform").rglob("*.md"):
        path.unlink()
    result = site.build(root, tmp_path / "site", SETTINGS)
    assert [p.code for p in result.report.problems if p.blocks] == ["nothing-to-examine"]
    assert not Path(tmp_path / "site").exists()


def test_many_records_build(tmp_path, thorough):
    """An atlas of many records (2,000 with `--long`) is published with every record in the search index, and no link breaks."""
    number = 2000 if thorough else 250
    corpus.write(number, tmp_path / "atlas")
    result = site.build(tmp_path / "atlas", tmp_path / "site", Settings(AS_OF))
    assert result.written
    assert result.indexed == number
    assert site_links.faults(tmp_path / "site", "https://sample.example/") == []
