"""Giving out ids: once, in order, never twice, and not a byte of a record is touched besides."""

import re
from datetime import date

import pytest
from published_worlds import with_sums
from worlds import SHELVES, provision, with_platforms

from atlas.editing.assign import AssignFault, assign, insert_id
from atlas.held import Held
from atlas.model import IdKind
from atlas.published import IDS_FILE, SUMS_FILE

TODAY = date(2026, 11, 22)


@pytest.fixture
def world(tmp_path):
    tree = {
        **SHELVES,
        **with_platforms(b=[provision()], a=[provision(), provision(id="SA-P-000007")]),
    }
    for path, text in tree.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    return tmp_path


def test_ids_follow_the_order_of_paths(world):
    """New records are numbered from the site's first number in order of path; old ids enter the ledger."""
    given = {g.path.removeprefix("content/platform/"): g.id for g in assign(world, TODAY)}
    assert given == {
        "a/terms/_document.yaml": "SA-D-100001",
        "b/terms/_document.yaml": "SA-D-100002",
        "a/terms/p0.md": "SA-P-100001",
        "a/terms/p1.md": "SA-P-000007",
        "b/terms/p0.md": "SA-P-100002",
    }
    holding = Held(world).read()
    assert holding.problems == ()
    assert {g.path: g.id for g in holding.published.given.values()} == {
        f"content/platform/{path}": number for path, number in given.items()
    }
    assert holding.published.given["SA-D-100001"].kind is IdKind.DOCUMENT
    assert holding.published.given["SA-P-000007"].given_on == TODAY


def test_second_run_gives_nothing(world):
    """A run with nothing new writes nothing."""
    assign(world, TODAY)
    before = {p: p.stat().st_mtime_ns for p in world.rglob("*") if p.is_file()}
    assert assign(world, TODAY) == []
    assert {p: p.stat().st_mtime_ns for p in world.rglob("*") if p.is_file()} == before


def test_numbers_are_never_reused(world):
    """A record that is gone keeps its number in the ledger, and nobody else gets it."""
    assign(world, TODAY)
    (world / "content/platform/b/terms/p0.md").unlink()
    (world / "content/platform/a/terms/new.md").write_text(provision(), encoding="utf-8")
    assert [g.id for g in assign(world, TODAY)] == ["SA-P-100003"]


def test_only_the_id_is_added(world):
    """The id is the first field; all other bytes of the record stay."""
    path = world / "content/platform/b/terms/p0.md"
    before = path.read_bytes()
    assign(world, TODAY)
    assert path.read_bytes() == before.replace(b"---\n", b"---\nid: SA-P-100002\n", 1)
    assert (
        insert_id("# head\n--- \ntitle: x\n", "SA-D-100001")
        == "# head\n--- \nid: SA-D-100001\ntitle: x\n"
    )


def test_stopped_between_ledger_and_record(world):
    """A record that the ledger has and that has no id yet gets the id that it was promised."""
    assign(world, TODAY)
    path = world / "content/platform/b/terms/p0.md"
    path.write_text(provision(), encoding="utf-8")
    before = (world / IDS_FILE).read_bytes()
    assert [g.id for g in assign(world, TODAY)] == ["SA-P-100002"]
    assert "id: SA-P-100002\n" in path.read_text(encoding="utf-8")
    assert (world / IDS_FILE).read_bytes() == before


def test_invented_ids_are_refused(world):
    """A number that was never given is nobody's to choose: it would push all later ones up."""
    path = world / "content/platform/b/terms/p0.md"
    path.write_text(provision(id="SA-P-999999"), encoding="utf-8")
    with pytest.raises(AssignFault, match=r"p0\.md:\d+: SA-P-999999 was never given"):
        assign(world, TODAY)
    assert not (world / IDS_FILE).exists()


def test_broken_records_stop_it_before_anything_is_written(world):
    """While a record does not parse, nobody gets a number."""
    bad = world / "content/platform/b/terms/p0.md"
    bad.write_text(provision(severity="hgih"), encoding="utf-8")
    with pytest.raises(AssignFault, match="check"):
        assign(world, TODAY)
    assert not (world / IDS_FILE).exists()


@pytest.mark.parametrize(
    ("lines", "place"),
    [
        ("nonsense", "2"),
        ("SA-P-100001\tprovision\tcontent/x.md\tyesterday", "2"),
        ("SA-P-100001\tdocument\tcontent/x.md\t2026-01-01", "2"),
        ("SA-D-100001\tdocument\tcontent/x.yaml\t2026-01-01\n" * 2, "3"),
    ],
)
def test_ledger_edited_by_hand_is_told(world, lines, place):
    """The ledger is the program's; what does not read like it is named by line, and nothing is written."""
    ledger = "id\tkind\tpath\tgiven_on\n" + lines.rstrip("\n") + "\n"
    for path, content in with_sums({IDS_FILE: ledger}).items():
        (world / path).parent.mkdir(parents=True, exist_ok=True)
        (world / path).write_bytes(content)
    with pytest.raises(AssignFault, match=rf"ids\.tsv:{place}: "):
        assign(world, TODAY)
    assert (world / IDS_FILE).read_text(encoding="utf-8") == ledger


def test_a_sum_that_does_not_hold_stops_it(world):
    """Nothing is added to a ledger that is not the one that was written."""
    assign(world, TODAY)
    path = world / IDS_FILE
    path.write_bytes(path.read_bytes().replace(b"terms/p0.md", b"terms/p9.md", 1))
    with pytest.raises(AssignFault, match=r"SHA256SUMS, line 1, holds another hash"):
        assign(world, TODAY)


def test_a_published_record_that_lost_its_id_is_told(world):
    """What `./run check` refuses is given no number: the record has one, which readers have."""
    assign(world, TODAY)
    urls = "address\tkind\ttarget\tid\tfirst_published\tsha256\n"
    line = "/id/SA-P-100002/\tredirect\t/platform/b/terms/p0/\tSA-P-100002\t2026-11-22\t\n"
    held = {f: (world / f).read_bytes() for f in (IDS_FILE,)}
    for path, content in with_sums({**held, "data/published/urls/_site.tsv": urls + line}).items():
        (world / path).parent.mkdir(parents=True, exist_ok=True)
        (world / path).write_bytes(content)
    (world / "content/platform/b/terms/p0.md").write_text(provision(), encoding="utf-8")
    before = (world / IDS_FILE).read_bytes()
    said = r"p0\.md:1: this was published as `SA-P-100002`, and its id is gone; write `id: SA-P-100002` again"
    with pytest.raises(AssignFault, match=said):
        assign(world, TODAY)
    assert (world / IDS_FILE).read_bytes() == before
    assert (world / "content/platform/b/terms/p0.md").read_text(encoding="utf-8") == provision()


def test_the_sums_are_written_with_the_ledger(world):
    """Whoever has `sha256sum` can compare what was published with its sums."""
    assign(world, TODAY)
    line = (world / SUMS_FILE).read_text(encoding="utf-8")
    assert re.fullmatch(r"[0-9a-f]{64}  ids\.tsv\n", line)
