"""The search index: what is found is what asked to be found, and a failure says why."""

import os
import signal
import subprocess
import sys
import time
from types import SimpleNamespace

import pytest
from conftest import ROOT

from atlas import search

FOUND = '<!DOCTYPE html><html lang="{}"><title>T</title><body><main data-pagefind-body><h1>{}</h1></main></body></html>'
PLAIN = '<!DOCTYPE html><html lang="en"><title>T</title><body><p>Not to be found</p></body></html>'


@pytest.fixture
def site(tmp_path):
    """A folder to write pages to: `site(name=html)`."""

    def write(**pages):
        for name, html in pages.items():
            (tmp_path / f"{name}.html").write_text(html, encoding="utf-8")
        return tmp_path

    return write


def run_instead(monkeypatch, tmp_path, script):
    program = tmp_path.parent / "pagefind-instead"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setitem(
        sys.modules, "pagefind_bin", SimpleNamespace(get_executable=lambda: str(program))
    )


def is_there(process):
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def test_pages_that_ask_are_indexed(site):
    """Only pages with data-pagefind-body are found, and their number is told."""
    folder = site(one=FOUND.format("en", "Clause"), two=PLAIN)
    indexed = search.index(folder, expected=1)
    assert indexed.pages == 1
    assert indexed.bytes == sum(
        f.stat().st_size for f in (folder / "pagefind").rglob("*") if f.is_file()
    )


def test_no_interface_of_pagefinds_is_published(site):
    """What the page does not use is not there: three interfaces and a highlighter."""
    folder = site(one=FOUND.format("en", "Clause"))
    search.index(folder)
    names = {file.name for file in (folder / "pagefind").iterdir()}
    assert not [
        name for name in names if "ui" in name.split(".")[0].split("-") or "highlight" in name
    ]
    assert {"pagefind.js", "pagefind-worker.js", "pagefind-entry.json"} <= names


def test_indexing_twice_leaves_one_index(site):
    """Nothing of an earlier index stays."""
    search.index(site(one=FOUND.format("en", "Clause"), two=FOUND.format("en", "Other")))
    folder = site(two=PLAIN)
    assert search.index(folder).pages == 1
    assert len(list((folder / "pagefind" / "fragment").iterdir())) == 1


@pytest.mark.parametrize("pages", [{}, {"one": PLAIN}])
def test_nothing_to_find_is_no_fault(site, pages):
    """Without a searchable page there is no index, rather than one of every page."""
    folder = site(**pages)
    assert search.index(folder, expected=0) == search.Indexed(0, 0)
    assert not (folder / "pagefind").exists()


@pytest.mark.parametrize(
    ("language", "heading"),
    [
        ("ja", "日本語の条項"),
        ("ar", "بند باللغة العربية"),
        ("zh-Hans", "中文条款"),
        ("th", "ข้อกำหนด"),
        ("xx", "Clause"),
        ("", "Clause"),
    ],
)
def test_any_language_can_be_indexed(site, language, heading):
    """A language that Pagefind cannot stem, or does not know, is indexed all the same."""
    assert search.index(site(one=FOUND.format(language, heading)), expected=1).pages == 1


def test_another_number_of_pages_than_expected_is_a_fault(site):
    """An index that misses a page is not published."""
    with pytest.raises(
        search.SearchFault, match="1 pages are in the search index, and 2 ought to be"
    ):
        search.index(site(one=FOUND.format("en", "Clause")), expected=2)


def test_settings_of_the_surroundings_change_nothing(site, monkeypatch):
    """Pagefind's environment variables and settings files are not ours to obey."""
    folder = site(one=FOUND.format("en", "Clause"))
    monkeypatch.setenv("PAGEFIND_OUTPUT_SUBDIR", "elsewhere")
    monkeypatch.setenv("PAGEFIND_GLOB", "*.txt")
    monkeypatch.chdir(folder.parent)
    (folder.parent / "pagefind.yml").write_text("glob: '*.txt'\n")
    assert search.index(folder).pages == 1


def test_a_missing_program_is_said(site, monkeypatch):
    """Without pagefind-bin the build says so, and how to do without."""
    monkeypatch.setitem(sys.modules, "pagefind_bin", None)
    with pytest.raises(search.SearchFault, match=r"not installed.*--no-search"):
        search.index(site(one=FOUND.format("en", "Clause")))


