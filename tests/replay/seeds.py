"""The two documents with which this atlas began, replayed as an archive recorded them over nine months."""

from datetime import datetime

from archive import evidence, page
from replay import follow
from replay.follow import HALF_DAY, Follower, watch
from replay.histories import SEEDS, TERMS, histories, looks


def replayed(document):
    """Follow a seed's clause: every version at its time, and the same text each half day until the next."""
    follower = Follower(watch({"seed": SEEDS[document]}))
    for at, text in looks(histories()[document]):
        follower.text(text, at=at)
    return follower


def terms_as_fetched():
    """Follow the terms' clause through its three real pages, each looked at four times."""
    follower = Follower(watch({"seed": SEEDS[TERMS]}))
    for entry in evidence("html/manifest.json"):
        if entry["file"][5:8] in {"005", "006", "007"}:
            first, body = datetime.fromisoformat(entry["fetched"]), follow.page(page(entry))
            for times in range(4):
                follower.look(body, at=first + times * HALF_DAY)
    return follower
