"""What the verifier goes to look for, and what it tells instead of leaving it out in silence."""

import worlds

from atlas.canonical import clause_sha256
from atlas.model import Failure, Quote, Silence
from atlas.watching import watched

SOURCES = "\n  - url: https://acme.example/terms\n"
CLAUSE = "We may use what you write."


def tree(*provisions, **fields):
    given = {"id": "SA-D-00001", "sources": SOURCES, **fields}
    kept = {k: v for k, v in given.items() if v is not None}
    lines = worlds.document(**{k: v for k, v in kept.items() if k != "sources"})
    made = {
        "content/platform/acme/_platform.yaml": worlds.platform(),
        "content/platform/acme/terms/_document.yaml": lines
        + (f"sources:{kept['sources']}" if "sources" in kept else ""),
    }
    for number, text in enumerate(provisions):
        made[f"content/platform/acme/terms/p{number}.md"] = text
    return made


def test_a_document_is_watched_for_its_quotations():
    """The quotation as written, its clause-v1 hash, and the document's own language and sources."""
    (watch,), told = watched(
        worlds.atlas(tree(worlds.provision(CLAUSE, id="SA-P-100001"), language="de"))
    )
    assert watch.document == "SA-D-00001"
    assert watch.platform == "acme"
    assert watch.language == "de"
    assert [s.url for s in watch.sources] == ["https://acme.example/terms"]
    assert watch.quotes == (Quote("SA-P-100001", CLAUSE, clause_sha256(CLAUSE)),)
    assert watch.silences == ()
    assert told == ()


def test_a_silence_is_watched_in_each_document_that_was_read():
    """With the terms of its shelf; the document in which the record lies counts only where it was read."""
    silent = worlds.provision(
        clause=None,
        id="SA-P-100002",
        stance="not-addressed",
        basis="silent",
        read="\n  - SA-D-00002\n  - SA-D-00003",
    )
    made = tree(silent) | {
        "content/platform/acme/privacy/_document.yaml": worlds.document(
            "Privacy", id="SA-D-00002", sources=SOURCES
        ).replace(": \n", ":\n"),
        "content/platform/acme/rules/_document.yaml": worlds.document(
            "Rules", id="SA-D-00003", sources=SOURCES
        ).replace(": \n", ":\n"),
    }
    seen, told = watched(worlds.atlas(made))
    assert {w.document: w.silences for w in seen} == {
        "SA-D-00002": (Silence("SA-P-100002", ("train",)),),
        "SA-D-00003": (Silence("SA-P-100002", ("train",)),),
    }
    assert told == ()


def test_withdrawn_and_superseded_records_are_not_watched_and_disputed_ones_are():
    """A document that only withdrawn records hang on is not fetched at all."""
    withdrawn = worlds.provision(
        id="SA-P-100001", status="\n  state: withdrawn\n  on: 2026-01-01\n  reason: It was wrong."
    )
    superseded = worlds.provision(
        id="SA-P-100002", status="\n  state: superseded\n  replaced_by: SA-P-100003"
    )
    disputed = worlds.provision(id="SA-P-100003", status="\n  state: disputed")
    assert watched(worlds.atlas(tree(withdrawn, superseded))) == ((), ())
    (watch,), _ = watched(worlds.atlas(tree(withdrawn, superseded, disputed)))
    assert [q.record for q in watch.quotes] == ["SA-P-100003"]


def test_what_has_no_id_is_told_and_never_fetched():
    """A record without an id leaves the others of its document watched; a document without one takes them all."""
    new, known = worlds.provision(), worlds.provision(id="SA-P-100001")
    (watch,), told = watched(worlds.atlas(tree(known, new)))
    assert [q.record for q in watch.quotes] == ["SA-P-100001"]
    assert [(t.document, t.reason) for t in told] == [("acme/terms/p1", Failure.NO_ID)]
    seen, told = watched(worlds.atlas(tree(known, id=None)))
    assert seen == ()
    assert [(t.document, t.reason) for t in told] == [("acme/terms", Failure.NO_ID)]
    seen, told = watched(worlds.atlas(tree(new)))
    assert seen == ()
    assert [(t.document, t.reason) for t in told] == [("acme/terms/p0", Failure.NO_ID)]


def test_a_document_without_an_address_is_told_by_its_id():
    """Nobody can look, which is another thing than that nothing changed."""
    seen, told = watched(worlds.atlas(tree(worlds.provision(id="SA-P-100001"), sources=None)))
    assert seen == ()
    assert [(t.document, t.reason) for t in told] == [("SA-D-00001", Failure.NO_ADDRESS)]


def test_a_document_that_no_record_hangs_on_is_left_out():
    """There is nothing to be looked for in it."""
    assert watched(worlds.atlas(tree())) == ((), ())
    assert watched(worlds.atlas(tree(id=None, sources=None))) == ((), ())


def test_words_of_others_that_are_no_record_yet_are_told():
    """A named example is watched as the record that it names; one that is no record has no id to be watched by."""
    example = """
  - platform: Other
    document: Terms
    source_url: https://other.example/terms
    clause: We may read what you write.
    relation: same
    note: Much the same.
  - record: SA-P-100009
    relation: same
    note: Much the same."""
    (watch,), told = watched(
        worlds.atlas(tree(worlds.provision(id="SA-P-100001", examples=example)))
    )
    assert len(watch.quotes) == 1
    assert [(t.document, t.detail.split()[:2]) for t in told] == [
        ("acme/terms/p0", ["Example", "1"])
    ]
