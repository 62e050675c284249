"""What stands beside the pages for machines: sitemaps, robots.txt, llms.txt, security.txt."""

import re
import xml.etree.ElementTree as ET
from datetime import UTC, datetime, timedelta
from urllib.robotparser import RobotFileParser

from audit.conftest import GIVEN
from conftest import AS_OF
from markdown_it import MarkdownIt

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
MOST_ADDRESSES = 50_000
MOST_BYTES = 50 * 1024 * 1024
LONGEST_ADDRESS = 2048


def is_hidden(page):
    """Return whether a page asks not to be listed."""
    robots = page.css_first('meta[name="robots"]')
    return robots is not None and "noindex" in robots.attributes["content"]


def sitemap_faults(text, root):
    """Return what is wrong with a sitemap or an index of them, by the protocol of sitemaps.org, and its addresses."""
    tree = ET.fromstring(text)
    element = {"urlset": "url", "sitemapindex": "sitemap"}[root]
    faults = [] if tree.tag == SITEMAP + root else [f"its root is {tree.tag}"]
    if not 1 <= len(tree) <= MOST_ADDRESSES:
        faults.append(f"it lists {len(tree)} addresses")
    if len(text.encode()) > MOST_BYTES:
        faults.append("it is too large")
    addresses = []
    for entry in tree:
        (location,) = [part.text or "" for part in entry if part.tag == f"{SITEMAP}loc"] or [""]
        addresses.append(location)
        if entry.tag != SITEMAP + element:
            faults.append(f"it lists a {entry.tag}")
        if not location.startswith("https://") or len(location) > LONGEST_ADDRESS:
            faults.append(f"it lists {location!r}")
        days = [part.text for part in entry if part.tag == f"{SITEMAP}lastmod"]
        faults += [
            f"{location} changed on {day}"
            for day in days
            if not re.fullmatch(r"\d{4}-\d\d-\d\d", day)
        ]
    if len(addresses) != len(set(addresses)):
        faults.append("it lists an address twice")
    return faults, addresses


def test_sitemaps_list_what_may_be_listed(site):
    """The index leads to every sitemap; they list each page that may be listed, once, and nothing else; each answers 200."""
    listable = {
        site.base_url + address for address, page in site.pages.items() if not is_hidden(page)
    } - {site.base_url + a for a in site.pages if site.kind(a) == "permanent"}
    index = site.folder / "sitemap.xml"
    if not listable:
        assert not index.exists(), "no page may be listed, and there is a sitemap"
        return
    faults, parts = sitemap_faults(index.read_text(encoding="utf-8"), "sitemapindex")
    assert {site.folder / p.removeprefix(site.base_url) for p in parts} == set(
        site.folder.glob("sitemap-*.xml")
    )
    listed = []
    for part in parts:
        text = (site.folder / part.removeprefix(site.base_url)).read_text(encoding="utf-8")
        said, addresses = sitemap_faults(text, "urlset")
        faults += [f"{part}: {one}" for one in said]
        listed += addresses
    assert not faults, "\n".join(faults[:50])
    assert sorted(listed) == sorted(listable)
    assert {site.host.answer(site.path(address))[0] for address in listed} == {200}


def test_sitemap_check_sees_faults():
    """The check itself: an empty list, a relative address, a bad day and an address that stands twice are found."""
    good = '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>https://a.example/</loc><lastmod>2026-11-22</lastmod></url></urlset>'
    assert sitemap_faults(good, "urlset") == ([], ["https://a.example/"])
    entry = good[good.index("<url>") : good.index("</urlset>")]
    for broken in (
        good.replace(entry, ""),
        good.replace("https://a.example", ""),
        good.replace("2026-11-22", "yesterday"),
        good.replace(entry, entry * 2),
        good.replace("0.9", "0.8"),
    ):
        assert sitemap_faults(broken, "urlset")[0]


def test_robots_txt_says_what_pages_say(site):
    """robots.txt lets the pages be read where they may be listed, keeps robots from the search index, and names the sitemap."""
    lines = (site.folder / "robots.txt").read_text(encoding="utf-8").splitlines()
    robots = RobotFileParser()
    robots.parse(lines)
    assert not robots.can_fetch("anything", site.base_url + "pagefind/pagefind.js")
    listed = not is_hidden(site.pages[""])
    assert robots.can_fetch("anything", site.base_url) == listed
    assert robots.site_maps() == ([site.base_url + "sitemap.xml"] if listed else None)
    assert all(re.fullmatch(r"(User-agent|Allow|Disallow|Sitemap): \S.*|", line) for line in lines)


def test_llms_txt_leads_to_its_pages(site):
    """llms.txt is a heading, a summary and sections of links, and each link of ours leads somewhere."""
    text = (site.folder / "llms.txt").read_text(encoding="utf-8")
    tokens = MarkdownIt("commonmark").parse(text)
    outline = [token.tag for token in tokens if token.type in {"heading_open", "blockquote_open"}]
    assert outline[:2] == ["h1", "blockquote"]
    assert set(outline[2:]) == {"h2"}
    links = [
        child.attrs["href"]
        for token in tokens
        for child in token.children or ()
        if child.type == "link_open"
    ]
    assert len(links) > 5
    ours = [link for link in links if link.startswith(site.base_url)]
    assert {link: site.host.answer(site.path(link))[0] for link in ours} == dict.fromkeys(ours, 200)


def test_security_txt_is_in_force(site):
    """security.txt has the fields of RFC 9116, stands at the address that it names, and has not run out."""
    path = site.folder / ".well-known" / "security.txt"
    fields = [
        line.split(": ", 1)
        for line in path.read_text(encoding="utf-8").splitlines()
        if line and not line.startswith("#")
    ]
    names = [name for name, _ in fields]
    said = dict(fields)
    assert names.count("Expires") == 1
    assert names.count("Preferred-Languages") <= 1
    assert re.match(r"(mailto:|https://|tel:)\S+$", said["Contact"])
    assert said["Canonical"] == site.base_url + ".well-known/security.txt"
    today = datetime.now(UTC) if GIVEN else datetime(AS_OF.year, AS_OF.month, AS_OF.day, tzinfo=UTC)
    expires = datetime.fromisoformat(said["Expires"])
    assert today < expires
    if not is_hidden(site.pages[""]):
        assert expires < today + timedelta(days=366), "RFC 9116 asks for less than a year"
