"""Writing: the site is whole or untouched, and nobody else's folder is ever replaced."""

import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from atlas import write
from atlas.write import MARKER, OutputFile, WriteFault, fresh_site, replace_file, write_file

ROOT = Path(__file__).parent.parent


def publish(output, **files):
    with fresh_site(output) as folder:
        for name, text in files.items():
            write_file(folder, OutputFile(f"{name}.html", text.encode()))


def contents(folder):
    return {p.name: p.read_text() for p in folder.glob("*.html")}


def test_site_is_replaced_as_a_whole(tmp_path):
    """The second build leaves nothing of the first behind, and nothing beside it."""
    publish(tmp_path / "site", a="1", b="1")
    publish(tmp_path / "site", a="2")
    assert contents(tmp_path / "site") == {"a.html": "2"}
    assert sorted(p.name for p in tmp_path.iterdir()) == ["site"]


def test_failed_build_leaves_the_last_site(tmp_path):
    """Whatever goes wrong while writing, what was published stays as it was."""
    publish(tmp_path / "site", a="1")
    with pytest.raises(RuntimeError), fresh_site(tmp_path / "site") as folder:
        write_file(folder, OutputFile("a.html", b"2"))
        raise RuntimeError
    assert contents(tmp_path / "site") == {"a.html": "1"}
    assert sorted(p.name for p in tmp_path.iterdir()) == ["site"]


@pytest.mark.parametrize("kind", ["strangers", "file", "link"])
def test_what_we_did_not_write_is_not_replaced(tmp_path, kind):
    """A folder with other files, a file, or a link in the place of the output is refused by name."""
    output = tmp_path / "site"
    if kind == "strangers":
        output.mkdir()
        (output / "thesis.txt").write_text("years of work")
    elif kind == "file":
        output.write_text("x")
    else:
        (tmp_path / "real").mkdir()
        output.symlink_to(tmp_path / "real")
    with pytest.raises(WriteFault, match="--output"):
        publish(output, a="1")
    if kind == "strangers":
        assert (output / "thesis.txt").read_text() == "years of work"


def test_an_empty_folder_is_taken(tmp_path):
    """A folder that holds nothing has nothing to lose."""
    (tmp_path / "site").mkdir()
    publish(tmp_path / "site", a="1")
    assert (tmp_path / "site" / MARKER).is_file()


def test_two_pages_never_share_a_file(tmp_path):
    """The second page for one path is a fault that names it."""
    with pytest.raises(WriteFault, match=r"a\.html"), fresh_site(tmp_path / "site") as folder:
        write_file(folder, OutputFile("a.html", b"1"))
        write_file(folder, OutputFile("a.html", b"2"))


def test_systems_that_cannot_exchange_folders_still_publish(tmp_path, monkeypatch):
    """Where the system has no exchange, two renames do it, and a kill between them is mended by the next build."""
    monkeypatch.setattr(write, "_exchange", lambda one, other: False)
    publish(tmp_path / "site", a="1")
    publish(tmp_path / "site", a="2")
    assert contents(tmp_path / "site") == {"a.html": "2"}
    (tmp_path / "site").rename(tmp_path / ".site.old")
    with pytest.raises(RuntimeError), fresh_site(tmp_path / "site"):
        assert contents(tmp_path / "site") == {"a.html": "2"}
        raise RuntimeError


def test_full_disk_is_a_sentence(tmp_path):
    """A disk without room ends the build with a sentence, and the last site stands."""
    publish(tmp_path / "site", a="1")
    with (
        pytest.raises(WriteFault, match="last good site is untouched"),
        fresh_site(tmp_path / "site") as folder,
    ):
        raise OSError(28, "No space left on device", str(folder))
    assert contents(tmp_path / "site") == {"a.html": "1"}


def test_killed_builds_leave_a_whole_site(tmp_path, thorough):
    """Killed at any moment, the published site is the old one or the new one, never a mixture."""
    output = tmp_path / "site"
    script = textwrap.dedent(f"""
        import sys; sys.path.insert(0, {str(ROOT)!r})
        from pathlib import Path
        from atlas.write import OutputFile, fresh_site, write_file
        number = 0
        while True:
            number += 1
            with fresh_site(Path({str(output)!r})) as folder:
                for page in range(40):
                    write_file(folder, OutputFile(f"{{page}}.html", str(number).encode()))
            print(number, flush=True)
    """)
    for attempt in range(30 if thorough else 6):
        child = subprocess.Popen(
            [sys.executable, "-c", script], stdout=subprocess.PIPE, start_new_session=True
        )
        child.stdout.readline()
        time.sleep(0.003 * attempt)
        os.killpg(child.pid, signal.SIGKILL)
        child.wait()
        child.stdout.close()
        pages = contents(output)
        assert len(pages) == 40
        assert len(set(pages.values())) == 1


def test_files_are_replaced_whole_with_their_rights(tmp_path):
    """A record that a command edits keeps its rights and is never half-written."""
    path = tmp_path / "x.md"
    path.write_text("old")
    path.chmod(0o640)
    replace_file(path, b"new")
    assert (path.read_text(), path.stat().st_mode & 0o777) == ("new", 0o640)
    assert [p.name for p in tmp_path.iterdir()] == ["x.md"]
