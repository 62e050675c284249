"""Loading: what is read, what is not, and what is said of a file that cannot be."""

import os

import pytest
from conftest import ROOT

from atlas.load import LoadFault, load, load_templates


def paths(root):
    return [f.path for f in load(root).files]


def write(root, *names):
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("x", encoding="utf-8")


def test_what_is_never_published_is_not_read(tmp_path):
    """README.md, hidden and backup files and names that begin with `_` are left alone; order is that of paths."""
    write(
        tmp_path,
        "content/b.md",
        "content/a.md",
        "content/README.md",
        "content/_draft.md",
        "content/.x.md",
        "content/a.md~",
    )
    write(
        tmp_path,
        "content/#a.md#",
        "content/.git/x.md",
        "content/platform/p/_platform.yaml",
        "data/site.yaml",
        "data/published/ids.tsv",  # a machine file
    )
    assert paths(tmp_path) == [
        "content/a.md",
        "content/b.md",
        "content/platform/p/_platform.yaml",
        "data/site.yaml",
    ]


def test_links_that_lead_out_are_told_and_not_read(tmp_path):
    """A symbolic link to a file outside the atlas is a problem; one inside it is a file."""
    outside = tmp_path / "secret"
    outside.write_text("password", encoding="utf-8")
    root = tmp_path / "atlas"
    write(root, "content/a.md")
    (root / "content" / "in.md").symlink_to("a.md")
    (root / "content" / "out.md").symlink_to(outside)
    (root / "content" / "nowhere.md").symlink_to("gone.md")
    (root / "content" / "loop.md").symlink_to("loop.md")
    loaded = load(root)
    assert [f.path for f in loaded.files] == ["content/a.md", "content/in.md"]
    assert {(p.code, p.path) for p in loaded.problems} == {
        ("outside-file", "content/out.md"),
        ("unreadable-file", "content/loop.md"),
        ("unreadable-file", "content/nowhere.md"),
    }


def test_unreadable_files_are_told(tmp_path):
    """What has a file's name and cannot be read as one is a problem, not a crash."""
    (tmp_path / "data" / "site.yaml").mkdir(parents=True)
    (problem,) = load(tmp_path).problems
    assert (problem.code, problem.path) == ("unreadable-file", "data/site.yaml")
    assert problem.message == "this is a folder, and its name is that of a record"


def test_huge_files_are_not_swallowed(tmp_path):
    """Of a file of many megabytes only the beginning is read, enough to call it too large."""
    write(tmp_path, "content/a.md")
    (tmp_path / "content" / "a.md").write_bytes(b"x" * 5_000_000)
    assert len(load(tmp_path).files[0].content) <= 1024 * 1024


def test_own_templates_go_over_the_packaged(tmp_path):
    """A publisher's folder replaces what it holds and leaves the rest."""
    write(tmp_path, "templates/pages/platform.html", "templates/assets/extra.css")
    templates = load_templates(tmp_path)
    assert templates.texts["pages/platform.html"] == "x"
    assert "pages/provision.html" in templates.texts
    assert set(templates.assets) == {
        "extra.css",
        *(p.name for p in (ROOT / "templates" / "assets").iterdir()),
    }


def test_names_that_are_not_utf8_are_told(tmp_path):
    """A file name of other bytes is a problem that can be printed."""
    write(tmp_path, "content/a.md")
    path = tmp_path / "content" / "a.md"
    path.rename(path.with_name(os.fsdecode(b"\xff.md")))
    (problem,) = load(tmp_path).problems
    assert problem.code == "invalid-slug"
    assert problem.path.encode("utf-8") == b"content/\\udcff.md"


def test_missing_templates_are_told(tmp_path, monkeypatch):
    """Without a single template there is one sentence, which says where they belong."""
    monkeypatch.setattr("atlas.load.packaged_templates", lambda: tmp_path / "nowhere")
    with pytest.raises(LoadFault, match="there are no templates in"):
        load_templates(tmp_path)
