"""The preview as a whole: a real process over a copy of the real atlas."""

import re
import shutil
import signal
import time
from threading import Event

import pytest
from conftest import copy_atlas
from previews import eventually, running, save

from atlas import showing
from atlas.pages.problems import address_of
from atlas.showing import Outcome
from atlas.watch import changes, matters, stamp_of

RECORD = "content/platform/anthropic/claudeai-terms-of-service/model-training-data-use-and-opt-out-carve-outs.md"
PAGE = (
    "/platform/anthropic/claudeai-terms-of-service/model-training-data-use-and-opt-out-carve-outs/"
)
BUILT = r"^\d+ pages built \("


@pytest.fixture(scope="module")
def preview(tmp_path_factory):
    root = copy_atlas(tmp_path_factory.mktemp("preview") / "atlas")
    with running(root) as started:
        yield started


@pytest.fixture
def record(preview):
    """The record that a test may change; whole again when it ends."""
    path = preview.root / RECORD
    good = path.read_text()
    yield path
    if not path.exists() or path.read_text() != good:
        path.parent.mkdir(parents=True, exist_ok=True)
        save(path, good)
        eventually(lambda: "preview-notice" not in preview.page("/"))


def with_claim(record, claim):
    return re.sub(r"^claim: .*$", f"claim: {claim}", record.read_text(), flags=re.MULTILINE)


def test_a_saved_record_is_shown(preview, record):
    """What is saved is on its page, and nothing is written beside the records."""
    save(record, with_claim(record, "Trains on a purple elephant"))
    preview.heard(BUILT)
    assert "Trains on a purple elephant" in preview.page(PAGE)
    assert sorted(path.name for path in preview.root.iterdir()) == ["content", "data", "templates"]


def test_problems_are_on_the_page(preview, record):
    """A broken record's page says what is wrong, every other page says that something is, nothing is lost."""
    save(
        record, re.sub(r"^severity: .*$", "severity: hgih", record.read_text(), flags=re.MULTILINE)
    )
    line = preview.heard(r"opt-out-carve-outs\.md:(\d+):11: .*`hgih`")[1]
    preview.heard("The last good site stays")
    for page in (PAGE, "/_preview/problems"):
        text = preview.page(page)
        assert RECORD in text
        assert f"line {line}, column 11" in text
        assert "<b>severity: hgih</b>" in text
        assert "<em>          ^^^^</em>" in text
        assert "<strong>Did you mean <code>high</code>?</strong>" in text
    home = preview.page("/")
    assert 'class="preview-notice"' in home
    assert 'href="/_preview/problems"' in home
    assert "flagged chats" in preview.page(f"{PAGE}?last-good")


def test_a_broken_template_is_on_the_page(preview):
    """A template that cannot be drawn is named with its line, there and in the terminal; the site stays."""
    template = preview.root / "templates/pages/provision.html"
    good = template.read_text()
    save(template, f"{good}\n{{% if %}}\n")
    line = good.count("\n") + 2
    preview.heard(rf"^templates/pages/provision\.html:{line}:")
    text = preview.page("/_preview/problems")
    assert "templates/pages/provision.html" in text
    assert f"line {line}, column 1" in text
    assert "<h1" in preview.page("/")
    save(template, good)
    preview.heard(BUILT)
    assert "preview-notice" not in preview.page("/")


def test_the_very_template_of_problems_is_broken(preview):
    """Where the page of problems cannot be drawn either, the last good templates draw it."""
    template = preview.root / "templates/base.html"
    good = template.read_text()
    save(template, good.replace("{% block main %}", "{{ nobody.knows }}{% block main %}"))
    preview.heard(r"^templates/base\.html:\d+:")
    assert "templates/base.html" in preview.page("/_preview/problems")
    save(template, good)
    preview.heard(BUILT)


def test_a_burst_of_saves(preview, record):
    """A hundred saves are few builds, and the last one is what is shown."""
    for number in range(100):
        save(record, with_claim(record, f"Trains on elephant number {number}"))
        time.sleep(0.005)
    eventually(lambda: "elephant number 99" in preview.page(PAGE))
    heard = len(preview.lines)
    preview.heard(BUILT)
    time.sleep(0.5)
    while not preview._printed.empty():
        preview.heard("")
    assert sum(bool(re.search(BUILT, line)) for line in preview.lines[heard:]) < 10


def test_half_a_save(preview, record):
    """A record that is half there, empty or gone is no more than a problem, and is forgotten when whole."""
    good = record.read_bytes()
    for state in (good[:200], b"", b"\xff\xfe", good):
        record.write_bytes(state)
        time.sleep(0.15)
    record.unlink()
    time.sleep(0.15)
    record.write_bytes(good)
    eventually(
        lambda: "preview-notice" not in preview.page("/") and "flagged chats" in preview.page(PAGE)
    )
    assert "Traceback" not in "".join(preview.lines)


def test_a_watched_folder_goes_and_comes_back(preview):
    """Deleting what is watched ends nothing, and its return is noticed."""
    content, away = preview.root / "content", preview.root.parent / "away"
    shutil.move(content, away)
    eventually(lambda: "preview-notice" in preview.page("/"))
    shutil.move(away, content)
    eventually(lambda: "preview-notice" not in preview.page("/"))
    path = content / "about.md"
    good = path.read_text()
    save(path, f"{good}\nA purple elephant.\n")
    eventually(lambda: "purple elephant" in preview.page("/about/"))
    save(path, good)
    assert "Traceback" not in "".join(preview.lines)


