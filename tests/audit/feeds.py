"""What a feed must have to be read by every reader: Atom (RFC 4287) and JSON Feed 1.1."""

import json
import re
import xml.etree.ElementTree as ET

ATOM = "{http://www.w3.org/2005/Atom}"
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")  # RFC 3339
JSON_FEED = "https://jsonfeed.org/version/1.1"


def atom_faults(text):
    """Return what is wrong with an Atom feed."""
    try:
        feed = ET.fromstring(text)
    except ET.ParseError as error:
        return [f"it does not parse: {error}"]
    if feed.tag != f"{ATOM}feed":
        return [f"its root is {feed.tag}"]
    faults = _required(feed, "the feed")
    links = {
        (one.get("rel", "alternate"), one.get("href", "")) for one in feed.findall(f"{ATOM}link")
    }
    faults += [
        f"the feed has no {rel} link"
        for rel in ("self", "alternate")
        if not any(of == rel and href.startswith("https://") for of, href in links)
    ]
    entries = feed.findall(f"{ATOM}entry")
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    faults += [
        f"two entries have the id {one}" for one in sorted({i for i in ids if ids.count(i) > 1})
    ]
    authored = feed.find(f"{ATOM}author/{ATOM}name") is not None
    for entry in entries:
        name = f"the entry {entry.findtext(f'{ATOM}id')}"
        faults += _required(entry, name)
        if not authored and entry.find(f"{ATOM}author/{ATOM}name") is None:
            faults.append(f"{name} has no author, nor has the feed")
        if not any(
            one.get("rel", "alternate") == "alternate"
            and one.get("href", "").startswith("https://")
            for one in entry.findall(f"{ATOM}link")
        ):
            faults.append(f"{name} leads nowhere")
        if not any(
            (entry.findtext(f"{ATOM}{part}") or "").strip() for part in ("summary", "content")
        ):
            faults.append(f"{name} says nothing")
    return faults


def _required(element, name):
    faults = []
    for part in ("id", "title", "updated"):
        found = element.findall(f"{ATOM}{part}")
        if len(found) != 1 or not (found[0].text or "").strip():
            faults.append(f"{name} has no {part}, or more than one")
        elif part == "id" and not re.match(r"[a-z][a-z0-9+.-]*:\S+$", found[0].text):
            faults.append(f"{name} has an id that is no URI")
        elif part == "updated" and not MOMENT.fullmatch(found[0].text):
            faults.append(f"{name} was updated at no moment: {found[0].text}")
    return faults


def json_feed_faults(text):
    """Return what is wrong with a JSON Feed."""
    try:
        feed = json.loads(text)
    except ValueError as error:
        return [f"it does not parse: {error}"]
    faults = [] if feed.get("version") == JSON_FEED else [f"its version is {feed.get('version')}"]
    faults += [
        f"the feed has no {name}"
        for name in ("title", "home_page_url", "feed_url")
        if not feed.get(name)
    ]
    items = feed.get("items")
    if not isinstance(items, list):
        return [*faults, "the feed has no list of items"]
    ids = [item.get("id") for item in items]
    faults += [
        f"two items have the id {one}" for one in sorted({i for i in ids if ids.count(i) > 1})
    ]
    for item in items:
        name = f"the item {item.get('id')}"
        if not isinstance(item.get("id"), str):
            faults.append(f"{name} has no id")
        if not str(item.get("url", "")).startswith("https://"):
            faults.append(f"{name} leads nowhere")
        if not (item.get("content_html") or item.get("content_text")):
            faults.append(f"{name} says nothing")
        faults += [
            f"{name} has no {part}"
            for part in ("date_published", "date_modified")
            if part in item and not MOMENT.fullmatch(item[part])
        ]
        if not {"date_published", "date_modified"} & set(item):
            faults.append(f"{name} has no date")
    return faults


def entries_of(text):
    """Return id and address of the entries of a feed of either kind, in order."""
    if text.lstrip().startswith("{"):
        return [(item["id"], item["url"]) for item in json.loads(text)["items"]]
    return [
        (entry.findtext(f"{ATOM}id"), entry.find(f"{ATOM}link").get("href"))
        for entry in ET.fromstring(text).findall(f"{ATOM}entry")
    ]
