"""The real pages as they were fetched: every good one good, every wrong one suspect."""

from collections import defaultdict
from itertools import permutations

from archive import evidence, page

from atlas.extract import extract
from atlas.guard import suspicion
from atlas.locate import folded
from atlas.model import Body, DocumentState, Failed, Source, TextRef, TextSeen, Watched
from bench.row import Row

URL = "https://platform.example/document"


def rows(thorough):
    """Return the two rows about the 33 pages, or about the smaller ones where not `thorough`."""
    by_document = defaultdict(list)
    for entry in evidence("html/manifest.json"):
        if thorough or entry["bytes"] < 600_000:
            by_document[entry["source"]].append((entry, _extracted(entry)))
    held, passed, good, wrong = [], [], 0, 0
    for pages in by_document.values():
        right = [(e, x) for e, x in pages if e["role"] == "good"]
        for (_, last), (entry, now) in permutations(right, 2):
            good += 1
            if (found := _suspicion(now, last)) is not None:
                held.append(f"{entry['file']} {entry['source']}: {found}")
        for entry, now in ((e, x) for e, x in pages if e["role"] == "wrong"):
            for _, last in right:
                wrong += 1
                if _suspicion(now, last) is None:
                    passed.append(f"{entry['file']} {entry['source']} passed")
        for entry, now in right:
            if (found := _suspicion(now, None)) is not None:
                held.append(f"{entry['file']} {entry['source']} as first page: {found}")
    return [
        Row(
            "right pages that are held, each against each right one",
            "0",
            f"{len(held)} of {good}",
            not held,
            tuple(held),
        ),
        Row(
            "wrong pages that pass, each against each right one",
            "0",
            f"{len(passed)} of {wrong}",
            not passed,
            tuple(passed),
        ),
    ]


def _extracted(entry):
    body = Body(URL, URL, 200, "text/html; charset=utf-8", page(entry))
    return extract((body,), (Source(url=URL),))


def _suspicion(now, last):
    """What speaks against a page after another one as the last good one (None: as the first page)."""
    if isinstance(now, Failed):
        return now.detail
    state = DocumentState("CA-D-00001", text=_seen(last) if last else None)
    watched = Watched("CA-D-00001", "platform", (Source(url=URL),), "en", ())
    body = Body(URL, URL, 200, "text/html", b"")
    before = folded(last.text) if last else None
    failed = suspicion(now, (body,), watched, state, before, folded(now.text), 0, 0)
    return failed.detail if failed else None


def _seen(extracted):
    return TextSeen(
        document="CA-D-00001",
        text=TextRef("0" * 64, len(extracted.text)),
        previous=None,
        raw_sha256=extracted.raw_sha256,
        title=extracted.title,
        language=extracted.language,
        extractor=extracted.extractor,
        final_urls=(URL,),
        is_noindex=extracted.is_noindex,
    )