def test_a_program_that_cannot_run_is_said(site, monkeypatch, tmp_path):
    """A binary for another system is a sentence, not a traceback."""
    gone = SimpleNamespace(get_executable=lambda: str(tmp_path / "gone"))
    monkeypatch.setitem(sys.modules, "pagefind_bin", gone)
    with pytest.raises(search.SearchFault, match=r"does not run here.*--no-search"):
        search.index(site(one=FOUND.format("en", "Clause")))


def test_a_failing_program_is_quoted(site, monkeypatch, tmp_path):
    """What the program said last is in the sentence."""
    run_instead(monkeypatch, tmp_path, "echo 'the disk is full' >&2; exit 3")
    with pytest.raises(search.SearchFault, match="could not be made: the disk is full"):
        search.index(site(one=PLAIN))


@pytest.mark.parametrize(
    ("script", "sentence"),
    [
        ("mkdir pagefind; : >pagefind/pagefind.js", "left an empty file, pagefind.js"),
        ("mkdir pagefind; echo '{' >pagefind/pagefind-entry.json", "does not load"),
        ("mkdir pagefind; echo '[]' >pagefind/pagefind-entry.json", "does not load"),
        ("mkdir pagefind", "does not load"),
    ],
)
def test_a_broken_index_is_not_published(site, monkeypatch, tmp_path, script, sentence):
    """The index is read back: empty or unreadable files stop the build."""
    run_instead(monkeypatch, tmp_path, script)
    with pytest.raises(search.SearchFault, match=sentence):
        search.index(site(one=PLAIN))


def test_an_interrupt_ends_the_program_too(site, tmp_path):
    """Who stops a build does not leave Pagefind running behind it."""
    folder = site(one=PLAIN)
    started = tmp_path / "started"
    program = tmp_path / "pagefind"
    program.write_text(
        f"#!/bin/sh\necho $$ >{started}.part; mv {started}.part {started}; exec sleep 60\n"
    )
    program.chmod(0o755)
    code = (
        # A shell that starts the tests in the background has them ignore the interrupt.
        "import signal, sys, types, pathlib\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        f"sys.modules['pagefind_bin'] = types.SimpleNamespace(get_executable=lambda: {str(program)!r})\n"
        f"from atlas import search; search.index(pathlib.Path({str(folder)!r}))"
    )
    builder = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + 20
    while not started.exists() and time.monotonic() < deadline:
        time.sleep(0.02)
    builder.send_signal(signal.SIGINT)
    try:
        builder.wait(timeout=20)
    finally:
        builder.kill()
        builder.wait()
    child = int(started.read_text())
    while is_there(child) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not is_there(child)


EVERY_MOMENT = """
import contextlib, os, pathlib, signal, subprocess, sys, types
from atlas import search

folder, program, number = pathlib.Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
sys.modules["pagefind_bin"] = types.SimpleNamespace(get_executable=lambda: program)

WHERE = {module.__file__ for module in (search, subprocess, contextlib)}

class Stopped(BaseException):
    pass

def stop(*_):
    raise Stopped

def disturbed(line):
    # Index the folder; the signal comes before this line of Python, counted from where the program is to be started.
    lines = 0
    def trace(frame, event, _):
        nonlocal lines
        # What is raised while Python forgets an object is ignored by Python.
        if frame.f_code.co_filename not in WHERE or "__del__" in (
            frame.f_code.co_name, frame.f_back.f_code.co_name
        ):
            return None
        lines += event == "line"
        if lines == line and event == "line":
            sys.settrace(None)
            signal.raise_signal(number)
        return trace
    signal.signal(number, stop)
    def traced(*arguments):
        sys.settrace(trace)
        try:
            return ended(*arguments)
        finally:
            sys.settrace(None)
    search._ended = traced
    try:
        search.index(folder)
    except Stopped:
        return True
    except search.SearchFault:
        if lines >= line:
            sys.exit(f"the signal before line {line} was lost")
        return False

line, ended = 0, search._ended
while disturbed(line := line + 1):
    try:
        left = os.waitpid(-1, os.WNOHANG)
    except ChildProcessError:
        continue
    sys.exit(f"stopped before line {line}, and a child is left: {left}")
print(line)
"""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_no_moment_is_too_early_to_stop(site, tmp_path, number):
    """At whichever line of Python a signal ends us while the program is started and awaited, it is ended as well."""
    program = tmp_path / "pagefind"
    program.write_text("#!/bin/sh\nexit 3\n")
    program.chmod(0o755)
    stopped = subprocess.run(
        [sys.executable, "-c", EVERY_MOMENT, site(one=PLAIN), program, str(int(number))],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert stopped.returncode == 0, stopped.stderr
    assert int(stopped.stdout) > 100
