"""Editions: the same words in another edition are told with their own looks, and never change what a record is."""

import seen
from selectolax.lexbor import LexborHTMLParser
from worlds import document, provision

from atlas import stability
from atlas.model import ClauseState

EUROPEAN = {
    "content/platform/acme/eu/_document.yaml": document(
        "A European edition",
        id="SA-D-00002",
        region="EU",
        edition_of=seen.DOCUMENT,
        sources="\n  - url: https://acme.example/eu",
    ),
    "content/platform/acme/eu/writing.md": provision(seen.QUOTE, id="SA-P-100002"),
}
REMOVED = seen.line(seen.START + seen.DAY, ClauseState.REMOVED, looks=3)


def european(*lines, **fields):
    """The page of the record of the European edition, of which only the first edition was looked at."""
    words = provision(fields.get("quote", seen.QUOTE), id="SA-P-100002")
    tree = {**seen.TREE, **EUROPEAN, "content/platform/acme/eu/writing.md": words}
    atlas = seen.atlas_of(seen.days(0, 1), [seen.line(seen.START), *lines], tree=tree)
    return atlas, LexborHTMLParser(seen.drawn(atlas, (seen.START + seen.DAY).date()))


def test_the_same_words_are_told_with_the_looks_of_their_edition():
    """The page names the edition, what looks found there and when, and leads to the record of it."""
    _, page = european()
    section = page.css_first("#edition-1").parent.parent
    told = " ".join(section.text(separator=" ").split())
    assert "Our looks at that edition: Intact, last look on 2 May 2026." in told
    assert "They say nothing of this one." in told
    assert section.css_first("a").attributes["href"] == "/platform/acme/terms/writing/"


def test_another_edition_is_never_a_records_own_state():
    """Words removed from another edition leave the record of this one as it was: never observed, in force."""
    atlas, page = european(REMOVED)
    own = atlas.by_id["SA-P-100002"]
    assert stability.is_former(atlas, atlas.by_id[seen.RECORD])
    assert not stability.is_former(atlas, own)
    day = (seen.START + seen.DAY).date()
    assert stability.standing(atlas, own, day).state is ClauseState.NEVER_OBSERVED
    assert "Removed" in page.css_first("#edition-1").parent.parent.text()
    assert page.css_first(".notice") is None


def test_other_words_are_not_the_same_words():
    """An edition that words it otherwise has nothing to tell of this quotation."""
    _, page = european(quote="We may use all that you write.")
    assert page.css_first("#edition-1") is None
