"""`evidence.json`: what was seen of each document, in a published shape, with hashes that a stranger can make again."""

import hashlib
import json

import jsonschema
import pytest
from conftest import AS_OF, ROOT

from atlas import examine, load, record_form, site, stability, urls
from atlas.canonical import clause_sha256, text_sha256
from atlas.outputs import evidence_json
from atlas.schema import schemas

CANONICAL = {"ensure_ascii": False, "sort_keys": True, "separators": (",", ":")}


@pytest.fixture(scope="module")
def publication(sample):
    atlas = examine.examine(sample, AS_OF).atlas
    return site.publish(atlas, load.load_templates(ROOT), site.Settings(AS_OF))


@pytest.fixture(scope="module")
def shown(publication):
    """Every file of the sample, read again, by the id of its document."""
    found = [json.loads(file.text) for file in evidence_json.files(publication, ())]
    return {tree["document"]["id"]: tree for tree in found}


def test_every_document_with_evidence_has_one(publication, shown):
    """A document that somebody looked at has the file, one that nobody looked at has none."""
    evidence = publication.atlas.evidence
    assert set(shown) == {*evidence.histories, *evidence.spans}
    assert len(shown) == 22
    assert "FA-D-00022" not in shown, "nobody can look at a document without address"


def test_the_shape_is_published(shown):
    """Each file fits its JSON Schema, which lets nothing be left out."""
    shape = schemas()["evidence"]
    assert set(shape["required"]) == set(shape["properties"])
    for tree in shown.values():
        jsonschema.validate(tree, shape)
        assert tree["format"] == evidence_json.FORMAT
        assert tree["fictional"] is True


def test_it_is_canonical(publication):
    """Keys in order, no blanks, a final line feed: the same evidence is the same bytes."""
    for file in evidence_json.files(publication, ()):
        tree = json.loads(file.text)
        assert file.text == json.dumps(tree, **CANONICAL) + "\n"


def test_hashes_can_be_made_again(sample, publication, shown):
    """The hash of each quotation is that of the record; each text that we hold has the bytes that its hash is of."""
    atlas = publication.atlas
    for tree in shown.values():
        for record in tree["records"]:
            assert record["quote_sha256"] == clause_sha256(atlas.by_id[record["id"]].clause)
            for sighting in record["sightings"]:
                if wording := sighting["wording"]:
                    assert wording["sha256"] == clause_sha256(wording["text"])
        for text in tree["texts"]:
            held = (sample / atlas.evidence.texts[text["sha256"]]).read_bytes()
            assert hashlib.sha256(held).hexdigest() == text["sha256"]
            assert text_sha256(held.decode()) == text["sha256"], "it is in its form already"
            assert text["characters"] == len(held.decode())


def test_it_says_what_the_pages_say(publication, shown):
    """State, first and last sight of each record are the figures of `stability`, with every line behind them."""
    atlas = publication.atlas
    for tree in shown.values():
        for record in tree["records"]:
            stands = stability.standing(atlas, atlas.by_id[record["id"]], AS_OF)
            assert record["state"] == stands.state.value
            assert record["former"] == stands.is_former
            assert len(record["sightings"]) == len(
                stability.sightings(atlas, atlas.by_id[record["id"]], AS_OF)
            )
    assert shown["FA-D-00010"]["trouble"]["reason"] == "suspect"
    assert [copy["clause_in_memento"] for copy in shown["FA-D-00002"]["archived"]] == [False]
    assert "asks archives to stay away" in shown["FA-D-00009"]["archived"][0]["reason"]


def test_what_others_hold_is_theirs(shown):
    """A span of an archive stands apart from looks of ours, with the addresses at which it holds the versions."""
    (span,) = shown["FA-D-00024"]["held_by_others"]
    assert (span["held_by"], span["versions"]) == ("distant-versions-archive", 9)
    assert len(span["observations"]) == 3
    looks = shown["FA-D-00024"]["looks"]
    assert (looks["all"], looks["good"], looks["first"], looks["last"]) == (0, 0, None, None)
    assert shown["FA-D-00024"]["texts"] == []


def test_only_texts_that_may_be_published_are(sample, built_sample, publication, shown):
    """The texts of the one document that allows it stand at their addresses, byte for byte; of all others the hash alone."""
    public = {text["address"] for tree in shown.values() for text in tree["texts"]} - {None}
    allowed = {text["address"] for text in shown["FA-D-00001"]["texts"]}
    assert (
        public == allowed == {urls.held_text(s) for s in stability.public_texts(publication.atlas)}
    )
    published = {
        f"/{p.relative_to(built_sample)}" for p in (built_sample / "evidence").rglob("*.txt")
    }
    assert published == public
    for address in public:
        held = (sample / publication.atlas.evidence.texts[address[-68:-4]]).read_bytes()
        assert (built_sample / address.removeprefix("/")).read_bytes() == held


def test_a_text_that_is_no_longer_itself_is_not_published(publication, tmp_path):
    """Between the check and the build a file may change: its hash is made again before it is copied."""
    (sha256, *_) = stability.public_texts(publication.atlas)
    path = tmp_path / publication.atlas.evidence.texts[sha256]
    with pytest.raises(load.LoadFault, match="cannot be read"):
        list(site.held_texts(tmp_path, publication))
    path.parent.mkdir(parents=True)
    path.write_text("Something else.\n", encoding="utf-8")
    with pytest.raises(examine.SiteFault, match="is not the text that its name says"):
        list(site.held_texts(tmp_path, publication))


def test_pages_lead_to_it(built_sample, shown):
    """The page of each document with evidence links the file, which stands beside it."""
    for tree in shown.values():
        folder = built_sample / tree["document"]["address"].strip("/")
        assert json.loads((folder / "evidence.json").read_bytes()) == tree
        link = f'href="{tree["document"]["address"]}evidence.json"'
        assert link in (folder / "index.html").read_text(encoding="utf-8")


def test_former_is_said_wherever_a_record_is_listed(built_sample, publication):
    """record.json, index.md and llms.txt say of each former record, and of no other, that its words are former."""
    atlas = publication.atlas
    llms = (built_sample / "llms.txt").read_text(encoding="utf-8")
    former = [p for p in atlas.provisions.values() if stability.is_former(atlas, p)]
    assert len(former) == 7
    for of in atlas.provisions.values():
        folder = built_sample / urls.provision(of).strip("/")
        tree = json.loads((folder / "record.json").read_bytes())
        assert tree.get("former", False) is (of in former)
        assert "former" not in record_form.record(atlas, of), "what is frozen knows no evidence"
        twin = (folder / "index.md").read_text(encoding="utf-8")
        assert ("no longer the platform’s words" in twin) is (of in former)
        listed = next(x for x in llms.splitlines() if f"{urls.provision(of)}index.md" in x)
        assert ("no longer the platform’s words" in listed) is (of in former)
        page = (folder / "index.html").read_text(encoding="utf-8")
        assert ('"creativeWorkStatus":"former wording"' in page) is (of in former)
