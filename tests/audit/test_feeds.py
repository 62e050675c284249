"""Feeds: whatever feed a site has is whole, leads to its own pages, and says the same in both forms."""

import json

import pytest
from audit.feeds import JSON_FEED, atom_faults, entries_of, json_feed_faults


def test_feeds_are_whole(site, figures):
    """Every feed.xml is whole Atom, every feed.json a whole JSON Feed; two beside each other have the same entries."""
    atom, plain = sorted(site.folder.rglob("feed.xml")), sorted(site.folder.rglob("feed.json"))
    figures.say(f"{site.name}: {len(atom)} Atom feeds and {len(plain)} JSON feeds.")
    if not atom and not plain:
        pytest.skip("this site has no feed")
    faults = []
    for path in [*atom, *plain]:
        text = path.read_text(encoding="utf-8")
        said = (atom_faults if path.suffix == ".xml" else json_feed_faults)(text)
        faults += [f"{path.relative_to(site.folder)}: {one}" for one in said]
        for _, url in [] if said else entries_of(text):
            status, _, _ = site.host.answer(site.path(url.partition("#")[0]))
            if status != 200:
                faults.append(f"{path.relative_to(site.folder)}: {url} leads nowhere")
        twin = path.with_name("feed.json")
        if not said and path.suffix == ".xml" and twin.is_file():
            assert entries_of(text) == entries_of(twin.read_text(encoding="utf-8"))
    assert not faults, "\n".join(faults[:50])


ENTRY = """<entry><id>tag:a.example,2026:A-1:r1:new:1</id><title>New</title><updated>2026-11-22T00:00:00Z</updated>
<link href="https://a.example/platform/a/"/><summary>A clause was added.</summary></entry>"""
ATOM = f"""<?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom"><id>https://a.example/feed.xml</id>
<title>A</title><updated>2026-11-22T00:00:00Z</updated><author><name>A</name></author>
<link rel="self" href="https://a.example/feed.xml"/><link href="https://a.example/"/>{ENTRY}</feed>"""
ITEM = {
    "id": "tag:a.example,2026:A-1:r1:new:1",
    "url": "https://a.example/platform/a/",
    "title": "New",
    "content_text": "A clause was added.",
    "date_published": "2026-11-22T00:00:00Z",
}
JSON = {
    "version": JSON_FEED,
    "title": "A",
    "home_page_url": "https://a.example/",
    "feed_url": "https://a.example/feed.json",
    "items": [ITEM],
}


def test_a_good_feed_is_good():
    """The check itself: a whole feed of either kind has no fault, and both have the same entry."""
    assert atom_faults(ATOM) == []
    assert json_feed_faults(json.dumps(JSON)) == []
    assert entries_of(ATOM) == entries_of(json.dumps(JSON))


@pytest.mark.parametrize(
    ("gone", "said"),
    [
        ("</feed>", "does not parse"),
        ("<title>A</title>", "the feed has no title"),
        ('<link rel="self" href="https://a.example/feed.xml"/>', "no self link"),
        ("<author><name>A</name></author>", "has no author"),
        ("<summary>A clause was added.</summary>", "says nothing"),
        ('<link href="https://a.example/platform/a/"/>', "leads nowhere"),
        ("T00:00:00Z", "at no moment"),
        ("tag:", "no URI"),
    ],
)
def test_a_bad_atom_feed_is_refused(gone, said):
    """The check itself: whatever an Atom feed lacks is named."""
    assert any(said in fault for fault in atom_faults(ATOM.replace(gone, "")))


def test_a_repeated_entry_is_refused():
    """The check itself: two entries of one id are found in either kind."""
    assert any("two entries" in fault for fault in atom_faults(ATOM.replace(ENTRY, ENTRY * 2)))
    assert any(
        "two items" in f for f in json_feed_faults(json.dumps({**JSON, "items": [ITEM] * 2}))
    )


@pytest.mark.parametrize("name", ["version", "title", "home_page_url", "feed_url", "items"])
def test_a_bad_json_feed_is_refused(name):
    """The check itself: whatever a JSON Feed lacks is found."""
    assert json_feed_faults(json.dumps({n: v for n, v in JSON.items() if n != name}))


@pytest.mark.parametrize("name", ["id", "url", "content_text", "date_published"])
def test_a_bad_item_is_refused(name):
    """The check itself: whatever an item lacks is found."""
    item = {n: v for n, v in ITEM.items() if n != name}
    assert json_feed_faults(json.dumps({**JSON, "items": [item]}))
