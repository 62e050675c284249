"""Bundles of a document: every numbered record and its clause, in every form, once each, in the same order everywhere."""

import json

import bibtexparser
import pytest
import rispy
from conftest import AS_OF, ROOT
from worlds import atlas as world
from worlds import document, platform, provision

from atlas import addresses, load, site
from atlas.outputs import citations

TERMS = "content/platform/acme/terms"
TREE = {
    "content/platform/acme/_platform.yaml": platform("Acme"),
    f"{TERMS}/_document.yaml": document(
        id="SA-D-00001", sources="\n  - url: https://acme.example/terms"
    ),
    f"{TERMS}/a.md": provision(id="SA-P-100002"),
    f"{TERMS}/b.md": provision(id="SA-P-100001"),
    f"{TERMS}/new.md": provision(),
    f"{TERMS}/silent.md": provision(
        None, id="SA-P-100003", basis="silent", stance="not-addressed", read="\n  - SA-D-00001"
    ),
    "content/platform/acme/news/_document.yaml": document("News"),
    "content/platform/acme/news/only-new.md": provision(),
}
KEYS = [
    "SA-P-100001-r1",
    "SA-P-100001-clause",
    "SA-P-100002-r1",
    "SA-P-100002-clause",
    "SA-P-100003-r1",
]


def bundles(tree=TREE):
    publication = site.publish(world(tree), load.load_templates(ROOT), site.Settings(AS_OF))
    return {file.path: file.text for file in citations.files(publication, ())}


@pytest.fixture(scope="module")
def files():
    return {path.rpartition("/")[2]: text for path, text in bundles().items()}


def test_the_bundles_are_those_that_are_promised():
    """A document with numbered records has the four files that the list of addresses names; others have none."""
    promised = {
        entry.address.removeprefix("/")
        for entry in addresses.produced(world(TREE))
        if "/citations." in entry.address
    }
    assert set(bundles()) == promised
    assert {path.rpartition("/")[0] for path in promised} == {"platform/acme/terms"}


def test_bibtex_holds_each_key_once_in_order(files):
    """By number, a record before its clause; what has no number is not there, and a silent record has no clause."""
    library = bibtexparser.parse_string(files["citations.bib"])
    assert library.failed_blocks == []
    assert [entry.key for entry in library.entries] == KEYS


def test_ris_and_csl_json_hold_the_same(files):
    """The same things in the same order."""
    assert [entry["id"] for entry in rispy.loads(files["citations.ris"])] == KEYS
    assert [item["id"] for item in json.loads(files["citations.json"])] == KEYS


def test_the_text_has_every_form_of_each(files):
    """Each key, and below it each form by its name."""
    blocks = files["citations.txt"].split("\n== ")
    assert [block.partition("\n")[0] for block in blocks[1:]] == KEYS
    for block in blocks[1:]:
        heads = [line.removesuffix(":") for line in block.splitlines() if line.endswith(":")]
        assert heads == ["Plain", "APA", "Bluebook", "OSCOLA", "BibTeX", "RIS", "CSL-JSON"]
    assert "\r" not in files["citations.txt"]


def test_files_do_not_depend_on_the_order_of_records(files):
    """The same records from files in another order make the same bytes."""
    turned = {
        path.rpartition("/")[2]: text
        for path, text in bundles(dict(reversed(TREE.items()))).items()
    }
    assert turned == files


def test_real_bundles_can_be_read(built):
    """Every bundle of the published atlas parses; no key stands twice in the whole of it, and none is left out."""
    keys = []
    for path in sorted(built.rglob("citations.bib")):
        library = bibtexparser.parse_string(path.read_text(encoding="utf-8"))
        assert library.failed_blocks == []
        here = [entry.key for entry in library.entries]
        ris = path.with_suffix(".ris").read_bytes().decode()
        assert [entry["id"] for entry in rispy.loads(ris)] == here
        assert [item["id"] for item in json.loads(path.with_suffix(".json").read_bytes())] == here
        keys += here
    assert len(keys) == len(set(keys)) >= 16


def test_a_document_links_its_bundles(built):
    """The page of a document leads to its four files, and a record's page to that place."""
    folder = built / "platform" / "anthropic" / "claudeai-terms-of-service"
    page = (folder / "index.html").read_text(encoding="utf-8")
    for name in addresses.BESIDE_DOCUMENT:
        assert f'href="/platform/anthropic/claudeai-terms-of-service/{name}"' in page
        assert (folder / name).is_file()
    (record,) = folder.glob("*/index.html")
    assert 'href="/platform/anthropic/claudeai-terms-of-service/#cite"' in record.read_text(
        encoding="utf-8"
    )
