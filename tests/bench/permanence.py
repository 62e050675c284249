"""What was published of a large atlas: its ledger of addresses read, its sums made again, and compared with what is there."""

import hashlib
import resource
import tempfile
import time
from dataclasses import replace
from datetime import date
from pathlib import Path

from worlds import SITE, document, files, platform, provision

from atlas.addresses import produced
from atlas.checks import vanished_address
from atlas.link import link
from atlas.load_published import PublishedReader
from atlas.model import Entered, Leaf, Published, SourceFile
from atlas.parse import parse
from atlas.published import SUMS_FILE, encode_addresses, encode_sums, frozen_file, read_published
from bench import pasting, proof
from bench.row import Row

RECORDS, SHORT = 100_000, 5_000
BOUND = 5.0
PLATFORMS, DOCUMENTS = 500, 4
"""So many platforms, each with so many documents."""
DAY = date(2026, 11, 22)


def rows(thorough=True):  # noqa: FBT002  like all others
    """Return how long the ledger and the log of 100,000 records take, and how large the index of pasted clauses is."""
    return [_ledger(RECORDS if thorough else SHORT), *proof.rows(thorough), *pasting.rows(thorough)]


def _ledger(count):
    records = _records(count)
    atlas = link(records)
    entered, frozen = _entered(atlas), _frozen(atlas)
    hashes = {path: hashlib.sha256(it).hexdigest() for path, it in {**entered, **frozen}.items()}
    entered[SUMS_FILE] = encode_sums(hashes)
    lines, size = sum(it.count(b"\n") for it in entered.values()), sum(map(len, entered.values()))
    with tempfile.TemporaryDirectory() as name:
        for path, content in entered.items():
            (Path(name) / path).parent.mkdir(parents=True, exist_ok=True)
            (Path(name) / path).write_bytes(content)
        del entered, hashes
        beside = [SourceFile(path, content) for path, content in frozen.items()]
        began, clock, before = time.process_time(), time.perf_counter(), _memory()
        published, problems = read_published((*PublishedReader(Path(name)).read().files, *beside))
        read, read_clock = time.process_time() - began, time.perf_counter() - clock
    atlas = link(replace(records, published=replace(published, leaves=atlas.published.leaves)))
    began, clock = time.process_time(), time.perf_counter()
    vanished = list(vanished_address.CHECK.find(atlas, DAY))
    compared, compared_clock = time.process_time() - began, time.perf_counter() - clock
    assert not problems, "the ledger that is measured has to be whole"
    assert not vanished, "what is measured has to be all there"
    bound, took = BOUND * count / RECORDS, read + compared
    return Row(
        f"ledger check of {count:,} records",
        f"<= {bound:g} s",
        f"{took:.2f} s",
        took <= bound,
        (
            f"{lines:,} lines of {size / 1e6:.0f} MB, in processor time: {read:.2f} s read, {compared:.2f} s compared",
            f"{read_clock + compared_clock:.2f} s on the clock; {_memory() - before:.0f} MB more memory",
        ),
    )


def _records(count):
    """Return so many records, each with an old name, in the log, and with pages in two languages."""
    tree = {
        "data/site.yaml": f"{SITE}translations:\n  - de\n",
        "content/platform/a/_platform.yaml": platform("A"),
        "content/platform/a/d/_document.yaml": document(id="SA-D-00001"),
        "content/platform/a/d/s.md": provision(id="SA-P-100001"),
    }
    one, _ = parse(files(tree))
    per = max(count // (PLATFORMS * DOCUMENTS), 1)
    places = [divmod(n // per, DOCUMENTS) for n in range(count)]
    provisions = tuple(
        one.provisions[0].model_copy(
            update={
                "platform": f"platform-{p}",
                "document": f"document-{d}",
                "slug": f"what-the-clause-is-about-{n}",
                "aliases": (f"what-it-was-called-before-{n}",),
                "id": f"SA-P-{100_000 + n}",
            }
        )
        for n, (p, d) in enumerate(places)
    )
    documents = tuple(
        one.documents[0].model_copy(
            update={"platform": f"platform-{p}", "slug": f"document-{d}", "id": f"SA-D-{n:05}"}
        )
        for n, (p, d) in enumerate(dict.fromkeys(places))
    )
    platforms = tuple(
        one.platforms[0].model_copy(update={"slug": f"platform-{p}"})
        for p in dict.fromkeys(p for p, _ in places)
    )
    leaves = tuple(
        Leaf(of.id, 1, "0" * 64, None, "SA-D-00001", None, "intact", None) for of in provisions
    )
    published = Published(leaves=leaves)
    return replace(
        one, platforms=platforms, documents=documents, provisions=provisions, published=published
    )


def _frozen(atlas):
    """Return a stand-in for each frozen record: what they say is another check's matter."""
    return {frozen_file(number, 1): number.encode() for number in atlas.by_id}


def _entered(atlas):
    """Return the files of the ledger as a publishing writes them."""
    return encode_addresses(
        Entered(
            one.address,
            one.kind,
            one.target,
            one.id,
            DAY,
            hashlib.sha256(one.id.encode()).hexdigest() if one.revision else "",
        )
        for one in produced(atlas)
    )


def _memory():
    """Return how much memory the process has had at most, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
