"""Giving out ids: once, in order, never twice, and not a byte of a record is touched besides."""

from datetime import date

import pytest
from worlds import SHELVES, provision, with_platforms

from atlas.editing.assign import LEDGER, AssignFault, assign, insert_id, read_ledger

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
    assert sorted(read_ledger(world)) == sorted(given.values())


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
    before = (world / LEDGER).read_bytes()
    assert [g.id for g in assign(world, TODAY)] == ["SA-P-100002"]
    assert "id: SA-P-100002\n" in path.read_text(encoding="utf-8")
    assert (world / LEDGER).read_bytes() == before


def test_invented_ids_are_refused(world):
    """A number that was never given is nobody's to choose: it would push all later ones up."""
    path = world / "content/platform/b/terms/p0.md"
    path.write_text(provision(id="SA-P-999999"), encoding="utf-8")
    with pytest.raises(AssignFault, match=r"p0\.md:\d+: SA-P-999999 was never given"):
        assign(world, TODAY)
    assert not (world / LEDGER).exists()


def test_broken_records_stop_it_before_anything_is_written(world):
    """While a record does not parse, nobody gets a number."""
    bad = world / "content/platform/b/terms/p0.md"
    bad.write_text(provision(severity="hgih"), encoding="utf-8")
    with pytest.raises(AssignFault, match="check"):
        assign(world, TODAY)
    assert not (world / LEDGER).exists()


@pytest.mark.parametrize(
    "line",
    [
        "nonsense",
        "SA-P-100001\tx\tyesterday",
        "SA-D-100001\ta\t2026-01-01\nSA-D-100001\tb\t2026-01-01",
    ],
)
def test_ledger_edited_by_hand_is_told(world, line):
    """The ledger is the program's; what does not read like it is named by line."""
    (world / LEDGER).parent.mkdir(parents=True)
    (world / LEDGER).write_text(f"id\tpath\tgiven_on\n{line}\n", encoding="utf-8")
    with pytest.raises(AssignFault, match=r"ids\.tsv:[23]"):
        assign(world, TODAY)
