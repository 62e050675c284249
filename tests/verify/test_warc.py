"""Captures: what sources answered is kept byte for byte, read back as it was, and damage is told in a sentence."""

import gzip
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from atlas.model import Body, Fetched
from atlas.warc import Capture, WarcFault, captures, read

AT = datetime(2026, 11, 22, 5, 17, 3, tzinfo=UTC)
PAGE = Body(
    "https://acme.example/terms",
    "https://www.acme.example/terms",
    200,
    "text/html; charset=utf-8",
    "<p>Wir dürfen\r\n\r\n\x00.</p>".encode(),
    ("https://www.acme.example/terms",),
    moved_for_good=True,
    etag='"a"',
    last_modified="Sun, 22 Nov 2026 05:00:00 GMT",
    browser="Chromium 120",
)
LOOKS = (
    Capture(Fetched("SA-D-00002", AT, (PAGE,)), "first", "region EU"),
    Capture(Fetched("SA-D-00001", AT, (replace(PAGE, content=b""), PAGE)), "suspect", "not stated"),
)


def kept(folder, looks=LOOKS, run="20261122T051700Z"):
    with captures(folder, run, "clause-atlas/0.1.0") as file:
        for look in looks:
            file.keep(look)
    return folder / f"{run}.warc.gz"


def test_what_is_kept_is_read_back(tmp_path):
    """Bodies, addresses, validators, instants, outcome and vantage survive; documents come in order of id."""
    path = kept(tmp_path / "captures")
    assert read(path) == (LOOKS[1], LOOKS[0])
    assert [p.name for p in path.parent.iterdir()] == ["20261122T051700Z.warc.gz"]


def test_other_tools_can_read_it(tmp_path):
    """It is WARC 1.1: a warcinfo record, for each body a resource and its metadata, at last how many there are."""
    with gzip.open(kept(tmp_path)) as stream:
        text = stream.read()
    assert text.startswith(b"WARC/1.1\r\n")
    assert [
        text.count(f"WARC-Type: {kind}".encode()) for kind in ("warcinfo", "resource", "metadata")
    ] == [1, 3, 4]


def test_no_capture_leaves_no_file(tmp_path):
    """A run in which nothing changed, or nothing came, keeps nothing."""
    assert not kept(
        tmp_path, [Capture(Fetched("SA-D-00001", AT), "unreachable", "not stated")]
    ).exists()
    assert [*tmp_path.iterdir()] == []


def test_an_interrupted_run_keeps_what_it_has(tmp_path):
    """The file is whole up to the last capture, however the run ends."""
    with pytest.raises(KeyboardInterrupt), captures(tmp_path, "r", "p") as file:
        file.keep(LOOKS[0])
        raise KeyboardInterrupt
    assert read(tmp_path / "r.warc.gz") == (LOOKS[0],)


@pytest.mark.parametrize("keep", [0, 1, 100, 600, 1200, -60, -200, -400])
def test_a_cut_file_is_told(tmp_path, keep):
    """Wherever a file was cut, it is a sentence, not a traceback, and never a look that misses a part."""
    path = kept(tmp_path)
    path.write_bytes(path.read_bytes()[:keep])
    with pytest.raises(WarcFault, match=r"no whole file of captures: .+\. Take another copy"):
        read(path)


def test_changed_bytes_are_told(tmp_path):
    """A body that is not the one captured is refused: both the record's digest and ours must hold."""
    path = kept(tmp_path)
    plain = gzip.decompress(path.read_bytes()).replace("dürfen".encode(), "müssen".encode(), 1)
    path.write_bytes(plain)
    with pytest.raises(WarcFault, match="no whole file of captures"):
        read(path)


@pytest.mark.parametrize(
    "content", [b"<html>no archive</html>", b"\x1f\x8b\x08\x00garbage", b"WARC/1.1\r\n\r\n"]
)
def test_what_is_no_capture_is_told(tmp_path, content):
    """Any other file is a sentence too."""
    path = tmp_path / "a.warc.gz"
    path.write_bytes(content)
    with pytest.raises(WarcFault, match="no whole file of captures"):
        read(path)


def test_a_missing_file_and_a_folder_are_told(tmp_path):
    """Neither is a traceback."""
    for path, said in ((tmp_path / "no.warc.gz", "there is no"), (tmp_path, "cannot be read")):
        with pytest.raises(WarcFault, match=said):
            read(path)


def test_one_file_holds_one_run(tmp_path):
    """Two looks at one document in a file cannot be told apart, so they are refused."""
    path = kept(tmp_path, [LOOKS[0], LOOKS[0]])
    with pytest.raises(WarcFault, match="more than once"):
        read(path)


def test_a_folder_that_cannot_be_written_is_told(tmp_path):
    """The place of the folder is taken by a file."""
    (tmp_path / "captures").write_text("x")
    with pytest.raises(WarcFault, match="captures cannot be kept there"):
        kept(tmp_path / "captures")
