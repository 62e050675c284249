"""The facets: what a record is found under, and that the search pages count what the index holds."""

import html
import re
from collections import Counter
from html.parser import HTMLParser

import pytest
import seen
import worlds
from conftest import AS_OF, ROOT

from atlas import load
from atlas.model import ClauseState
from atlas.pages.facets import FACETS, WORDING, facets, offered
from atlas.site import Settings, build, publish

LAWS = """
  - id: eu-act
    why: It may.
  - id: eu-act-part
    why: It may, too."""
REVIEWS = "\n  - by: ann\n    on: 2026-01-02"
WITHDRAWN = "\n  state: withdrawn\n  on: 2026-03-04\n  reason: A mistake."


@pytest.fixture(scope="module")
def publication():
    """The publication of a world with a draft, a reviewed, a silent and a withdrawn record."""
    tree = worlds.with_platforms(
        acme=[
            worlds.provision(regulations=LAWS),
            worlds.provision(reviews=REVIEWS, confidence="low", stance="no-choice"),
            worlds.provision(status=WITHDRAWN),
        ],
        zeta=[worlds.provision(clause=None, stance="not-addressed", basis="silent")],
    )
    return publish(worlds.atlas(tree), load.load_templates(ROOT), Settings(AS_OF))


def of(publication, platform, number):
    return facets(publication, publication.atlas.provisions[platform, "terms", f"p{number}"])


def test_a_record_is_found_under_keys_of_no_language(publication):
    """Each value is the key that addresses and files have for it; laws of one jurisdiction name it once."""
    assert of(publication, "acme", 0) == (
        ("severity", "medium"),
        ("confidence", "not-reviewed"),
        ("clause-type", "training"),
        ("platform", "Acme"),
        ("regulation", "eu-act"),
        ("regulation", "eu-act-part"),
        ("jurisdiction", "EU"),
        ("draft", "draft"),
    )


def test_a_review_changes_confidence_and_draft(publication):
    """A reviewed record has the reviewer's certainty and is no draft."""
    assert {("confidence", "low"), ("draft", "reviewed")} <= set(of(publication, "acme", 1))


def test_silence_is_no_grade_and_a_withdrawn_record_has_none(publication):
    """A silent record is found under its silence; one that no longer stands under no severity."""
    assert ("severity", "silent") in of(publication, "zeta", 0)
    assert "severity" not in dict(of(publication, "acme", 2))


def test_values_stand_in_the_order_of_their_list(publication):
    """Severities run from the worst on, others by the alphabet of their words, and each has its number."""
    found = {
        facet.name: [(value.word, value.n) for value in facet.values]
        for facet in offered(publication)
    }
    assert list(found) == [name for name in FACETS if name != WORDING], (
        "nobody has looked at anything"
    )
    assert found["severity"] == [("Critical", 1), ("Medium", 1), ("Silent", 1)]
    assert found["confidence"] == [("Low", 1), ("Not reviewed", 3)]
    assert found["platform"] == [("Acme", 3), ("Zeta", 1)]
    assert found["draft"] == [("Reviewed", 1), ("Draft", 3)]


def test_the_wording_is_a_filter_where_somebody_looks():
    """Each quoting record that counts is found under one thing that can be said of its words; silence under none."""
    tree = {
        **seen.TREE,
        "content/platform/acme/terms/silent.md": worlds.provision(
            clause=None, stance="not-addressed", basis="silent"
        ),
        "content/platform/acme/terms/unseen.md": worlds.provision("Else.", id="SA-P-100003"),
    }
    lines = [
        seen.line(seen.START),
        seen.line(seen.START + seen.DAY, ClauseState.REMOVED, looks=3),
    ]
    atlas = seen.atlas_of(seen.days(0, 1), lines, tree=tree)
    publication = publish(atlas, load.load_templates(ROOT), Settings(AS_OF))
    (facet,) = [f for f in offered(publication) if f.name == WORDING]
    assert [(v.key, v.word, v.n) for v in facet.values] == [
        ("former", "Former", 1),
        ("unknown", "We cannot say", 1),
    ]


class _Filters(HTMLParser):
    """Collects the pairs that Pagefind reads from a page."""

    def __init__(self):
        super().__init__()
        self.pairs, self.name = [], None

    def handle_starttag(self, tag, attributes):
        self.name = dict(attributes).get("data-pagefind-filter")

    def handle_data(self, text):
        if self.name:
            self.pairs.append((self.name, text))
            self.name = None


def test_the_search_page_counts_what_the_pages_say(tmp_path):
    """The numbers written into the search page are those of the pages that the index is made from."""
    assert build(ROOT, tmp_path / "site", Settings(AS_OF, with_search=False)).written
    reader = _Filters()
    for page in (tmp_path / "site" / "platform").glob("*/*/*/index.html"):
        reader.feed(page.read_text(encoding="utf-8"))
    counted = Counter(reader.pairs)
    for folder in ("", "de/"):
        page = (tmp_path / "site" / folder / "search" / "index.html").read_text(encoding="utf-8")
        assert_counts(page, counted)


def assert_counts(page, counted):
    """The numbers on a search page are those of the index, under the keys of the index."""
    ticked = re.findall(
        r'<input type="checkbox" name="([^"]+)" value="([^"]+)">.*?<small>(\d+)</small>',
        page,
        re.DOTALL,
    )
    shown = {(name, html.unescape(value)): int(n) for name, value, n in ticked}
    assert shown == {pair: n for pair, n in counted.items() if pair[0] != "platform"}
    typed = re.findall(r'<option value="([^"]+)"></option>', page)
    assert set(map(html.unescape, typed)) == {
        value for name, value in counted if name == "platform"
    }
