"""The link checker: every link, fragment and id of a built site, under any base path."""

import re
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser

_LINKING = {
    "a": "href",
    "link": "href",
    "script": "src",
    "img": "src",
    "form": "action",
    "iframe": "src",
    "use": "href",
}


def faults(site, base_url):
    """Return a sentence for every broken link, missing fragment and repeated id of the site in a folder."""
    parts = urlsplit(base_url)
    pages = {
        path.relative_to(site).as_posix(): _page(path)
        for path in sorted(Path(site).rglob("*.html"))
    }
    found = []
    for name, (ids, links) in pages.items():
        if len(ids) != len(set(ids)):
            found.append(f"{name}: repeated id {sorted({i for i in ids if ids.count(i) > 1})}")
        here = base_url + name.removesuffix("index.html")
        for tag, link in links:
            target = urlsplit(urljoin(here, link))
            if (
                target.scheme in {"mailto", "data"}
                or target.netloc != parts.netloc
                or target.scheme != parts.scheme
            ):
                continue
            if tag == "a" and not link.startswith("#") and not link.startswith(parts.path):
                found.append(f"{name}: {link} leaves the base path")
                continue
            found += _target_faults(Path(site), pages, name, link, target, parts.path)
    return found


def count(site):
    """Return how many links a site has."""
    return sum(len(_page(path)[1]) for path in Path(site).rglob("*.html"))


def _target_faults(site, pages, name, link, target, base_path):
    path = unquote(target.path)
    if not path.startswith(base_path):
        return [f"{name}: {link} leaves the base path"]
    inside = path.removeprefix(base_path)
    file = f"{inside}index.html" if inside.endswith("/") or not inside else inside
    if not (site / file).is_file():
        return [f"{name}: {link} leads nowhere"]
    fragment = unquote(target.fragment)
    if (
        fragment
        and not fragment.startswith(":~:")
        and not _names_a_record(file, fragment)
        and file in pages
        and fragment not in pages[file][0]
    ):
        return [f"{name}: {link} has no such place"]
    return []


def _names_a_record(file, fragment):
    """Whether a fragment is no place: the page that checks citations reads from it which record is meant."""
    return file.endswith("verify/index.html") and re.fullmatch(r"[A-Z]{2,8}-P-\d{6}", fragment)


def _page(path):
    tree = LexborHTMLParser(path.read_text(encoding="utf-8"))
    ids = [node.attributes["id"] for node in tree.css("[id]")]
    links = [
        (node.tag, node.attributes[attribute])
        for tag, attribute in _LINKING.items()
        for node in tree.css(tag)
        if node.attributes.get(attribute)
    ]
    links += [
        (node.tag, node.attributes["content"].partition("url=")[2])
        for node in tree.css('meta[http-equiv="refresh"]')
    ]
    return ids, links
