"""What was published of a large atlas: ids, addresses, log and roots read, all sums made again, and compared with what is there."""

import hashlib
import resource
import tempfile
import time
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from worlds import SITE, document, files, platform, provision

from atlas.addresses import produced
from atlas.checks import vanished_address
from atlas.link import link
from atlas.load_published import PublishedReader
from atlas.model import Entered, Given, IdKind, Leaf, Published, Root, SourceFile
from atlas.parse import parse
from atlas.proof import leaf_line, merkle, root_sha256
from atlas.proof.coding import FIRST
from atlas.published import (
    IDS_FILE,
    ROOTS_FILE,
    SUMS_FILE,
    encode_addresses,
    encode_ids,
    encode_leaves,
    encode_roots,
    encode_sums,
    frozen_file,
    read_published,
)
from bench import pasting, proof
from bench.row import Row

RECORDS, SHORT = 100_000, 5_000
BOUND = 5.0
PLATFORMS, DOCUMENTS = 500, 4
"""So many platforms, each with so many documents."""
PUBLISHINGS = 400
"""Roots that the leaves are spread over: more than one a day for a year."""
DAY = date(2026, 11, 22)


def rows(thorough=True):  # noqa: FBT002  like all others
    """Return how long the ledger and the log of 100,000 records take, and how large the index of pasted clauses is."""
    return [_ledger(RECORDS if thorough else SHORT), *proof.rows(thorough), *pasting.rows(thorough)]


def _ledger(count):
    records = _records(count)
    atlas = link(records)
    entered, frozen = _entered(atlas), _frozen(atlas)
    entered |= encode_leaves(records.published.leaves)
    entered[ROOTS_FILE] = encode_roots(records.published.roots)
    entered[IDS_FILE] = encode_ids(_given(atlas))
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
    assert published.leaves == atlas.published.leaves, "the log that is measured has to be whole"
    atlas = link(replace(records, published=published))
    began, clock = time.process_time(), time.perf_counter()
    vanished = list(vanished_address.CHECK.find(atlas, DAY))
    compared, compared_clock = time.process_time() - began, time.perf_counter() - clock
    assert not problems, "the ledger that is measured has to be whole"
    assert not vanished, "what is measured has to be all there"
    bound, took = BOUND * count / RECORDS, read + compared
    return Row(
        f"check of ledger and log, {count:,} records",
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
    published = _log(provisions)
    return replace(
        one, platforms=platforms, documents=documents, provisions=provisions, published=published
    )


def _log(provisions):
    """Return the log of records, published in equal parts."""
    at = datetime(2026, 1, 1, 12, tzinfo=UTC)
    leaves = tuple(
        Leaf(
            of.id, 1, _sha256(of.id), _sha256(of.slug), "SA-D-00001", _sha256(of.slug), "intact", at
        )
        for of in provisions
    )
    tree, step = merkle.tree(map(leaf_line, leaves)), max(len(leaves) // PUBLISHINGS, 1)
    roots, prev = [], FIRST
    for size in (*range(step, len(leaves), step), len(leaves)):
        roots.append(
            Root(size, merkle.head(tree, size).hex(), at + timedelta(hours=size // step), prev)
        )
        prev = root_sha256(roots[-1])
    return Published(leaves=leaves, roots=tuple(roots))


def _sha256(text):
    return hashlib.sha256(text.encode()).hexdigest()


def _given(atlas):
    """Yield what each id was given to."""
    for number, of in atlas.by_id.items():
        path = f"content/platform/{of.platform}/{of.document}/{of.slug}.md"
        yield Given(number, IdKind.PROVISION, path, DAY)
    for number, of in atlas.document_by_id.items():
        path = f"content/platform/{of.platform}/{of.slug}/_document.yaml"
        yield Given(number, IdKind.DOCUMENT, path, DAY)


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
            _sha256(one.id) if one.revision else "",
        )
        for one in produced(atlas)
    )


def _memory():
    """Return how much memory the process has had at most, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
