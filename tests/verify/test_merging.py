"""Shards: each writes nothing but its report, and together they give the bytes of a run that was never split."""

import json
import shutil

import pytest
from verify_scratch import CRASH, REPOSITORY, REWORDED, html

from atlas import held
from atlas.reports import run_json
from atlas.verify.merging import MergeFault, merge
from atlas.verify.settings import Settings, Shard


def shards(world, folder, of, **settings):
    """Run each shard at the same moment of the web's clock, and return the files of their reports."""
    folder.mkdir()
    moment, paths = world.net.clock.at, []
    for number in range(1, of + 1):
        world.net.clock.at = moment
        ran = world.run(shard=Shard(number, of), **settings)
        paths.append(folder / f"shard-{number}.json")
        paths[-1].write_text(run_json.render(ran.report), encoding="utf-8")
    return paths


def merged(world, paths, **settings):
    told = Settings(**{"repository": REPOSITORY, **settings})
    return merge(world.root, paths, told, world.net.settings())


def split_and_whole(world, tmp_path, of, pages):
    """Run both ways from the same point, at the same moment, and return both reports with both evidences."""
    start = world.evidence()
    # Captures, since the order in which sources answer is no part of what is compared here.
    warc = world.capture(tmp_path / f"captures-{of}", pages)
    paths = shards(world, tmp_path / f"shards-{of}", of, from_warc=warc)
    assert world.evidence() == start, "a shard writes nothing"
    split = merged(world, paths)
    together = world.evidence()
    shutil.rmtree(world.root / "data/evidence")
    for path, content in start.items():
        (world.root / path).parent.mkdir(parents=True, exist_ok=True)
        (world.root / path).write_bytes(content)
    whole = world.run(from_warc=warc)
    return (split.report, together), (whole.report, world.evidence())


def test_shards_give_the_bytes_of_a_whole_run(worlds_of, tmp_path):
    """First looks, then a mixture of what changed, repeated and failed: texts, states, lines and report are the same."""
    world = worlds_of(6)
    pages = {n: html(seed=n) for n in range(1, 6)} | {6: CRASH}
    for of in (1, 3, 2):
        (split, together), (whole, alone) = split_and_whole(world, tmp_path, of, pages)
        assert together == alone
        strip = {"documents": ()}
        assert split.model_copy(update=strip) == whole.model_copy(update=strip)
        assert [(d.document, d.outcome, d.clauses, d.archived) for d in split.documents] == [
            (d.document, d.outcome, d.clauses, d.archived) for d in whole.documents
        ]
        assert held.Held(world.root).read().problems == ()
        pages |= {1: html(REWORDED, seed=1), 2: CRASH, 3: html(clause="", seed=3)}
        world.later()
    assert split.counts == {
        "documents": 6,
        "first": 0,
        "unchanged": 2,
        "nothing-new": 1,
        "text-changed": 0,
        "clause-changed": 1,
        "failed": 2,
        "suspect": 2,
    }


def test_a_missing_shard_is_told(worlds_of, tmp_path):
    """It is refused, and where that is wanted, what the others found is recorded; the run is not complete."""
    world = worlds_of(6)
    paths = shards(world, tmp_path / "shards", 3)
    paths[0].unlink()
    with pytest.raises(MergeFault, match="shard 1/3 is missing"):
        merged(world, [tmp_path / "shards"])
    ran = merged(world, [tmp_path / "shards"], incomplete=True)
    assert len(ran.missing) == 1
    assert (ran.report.recorded, ran.report.complete) == (True, False)


def test_trust_is_judged_over_all_shards(worlds_of, tmp_path):
    """Five suspects of six, spread over shards, are not recorded."""
    world = worlds_of(6)
    for n in range(1, 6):
        world.page(n, body=CRASH)
    ran = merged(world, shards(world, tmp_path / "shards", 3))
    assert (ran.report.trustworthy, ran.report.recorded) == (False, False)
    assert world.evidence() == {}


def test_reports_that_do_not_belong_together_are_refused(worlds_of, tmp_path):
    """Twice the same, other numbers of shards, a whole run, an old ledger, changed lines or texts: a sentence, nothing written."""
    world = worlds_of(4)
    two = shards(world, tmp_path / "two", 2)
    three = shards(world, tmp_path / "three", 3)
    whole = tmp_path / "whole.json"
    whole.write_text(run_json.render(world.run(dry_run=True).report))
    no_report = tmp_path / "no.json"
    no_report.write_text("{}")
    full = max(two, key=lambda path: path.stat().st_size)
    others = [path for path in two if path != full]
    other_word = tmp_path / "word.json"
    tree = json.loads(full.read_text())
    other_word.write_text(json.dumps({**tree, "documents": tree["documents"][1:]}))
    other_line, other_text = tmp_path / "line.json", tmp_path / "text.json"
    other_line.write_text(full.read_text().replace(r"\"copies\":1", r"\"copies\":2"))
    other_text.write_text(full.read_text().replace("what both sides owe", "what one side owes"))
    for paths, said in [
        ([two[0], two[0]], "stands in 2 of the reports"),
        ([two[0], three[1]], "not the shards of one run"),
        ([whole], "not the shards of one run"),
        ([no_report], "is no report of this program's verifier"),
        ([world.root / "content"], "there is no report in"),
        ([tmp_path / "gone.json"], "cannot be read"),
        ([other_word, *others], "says something else of documents"),
        ([other_line, *others], "carries lines that are not those it wrote"),
        ([other_text, *others], "is not the one that was seen"),
    ]:
        with pytest.raises(Exception, match=said) as raised:
            merged(world, paths)
        assert type(raised.value).__name__ in {"MergeFault", "ReportFault"}
        assert world.evidence() == {}
    world.run()
    before = world.evidence()
    with pytest.raises(MergeFault, match="another state of the ledger"):
        merged(world, two)
    assert world.evidence() == before


def test_a_fork_merges_nothing(worlds_of, tmp_path):
    """Who may not record does not record what shards found either."""
    world = worlds_of(2)
    paths = shards(world, tmp_path / "shards", 2)
    ran = merged(world, paths, repository="someone/fork")
    assert ran.report.because.startswith("evidence is recorded in sample/atlas only")
    assert world.evidence() == {}
