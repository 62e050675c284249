"""What is published of the log: the proofs beside the records, and its files, which stay as they were."""

import json
import re
from dataclasses import replace
from functools import cache

import seen
from conftest import ROOT
from logs import AT, appended, leaf, published
from seen import DAY, OTHER, RECORD, START, atlas_of, days, line

from atlas import load, outputs, proof, site
from atlas.link import link
from atlas.model import ClauseState, Published
from atlas.outputs import log_files, proof_json

PROOF = "platform/acme/terms/writing/proof.json"
LEAVES, ROOTS = "api/v1/log/0000.jsonl", "api/v1/log/roots.jsonl"
FOUND = (line(START),)
CHANGED = (*FOUND, line(START + DAY, ClauseState.REWORDED, OTHER, confirmed=False))


@cache
def templates():
    return load.load_templates(ROOT)


def files(atlas, log):
    """Return what is published of a log, by path."""
    joined = link(replace(atlas.records, published=log))
    publication = site.publish(joined, templates(), site.Settings(AT.date()))
    return {
        file.path: file.text
        for output in (proof_json, log_files)
        for file in output.files(publication, ())
    }


def nightly(log, looks, lines, day):
    """Publish the small world on a day as the job does: enter what is new, then build."""
    atlas = atlas_of(days(*looks), lines)
    log = appended(log, proof.leaves_now(atlas, (START + DAY * day).date()), START + DAY * day)
    return log, files(atlas, log)


def test_a_night_without_news_rewrites_nothing():
    """A further good look that finds nothing new leaves every proof, the log and the roots as they were, to the byte."""
    log, first = nightly(Published(), range(1), FOUND, 0)
    assert list(first) == [PROOF, LEAVES, ROOTS]
    for day in range(1, 40):
        log, again = nightly(log, range(day + 1), FOUND, day)
        assert again == first


def test_what_was_published_of_a_leaf_stays():
    """When the clause comes to stand otherwise the old entry keeps its bytes, and another one stands behind it."""
    log, first = nightly(Published(), range(1), FOUND, 0)
    _, second = nightly(log, range(2), CHANGED, 1)
    assert second[PROOF].startswith(first[PROOF].removesuffix("]}\n"))
    assert [entry["leaf"]["state"] for entry in json.loads(second[PROOF])["proofs"]] == [
        "intact",
        "differs",
    ]
    for path in (LEAVES, ROOTS):
        assert second[path].startswith(first[path])
        assert second[path].count("\n") == 2


def test_a_record_outside_the_log_has_no_proof():
    """Nothing is claimed of a record that no publishing entered, and an empty log has no files."""
    atlas = atlas_of([], [])
    assert files(atlas, Published()) == {}
    assert list(files(atlas, published([leaf(2)]))) == [LEAVES, ROOTS]


def test_the_log_is_published_as_it_is_held():
    """A thousand leaves a file; each line is the leaf that was hashed."""
    log = published([leaf(number) for number in range(2001)])
    told = files(atlas_of([], []), log)
    lines = [
        line for number in range(3) for line in told[f"api/v1/log/{number:04}.jsonl"].splitlines()
    ]
    assert lines == [proof.leaf_line(one).decode() for one in log.leaves]
    assert told[ROOTS] == proof.root_line(log.roots[0]).decode() + "\n"


def test_a_published_proof_can_be_checked():
    """What stands beside the record is all that it takes."""
    log, told = nightly(Published(), range(2), CHANGED, 1)
    number, entries = proof.decode_proof(told[PROOF].encode())
    assert (number, len(entries)) == (RECORD, 1)
    assert proof.holds(entries[0])
    assert entries[0].root == log.roots[0]


def test_anchors_are_published_to_the_byte():
    """A time stamp is bytes that are no text."""
    log = Published(anchors={"2.sample.tsr": b"\x30\xff", "1.sigstore.json": b"{}"})
    assert list(log_files.anchors(log)) == [
        ("api/v1/log/anchors/1.sigstore.json", b"{}"),
        ("api/v1/log/anchors/2.sample.tsr", b"\x30\xff"),
    ]
    atlas = link(replace(atlas_of([], []).records, published=log))
    drawing = site.draw(ROOT, atlas, site.Settings(AT.date()))
    assert {"api/v1/log/anchors/2.sample.tsr"} <= {file.path for file in drawing.others}


def test_both_are_outputs():
    """What is made here is what the site is made of."""
    assert {proof_json.files, log_files.files} <= set(outputs.OUTPUTS)


def test_the_page_says_which_leaf():
    """The provision page links its proof by the last leaf and its day; without one it says that there is none."""
    log, _ = nightly(Published(), range(1), FOUND, 0)
    log, _ = nightly(log, range(2), CHANGED, 1)
    atlas = atlas_of(days(0, 1), CHANGED)
    entered = seen.drawn(link(replace(atlas.records, published=log)), AT.date())
    assert (
        '<dt>Proof</dt>\n<dd><a href="/platform/acme/terms/writing/proof.json">leaf 1 of the log, 2 May 2026</a></dd>\n'
        '<dd><a href="/verify/#SA-P-100001">check it here</a></dd>'
    ) in re.sub(r"\n+", "\n", entered)
    assert "<dd>not yet in the log</dd>" in seen.drawn(atlas, AT.date())
    german = seen.drawn(link(replace(atlas.records, published=log)), AT.date(), "de")
    assert "Blatt 1 des Protokolls" in german