def test_search_comes_after_the_pages(preview):
    """The search index is there when it is asked for, though the pages did not wait for it."""
    assert '"version"' in preview.page("/pagefind/pagefind-entry.json")


def test_it_stops_cleanly(real_atlas, tmp_path):
    """Stopped in the middle of its work it ends at once, with 0, without a word and without leftovers."""
    place = tmp_path / "place"
    place.mkdir()
    with running(real_atlas, "--base-url", "https://example.org/repo/", place=place) as preview:
        assert preview.address.endswith("/repo/")
        assert "<h1" in preview.page("/")
        assert len(list(place.iterdir())) == 1
        heard = len(preview.lines)
        code, took = preview.stop(signal.SIGINT)
        assert code == 0
        assert took < 5
        assert preview.lines[heard:] == []
        assert list(place.iterdir()) == []


def test_it_starts_with_broken_records(real_atlas):
    """Before there is a good site every page shows what stops it; then pages are there, beside another preview."""
    record = real_atlas / RECORD
    good = record.read_text()
    save(record, good.replace("title:", "titel:", 1))
    with running(real_atlas) as preview, running(real_atlas) as other:
        assert preview.address != other.address
        for page in ("/", PAGE, "/about/"):
            assert "<code>titel</code>" in preview.page(page)
        style = re.search(r'href="(/assets/(?:atlas|pages)\.[^"]*\.css)"', preview.page("/"))[1]
        assert "@layer" in preview.page(style)
        save(record, good)
        for one in (preview, other):
            eventually(
                lambda one=one: "titel" not in one.page("/") and "flagged chats" in one.page(PAGE)
            )
        assert preview.stop(signal.SIGTERM)[0] == 0
        assert "flagged chats" in other.page(PAGE)


def test_a_fault_of_ours_is_shown(tmp_path):
    """When the program fails and no template can be trusted, what happened is still on every page."""
    shown = showing.showing(
        Outcome(None, trace="Traceback: <oh dear>\n"),
        [],
        tmp_path,
        is_kept=False,
        coming=("/pagefind/", Event()),
    )
    assert "Traceback: &lt;oh dear&gt;" in shown.otherwise
    assert "please report it" in shown.otherwise
    assert shown.own["problems"].decode() == shown.otherwise


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("content/platform/a/_platform.yaml", "/platform/a/"),
        ("content/platform/a/b/_document.yaml", "/platform/a/b/"),
        ("content/platform/a/b/c.md", "/platform/a/b/c/"),
        ("content/about.md", "/about/"),
        ("content/notes.txt", None),
        ("data/regulations.yaml", None),
        ("templates/base.html", None),
    ],
)
def test_where_a_file_is_seen(path, address):
    """The page of a file is where the place of the file says."""
    assert address_of(path) == address


@pytest.mark.parametrize(
    ("name", "is_ours"),
    [
        ("a/b.md", True),
        ("site/_document.yaml", True),
        ("a/.b.md.swp", False),
        ("a/.#b.md", False),
        ("a/#b.md#", False),
        ("a/b.md~", False),
        ("a/b.md.tmp", False),
        ("a/b.md___jb_tmp___", False),
        (".git/index", False),
    ],
)
def test_what_matters(tmp_path, name, is_ours):
    """What an editor keeps beside a file is no change, wherever the atlas itself may be."""
    content = tmp_path / ".hidden" / "content"
    assert matters(content / name, [content]) is is_ours
    assert not matters(tmp_path / name, [content])


def test_a_change_before_watching_began(tmp_path):
    """A file that is saved between the first reading and the first look is not lost, and is named."""
    content = tmp_path / "content"
    content.mkdir()
    seen = stamp_of([content])
    (content / "a.md").write_text("new")
    stop = Event()
    noticed = next(changes([content], stop, seen))
    assert noticed == {content / "a.md"}
    stop.set()


def test_a_change_while_the_last_one_is_dealt_with(tmp_path):
    """What is saved, removed or added while somebody is busy with the last change is named, once, and nothing else is."""
    content, stop = tmp_path / "content", Event()
    content.mkdir()
    for name in ("a.md", "b.md", "c.md"):
        (content / name).write_text("old")
    heard = changes([content], stop, ())
    assert next(heard) == {content / "a.md", content / "b.md", content / "c.md"}
    save(content / "a.md", "new")
    (content / "b.md").unlink()
    assert next(heard) == {content / "a.md", content / "b.md"}
    save(content / "d.md", "new")
    assert next(heard) == {content / "d.md"}
    stop.set()


def test_a_folder_that_goes_and_comes_back_names_its_files(tmp_path):
    """Where a whole folder goes or comes, each file of it is named."""
    content, stop = tmp_path / "content", Event()
    content.mkdir()
    (content / "a.md").write_text("old")
    heard = changes([content], stop, stamp_of([content]))
    for _ in range(2):
        shutil.move(content, tmp_path / "away")
        assert next(heard) == {content / "a.md"}
        shutil.move(tmp_path / "away", content)
        assert next(heard) == {content / "a.md"}
    stop.set()
